use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{SystemTime, UNIX_EPOCH};

use anatomy::{Digest, Target, Verification, Want, WantClass, limits};
use async_trait::async_trait;
use bytes::Bytes;
use serde::{Deserialize, Serialize};

use crate::{Answer, BlobStream, ContentSource, Locality, Origin, Place, Presence, Problem, ProblemKind, Sink};

/// How many bytes of documents are kept before the oldest go.
const CAPACITY: u64 = 256 << 20;

/// Documents by digest in a folder of the user's own, and apart from them where they were seen.
///
/// A document is worth the same wherever it comes from, for its digest is computed again whenever it
/// is read; an entry that was damaged is thrown away and fetched anew. Whether somebody may *see* it
/// is another question: see [`Cached`].
///
/// Layout: `documents/ALGORITHM/ENCODED` holds the bytes, `ENCODED.type` beside it the Content-Type
/// header where the bytes do not name it; `seen/SCOPE.json` what tags of one repository pointed at.
#[derive(Clone, Debug)]
pub struct Cache(Arc<Folder>);

#[derive(Debug)]
struct Folder {
    root: PathBuf,
    writes: Mutex<Vec<tokio::task::JoinHandle<()>>>,
}

/// With which account a repository is looked at. What one account may see says nothing of another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identity(pub String);

impl Identity {
    /// No account.
    #[must_use]
    pub fn anonymous() -> Self {
        Self("anonymous".to_owned())
    }
}

/// What a tag pointed at when it was last asked.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Seen {
    digest: Digest,
    content_type: Option<String>,
    unix: u64,
}

impl Cache {
    /// Uses the folder, which is made when the first document is kept.
    #[must_use]
    pub fn new(root: impl Into<PathBuf>) -> Self {
        Self(Arc::new(Folder { root: root.into(), writes: Mutex::default() }))
    }

    /// Waits for documents that are still being written, and throws out the oldest over the capacity.
    pub async fn settle(&self) {
        let writes = std::mem::take(&mut *self.0.writes.lock().unwrap_or_else(PoisonError::into_inner));
        let wrote = !writes.is_empty();
        for write in writes {
            // A write that failed left nothing behind; the document is fetched again next time.
            let _failed = write.await;
        }
        if wrote {
            let root = self.0.root.join("documents");
            let _failed = tokio::task::spawn_blocking(move || trim(&root, CAPACITY)).await;
        }
    }

    /// The bytes of a document, if they are kept and still what their digest says.
    async fn document(&self, digest: &Digest, limit: u64) -> Option<(Bytes, Option<String>)> {
        let path = self.document_path(digest);
        let digest = digest.clone();
        tokio::task::spawn_blocking(move || {
            if std::fs::metadata(&path).ok()?.len() > limit {
                return None;
            }
            let bytes = std::fs::read(&path).ok()?;
            if digest.verify(&bytes) != Verification::Equal {
                let _gone = std::fs::remove_file(&path);
                return None;
            }
            Some((bytes.into(), std::fs::read_to_string(type_path(&path)).ok()))
        })
        .await
        .ok()
        .flatten()
    }

    /// Keeps a document, if it is what its digest says. Writing goes on while the caller goes on.
    fn keep(&self, digest: &Digest, answer: &Answer, class: WantClass) {
        if digest.verify(&answer.bytes) != Verification::Equal {
            return;
        }
        let (path, bytes) = (self.document_path(digest), answer.bytes.clone());
        let content_type = answer.content_type.clone().filter(|content_type| {
            class == WantClass::Manifest
                && !bytes.windows(content_type.len().max(1)).any(|part| part == content_type.as_bytes())
        });
        self.write(move || {
            put(&path, &bytes)?;
            match content_type {
                Some(content_type) => put(&type_path(&path), content_type.as_bytes()),
                None => Ok(()),
            }
        });
    }

    fn write(&self, write: impl FnOnce() -> std::io::Result<()> + Send + 'static) {
        let written = tokio::task::spawn_blocking(move || {
            let _failed = write();
        });
        self.0.writes.lock().unwrap_or_else(PoisonError::into_inner).push(written);
    }

