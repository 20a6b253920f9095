use std::path::PathBuf;
use std::sync::Arc;

use anatomy::{ByteSize, Digest, Reference, Target, Want, WantClass, limits};
use async_trait::async_trait;
use futures::StreamExt as _;
use source::{Answer, BlobStream, ContentSource, Locality, Origin, Place, Presence, Problem, ProblemKind, Sink, Thing};
use tokio::sync::OnceCell;

use crate::apart::{Stop, apart, streamed};
use crate::contents::{Contents, Held};
use crate::docker_archive;
use crate::fault::{Fault, opened, tried, unopened};
use crate::samples::{self, Sample, samples};
use crate::store::{Folder, Store};
use crate::tarball::{Tarball, Wrapping};

/// Gives what a layout, an archive or a sample holds.
///
/// Opening looks only at the beginning of a file; what it holds is found when it is first asked,
/// because an archive in gzip has to be unpacked for that (in passing, nothing is written).
#[derive(Debug)]
pub struct LocalSource {
    place: Place,
    /// The path as typed, or `sample:NAME`.
    shown: String,
    kind: Kind,
    contents: OnceCell<Arc<Contents>>,
}

#[derive(Clone, Debug)]
enum Kind {
    Folder(PathBuf),
    Archive { path: PathBuf, wrapping: Wrapping, whole_names: bool },
    Sample(&'static Sample),
}

impl LocalSource {
    /// Opens what `reference` names on this machine or in this program.
    ///
    /// # Errors
    /// [`ProblemKind::PathNotFound`], [`ProblemKind::PathUnreadable`], [`ProblemKind::NotALayout`],
    /// [`ProblemKind::NotAnArchive`], [`ProblemKind::SampleUnknown`];
    /// [`ProblemKind::TransportUnsupported`] for an engine's own store.
    pub fn open(reference: &Reference) -> Result<Self, Problem> {
        let (place, shown, kind) = match reference {
            Reference::Oci { path, .. } => (Place::Layout { path: path.clone() }, path.clone(), folder(path)?),
            Reference::OciArchive { path, .. } => {
                (Place::OciArchive { path: path.clone() }, path.clone(), archive(path, false)?)
            }
            Reference::DockerArchive { path, .. } => {
                (Place::DockerArchive { path: path.clone() }, path.clone(), archive(path, true)?)
            }
            Reference::Sample { name, .. } => {
                let sample = samples().iter().find(|sample| sample.name == name).ok_or_else(|| {
                    let names = samples().iter().map(|sample| sample.name.to_owned()).collect();
                    let problem = Problem::new(ProblemKind::SampleUnknown { name: name.clone(), names });
                    problem.with(tried(format!("open sample:{name}")))
                })?;
                (Place::Sample { name: name.clone() }, format!("sample:{name}"), Kind::Sample(sample))
            }
            Reference::DockerDaemon { .. } => return Err(unsupported("docker-daemon")),
            Reference::ContainersStorage { .. } => return Err(unsupported("containers-storage")),
            Reference::Registry(_) => return Err(Problem::internal("a registry was asked for as a file")),
        };
        Ok(Self { place, shown, kind, contents: OnceCell::new() })
    }

    async fn contents(&self) -> Result<&Arc<Contents>, Problem> {
        self.contents
            .get_or_try_init(async || {
                let kind = self.kind.clone();
                apart(move |stop| load(&kind, stop)).await.map(Arc::new)
            })
            .await
            .map_err(|fault| self.unloaded(&fault))
    }

    fn unloaded(&self, fault: &Fault) -> Problem {
        let path = self.shown.clone();
        let unfit = match self.kind {
            Kind::Folder(_) => ProblemKind::NotALayout { path },
            Kind::Archive { .. } => ProblemKind::NotAnArchive { path },
            Kind::Sample(_) => ProblemKind::Internal,
        };
        fault.problem(format!("open {}", self.shown), &self.shown, unfit.clone(), unfit)
    }

    /// The problem of a document or blob that was not given.
    fn ungiven(&self, contents: &Contents, digest: &Digest, thing: Thing, fault: &Fault) -> Problem {
        let shown = match contents.held(digest) {
            Held::Here(_) => self.shown.clone(),
            Held::File(name) => contents.store.shown(&name),
        };
        let absent = ProblemKind::NotFound { thing, name: digest.to_string() };
        fault.problem(format!("open {shown}"), &shown, absent.clone(), absent)
    }

    async fn chosen(&self, target: &Target) -> Result<(Arc<Contents>, Digest, Option<String>), Problem> {
        let contents = self.contents().await?;
        let evidence = || tried(format!("open {}", self.shown));
        let (digest, media_type) =
            contents.choose(target, &self.shown).map_err(|kind| Problem::new(kind).with(evidence()))?;
        let digest = digest.map_err(|text| {
            let absent = ProblemKind::NotFound { thing: Thing::Manifest, name: text };
            Problem::new(absent).with(evidence())
        })?;
        Ok((Arc::clone(contents), digest, media_type))
    }

    async fn read(
        &self,
        contents: &Arc<Contents>,
        digest: &Digest,
        limit: u64,
        thing: Thing,
    ) -> Result<bytes::Bytes, Problem> {
        let read = match contents.held(digest) {
            Held::Here(bytes) => Ok(bytes),
            Held::File(name) => {
                let store = Arc::clone(&contents.store);
                apart(move |stop| store.read(&name, limit, stop)).await
            }
        };
        read.map_err(|fault| self.ungiven(contents, digest, thing, &fault))
    }

