use std::collections::HashSet;

use anatomy::{ByteSize, Digest, Target, Want, WantClass, limits};
use async_trait::async_trait;
use http::{Method, header};
use source::{
    Answer, BlobStream, ContentSource, Locality, Origin, PageTurner, Place, Presence, Problem, ProblemKind, Sink, Thing,
};

use crate::catalogue::pager;
use crate::client::{Question, RegistryClient, Repository};
use crate::wire::Opened;

/// Every type of manifest, and anything else last: without the list types a registry may answer with
/// one platform of its own choice, without `*/*` some answer 404 for artifacts.
const MANIFESTS: &str = "application/vnd.oci.image.index.v1+json, \
    application/vnd.oci.image.manifest.v1+json, \
    application/vnd.docker.distribution.manifest.list.v2+json, \
    application/vnd.docker.distribution.manifest.v2+json, \
    application/vnd.oci.artifact.manifest.v1+json, \
    application/vnd.docker.distribution.manifest.v1+prettyjws, \
    application/vnd.docker.distribution.manifest.v1+json, \
    */*";
const ANYTHING: &str = "*/*";
/// How many pages of one image's referrers are read: a page holds hundreds.
const REFERRER_PAGES: usize = 20;

/// One repository of a registry.
#[derive(Clone, Debug)]
pub struct RegistrySource {
    pub(crate) client: RegistryClient,
    pub(crate) repository: Repository,
    pub(crate) place: Place,
}

/// A part of a blob, or all of it.
pub enum Part {
    /// What was asked for.
    Partial(BlobStream),
    /// The registry does not give parts: this begins at the first byte.
    Whole(BlobStream),
}

impl RegistrySource {
    /// `length` bytes of a blob from `offset`. Unlike a whole blob, a part cannot be verified.
    ///
    /// # Errors
    /// As [`ContentSource::blob`]; [`ProblemKind::AnswerMalformed`] (`range`) for another part than
    /// the one that was asked for.
    pub async fn range(&self, digest: &Digest, offset: u64, length: u64, sink: &dyn Sink) -> Result<Part, Problem> {
        let last = offset.saturating_add(length.max(1)) - 1;
        let question = Question {
            range: Some(format!("bytes={offset}-{last}")),
            layer: true,
            ..blob(Method::GET, digest.as_str())
        };
        let opened = self.client.ask(&self.repository, &question, sink).await?;
        if opened.status != 206 {
            return Ok(Part::Whole(opened.stream(sink)));
        }
        let given = opened.header(&header::CONTENT_RANGE).unwrap_or_default();
        let first = given
            .strip_prefix("bytes ")
            .and_then(|g| g.split_once('-'))
            .and_then(|(first, _)| first.parse::<u64>().ok());
        if first == Some(offset) {
            Ok(Part::Partial(opened.stream(sink)))
        } else {
            let registry = self.repository.registry.clone();
            Err(opened.problem(ProblemKind::AnswerMalformed { registry, what: "range".to_owned() }))
        }
    }

    async fn read(&self, question: &Question<'_>, limit: u64, sink: &dyn Sink) -> Result<Answer, Problem> {
        let opened = self.client.ask(&self.repository, question, sink).await?;
        answer(opened, limit, sink).await
    }

    async fn look(&self, question: &Question<'_>, sink: &dyn Sink) -> Result<Presence, Problem> {
        let mut opened = self.client.ask(&self.repository, question, sink).await?;
        let presence = Presence {
            digest: header_digest(&opened).and_then(|d| d.parse().ok()),
            size: opened.length().map(ByteSize),
            content_type: opened.header(&header::CONTENT_TYPE).map(ToOwned::to_owned),
        };
        // Nothing comes after a HEAD; this records the exchange and frees the connection.
        opened.said(sink).await;
        Ok(presence)
    }
}

fn header_digest(opened: &Opened) -> Option<&str> {
    opened.headers.get("docker-content-digest").and_then(|v| v.to_str().ok())
}

fn manifest(method: Method, name: &str, thing: Thing) -> Question<'_> {
    Question { method, path: format!("manifests/{name}"), accept: MANIFESTS, range: None, layer: false, thing, name }
}

fn blob(method: Method, digest: &str) -> Question<'_> {
    Question {
        method,
        path: format!("blobs/{digest}"),
        accept: ANYTHING,
        range: None,
        layer: false,
        thing: Thing::Blob,
        name: digest,
    }
}

/// The question for what a reference names.
fn target(method: Method, target: &Target) -> Result<Question<'_>, Problem> {
    match target {
        Target::Tag(tag) => Ok(manifest(method, tag, Thing::Tag)),
        Target::Digest(digest) => Ok(manifest(method, digest.as_str(), Thing::Manifest)),
        Target::Only => Err(Problem::internal("a repository has no only image")),
    }
}