    fn seen(&self, scope: &str, name: &str) -> Option<Seen> {
        self.sightings(scope).remove(name)
    }

    fn sightings(&self, scope: &str) -> BTreeMap<String, Seen> {
        let text = std::fs::read(self.scope_path(scope)).unwrap_or_default();
        // A damaged file is an empty one: nothing is lost but one saved request.
        serde_json::from_slice(&text).unwrap_or_default()
    }

    fn note(&self, scope: &str, name: String, digest: Digest, content_type: Option<String>) {
        let unix = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |time| time.as_secs());
        let mut sightings = self.sightings(scope);
        sightings.insert(name, Seen { digest, content_type, unix });
        let path = self.scope_path(scope);
        self.write(move || put(&path, &serde_json::to_vec(&sightings)?));
    }

    fn document_path(&self, digest: &Digest) -> PathBuf {
        self.0.root.join("documents").join(digest.algorithm().name()).join(digest.encoded())
    }

    fn scope_path(&self, scope: &str) -> PathBuf {
        self.0.root.join("seen").join(format!("{}.json", Digest::sha256(scope.as_bytes()).encoded()))
    }
}

fn type_path(path: &Path) -> PathBuf {
    path.with_extension("type")
}

/// Writes a file whole or not at all, in a folder that only its owner may read: configs hold the
/// environment that somebody gave an image.
fn put(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let folder = path.parent().unwrap_or(path);
    make_private(folder)?;
    let mut file = tempfile::NamedTempFile::new_in(folder)?;
    std::io::Write::write_all(&mut file, bytes)?;
    file.persist(path)?;
    Ok(())
}

fn make_private(folder: &Path) -> std::io::Result<()> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

/// Removes the documents that were kept longest ago until the rest fits.
fn trim(root: &Path, capacity: u64) {
    let mut files = Vec::new();
    for folder in std::fs::read_dir(root).into_iter().flatten().flatten() {
        for file in std::fs::read_dir(folder.path()).into_iter().flatten().flatten() {
            if let Ok(metadata) = file.metadata() {
                files.push((metadata.modified().unwrap_or(UNIX_EPOCH), metadata.len(), file.path()));
            }
        }
    }
    let mut total: u64 = files.iter().map(|(_, len, _)| len).sum();
    files.sort();
    for (_, len, path) in files {
        if total <= capacity {
            break;
        }
        if std::fs::remove_file(path).is_ok() {
            total -= len;
        }
    }
}

/// A remote source whose documents are kept.
///
/// The name is asked again on every look (one HEAD; a GET when it was never seen before), so that
/// what is shown is what is there now. A document that only its digest leads to is answered from the
/// cache without a request: the caller learnt its digest from a parent that this very identity has
/// just reached in this very repository. Offline, only what this identity has seen there is given.
#[derive(Debug)]
pub struct Cached {
    source: Arc<dyn ContentSource>,
    cache: Cache,
    scope: String,
    mode: Mode,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mode {
    Ask,
    Refresh,
    Offline,
}

impl Cached {
    /// Keeps what `source` gives to `identity`.
    #[must_use]
    pub fn new(source: Arc<dyn ContentSource>, cache: Cache, identity: &Identity) -> Self {
        let scope = format!("{:?}\n{}", source.place(), identity.0);
        Self { source, cache, scope, mode: Mode::Ask }
    }

    /// Reads everything anew, and keeps it.
    #[must_use]
    pub fn refreshing(self) -> Self {
        Self { mode: Mode::Refresh, ..self }
    }

    /// Asks nobody.
    #[must_use]
    pub fn offline(self) -> Self {
        Self { mode: Mode::Offline, ..self }
    }