    async fn size(&self, contents: &Arc<Contents>, digest: &Digest, thing: Thing) -> Result<ByteSize, Problem> {
        let size = match contents.held(digest) {
            Held::Here(bytes) => Ok(bytes.len() as u64),
            Held::File(name) => {
                let store = Arc::clone(&contents.store);
                apart(move |_| store.size(&name)).await
            }
        };
        size.map(ByteSize).map_err(|fault| self.ungiven(contents, digest, thing, &fault))
    }
}

#[async_trait]
impl ContentSource for LocalSource {
    fn place(&self) -> &Place {
        &self.place
    }

    fn locality(&self) -> Locality {
        Locality::Here
    }

    fn manifest_made_here(&self) -> bool {
        self.contents.get().is_some_and(|contents| contents.manifest_made_here)
    }

    async fn resolve(&self, target: &Target, _sink: &dyn Sink) -> Result<Answer, Problem> {
        let (contents, digest, content_type) = self.chosen(target).await?;
        let bytes = self.read(&contents, &digest, limits::MANIFEST_BYTES, Thing::Manifest).await?;
        Ok(Answer { bytes, content_type, header_digest: None, origin: Origin::Source })
    }

    async fn head(&self, target: &Target, _sink: &dyn Sink) -> Result<Presence, Problem> {
        let (contents, digest, content_type) = self.chosen(target).await?;
        let size = self.size(&contents, &digest, Thing::Manifest).await?;
        Ok(Presence { digest: Some(digest), size: Some(size), content_type })
    }

    async fn document(&self, want: &Want, _sink: &dyn Sink) -> Result<Answer, Problem> {
        let contents = self.contents().await?;
        let limit = match want.class {
            WantClass::Manifest => limits::MANIFEST_BYTES,
            WantClass::Config => limits::CONFIG_BYTES,
            // A layer that somebody wants as a document is a small blob in the place of a layer.
            WantClass::Statement | WantClass::Layer => limits::STATEMENT_BYTES,
        };
        let bytes = self.read(contents, &want.digest, limit, thing(want.class)).await?;
        let content_type =
            contents.media_type(&want.digest).or_else(|| want.media_type.as_ref().map(ToString::to_string));
        Ok(Answer { bytes, content_type, header_digest: None, origin: Origin::Source })
    }

    async fn presence(&self, want: &Want, _sink: &dyn Sink) -> Result<Presence, Problem> {
        let contents = self.contents().await?;
        let size = self.size(contents, &want.digest, thing(want.class)).await?;
        Ok(Presence {
            digest: Some(want.digest.clone()),
            size: Some(size),
            content_type: contents.media_type(&want.digest),
        })
    }

    async fn blob(&self, digest: &Digest, _sink: &dyn Sink) -> Result<BlobStream, Problem> {
        let contents = Arc::clone(self.contents().await?);
        // A blob that is not there is told now, not as the first item of a stream.
        self.size(&contents, digest, Thing::Blob).await?;
        let name = match contents.held(digest) {
            Held::Here(bytes) => return Ok(futures::stream::iter([Ok(bytes)]).boxed()),
            Held::File(name) => name,
        };
        let shown = contents.store.shown(&name);
        let absent = ProblemKind::NotFound { thing: Thing::Blob, name: digest.to_string() };
        let store = Arc::clone(&contents.store);
        let chunks = streamed(move |stop, take| store.stream(&name, stop, take));
        Ok(chunks
            .map(move |chunk| {
                chunk.map_err(|fault| fault.problem(format!("open {shown}"), &shown, absent.clone(), absent.clone()))
            })
            .boxed())
    }

    async fn tags(&self, _sink: &dyn Sink) -> Result<Vec<String>, Problem> {
        Ok(self.contents().await?.tags())
    }
}

fn thing(class: WantClass) -> Thing {
    if class == WantClass::Manifest { Thing::Manifest } else { Thing::Blob }
}

fn unsupported(transport: &str) -> Problem {
    ProblemKind::TransportUnsupported { transport: transport.to_owned() }.into()
}

fn folder(path: &str) -> Result<Kind, Problem> {
    let folder = PathBuf::from(path);
    let facts = std::fs::metadata(&folder).map_err(|error| unopened(&folder, &error))?;
    if facts.is_dir() {
        Ok(Kind::Folder(folder))
    } else {
        Err(Problem::new(ProblemKind::NotALayout { path: path.to_owned() }).with(opened(&folder)))
    }
}

fn archive(path: &str, whole_names: bool) -> Result<Kind, Problem> {
    let file = PathBuf::from(path);
    let facts = std::fs::metadata(&file).map_err(|error| unopened(&file, &error))?;
    // Opening a pipe would wait for its other end.
    let wrapping = if facts.is_file() { Wrapping::of(&file).map_err(|error| unopened(&file, &error))? } else { None };
    match wrapping {
        Some(wrapping) => Ok(Kind::Archive { path: file, wrapping, whole_names }),
        None => Err(Problem::new(ProblemKind::NotAnArchive { path: path.to_owned() }).with(opened(&file))),
    }
}

fn load(kind: &Kind, stop: &Stop) -> Result<Contents, Fault> {
    match kind {
        Kind::Folder(path) => Contents::of_layout(Arc::new(Folder::new(path)?), false, stop),
        Kind::Sample(sample) => samples::contents(sample, stop),
        Kind::Archive { path, wrapping, whole_names } => {
            let tarball = Tarball::open(path, *wrapping, stop)?;
            // The newer form of `docker save` is a layout that also has the older form's list.
            // Which transport was typed decides only how images are named.
            let layout = tarball.has("index.json") && tarball.has("oci-layout");
            let store: Arc<dyn Store> = Arc::new(tarball);
            if layout { Contents::of_layout(store, *whole_names, stop) } else { docker_archive::contents(store, stop) }
        }
    }
}
