use anatomy::{Digest, EdgeKind, NodeId, Role, Statement, StatementFault, Verification, Want, WantClass, digest_spans};
use serde::{Deserialize, Serialize};
use source::{Problem, ProblemKind, Silent, Thing};

use crate::Inspection;

/// The exact text of a document, and where in it other parts are named.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields))]
pub struct DocumentText {
    /// The bytes as text. What is no UTF-8 is replaced, and `exact` says so.
    pub text: String,
    /// Whether `text` is the bytes, one for one.
    pub exact: bool,
    /// Bytes.
    #[cfg_attr(feature = "bindings", ts(type = "number"))]
    pub size: u64,
    /// The digest of the document, or of the document that this is a part of.
    pub digest: Digest,
    /// The node whose document this is a part of; absent when it is the whole.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub part_of: Option<NodeId>,
    /// Digests in the text that are parts of the picture.
    pub spans: Vec<LinkedSpan>,
}

/// A digest in a text that leads to a node, in UTF-16 code units.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct LinkedSpan {
    /// First code unit.
    pub start: u32,
    /// One after the last.
    pub end: u32,
    /// Where it leads.
    pub node: NodeId,
}

impl Inspection {
    /// The exact bytes of a node's document; for a layer, the descriptor that names it, cut out of
    /// the manifest's bytes.
    ///
    /// # Errors
    /// `NotFound` for a node without a document (a tag, a part that is not read).
    pub fn document(&self, node: &NodeId) -> Result<DocumentText, Problem> {
        self.with_dissection(|dissection| {
            let graph = dissection.graph();
            let known = graph.node(node)?;
            let is_document = !matches!(known.role, Role::Tag | Role::Layer | Role::Missing);
            let (bytes, digest, part_of) = if is_document {
                let digest = known.digest.clone()?;
                (dissection.document(&digest)?.bytes.clone(), digest, None)
            } else {
                // Of several manifests the one that is drawn first, whichever came first.
                let drawn = graph.in_order();
                let naming = drawn.edges.iter().find(|edge| edge.to == *node && edge.kind == EdgeKind::Layer)?;
                let digest = graph.node(&naming.from)?.digest.clone()?;
                let text = dissection.document(&digest)?.layer_text(naming.position as usize)?;
                (text.to_owned().into(), digest, Some(naming.from.clone()))
            };
            let text = String::from_utf8_lossy(&bytes).into_owned();
            let spans = digest_spans(&text)
                .into_iter()
                .filter_map(|span| {
                    let same = graph.nodes.iter().filter(|other| other.digest.as_ref() == Some(&span.digest));
                    let leads = same.min_by_key(|other| other.role)?;
                    Some(LinkedSpan { start: span.start, end: span.end, node: leads.id.clone() })
                })
                .collect();
            Some(DocumentText {
                exact: text.as_bytes() == bytes,
                size: bytes.len() as u64,
                text,
                digest,
                part_of,
                spans,
            })
        })?
        .ok_or_else(|| ProblemKind::NotFound { thing: Thing::Manifest, name: node.to_string() }.into())
    }

    /// The in-toto statement that a layer of an attestation holds, read now.
    ///
    /// # Errors
    /// When it cannot be read, is not what its digest says, or is no statement.
    pub async fn statement(&self, node: &NodeId) -> Result<Statement, Problem> {
        let want = self.with_dissection(|dissection| {
            let node = dissection.graph().node(node).filter(|node| node.role == Role::Layer)?;
            let (digest, media_type, size) = (node.digest.clone()?, node.media_type.clone(), node.size);
            Some(Want { node: node.id.clone(), digest, class: WantClass::Statement, media_type, size })
        })?;
        let want =
            want.ok_or_else(|| Problem::from(ProblemKind::NotFound { thing: Thing::Blob, name: node.to_string() }))?;
        let answer = self.source.document(&want, &Silent).await?;
        if let Verification::Different { actual } = want.digest.verify(&answer.bytes) {
            return Err(ProblemKind::DigestMismatch { expected: want.digest, actual }.into());
        }
        Statement::read(&answer.bytes).map_err(|fault| match fault {
            StatementFault::TooLarge => {
                let limit = anatomy::ByteSize(anatomy::limits::STATEMENT_PARSED_BYTES);
                ProblemKind::TooLarge { limit, size: want.size }.into()
            }
            StatementFault::NotAStatement(irregularity) => {
                let problem: Problem =
                    ProblemKind::AnswerMalformed { registry: self.reference.to_string(), what: "statement".to_owned() }
                        .into();
                problem.with(source::Evidence {
                    attempted: want.digest.to_string(),
                    status: None,
                    said: Some(<&'static str>::from(&irregularity).to_owned()),
                })
            }
        })
    }
}
