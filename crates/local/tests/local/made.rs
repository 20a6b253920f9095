//! Layouts and archives made for a test, and short ways to ask of them.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anatomy::{Digest, NodeId, Reference, Role, Target, Want, WantClass};
use bytes::Bytes;
use local::LocalSource;
use source::{Answer, BlobStream, ContentSource as _, Problem, ProblemKind, Silent};

pub(crate) const INDEX: &str = "application/vnd.oci.image.index.v1+json";
pub(crate) const HELLO: &str = "sha256:d7be6e1e41655f78fe8cb0885d5c6694d70bab3f45c72d94a6ac92f41bbe173d";
/// A layer of `hello`, in gzip.
pub(crate) const LAYER: &str = "sha256:f3e83d2414d7a674e32c2b1874cad4b0d9f9eaadd2a2d45761919daa0802cfaf";
/// Of no bytes, and in no sample.
pub(crate) const EMPTY: &str = "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

pub(crate) fn here(parts: &[&str]) -> PathBuf {
    parts.iter().fold(PathBuf::from(env!("CARGO_MANIFEST_DIR")), |path, part| path.join(part))
}

pub(crate) fn text(path: &Path) -> String {
    path.to_str().unwrap().to_owned()
}

pub(crate) fn oci(path: &Path) -> Reference {
    Reference::Oci { path: text(path), tag: None }
}

pub(crate) fn oci_archive(path: &Path) -> Reference {
    Reference::OciArchive { path: text(path), tag: None }
}

pub(crate) fn docker_archive(path: &Path) -> Reference {
    Reference::DockerArchive { path: text(path), tag: None }
}

pub(crate) fn sample(name: &str) -> Reference {
    Reference::Sample { name: name.to_owned(), tag: None }
}

pub(crate) fn digest(text: &str) -> Digest {
    text.parse().unwrap()
}

pub(crate) fn tag(text: &str) -> Target {
    Target::Tag(text.to_owned())
}

pub(crate) fn want(of: &str, class: WantClass) -> Want {
    let digest = digest(of);
    Want { node: NodeId::of(Role::Unknown, &digest), digest, class, media_type: None, size: None }
}

pub(crate) fn opened(reference: &Reference) -> Arc<LocalSource> {
    Arc::new(LocalSource::open(reference).unwrap())
}

/// Opens and resolves in one: where a problem appears of the two is no matter.
pub(crate) async fn resolved(reference: &Reference, target: &Target) -> Result<Answer, Problem> {
    LocalSource::open(reference)?.resolve(target, &Silent).await
}

pub(crate) async fn kind(reference: &Reference, target: &Target) -> ProblemKind {
    let problem = resolved(reference, target).await.unwrap_err();
    assert!(problem.evidence[0].attempted.starts_with("open "), "{problem:?}");
    problem.what
}

pub(crate) async fn collected(stream: Result<BlobStream, Problem>) -> Result<Bytes, Problem> {
    source::collect_capped(stream?, 64 << 20).await
}

/// A file of an archive: its name and bytes.
pub(crate) type File = (String, Vec<u8>);

pub(crate) fn file(name: &str, bytes: impl AsRef<[u8]>) -> File {
    (name.to_owned(), bytes.as_ref().to_vec())
}

/// The files of a layout folder, sorted.
pub(crate) fn files(layout: &Path) -> Vec<File> {
    let mut files = vec![
        file("index.json", fs::read(layout.join("index.json")).unwrap()),
        file("oci-layout", fs::read(layout.join("oci-layout")).unwrap()),
    ];
    let mut blobs: Vec<_> =
        fs::read_dir(layout.join("blobs").join("sha256")).unwrap().map(|entry| entry.unwrap().path()).collect();
    blobs.sort();
    for blob in blobs {
        let name = blob.file_name().unwrap().to_str().unwrap();
        files.push(file(&format!("blobs/sha256/{name}"), fs::read(&blob).unwrap()));
    }
    files
}

pub(crate) fn tar(files: &[File]) -> Vec<u8> {
    let mut builder = tar::Builder::new(Vec::new());
    for (name, bytes) in files {
        append(&mut builder, name, bytes);
    }
    builder.into_inner().unwrap()
}

pub(crate) fn append(builder: &mut tar::Builder<Vec<u8>>, name: &str, bytes: &[u8]) {
    let mut header = tar::Header::new_gnu();
    header.set_size(bytes.len() as u64);
    header.set_mode(0o644);
    builder.append_data(&mut header, name, bytes).unwrap();
}

pub(crate) fn link(builder: &mut tar::Builder<Vec<u8>>, kind: tar::EntryType, name: &str, target: &str) {
    let mut header = tar::Header::new_gnu();
    header.set_entry_type(kind);
    header.set_size(0);
    builder.append_link(&mut header, name, target).unwrap();
}

pub(crate) fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

/// Writes `bytes` to a file in a folder that lasts as long as what is returned.
pub(crate) fn on_disk(bytes: &[u8]) -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("image.tar");
    fs::write(&path, bytes).unwrap();
    (folder, path)
}

/// A layout folder of these files.
pub(crate) fn layout(files: &[File]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, bytes) in files {
        let path = name.split('/').fold(folder.path().to_owned(), |path, part| path.join(part));
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
    folder
}

/// A layout whose index.json is `index` and that has no blobs but `blobs`.
pub(crate) fn layout_of(index: &str, blobs: &[&[u8]]) -> tempfile::TempDir {
    let mut files = vec![file("oci-layout", r#"{"imageLayoutVersion":"1.0.0"}"#), file("index.json", index)];
    for blob in blobs {
        files.push(file(&format!("blobs/sha256/{}", Digest::sha256(blob).encoded()), blob));
    }
    layout(&files)
}
