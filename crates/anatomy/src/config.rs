use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::reading::Reading;
use crate::{BuildDate, Digest, Irregularity, Platform};

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

impl ConfigFacts {
    /// Reads what is there; what is of a wrong type is passed over and told.
    pub(crate) fn read(fields: &Map<String, Value>, reading: &mut Reading) -> Self {
        let empty = Map::new();
        let run = reading.object(fields, "config", "").unwrap_or(&empty);
        let rootfs = reading.object(fields, "rootfs", "").unwrap_or(&empty);
        let mut diff_ids = Vec::new();
        for (at, text) in reading.texts(rootfs, "diff_ids", "/rootfs").into_iter().enumerate() {
            match text.parse() {
                Ok(digest) => diff_ids.push(digest),
                Err(_) => {
                    reading.tell(Irregularity::DigestMalformed { pointer: format!("/rootfs/diff_ids/{at}"), text });
                }
            }
        }
        let present = |text: String| (!text.is_empty()).then_some(text);
        ConfigFacts {
            created: BuildDate::read(reading.text(fields, "created", "").as_deref()),
            platform: crate::descriptor::platform_fields(fields, "", reading),
            author: reading.text(fields, "author", "").and_then(present),
            env: reading.texts(run, "Env", "/config"),
            entrypoint: reading.texts(run, "Entrypoint", "/config"),
            cmd: reading.texts(run, "Cmd", "/config"),
            working_dir: reading.text(run, "WorkingDir", "/config").and_then(present),
            user: reading.text(run, "User", "/config").and_then(present),
            exposed_ports: reading.keys(run, "ExposedPorts", "/config"),
            volumes: reading.keys(run, "Volumes", "/config"),
            labels: reading.text_map(run, "Labels", "/config"),
            stop_signal: reading.text(run, "StopSignal", "/config").and_then(present),
            history: history(fields, diff_ids.len(), reading),
            diff_ids,
        }
    }
}

/// Reads `history` and pairs its lines with the layers that they made: the n-th line that is not
/// empty made the n-th layer (image-spec config.md), provided that they count up to each other.
fn history(fields: &Map<String, Value>, layers: usize, reading: &mut Reading) -> Vec<HistoryLine> {
    let Some(values) = reading.array(fields, "history", "") else { return Vec::new() };
    let mut lines = Vec::with_capacity(values.len());
    for (at, value) in values.iter().enumerate() {
        let pointer = format!("/history/{at}");
        let Value::Object(line) = value else {
            reading.tell(Irregularity::FieldMalformed { pointer });
            continue;
        };
        lines.push(HistoryLine {
            created: BuildDate::read(reading.text(line, "created", &pointer).as_deref()),
            created_by: reading.text(line, "created_by", &pointer),
            comment: reading.text(line, "comment", &pointer),
            author: reading.text(line, "author", &pointer),
            empty_layer: line.get("empty_layer").and_then(Value::as_bool).unwrap_or(false),
            layer: None,
        });
    }
    if lines.iter().filter(|line| !line.empty_layer).count() == layers {
        let filled = lines.iter_mut().filter(|line| !line.empty_layer);
        for (line, layer) in filled.zip(0_u32..) {
            line.layer = Some(layer);
        }
    }
    lines
}
