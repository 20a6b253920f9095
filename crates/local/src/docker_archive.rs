//! The older form of what `docker save` writes: `manifest.json` lists a config and the tar of each
//! layer, and there is no manifest in the sense of a registry.
//!
//! So one is made here, of what can be known: the config's bytes and digest are the image's own;
//! the digest of an unpacked layer is its diffID, which the config lists. Where a layer is packed
//! or the config does not tell, the digest is computed from the layer's bytes.

use std::collections::HashMap;
use std::sync::Arc;

use anatomy::{Digest, DigestAlgorithm, Hasher, MediaType, limits};
use serde::{Deserialize, Serialize};

use crate::apart::Stop;
use crate::contents::{Contents, Entry};
use crate::fault::Fault;
use crate::names::{Names, familiar};
use crate::store::Store;

const MANIFEST: &str = MediaType::DOCKER_MANIFEST;
const CONFIG: &str = "application/vnd.docker.container.image.v1+json";
const LAYER: &str = "application/vnd.docker.image.rootfs.diff.tar";
const LAYER_GZIP: &str = "application/vnd.docker.image.rootfs.diff.tar.gzip";

/// A line of manifest.json.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Image {
    config: String,
    #[serde(default)]
    repo_tags: Option<Vec<String>>,
    #[serde(default)]
    layers: Option<Vec<String>>,
}

#[derive(Deserialize)]
struct Config {
    rootfs: RootFs,
}

#[derive(Deserialize)]
struct RootFs {
    diff_ids: Vec<Digest>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Manifest<'a> {
    schema_version: u8,
    media_type: &'a str,
    config: Descriptor,
    layers: Vec<Descriptor>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Descriptor {
    media_type: &'static str,
    /// Absent when the archive lacks the file, or ends before its end.
    #[serde(skip_serializing_if = "Option::is_none")]
    size: Option<u64>,
    digest: Digest,
}

/// Size and media type of a layer's file; no size when it is not there.
type Seen = (Option<u64>, &'static str);

/// Reads manifest.json and makes the manifests that it stands for.
pub(crate) fn contents(store: Arc<dyn Store>, stop: &Stop) -> Result<Contents, Fault> {
    let bytes = store.read("manifest.json", limits::MANIFEST_BYTES, stop)?;
    let images: Vec<Image> =
        serde_json::from_slice(&bytes).map_err(|error| Fault::Format(format!("manifest.json: {error}")))?;
    let mut contents = Contents::empty(store);
    contents.manifest_made_here = true;
    // Several images share layers; none is looked at twice.
    let mut known: HashMap<String, Seen> = HashMap::new();
    for image in &images {
        let manifest = made(image, &mut contents, &mut known, stop)?;
        let digest = Digest::sha256(&manifest);
        contents.documents.insert(digest.clone(), manifest.into());
        let tags = image.repo_tags.as_deref().unwrap_or_default();
        let mut names: Vec<Option<&String>> = tags.iter().map(Some).collect();
        if names.is_empty() {
            names.push(None);
        }
        for name in names {
            let whole = name.map(|name| familiar(name));
            contents.entries.push(Entry {
                names: Names { ref_name: None, shown: whole.clone(), whole },
                digest: Ok(digest.clone()),
                media_type: Some(MANIFEST.to_owned()),
            });
        }
    }
    Ok(contents)
}

fn made(
    image: &Image,
    contents: &mut Contents,
    known: &mut HashMap<String, Seen>,
    stop: &Stop,
) -> Result<Vec<u8>, Fault> {
    let bytes = contents.store.read(&image.config, limits::CONFIG_BYTES, stop)?;
    let config = Descriptor { media_type: CONFIG, size: Some(bytes.len() as u64), digest: Digest::sha256(&bytes) };
    contents.files.insert(config.digest.clone(), image.config.clone());

    let paths = image.layers.as_deref().unwrap_or_default();
    let told = serde_json::from_slice::<Config>(&bytes).map(|config| config.rootfs.diff_ids).unwrap_or_default();
    let mut layers = Vec::with_capacity(paths.len());
    for (position, path) in paths.iter().enumerate() {
        stop.check()?;
        let (size, media_type) = match known.get(path) {
            Some(known) => *known,
            None => {
                let seen = seen(&*contents.store, path, stop)?;
                known.insert(path.clone(), seen);
                seen
            }
        };
        // A diffID names the unpacked bytes, and only a complete list says which is whose.
        let told = told.get(position).filter(|_| media_type == LAYER && told.len() == paths.len());
        let digest = match told {
            Some(diff_id) => diff_id.clone(),
            None => hashed(&*contents.store, path, stop)?,
        };
        contents.files.insert(digest.clone(), path.clone());
        layers.push(Descriptor { media_type, size, digest });
    }
    let manifest = Manifest { schema_version: 2, media_type: MANIFEST, config, layers };
    serde_json::to_vec(&manifest).map_err(|error| Fault::Format(error.to_string()))
}

/// Docker writes plain tars; other writers of this format leave layers as a registry has them.
fn seen(store: &dyn Store, path: &str, stop: &Stop) -> Result<Seen, Fault> {
    let size = match store.size(path) {
        Ok(size) => size,
        // The config may still say which layer it was; whoever reads it is told why it is not there.
        Err(Fault::Absent | Fault::Damaged(_)) => return Ok((None, LAYER)),
        Err(fault) => return Err(fault),
    };
    let first = store.beginning(path, 2, stop)?;
    Ok((Some(size), if first.as_ref() == [0x1f, 0x8b] { LAYER_GZIP } else { LAYER }))
}

fn hashed(store: &dyn Store, path: &str, stop: &Stop) -> Result<Digest, Fault> {
    let mut hasher = Hasher::of(&DigestAlgorithm::Sha256).expect("sha256 is computed here");
    store.stream(path, stop, &mut |chunk| {
        hasher.update(&chunk);
        true
    })?;
    Ok(hasher.finish())
}
