//! What `docker buildx imagetools inspect` prints, for scripts and eyes that know it, down to the
//! columns of Go's tabwriter.

use anatomy::{Descriptor, Digest, ImageIndex, Platform};

use crate::page::{Line, Page};

/// `name` is the reference with every part spelled out; `index` is absent for a single manifest,
/// which prints three lines.
pub(crate) fn render(name: &str, media_type: &str, digest: &Digest, index: Option<&ImageIndex>) -> Page {
    let mut page = Page::new();
    let mut block = Block::default();
    block.field("Name:", name);
    block.field("MediaType:", media_type);
    block.field("Digest:", digest.as_str());
    if let Some(index) = index {
        block.field("", "");
        block.field("Manifests:", "");
        block.end(&mut page);
        for (at, entry) in index.manifests.iter().enumerate() {
            if at > 0 {
                block.field("", "");
            }
            self::entry(name, entry, &mut block, &mut page);
        }
    }
    block.end(&mut page);
    page
}

fn entry(name: &str, entry: &Descriptor, block: &mut Block, page: &mut Page) {
    match &entry.digest {
        Some(digest) => block.field("  Name:", &format!("{name}@{digest}")),
        None => block.field("  Name:", name),
    }
    block.field("  MediaType:", entry.media_type.as_str());
    if let Some(platform) = &entry.platform {
        block.field("  Platform:", &plain(platform));
    }
    if !entry.annotations.is_empty() {
        block.field("  Annotations:", "");
        // A line without a column ends the block: what follows is laid out anew.
        block.end(page);
        let mut annotations = Block::default();
        for (key, value) in &entry.annotations {
            annotations.field(&format!("    {key}:"), value);
        }
        annotations.end(page);
    }
}

/// Lines whose values stand in one column.
#[derive(Default)]
struct Block {
    fields: Vec<(String, String)>,
}

impl Block {
    fn field(&mut self, name: &str, value: &str) {
        self.fields.push((name.to_owned(), value.to_owned()));
    }

    fn end(&mut self, page: &mut Page) {
        let columns = self.fields.iter().map(|(name, _)| name.chars().count()).max().unwrap_or(0) + 1;
        for (name, value) in self.fields.drain(..) {
            page.line(Line::new().plain(&format!("{name:columns$}{value}")));
        }
    }
}

/// A platform as containerd's `platforms.Format` writes it: no `os.version`, no features.
fn plain(platform: &Platform) -> String {
    let mut text = format!("{}/{}", platform.os, platform.architecture);
    if let Some(variant) = &platform.variant {
        text.push('/');
        text.push_str(variant);
    }
    text
}

#[cfg(test)]
mod tests {
    use anatomy::{Content, Document, MediaType};
    use serde_json::{Value, json};

    use super::*;

    const MULTI: &str = include_str!("golden/imagetools-multi.txt");
    const SINGLE: &str = include_str!("golden/imagetools-single-v2.txt");

    fn index(manifests: &[Value]) -> ImageIndex {
        let document = json!({"schemaVersion": 2, "mediaType": MediaType::OCI_INDEX, "manifests": manifests});
        match Document::manifest(document.to_string().into(), None).0.content {
            Content::Index(index) => *index,
            other => panic!("{other:?}"),
        }
    }

    fn entry(digest: &str, platform: &Value, annotations: &Value) -> Value {
        json!({"mediaType": MediaType::OCI_MANIFEST, "digest": digest, "size": 480, "platform": platform, "annotations": annotations})
    }

    fn digests(of: &str) -> Vec<&str> {
        of.lines()
            .filter(|line| line.starts_with("  Name:"))
            .filter_map(|line| line.split_once('@').map(|(_, digest)| digest))
            .collect()
    }

    /// The captured output of buildx for an index of four platforms with attestations.
    #[test]
    fn an_index_prints_what_buildx_prints() {
        let digests = digests(MULTI);
        let platforms = [
            json!({"os": "linux", "architecture": "amd64"}),
            json!({"os": "linux", "architecture": "arm64"}),
            json!({"os": "linux", "architecture": "arm", "variant": "v7"}),
            json!({"os": "windows", "architecture": "amd64"}),
        ];
        let mut manifests: Vec<Value> =
            digests.iter().zip(platforms).map(|(digest, platform)| entry(digest, &platform, &json!({}))).collect();
        for (record, image) in digests[4..].iter().zip(&digests) {
            let annotations =
                json!({"vnd.docker.reference.type": "attestation-manifest", "vnd.docker.reference.digest": image});
            manifests.push(entry(record, &json!({"os": "unknown", "architecture": "unknown"}), &annotations));
        }
        let digest =
            "sha256:3cc02bc8897799f61210d5d0f89a176eb48216beafbecc03ec78075efd5ac20e".parse().expect("a digest");
        let page = render("127.0.0.1:5100/demo/multi:1.0.0", MediaType::OCI_INDEX, &digest, Some(&index(&manifests)));
        assert_eq!(page.text(), MULTI);
    }

    #[test]
    fn a_single_manifest_prints_three_lines() {
        let digest =
            "sha256:791d6607105ef7c94f40e05fcb2d71dd2fd5a66dc0deaf1a5efba149519266d3".parse().expect("a digest");
        let page = render("127.0.0.1:5100/demo/single:1", MediaType::DOCKER_MANIFEST, &digest, None);
        assert_eq!(page.text(), SINGLE);
    }

    /// Without annotations the column is as wide as `MediaType:` wants it; `os.version` is not shown.
    #[test]
    fn columns_are_those_of_their_block() {
        let digest = format!("sha256:{}", "ab".repeat(32));
        let platform = json!({"os": "windows", "architecture": "amd64", "os.version": "10.0.20348.2227"});
        let page = render(
            "r:1",
            MediaType::OCI_INDEX,
            &digest.parse().expect("a digest"),
            Some(&index(&[entry(&digest, &platform, &json!({}))])),
        );
        let text = page.text();
        assert!(text.contains(&format!("\n  Name:      r:1@{digest}\n  MediaType: ")), "{text}");
        assert!(text.contains("\n  Platform:  windows/amd64\n"), "{text}");
    }
}
