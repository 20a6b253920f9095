//! The cache between a caller and a source that counts what it is asked.

#![expect(clippy::unwrap_used, reason = "the documents are made here")]

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use anatomy::{ByteSize, Digest, MediaType, NodeId, Role, Target, Want, WantClass};
use async_trait::async_trait;
use bytes::Bytes;
use source::{
    Answer, BlobStream, Cache, Cached, ContentSource, Identity, Locality, Origin, Place, Presence, Problem,
    ProblemKind, Silent, Sink, Thing,
};

/// A repository with one tag.
#[derive(Debug)]
struct Repository {
    place: Place,
    tagged: Mutex<Bytes>,
    child: Bytes,
    gets: AtomicUsize,
    heads: AtomicUsize,
}

impl Repository {
    fn new() -> Arc<Self> {
        let place = Place::Registry { registry: "r.example".into(), repository: "app".into() };
        let (tagged, child) = (Mutex::new(Bytes::from_static(b"{\"v\":1}")), Bytes::from_static(b"{\"config\":true}"));
        Arc::new(Self { place, tagged, child, gets: AtomicUsize::new(0), heads: AtomicUsize::new(0) })
    }

    fn asked(&self) -> (usize, usize) {
        (self.gets.swap(0, Ordering::SeqCst), self.heads.swap(0, Ordering::SeqCst))
    }

    fn want(&self) -> Want {
        let digest = Digest::sha256(&self.child);
        let media_type = Some(MediaType::new("application/vnd.oci.image.config.v1+json"));
        let size = Some(ByteSize(self.child.len() as u64));
        Want { node: NodeId::of(Role::Config, &digest), digest, class: WantClass::Config, media_type, size }
    }

    fn answer(&self, bytes: Bytes) -> Answer {
        self.gets.fetch_add(1, Ordering::SeqCst);
        Answer { bytes, content_type: Some(MediaType::OCI_INDEX.into()), header_digest: None, origin: Origin::Source }
    }
}

#[async_trait]
impl ContentSource for Repository {
    fn place(&self) -> &Place {
        &self.place
    }

    fn locality(&self) -> Locality {
        Locality::Remote
    }

    async fn resolve(&self, _target: &Target, _sink: &dyn Sink) -> Result<Answer, Problem> {
        let bytes = self.tagged.lock().unwrap().clone();
        Ok(self.answer(bytes))
    }

    async fn head(&self, _target: &Target, _sink: &dyn Sink) -> Result<Presence, Problem> {
        self.heads.fetch_add(1, Ordering::SeqCst);
        let digest = Some(Digest::sha256(&self.tagged.lock().unwrap()));
        Ok(Presence { digest, size: None, content_type: None })
    }

    async fn document(&self, want: &Want, _sink: &dyn Sink) -> Result<Answer, Problem> {
        if want.digest != Digest::sha256(&self.child) {
            return Err(ProblemKind::NotFound { thing: Thing::Blob, name: want.digest.to_string() }.into());
        }
        Ok(self.answer(self.child.clone()))
    }

    async fn presence(&self, _want: &Want, _sink: &dyn Sink) -> Result<Presence, Problem> {
        unreachable!("nobody asks here")
    }

    async fn blob(&self, _digest: &Digest, _sink: &dyn Sink) -> Result<BlobStream, Problem> {
        unreachable!("nobody asks here")
    }

    async fn tags(&self, _sink: &dyn Sink) -> Result<Vec<String>, Problem> {
        unreachable!("nobody asks here")
    }
}

fn tag() -> Target {
    Target::Tag("1".to_owned())
}

async fn look(cached: &Cached, want: &Want) -> (Origin, Origin) {
    let root = cached.resolve(&tag(), &Silent).await.unwrap().origin;
    (root, cached.document(want, &Silent).await.unwrap().origin)
}