    fn not_at_hand(&self, target: &Target) -> Problem {
        let place = match self.source.place() {
            Place::Registry { registry, repository } => format!("{registry}/{repository}"),
            Place::Layout { path } | Place::OciArchive { path } | Place::DockerArchive { path } => path.clone(),
            Place::Sample { name } => name.clone(),
        };
        let reference = match target {
            Target::Tag(tag) => format!("{place}:{tag}"),
            Target::Digest(digest) => format!("{place}@{digest}"),
            Target::Only => place,
        };
        ProblemKind::Offline { reference }.into()
    }
}

fn name_of(target: &Target) -> String {
    match target {
        Target::Tag(tag) => tag.clone(),
        Target::Digest(digest) => digest.to_string(),
        Target::Only => String::new(),
    }
}

#[async_trait]
impl ContentSource for Cached {
    fn place(&self) -> &Place {
        self.source.place()
    }

    fn locality(&self) -> Locality {
        self.source.locality()
    }

    fn metered(&self) -> bool {
        self.source.metered()
    }

    fn at_hand(&self, want: &Want) -> bool {
        self.mode != Mode::Refresh && self.cache.document_path(&want.digest).exists()
    }

    async fn resolve(&self, target: &Target, sink: &dyn Sink) -> Result<Answer, Problem> {
        let name = name_of(target);
        if self.mode != Mode::Refresh
            && let Some(seen) = self.cache.seen(&self.scope, &name)
        {
            let at_hand = |(bytes, content_type): (Bytes, Option<String>)| Answer {
                bytes,
                content_type: content_type.or(seen.content_type.clone()),
                header_digest: None,
                origin: Origin::Cache,
            };
            let kept = self.cache.document(&seen.digest, limits::MANIFEST_BYTES).await;
            if self.mode == Mode::Offline {
                return kept.map(at_hand).ok_or_else(|| self.not_at_hand(target));
            }
            if let Some(kept) = kept {
                let presence = self.source.head(target, sink).await?;
                if presence.digest.as_ref() == Some(&seen.digest) {
                    return Ok(at_hand(kept));
                }
            }
        }
        if self.mode == Mode::Offline {
            return Err(self.not_at_hand(target));
        }
        let answer = self.source.resolve(target, sink).await?;
        let digest = match target {
            Target::Digest(digest) => digest.clone(),
            _ => Digest::sha256(&answer.bytes),
        };
        self.cache.keep(&digest, &answer, WantClass::Manifest);
        self.cache.note(&self.scope, name, digest, answer.content_type.clone());
        Ok(answer)
    }

    async fn head(&self, target: &Target, sink: &dyn Sink) -> Result<Presence, Problem> {
        if self.mode == Mode::Offline {
            return Err(self.not_at_hand(target));
        }
        self.source.head(target, sink).await
    }

    async fn document(&self, want: &Want, sink: &dyn Sink) -> Result<Answer, Problem> {
        if self.mode != Mode::Refresh
            && let Some((bytes, content_type)) = self.cache.document(&want.digest, want.class.limit()).await
        {
            return Ok(Answer { bytes, content_type, header_digest: None, origin: Origin::Cache });
        }
        if self.mode == Mode::Offline {
            return Err(self.not_at_hand(&Target::Digest(want.digest.clone())));
        }
        let answer = self.source.document(want, sink).await?;
        self.cache.keep(&want.digest, &answer, want.class);
        Ok(answer)
    }

    async fn presence(&self, want: &Want, sink: &dyn Sink) -> Result<Presence, Problem> {
        if self.mode == Mode::Offline {
            return Err(self.not_at_hand(&Target::Digest(want.digest.clone())));
        }
        self.source.presence(want, sink).await
    }

    async fn blob(&self, digest: &Digest, sink: &dyn Sink) -> Result<BlobStream, Problem> {
        if self.mode == Mode::Offline {
            return Err(self.not_at_hand(&Target::Digest(digest.clone())));
        }
        self.source.blob(digest, sink).await
    }

    async fn tags(&self, sink: &dyn Sink) -> Result<Vec<String>, Problem> {
        if self.mode == Mode::Offline {
            return Err(self.not_at_hand(&Target::Only));
        }
        self.source.tags(sink).await
    }

    async fn referrers(&self, digest: &Digest, sink: &dyn Sink) -> Result<Vec<Answer>, Problem> {
        if self.mode == Mode::Offline {
            return Err(self.not_at_hand(&Target::Digest(digest.clone())));
        }
        self.source.referrers(digest, sink).await
    }
}
