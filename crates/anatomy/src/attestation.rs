use std::collections::BTreeMap;

use base64::Engine as _;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::{Irregularity, json, limits};

/// How a statement came.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub enum Envelope {
    /// As it is, signed by nobody: a claim of whoever built or pushed it.
    Unsigned,
    /// In a DSSE envelope. The signatures are there; they are not verified here.
    Dsse {
        /// How many.
        signatures: u32,
    },
}

/// One `subject` of a statement.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct StatementSubject {
    /// A package URL or a file name.
    pub name: String,
    /// Algorithm and encoded digest.
    pub digest: BTreeMap<String, String>,
}

/// Something that went into a build.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct Material {
    /// A package URL, a Git address.
    pub uri: String,
    /// Algorithm and encoded digest.
    pub digest: BTreeMap<String, String>,
}

/// What an in-toto statement says, made readable. The bytes are kept beside by whoever read them.
///
/// Sources: in-toto attestation spec (Statement v0.1 and v1), SLSA provenance v0.2 and v1,
/// BuildKit's `attestation-storage.md` and `slsa-definitions.md`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields))]
pub struct Statement {
    /// How it came.
    pub envelope: Envelope,
    /// `_type`.
    pub statement_type: String,
    /// `predicateType`.
    pub predicate_type: String,
    /// `subject`, the first hundred.
    pub subjects: Vec<StatementSubject>,
    /// Builder id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub builder: Option<String>,
    /// `buildType`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub build_type: Option<String>,
    /// Where the source came from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// The source's commit.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub commit: Option<String>,
    /// Start of the build, as written.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub started: Option<String>,
    /// End of the build, as written.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub finished: Option<String>,
    /// What went into the build, the first hundred.
    pub materials: Vec<Material>,
    /// How many materials there are.
    pub materials_total: u32,
    /// Packages that an SBOM lists.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub packages: Option<u32>,
}

/// Why bytes are no statement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StatementFault {
    /// Over [`limits::STATEMENT_PARSED_BYTES`].
    TooLarge,
    /// Not a JSON object with `predicateType`, nor an envelope of one.
    NotAStatement(Irregularity),
}

const SHOWN: usize = 100;

impl Statement {
    /// Reads a statement, plain or in a DSSE envelope.
    ///
    /// # Errors
    /// Why the bytes are no statement.
    pub fn read(bytes: &[u8]) -> Result<Self, StatementFault> {
        if bytes.len() as u64 > limits::STATEMENT_PARSED_BYTES {
            return Err(StatementFault::TooLarge);
        }
        let value = parse(bytes)?;
        if let (Some(Value::String(payload)), Some(signatures)) = (value.get("payload"), value.get("signatures")) {
            let inner = base64::engine::general_purpose::STANDARD
                .decode(payload)
                .map_err(|error| StatementFault::NotAStatement(Irregularity::NotJson { reason: error.to_string() }))?;
            let signatures = count(signatures.as_array().map_or(0, Vec::len));
            return Self::of(&parse(&inner)?, Envelope::Dsse { signatures });
        }
        Self::of(&value, Envelope::Unsigned)
    }

    fn of(value: &Value, envelope: Envelope) -> Result<Self, StatementFault> {
        let Some(predicate_type) = text(value, "/predicateType") else {
            return Err(StatementFault::NotAStatement(Irregularity::FieldMalformed {
                pointer: "/predicateType".into(),
            }));
        };
        let predicate = value.get("predicate").unwrap_or(&Value::Null);
        let materials =
            array(predicate, "/materials").or_else(|| array(predicate, "/buildDefinition/resolvedDependencies"));
        // BuildKit writes what it built from under two names, one for each version of SLSA provenance.
        let source = ["/invocation/configSource", "/buildDefinition/externalParameters/configSource"]
            .into_iter()
            .find_map(|pointer| predicate.pointer(pointer));
        let vcs = [
            "/metadata/https:~1~1mobyproject.org~1buildkit@v1#metadata/vcs",
            "/runDetails/metadata/buildkit_metadata/vcs",
        ]
        .into_iter()
        .find_map(|pointer| predicate.pointer(pointer));
        let first = |pointers: [&str; 2]| pointers.into_iter().find_map(|pointer| text(predicate, pointer));
        Ok(Self {
            envelope,
            statement_type: text(value, "/_type").unwrap_or_default(),
            predicate_type,
            subjects: array(value, "/subject").into_iter().flatten().take(SHOWN).map(subject).collect(),
            builder: first(["/builder/id", "/runDetails/builder/id"]).filter(|id| !id.is_empty()),
            build_type: first(["/buildType", "/buildDefinition/buildType"]),
            source: source
                .and_then(|source| text(source, "/uri"))
                .or_else(|| vcs.and_then(|vcs| text(vcs, "/source")))
                .filter(|uri| !uri.is_empty()),
            commit: source
                .and_then(|source| text(source, "/digest/sha1").or_else(|| text(source, "/digest/gitCommit")))
                .or_else(|| vcs.and_then(|vcs| text(vcs, "/revision"))),
            started: first(["/metadata/buildStartedOn", "/runDetails/metadata/startedOn"]),
            finished: first(["/metadata/buildFinishedOn", "/runDetails/metadata/finishedOn"]),
            materials: materials.into_iter().flatten().take(SHOWN).map(material).collect(),
            materials_total: count(materials.map_or(0, Vec::len)),
            packages: array(predicate, "/packages")
                .or_else(|| array(predicate, "/components"))
                .map(|all| count(all.len())),
        })
    }
}

