use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// The platform of an index entry or a config, as written (image-spec image-index.md).
///
/// Values are kept raw: engines differ in whether they normalise, and a reader wants to see what
/// stands in the document. [`Platform::normalized`] gives what Docker and containerd compare.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields))]
pub struct Platform {
    /// `os`.
    pub os: String,
    /// `architecture`.
    pub architecture: String,
    /// `variant`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub variant: Option<String>,
    /// `os.version`; only Windows images have one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub os_version: Option<String>,
    /// `os.features`.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    #[cfg_attr(feature = "bindings", ts(as = "Option<Vec<String>>"))]
    pub os_features: Vec<String>,
}

/// Why a text is no platform.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a platform such as linux/arm64/v8 or windows(10.0.20348)/amd64")]
pub struct PlatformFault;

impl Platform {
    /// `unknown/unknown`: what BuildKit writes for an attestation.
    #[must_use]
    pub fn is_unknown(&self) -> bool {
        self.os == "unknown" && self.architecture == "unknown"
    }

    /// The platform in the form that Docker and containerd compare (rules of containerd/platforms
    /// `Normalize`): lower case, `x86_64` is `amd64`, `aarch64` is `arm64`, `arm` without variant is
    /// `v7`, `arm64` needs no `v8`.
    #[must_use]
    pub fn normalized(&self) -> Self {
        let os = match self.os.to_ascii_lowercase().as_str() {
            "macos" => "darwin".to_owned(),
            other => other.to_owned(),
        };
        let architecture = self.architecture.to_ascii_lowercase();
        let variant = self.variant.as_deref().unwrap_or("").to_ascii_lowercase();
        let (architecture, variant) = match architecture.as_str() {
            "i386" => ("386", ""),
            "x86_64" | "x86-64" | "amd64" => ("amd64", if variant == "v1" { "" } else { &*variant }),
            "aarch64" | "arm64" => (
                "arm64",
                match &*variant {
                    "8" | "v8" | "v8.0" => "",
                    "9" | "9.0" | "v9.0" => "v9",
                    other => other,
                },
            ),
            "armhf" => ("arm", "v7"),
            "armel" => ("arm", "v6"),
            "arm" => (
                "arm",
                match &*variant {
                    "" | "7" => "v7",
                    "5" => "v5",
                    "6" => "v6",
                    "8" => "v8",
                    other => other,
                },
            ),
            other => (other, &*variant),
        };
        let mut os_features = self.os_features.clone();
        os_features.sort();
        os_features.dedup();
        Self {
            os,
            architecture: architecture.to_owned(),
            variant: (!variant.is_empty()).then(|| variant.to_owned()),
            os_version: self.os_version.clone(),
            os_features,
        }
    }

    /// Whether both are the same after normalising, Windows builds compared only when both say one.
    #[must_use]
    pub fn is_same(&self, other: &Self) -> bool {
        let (left, right) = (self.normalized(), other.normalized());
        let builds_agree =
            left.os_version.is_none() || right.os_version.is_none() || left.os_version == right.os_version;
        left.os == right.os && left.architecture == right.architecture && left.variant == right.variant && builds_agree
    }
}

/// `linux/arm/v7`, `windows(10.0.20348.2227)/amd64`.
impl fmt::Display for Platform {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.os)?;
        if self.os_version.is_some() || !self.os_features.is_empty() {
            write!(f, "({}", self.os_version.as_deref().unwrap_or(""))?;
            for feature in &self.os_features {
                write!(f, "+{feature}")?;
            }
            f.write_str(")")?;
        }
        write!(f, "/{}", self.architecture)?;
        match &self.variant {
            Some(variant) => write!(f, "/{variant}"),
            None => Ok(()),
        }
    }
}

/// Reads `os/architecture[/variant]` with `os` as `name`, `name(version)` or `name(version+feature)`.
impl FromStr for Platform {
    type Err = PlatformFault;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        fn word(text: &str) -> Result<String, PlatformFault> {
            let fits =
                !text.is_empty() && text.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'.' | b'-'));
            if fits { Ok(text.to_owned()) } else { Err(PlatformFault) }
        }
        let mut parts = text.split('/');
        let os_part = parts.next().ok_or(PlatformFault)?;
        let architecture = word(parts.next().ok_or(PlatformFault)?)?;
        let variant = parts.next().map(word).transpose()?;
        if parts.next().is_some() {
            return Err(PlatformFault);
        }
        let (os, os_version, os_features) = match os_part.split_once('(') {
            None => (word(os_part)?, None, Vec::new()),
            Some((os, rest)) => {
                let mut inner = rest.strip_suffix(')').ok_or(PlatformFault)?.split('+');
                let version = inner.next().filter(|version| !version.is_empty()).map(word).transpose()?;
                (word(os)?, version, inner.map(word).collect::<Result<_, _>>()?)
            }
        };
        Ok(Self { os, architecture, variant, os_version, os_features })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, normalized: &str) {
        let platform: Platform = text.parse().unwrap();
        assert_eq!(platform.to_string(), text);
        assert_eq!(platform.normalized().to_string(), normalized);
    }

    #[test]
    fn names_of_one_architecture_are_one() {
        check("linux/x86_64", "linux/amd64");
        check("Linux/aarch64", "linux/arm64");
        check("linux/arm64/v8", "linux/arm64");
        check("linux/arm64/9", "linux/arm64/v9");
        check("linux/arm", "linux/arm/v7");
        check("linux/armhf", "linux/arm/v7");
        check("linux/armel", "linux/arm/v6");
        check("linux/arm/6", "linux/arm/v6");
        check("linux/i386", "linux/386");
        check("linux/amd64/v1", "linux/amd64");
        check("linux/amd64/v3", "linux/amd64/v3");
        check("macos/arm64", "darwin/arm64");
        check("windows(10.0.20348.2227)/amd64", "windows(10.0.20348.2227)/amd64");
        check("linux(+gpu+simd)/amd64", "linux(+gpu+simd)/amd64");
    }

    #[test]
    fn what_is_no_platform_is_refused() {
        for text in [
            "",
            "/linux/arm",
            "linux",
            "linux/arm/",
            "linux /arm",
            "linux/&arm",
            "linux/arm/foo/bar",
            "windows(10/amd64",
        ] {
            assert_eq!(text.parse::<Platform>(), Err(PlatformFault), "{text}");
        }
    }

    #[test]
    fn a_windows_build_is_compared_only_when_both_say_one() {
        let any: Platform = "windows/amd64".parse().unwrap();
        let one: Platform = "windows(10.0.20348.1)/amd64".parse().unwrap();
        let other: Platform = "windows(10.0.17763.1)/amd64".parse().unwrap();
        assert!(any.is_same(&one));
        assert!(!one.is_same(&other));
    }
}