/// The question for what a document names, and how much of the answer is read.
fn want(method: Method, want: &Want) -> (Question<'_>, u64) {
    let digest = want.digest.as_str();
    match want.class {
        WantClass::Manifest => (manifest(method, digest, Thing::Manifest), limits::MANIFEST_BYTES),
        WantClass::Config => (blob(method, digest), limits::CONFIG_BYTES),
        WantClass::Statement | WantClass::Layer => (blob(method, digest), limits::STATEMENT_BYTES),
    }
}

#[async_trait]
impl ContentSource for RegistrySource {
    fn place(&self) -> &Place {
        &self.place
    }

    fn locality(&self) -> Locality {
        Locality::Remote
    }

    fn metered(&self) -> bool {
        self.client.metered(&self.repository.registry)
    }

    async fn resolve(&self, name: &Target, sink: &dyn Sink) -> Result<Answer, Problem> {
        self.read(&target(Method::GET, name)?, limits::MANIFEST_BYTES, sink).await
    }

    async fn head(&self, name: &Target, sink: &dyn Sink) -> Result<Presence, Problem> {
        self.look(&target(Method::HEAD, name)?, sink).await
    }

    async fn document(&self, wanted: &Want, sink: &dyn Sink) -> Result<Answer, Problem> {
        let (question, limit) = want(Method::GET, wanted);
        self.read(&question, limit, sink).await
    }

    async fn presence(&self, wanted: &Want, sink: &dyn Sink) -> Result<Presence, Problem> {
        let (question, _) = want(Method::HEAD, wanted);
        self.look(&question, sink).await
    }

    async fn blob(&self, digest: &Digest, sink: &dyn Sink) -> Result<BlobStream, Problem> {
        let question = Question { layer: true, ..blob(Method::GET, digest.as_str()) };
        Ok(self.client.ask(&self.repository, &question, sink).await?.stream(sink))
    }

    /// The referrers API (distribution-spec, "Listing Referrers"), all its pages; where a registry does
    /// not have it, the fallback tag. No filter is asked for: registries differ in what they make of one.
    async fn referrers(&self, digest: &Digest, sink: &dyn Sink) -> Result<Vec<Answer>, Problem> {
        match self.referrers_of_api(digest, sink).await {
            // 404 is the answer of the specification; some registries of before it say 400 or 405.
            Err(Problem {
                what: ProblemKind::NotFound { .. } | ProblemKind::RegistryFailed { status: 400 | 405, .. },
                ..
            }) => Ok(source::fallback_referrers(self, digest, sink).await?.into_iter().collect()),
            pages => pages,
        }
    }

    /// All pages of the registry's list.
    async fn tags(&self, sink: &dyn Sink) -> Result<Vec<String>, Problem> {
        let mut turner = PageTurner::default();
        let (mut tags, mut seen) = (Vec::new(), HashSet::new());
        let mut after = None;
        loop {
            let page = self.client.tags_of(&self.repository, after.as_ref(), sink).await?;
            let listed = page.entries.len();
            tags.extend(page.entries.into_iter().map(|entry| entry.name).filter(|name| seen.insert(name.clone())));
            match turner.turn(listed, page.next) {
                Ok(Some(next)) => after = Some(next),
                Ok(None) | Err(_) => return Ok(tags),
            }
        }
    }
}

impl RegistrySource {
    /// The pages of the referrers API, each as it came.
    async fn referrers_of_api(&self, digest: &Digest, sink: &dyn Sink) -> Result<Vec<Answer>, Problem> {
        let name = digest.as_str();
        let mut path = format!("referrers/{name}");
        let mut turner = PageTurner::default();
        let mut pages: Vec<Answer> = Vec::new();
        loop {
            let question = Question { path, ..manifest(Method::GET, name, Thing::Manifest) };
            let opened = self.client.ask(&self.repository, &question, sink).await;
            let opened = match opened {
                // What was read stands; an image has few referrers, and the first page has the most.
                Err(_) if !pages.is_empty() => return Ok(pages),
                opened => opened?,
            };
            let next = pager::link(&opened.headers, &opened.url).cursor();
            let answer = answer(opened, limits::MANIFEST_BYTES, sink).await?;
            pages.push(answer);
            let Ok(Some(next)) = turner.turn(1, next) else { return Ok(pages) };
            let Ok(onward) = pager::path_of(&next.0, &self.repository.registry) else { return Ok(pages) };
            path = onward.to_owned();
            if pages.len() >= REFERRER_PAGES {
                return Ok(pages);
            }
        }
    }
}

async fn answer(opened: Opened, limit: u64, sink: &dyn Sink) -> Result<Answer, Problem> {
    let content_type = opened.header(&header::CONTENT_TYPE).map(ToOwned::to_owned);
    let header_digest = header_digest(&opened).map(ToOwned::to_owned);
    let bytes = opened.read(limit, sink).await?;
    Ok(Answer { bytes, content_type, header_digest, origin: Origin::Source })
}
