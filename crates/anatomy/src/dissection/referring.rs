//! What points at the image from outside: by its own `subject`, or by the tag on which it hangs.

use bytes::Bytes;

use super::Dissection;
use crate::{
    Content, Descriptor, Digest, Document, EdgeKind, Fault, Irregularity, MediaType, NodeId, Role, Verification, Want,
    WantClass, limits,
};

impl Dissection {
    /// Draws what a referrers index lists (distribution-spec, "Listing Referrers") for `subject`, as
    /// it says, and wants it read. `None` where the entry has no digest.
    ///
    /// Once it is read, a `subject` of its own that is another is told as an irregularity.
    pub fn refer(&mut self, subject: &NodeId, entry: &Descriptor) -> Option<NodeId> {
        let id = self.draw_referrer(subject, entry)?;
        self.want(&id, entry, WantClass::Manifest);
        Some(id)
    }

    /// Draws a referrer that was read before: only if it says itself that it belongs to `subject`.
    /// What has other bytes than its digest says is drawn as it was listed, and told.
    pub fn refer_read(
        &mut self,
        subject: &NodeId,
        entry: &Descriptor,
        bytes: Bytes,
        content_type: Option<&MediaType>,
    ) -> Option<NodeId> {
        let image = self.graph.node(subject)?.digest.clone()?;
        let digest = entry.digest.as_ref()?;
        let altered = matches!(digest.verify(&bytes), Verification::Different { .. });
        if !altered && subject_of(bytes.clone(), content_type).as_ref() != Some(&image) {
            return None;
        }
        let id = self.draw_referrer(subject, entry)?;
        Some(self.take_referrer(id, entry, bytes, content_type))
    }

    /// Draws a referrer that could not be read, as it was listed.
    pub fn refer_unread(&mut self, subject: &NodeId, entry: &Descriptor, fault: Fault) -> Option<NodeId> {
        let id = self.draw_referrer(subject, entry)?;
        let want = want_of(&id, entry)?;
        if self.documents.contains_key(&want.digest) || !self.asked.insert(id.clone()) {
            return Some(id);
        }
        Some(self.reject(&want, fault))
    }

    /// Draws what hangs on `tag` (`sha256-….sig`), which is about `subject` by that name alone.
    /// Without `read` it stays unread.
    pub fn hang(
        &mut self,
        subject: &NodeId,
        tag: &str,
        entry: &Descriptor,
        read: Option<(Bytes, Option<&MediaType>)>,
    ) -> Option<NodeId> {
        let id = self.draw_referrer(subject, entry)?;
        self.change(&id, |node| node.by_tag = Some(tag.to_owned()));
        match read {
            None => {
                self.want(&id, entry, WantClass::Manifest);
                Some(id)
            }
            Some((bytes, content_type)) => Some(self.take_referrer(id, entry, bytes, content_type)),
        }
    }

    fn draw_referrer(&mut self, subject: &NodeId, entry: &Descriptor) -> Option<NodeId> {
        let id = self.name_part(entry, Role::Referrer)?;
        if id == *subject {
            return None;
        }
        // The same edge that the referrer's own `subject` says once it is read.
        self.connect(id.clone(), subject.clone(), EdgeKind::Subject, 0);
        self.depths.entry(id.clone()).or_insert(limits::INDEX_DEPTH);
        Some(id)
    }

    fn take_referrer(
        &mut self,
        id: NodeId,
        entry: &Descriptor,
        bytes: Bytes,
        content_type: Option<&MediaType>,
    ) -> NodeId {
        match want_of(&id, entry) {
            Some(want) if !self.documents.contains_key(&want.digest) => {
                self.asked.insert(id);
                self.accept(&want, bytes, content_type)
            }
            _ => id,
        }
    }

    /// Tells of a referrer that was listed for an image and says itself that it belongs to another.
    pub(super) fn check_subject(&mut self, id: &NodeId) {
        let node = self.node(id);
        if node.role != Role::Referrer || node.by_tag.is_some() {
            return;
        }
        let said = node.subject.clone();
        let listed = self.graph.edges_from(id, EdgeKind::Subject).filter_map(|edge| self.graph.node(&edge.to));
        let other = listed.filter_map(|image| image.digest.clone()).find(|image| said.as_ref() != Some(image));
        if let Some(listed) = other {
            self.tell(id, Irregularity::SubjectDiffers { listed, said });
        }
    }
}

fn want_of(id: &NodeId, entry: &Descriptor) -> Option<Want> {
    Some(Want {
        node: id.clone(),
        digest: entry.digest.clone()?,
        class: WantClass::Manifest,
        media_type: Some(entry.media_type.clone()),
        size: entry.size,
    })
}

