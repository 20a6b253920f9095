use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{BuildDate, Digest, Platform};

/// What an image config says (image-spec config.md); unknown fields stay in the bytes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields))]
pub struct ConfigFacts {
    /// `created`.
    pub created: BuildDate,
    /// `os`, `architecture`, `variant`, `os.version`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub platform: Option<Platform>,
    /// `author`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub author: Option<String>,
    /// `config.Env`, as `NAME=value` lines.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    #[cfg_attr(feature = "bindings", ts(as = "Option<Vec<String>>"))]
    pub env: Vec<String>,
    /// `config.Entrypoint`.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    #[cfg_attr(feature = "bindings", ts(as = "Option<Vec<String>>"))]
    pub entrypoint: Vec<String>,
    /// `config.Cmd`.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    #[cfg_attr(feature = "bindings", ts(as = "Option<Vec<String>>"))]
    pub cmd: Vec<String>,
    /// `config.WorkingDir`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub working_dir: Option<String>,
    /// `config.User`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub user: Option<String>,
    /// Keys of `config.ExposedPorts`.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    #[cfg_attr(feature = "bindings", ts(as = "Option<Vec<String>>"))]
    pub exposed_ports: Vec<String>,
    /// Keys of `config.Volumes`.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    #[cfg_attr(feature = "bindings", ts(as = "Option<Vec<String>>"))]
    pub volumes: Vec<String>,
    /// `config.Labels`.
    #[serde(skip_serializing_if = "BTreeMap::is_empty", default)]
    #[cfg_attr(feature = "bindings", ts(as = "Option<BTreeMap<String, String>>"))]
    pub labels: BTreeMap<String, String>,
    /// `config.StopSignal`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stop_signal: Option<String>,
    /// `rootfs.diff_ids`, base first.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    #[cfg_attr(feature = "bindings", ts(as = "Option<Vec<Digest>>"))]
    pub diff_ids: Vec<Digest>,
    /// `history`, oldest first, lines without a layer kept.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    #[cfg_attr(feature = "bindings", ts(as = "Option<Vec<HistoryLine>>"))]
    pub history: Vec<HistoryLine>,
}

/// One line of a config's `history`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields))]
pub struct HistoryLine {
    /// `created`.
    pub created: BuildDate,
    /// `created_by`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub created_by: Option<String>,
    /// `comment`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub comment: Option<String>,
    /// `author`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub author: Option<String>,
    /// `empty_layer`: the line changed settings only.
    pub empty_layer: bool,
    /// Place of the layer that this line made, counted from the base; `null` for an empty line and
    /// where lines and diffIDs do not count up to each other.
    #[cfg_attr(feature = "bindings", ts(type = "number | null"))]
    pub layer: Option<u32>,
}
