//! What points at an image from outside: referrers by their `subject`, and what cosign hangs on tags.
//! That it is there is all that is said: nothing is verified.

use std::collections::HashSet;
use std::time::Instant;

use anatomy::tag::AttachedKind;
use anatomy::{
    ByteSize, Content, Descriptor, Digest, Document, Fault, MediaType, NodeId, Target, Want, WantClass, limits,
};
use futures::StreamExt;
use source::{Answer, Meter, Problem, ProblemKind, Sink};

use crate::inspect::FromSource;
use crate::reading::{Picked, Reader, fault_of};
use crate::{InspectSink, Inspection};

/// Referrers in flight at once; the registry client has its own limits per host below it.
const IN_FLIGHT: usize = 24;

/// The image for whose referrers is asked.
struct Image {
    node: NodeId,
    digest: Digest,
}

/// What was found, in the order in which it is drawn.
enum Found {
    /// Listed; not read, because the registry counts it.
    Listed(Descriptor),
    /// Listed and read.
    Read(Descriptor, Result<Answer, Problem>),
    /// Hangs on a tag.
    Hung { tag: String, entry: Descriptor, read: Option<Answer> },
}

impl Inspection {
    /// Looks for what refers to the image, and draws it. Gives how many there are.
    ///
    /// Asked is for the document that the reference names, not for each image of an index: cosign and
    /// ORAS attach to what a tag names, BuildKit's records are listed in the index itself, and one
    /// question for each platform would be as many requests again.
    ///
    /// It takes one request for the list (two where the registry has no referrers API), one for each
    /// of the three tags of cosign's, and one for each referrer, whose own `subject` decides. On a
    /// metered registry nothing that counts is read: what is listed is drawn unread.
    ///
    /// # Errors
    /// When the root was not read, or the list cannot be had.
    pub async fn referrers(&self, sink: &dyn InspectSink) -> Result<u32, Problem> {
        let started = Instant::now();
        let from_source = FromSource(sink);
        let meter = Meter::new(&from_source);
        let outcome = self.read_referrers(&meter).await;
        if let Ok((_, node)) = &outcome {
            Reader { inspection: self, sink, meter: &meter, started }.read(&Picked::Node(node.clone())).await;
        }
        self.add_requests(&meter, started);
        outcome.map(|(found, _)| found)
    }

    /// Draws what refers to the root, and gives how many and to which node.
    pub(crate) async fn read_referrers(&self, sink: &dyn Sink) -> Result<(u32, NodeId), Problem> {
        let image = self.root()?;
        // Side by side: they do not depend on each other, and each is a journey to the registry.
        let (listed, hung) = futures::join!(self.listed(&image, sink), self.hung(&image, sink));
        let mut drawn = HashSet::new();
        let (listed, problem) = match listed {
            Ok(listed) => (listed, None),
            Err(problem) => (Vec::new(), Some(problem)),
        };
        for found in listed.into_iter().chain(hung) {
            let id = self.with_dissection(|dissection| match found {
                Found::Listed(entry) => dissection.refer(&image.node, &entry),
                Found::Read(entry, Ok(answer)) => {
                    let content_type = answer.content_type.as_deref().map(MediaType::new);
                    dissection.refer_read(&image.node, &entry, answer.bytes, content_type.as_ref())
                }
                Found::Read(entry, Err(problem)) => dissection.refer_unread(&image.node, &entry, fault_of(&problem)),
                Found::Hung { tag, entry, read: None } => dissection.hang(&image.node, &tag, &entry, None),
                Found::Hung { tag, entry, read: Some(answer) } => {
                    let content_type = answer.content_type.as_deref().map(MediaType::new);
                    let read = Some((answer.bytes, content_type.as_ref()));
                    dissection.hang(&image.node, &tag, &entry, read)
                }
            })?;
            drawn.extend(id);
        }
        match problem {
            Some(problem) if drawn.is_empty() => Err(problem),
            Some(problem) => {
                self.note_problem(problem);
                Ok((count(drawn.len()), image.node))
            }
            None => Ok((count(drawn.len()), image.node)),
        }
    }

    fn root(&self) -> Result<Image, Problem> {
        let image = self.with_dissection(|dissection| {
            let graph = dissection.graph();
            let named = graph.edges.iter().find(|edge| edge.kind == anatomy::EdgeKind::Names)?;
            let node = graph.node(&named.to)?;
            Some(Image { node: node.id.clone(), digest: node.digest.clone()? })
        })?;
        image.ok_or_else(crate::inspect::not_read)
    }