fn subject_of(bytes: Bytes, content_type: Option<&MediaType>) -> Option<Digest> {
    let (document, _) = Document::manifest(bytes, content_type);
    let subject = match document.content {
        Content::Manifest(manifest) => manifest.subject,
        Content::Index(index) => index.subject,
        _ => None,
    };
    subject?.digest
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::{ByteSize, Root};

    const IMAGE: &[u8] = br#"{"schemaVersion":2,"mediaType":"application/vnd.oci.image.index.v1+json","manifests":[]}"#;

    fn entry(bytes: &[u8]) -> Descriptor {
        Descriptor {
            media_type: MediaType::new(MediaType::OCI_MANIFEST),
            digest: Some(Digest::sha256(bytes)),
            size: Some(ByteSize(bytes.len() as u64)),
            platform: None,
            annotations: std::collections::BTreeMap::new(),
            artifact_type: None,
            urls: Vec::new(),
        }
    }

    fn planted() -> (Dissection, NodeId) {
        let root = Root { bytes: Bytes::from_static(IMAGE), content_type: None, header_digest: None };
        let mut dissection = Dissection::new("r.example/a:1", None, root);
        dissection.wants();
        (dissection, NodeId::of(Role::Index, &Digest::sha256(IMAGE)))
    }

    fn manifest(subject: Option<&Digest>, layer: &str) -> Bytes {
        let part = |media_type: &str| json!({"mediaType": media_type, "digest": Digest::sha256(b"{}"), "size": 2});
        let mut manifest = json!({
            "schemaVersion": 2, "mediaType": MediaType::OCI_MANIFEST, "layers": [part(layer)],
            "config": part(if subject.is_some() { MediaType::OCI_EMPTY } else { "application/vnd.oci.image.config.v1+json" }),
        });
        if let Some(subject) = subject {
            manifest["subject"] = part(MediaType::OCI_MANIFEST);
            manifest["subject"]["digest"] = Value::from(subject.as_str());
            manifest["artifactType"] = "application/spdx+json".into();
        }
        serde_json::to_vec(&manifest).unwrap().into()
    }

    #[test]
    fn only_what_says_so_itself_refers_to_the_image() {
        let (mut dissection, root) = planted();
        let other = Digest::sha256(b"other");
        let (mine, strange) = (manifest(Some(&Digest::sha256(IMAGE)), "a/b"), manifest(Some(&other), "a/b"));
        assert_eq!(dissection.refer_read(&root, &entry(&strange), strange.clone(), None), None);
        assert_eq!(
            dissection.refer_read(&root, &entry(&mine), strange, None).unwrap().0,
            format!("referrer:{}", Digest::sha256(&mine))
        );
        assert!(matches!(dissection.findings()[..], [.., ref told]
            if matches!(told.irregularity, Irregularity::DigestDiffers { .. })));
        let (mut dissection, root) = planted();
        let id = dissection.refer_read(&root, &entry(&mine), mine.clone(), None).unwrap();
        // Listed twice, drawn once.
        assert_eq!(dissection.refer_read(&root, &entry(&mine), mine.clone(), None), Some(id.clone()));
        let node = dissection.graph().node(&id).unwrap();
        assert_eq!((node.verified, node.artifact_type.as_deref()), (Some(true), Some("application/spdx+json")));
        let edges = dissection.graph().edges.iter().filter(|edge| edge.kind == EdgeKind::Subject).count();
        assert_eq!(edges, 1);
        assert!(dissection.wants().iter().all(|want| want.class == WantClass::Config));
    }

    #[test]
    fn a_referrer_read_later_that_belongs_to_another_image_is_told() {
        let (mut dissection, root) = planted();
        let other = Digest::sha256(b"other");
        let strange = manifest(Some(&other), "a/b");
        dissection.refer(&root, &entry(&strange)).unwrap();
        let want = dissection.wants().remove(0);
        dissection.accept(&want, strange, None);
        let told = Irregularity::SubjectDiffers { listed: Digest::sha256(IMAGE), said: Some(other) };
        assert_eq!(dissection.findings().iter().filter(|finding| finding.irregularity == told).count(), 1);
    }

    #[test]
    fn what_hangs_on_a_tag_needs_no_subject() {
        let (mut dissection, root) = planted();
        let signature = manifest(None, "application/vnd.dev.cosign.simplesigning.v1+json");
        let id = dissection.hang(&root, "sha256-aa.sig", &entry(&signature), Some((signature.clone(), None))).unwrap();
        let node = dissection.graph().node(&id).unwrap();
        assert_eq!(node.role, Role::Referrer);
        assert_eq!(node.by_tag.as_deref(), Some("sha256-aa.sig"));
        assert_eq!(node.artifact_type.as_deref(), Some("application/vnd.dev.cosign.simplesigning.v1+json"));
        assert!(dissection.graph().edges_from(&id, EdgeKind::Subject).any(|edge| edge.to == root));
        assert!(dissection.findings().iter().all(|f| !matches!(f.irregularity, Irregularity::SubjectDiffers { .. })));
        let missing = entry(b"gone");
        let id = dissection.refer_unread(&root, &missing, Fault::Missing).unwrap();
        assert_eq!(dissection.graph().node(&id).unwrap().role, Role::Missing);
    }
}