#[tokio::test]
async fn a_second_look_costs_one_head() {
    let folder = tempfile::tempdir().unwrap();
    let repository = Repository::new();
    for (origin, asked) in [(Origin::Source, (2, 0)), (Origin::Cache, (0, 1)), (Origin::Cache, (0, 1))] {
        let cache = Cache::new(folder.path().join("kaibo"));
        let cached = Cached::new(repository.clone(), cache.clone(), &Identity::anonymous());
        assert_eq!(look(&cached, &repository.want()).await, (origin, origin));
        cache.settle().await;
        assert_eq!(repository.asked(), asked);
    }
}

#[tokio::test]
async fn a_moved_tag_is_read_and_its_parts_are_kept() {
    let folder = tempfile::tempdir().unwrap();
    let repository = Repository::new();
    let cache = Cache::new(folder.path());
    let cached = Cached::new(repository.clone(), cache.clone(), &Identity::anonymous());
    look(&cached, &repository.want()).await;
    cache.settle().await;
    *repository.tagged.lock().unwrap() = Bytes::from_static(b"{\"v\":2}");
    repository.asked();
    assert_eq!(look(&cached, &repository.want()).await, (Origin::Source, Origin::Cache));
    assert_eq!(repository.asked(), (1, 1));
}

#[tokio::test]
async fn a_damaged_entry_is_fetched_again() {
    let folder = tempfile::tempdir().unwrap();
    let repository = Repository::new();
    let cache = Cache::new(folder.path());
    let cached = Cached::new(repository.clone(), cache.clone(), &Identity::anonymous());
    let want = repository.want();
    look(&cached, &want).await;
    cache.settle().await;
    let entry = folder.path().join("documents").join("sha256").join(want.digest.encoded());
    std::fs::write(&entry, b"{\"config\":fals}").unwrap();
    repository.asked();
    assert_eq!(look(&cached, &want).await, (Origin::Cache, Origin::Source));
    cache.settle().await;
    assert_eq!(std::fs::read(&entry).unwrap(), repository.child);
}

#[tokio::test]
async fn what_one_account_saw_another_did_not() {
    let folder = tempfile::tempdir().unwrap();
    let repository = Repository::new();
    let cache = Cache::new(folder.path());
    let alice = Cached::new(repository.clone(), cache.clone(), &Identity("account alice".into()));
    look(&alice, &repository.want()).await;
    cache.settle().await;
    let bob = Cached::new(repository.clone(), cache.clone(), &Identity("account bob".into())).offline();
    let problem = bob.resolve(&tag(), &Silent).await.unwrap_err();
    assert_eq!(problem.code(), "offline");
    let alice = Cached::new(repository.clone(), cache, &Identity("account alice".into())).offline();
    repository.asked();
    assert_eq!(look(&alice, &repository.want()).await, (Origin::Cache, Origin::Cache));
    assert_eq!(repository.asked(), (0, 0));
}

#[tokio::test]
async fn refreshing_reads_everything_anew() {
    let folder = tempfile::tempdir().unwrap();
    let repository = Repository::new();
    let cache = Cache::new(folder.path());
    let cached = Cached::new(repository.clone(), cache.clone(), &Identity::anonymous());
    look(&cached, &repository.want()).await;
    cache.settle().await;
    repository.asked();
    let cached = cached.refreshing();
    assert_eq!(look(&cached, &repository.want()).await, (Origin::Source, Origin::Source));
    assert_eq!(repository.asked(), (2, 0));
}

#[cfg(unix)]
#[tokio::test]
async fn only_the_owner_may_look_into_the_folder() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let repository = Repository::new();
    let cache = Cache::new(folder.path().join("kaibo"));
    let cached = Cached::new(repository.clone(), cache.clone(), &Identity::anonymous());
    look(&cached, &repository.want()).await;
    cache.settle().await;
    for part in ["kaibo", "kaibo/documents", "kaibo/seen"] {
        let mode = std::fs::metadata(folder.path().join(part)).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o700, "{part}");
    }
}