fn parse(bytes: &[u8]) -> Result<Value, StatementFault> {
    json::read(bytes)
        .map(|(value, _)| value)
        .map_err(|reason| StatementFault::NotAStatement(Irregularity::NotJson { reason }))
}

fn text(value: &Value, pointer: &str) -> Option<String> {
    value.pointer(pointer)?.as_str().map(str::to_owned)
}

fn array<'v>(value: &'v Value, pointer: &str) -> Option<&'v Vec<Value>> {
    value.pointer(pointer)?.as_array()
}

fn count(len: usize) -> u32 {
    u32::try_from(len).unwrap_or(u32::MAX)
}

fn digests(value: &Value) -> BTreeMap<String, String> {
    let all = value.get("digest").and_then(Value::as_object).into_iter().flatten();
    all.filter_map(|(algorithm, encoded)| Some((algorithm.clone(), encoded.as_str()?.to_owned()))).collect()
}

fn subject(value: &Value) -> StatementSubject {
    StatementSubject { name: text(value, "/name").unwrap_or_default(), digest: digests(value) }
}

fn material(value: &Value) -> Material {
    Material { uri: text(value, "/uri").unwrap_or_default(), digest: digests(value) }
}

#[cfg(test)]
mod tests {
    use super::*;

    const V02: &str = r#"{"_type":"https://in-toto.io/Statement/v0.1","predicateType":"https://slsa.dev/provenance/v0.2",
        "subject":[{"name":"pkg:docker/app@1","digest":{"sha256":"aa"}}],
        "predicate":{"builder":{"id":"https://ci.example/1"},"buildType":"https://mobyproject.org/buildkit@v1",
        "materials":[{"uri":"pkg:docker/alpine@3","digest":{"sha256":"bb"}}],
        "invocation":{"configSource":{"uri":"https://git.example/app.git","digest":{"sha1":"cc"}}},
        "metadata":{"buildStartedOn":"2026-01-01T00:00:00Z"}}}"#;

    #[test]
    fn provenance_tells_builder_source_and_materials() {
        let statement = Statement::read(V02.as_bytes()).unwrap();
        assert_eq!(statement.envelope, Envelope::Unsigned);
        assert_eq!(statement.builder.as_deref(), Some("https://ci.example/1"));
        assert_eq!(statement.source.as_deref(), Some("https://git.example/app.git"));
        assert_eq!(statement.commit.as_deref(), Some("cc"));
        assert_eq!(statement.materials.len(), 1);
        assert_eq!(statement.subjects[0].digest["sha256"], "aa");
    }

    #[test]
    fn an_envelope_is_opened_and_its_signatures_counted() {
        let payload = base64::engine::general_purpose::STANDARD.encode(V02);
        let envelope = format!(
            r#"{{"payloadType":"application/vnd.in-toto+json","payload":"{payload}","signatures":[{{"sig":"x"}}]}}"#
        );
        let statement = Statement::read(envelope.as_bytes()).unwrap();
        assert_eq!(statement.envelope, Envelope::Dsse { signatures: 1 });
        assert_eq!(statement.predicate_type, "https://slsa.dev/provenance/v0.2");
    }

    #[test]
    fn the_second_version_of_provenance_is_read_as_well() {
        let text = r#"{"predicateType":"https://slsa.dev/provenance/v1","predicate":{"buildDefinition":{"buildType":"t",
            "externalParameters":{"configSource":{"uri":"u","digest":{"sha1":"c"}}},"resolvedDependencies":[{"uri":"a"},{"uri":"b"}]},
            "runDetails":{"builder":{"id":"b"},"metadata":{"startedOn":"s","finishedOn":"f"}}}}"#;
        let statement = Statement::read(text.as_bytes()).unwrap();
        assert_eq!(
            (statement.builder.as_deref(), statement.commit.as_deref(), statement.materials_total),
            (Some("b"), Some("c"), 2)
        );
        assert_eq!((statement.started.as_deref(), statement.finished.as_deref()), (Some("s"), Some("f")));
    }

    #[test]
    fn anything_else_is_refused() {
        assert!(matches!(Statement::read(b"{}"), Err(StatementFault::NotAStatement(_))));
        assert!(matches!(Statement::read(b"x"), Err(StatementFault::NotAStatement(_))));
        let large = vec![b' '; usize::try_from(limits::STATEMENT_PARSED_BYTES).unwrap() + 1];
        assert_eq!(Statement::read(&large), Err(StatementFault::TooLarge));
    }
}