    /// What the registry lists, read where reading is not counted.
    async fn listed(&self, image: &Image, sink: &dyn Sink) -> Result<Vec<Found>, Problem> {
        let mut seen = HashSet::new();
        let mut entries = Vec::new();
        for answer in self.source.referrers(&image.digest, sink).await? {
            let content_type = answer.content_type.as_deref().map(MediaType::new);
            let (document, _) = Document::manifest(answer.bytes, content_type.as_ref());
            if let Content::Index(index) = document.content {
                let usable = index.manifests.into_iter().filter(|entry| entry.digest.is_some());
                entries.extend(usable.filter(|entry| seen.insert(entry.digest.clone())));
            }
        }
        entries.truncate(limits::INDEX_PAGE);
        if self.spends() {
            return Ok(entries.into_iter().map(Found::Listed).collect());
        }
        let read = entries.into_iter().map(async |entry| {
            let answer = self.read_entry(image, &entry, sink).await;
            Found::Read(entry, answer)
        });
        let found: Vec<Found> = futures::stream::iter(read).buffered(IN_FLIGHT).collect().await;
        for found in &found {
            if let Found::Read(_, Err(problem)) = found
                && fault_of(problem) != Fault::Missing
            {
                self.note_problem(problem.clone());
            }
        }
        Ok(found)
    }

    async fn read_entry(&self, image: &Image, entry: &Descriptor, sink: &dyn Sink) -> Result<Answer, Problem> {
        let digest = entry.digest.clone().ok_or_else(|| Problem::internal("an entry without a digest"))?;
        let media_type = Some(entry.media_type.clone());
        let node = image.node.clone();
        let want = Want { node, digest, class: WantClass::Manifest, media_type, size: entry.size };
        self.source.document(&want, sink).await
    }

    /// What hangs on the tags that cosign names after the image.
    async fn hung(&self, image: &Image, sink: &dyn Sink) -> Vec<Found> {
        let tags = AttachedKind::OF_COSIGN.into_iter().filter_map(|kind| anatomy::tag::of_cosign(&image.digest, kind));
        let asked = tags.filter(|tag| anatomy::is_tag(tag)).map(async |tag| {
            let found = self.hung_on(&tag, sink).await;
            (tag, found)
        });
        let mut hung = Vec::new();
        for (tag, found) in futures::future::join_all(asked).await {
            match found {
                Ok(Some((entry, read))) => hung.push(Found::Hung { tag, entry, read }),
                Ok(None) => {}
                Err(problem) => self.note_problem(problem),
            }
        }
        hung
    }

    async fn hung_on(&self, tag: &str, sink: &dyn Sink) -> Result<Option<(Descriptor, Option<Answer>)>, Problem> {
        let target = Target::Tag(tag.to_owned());
        let found = if self.spends() {
            let looked = self.source.head(&target, sink).await;
            looked.map(|presence| {
                let digest = presence.digest?;
                Some((entry(digest, presence.content_type.as_deref(), presence.size), None))
            })
        } else {
            let read = self.source.resolve(&target, sink).await;
            read.map(|answer| {
                let size = ByteSize(answer.bytes.len() as u64);
                let entry = entry(Digest::sha256(&answer.bytes), answer.content_type.as_deref(), Some(size));
                Some((entry, Some(answer)))
            })
        };
        match found {
            Err(Problem { what: ProblemKind::NotFound { .. } | ProblemKind::TagAbsent { .. }, .. }) => Ok(None),
            other => other,
        }
    }

    /// Whether a manifest that is read is counted as a pull, and nobody said to read all.
    fn spends(&self) -> bool {
        self.source.metered() && !self.request.all
    }
}

fn entry(digest: Digest, media_type: Option<&str>, size: Option<ByteSize>) -> Descriptor {
    Descriptor {
        media_type: MediaType::new(media_type.unwrap_or_default()),
        digest: Some(digest),
        size,
        platform: None,
        annotations: std::collections::BTreeMap::new(),
        artifact_type: None,
        urls: Vec::new(),
    }
}

fn count(len: usize) -> u32 {
    u32::try_from(len).unwrap_or(u32::MAX)
}
