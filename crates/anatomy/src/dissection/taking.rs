//! What becomes of a document once it is read: nodes, edges, further wants, and what is odd.

use std::collections::HashSet;

use super::Dissection;
use crate::{
    ConfigFacts, Descriptor, Digest, Edge, EdgeKind, ImageIndex, ImageManifest, Irregularity, LayerLine, MediaClass,
    MediaType, NodeId, Role, Want, WantClass, limits,
};

impl Dissection {
    pub(super) fn take_index(&mut self, want: &Want, index: &ImageIndex, media_type: Option<MediaType>) -> NodeId {
        let id = if self.node(&want.node).role == Role::Referrer {
            want.node.clone()
        } else {
            self.retype(&want.node, Role::Index)
        };
        self.change(&id, |node| {
            node.set_media_type(media_type);
            node.annotations.extend(index.annotations.clone());
            node.artifact_type.clone_from(&index.artifact_type);
        });
        self.point_at_subject(&id, index.subject.as_ref());
        self.check_subject(&id);
        self.list(&id, &index.manifests, 0);
        let mut seen = HashSet::new();
        for entry in index.manifests.iter().filter(|entry| !entry.is_attestation()) {
            if let Some(platform) = entry.platform.as_ref().filter(|platform| !platform.is_unknown())
                && !seen.insert(platform.normalized())
            {
                self.tell(&id, Irregularity::PlatformDuplicate { platform: platform.to_string() });
            }
        }
        id
    }

    /// Draws one page of entries, from `first` on.
    pub(super) fn list(&mut self, id: &NodeId, entries: &[Descriptor], first: usize) {
        let depth = self.depths.get(id).copied().unwrap_or(1);
        let last = entries.len().min(first + limits::INDEX_PAGE);
        for (position, entry) in entries.iter().enumerate().take(last).skip(first) {
            let position = u32::try_from(position).unwrap_or(u32::MAX);
            let class = entry.media_type.class();
            let role = match class {
                MediaClass::Index => Role::Index,
                MediaClass::Manifest if entry.is_attestation() => Role::Attestation,
                MediaClass::Manifest if entry.artifact_type.is_some() => Role::Artifact,
                MediaClass::Manifest | MediaClass::SchemaOne => Role::Manifest,
                // image-spec image-index.md asks for a type; engines take an entry without one for a manifest.
                _ if entry.media_type.as_str().is_empty() => Role::Manifest,
                _ => Role::Unknown,
            };
            let Some(child) = self.name_part(entry, role) else { continue };
            self.connect(id.clone(), child.clone(), EdgeKind::Lists, position);
            self.check_entry(&child, entry, role);
            self.depths.entry(child.clone()).or_insert(depth + 1);
            if depth >= limits::INDEX_DEPTH && role == Role::Index {
                self.tell(&child, Irregularity::IndexTooDeep);
            } else if role != Role::Unknown {
                self.want(&child, entry, WantClass::Manifest);
            }
        }
        let left = entries.len() - last;
        self.change(id, |node| node.entries_left = (left > 0).then(|| u32::try_from(left).unwrap_or(u32::MAX)));
        if left > 0 && first == 0 {
            let count = |len: usize| u32::try_from(len).unwrap_or(u32::MAX);
            self.tell(id, Irregularity::ShownInPart { shown: count(last), total: count(entries.len()) });
        }
    }

    pub(super) fn check_entry(&mut self, child: &NodeId, entry: &Descriptor, role: Role) {
        if entry.is_attestation() {
            if let Some(digest) = &entry.digest {
                self.annotated.insert(digest.clone());
            }
            match entry.attested().map(|text| (text, text.parse::<Digest>())) {
                Some((_, Ok(described))) => self.connect_to_digest(child, &described, EdgeKind::Attests),
                Some((text, Err(_))) => self.tell(child, Irregularity::AttestedAbsent { digest: text.to_owned() }),
                None => {}
            }
            return;
        }
        match &entry.platform {
            _ if role != Role::Manifest => {}
            None => self.tell(child, Irregularity::PlatformAbsent),
            Some(platform) if platform.is_unknown() => self.tell(child, Irregularity::PlatformUnknown),
            Some(platform) if platform.normalized().os == "windows" && platform.os_version.is_none() => {
                self.tell(child, Irregularity::OsVersionAbsent);
            }
            Some(_) => {}
        }
    }

    pub(super) fn take_manifest(
        &mut self,
        want: &Want,
        manifest: &ImageManifest,
        media_type: Option<MediaType>,
    ) -> NodeId {
        let kind = manifest.artifact_kind();
        let has_layers = manifest.layers.iter().any(|layer| layer.media_type.class() == MediaClass::Layer);
        let role = if self.node(&want.node).role == Role::Referrer {
            Role::Referrer
        } else if manifest.is_attestation() || (self.annotated.contains(&want.digest) && !has_layers) {
            Role::Attestation
        } else if kind.is_some() {
            Role::Artifact
        } else {
            Role::Manifest
        };
        let id = self.retype(&want.node, role);
        self.change(&id, |node| {
            node.set_media_type(media_type);
            node.annotations.extend(manifest.annotations.clone());
            // cosign writes an image with a layer of its own type, and no `artifactType`.
            let by_layer = || manifest.layers.first().map(|layer| layer.media_type.as_str().to_owned());
            node.artifact_type = if node.by_tag.is_some() { kind.or_else(by_layer) } else { kind };
        });
        self.point_at_subject(&id, manifest.subject.as_ref());
        self.check_subject(&id);
        if let Some(config) = &manifest.config
            && let Some(child) = self.name_part(config, Role::Config)
        {
            self.connect(id.clone(), child.clone(), EdgeKind::Config, 0);
            self.want(&child, config, WantClass::Config);
            let media_type = config.media_type.as_str();
            if media_type == MediaType::OCI_EMPTY && manifest.artifact_type.is_none() {
                self.tell(&id, Irregularity::ArtifactTypeAbsent);
            }
            if role == Role::Manifest && config.media_type.class() != MediaClass::ImageConfig {
                self.tell(&child, Irregularity::ConfigTypeUnknown { media_type: media_type.to_owned() });
            }
        }
        let mut lines = Vec::with_capacity(manifest.layers.len());
        for (layer, position) in manifest.layers.iter().zip(0..) {
            let Some(child) = self.name_part(layer, Role::Layer) else { continue };
            self.connect(id.clone(), child.clone(), EdgeKind::Layer, position);
            if !layer.urls.is_empty() {
                let count = u32::try_from(layer.urls.len()).unwrap_or(u32::MAX);
                self.tell(&child, Irregularity::ForeignUrls { count });
            }
            if role == Role::Manifest && layer.media_type.name().is_none() {
                self.tell(&child, Irregularity::MediaTypeUnknown { media_type: layer.media_type.as_str().to_owned() });
            }
            lines.push(LayerLine { node: child, diff_id: None, chain_id: None, history: None, created_by: None });
        }
        self.change(&id, |node| node.layers = lines);
        // The same config may have been read for another manifest.
        self.pair_with_config(&id);
        id
    }

    pub(super) fn take_config(&mut self, want: &Want, config: ConfigFacts) -> NodeId {
        self.change(&want.node, |node| {
            node.platform.clone_from(&config.platform);
            node.config = Some(config);
        });
        let named_by = |edge: &&Edge| edge.kind == EdgeKind::Config && edge.to == want.node;
        let manifests: Vec<NodeId> = self.graph.edges.iter().filter(named_by).map(|edge| edge.from.clone()).collect();
        for manifest in manifests {
            self.pair_with_config(&manifest);
        }
        want.node.clone()
    }

    /// Gives the layers of a manifest what its config knows of them: diffID, chainID, history line.
    pub(super) fn pair_with_config(&mut self, manifest: &NodeId) {
        let Some(config_id) = self.graph.edges_from(manifest, EdgeKind::Config).map(|edge| edge.to.clone()).next()
        else {
            return;
        };
        let Some(config) = self.graph.node(&config_id).and_then(|node| node.config.clone()) else { return };
        let node = self.node(manifest);
        let (role, layers, platform) = (node.role, node.layers.len(), node.platform.clone());
        if config.diff_ids.len() == layers {
            let mut chain: Option<Digest> = None;
            let lines: Vec<_> = (0_u32..)
                .zip(&config.diff_ids)
                .map(|(layer, diff_id)| {
                    let next = match &chain {
                        None => diff_id.clone(),
                        Some(below) => Digest::sha256(format!("{below} {diff_id}").as_bytes()),
                    };
                    chain = Some(next.clone());
                    let history = config.history.iter().position(|line| line.layer == Some(layer));
                    (diff_id.clone(), next, history)
                })
                .collect();
            self.change(manifest, |node| {
                for (line, (diff_id, chain_id, history)) in node.layers.iter_mut().zip(lines) {
                    line.diff_id = Some(diff_id);
                    line.chain_id = Some(chain_id);
                    line.history = history.and_then(|at| u32::try_from(at).ok());
                    line.created_by = history.and_then(|at| config.history[at].created_by.clone());
                }
            });
        }
        if role != Role::Manifest {
            return;
        }
        let count = |len: usize| u32::try_from(len).unwrap_or(u32::MAX);
        if config.diff_ids.len() != layers {
            self.tell(
                manifest,
                Irregularity::DiffIdCount { diff_ids: count(config.diff_ids.len()), layers: count(layers) },
            );
        }
        let filled = config.history.iter().filter(|line| !line.empty_layer).count();
        if !config.history.is_empty() && filled != layers {
            self.tell(manifest, Irregularity::HistoryCount { lines: count(filled), layers: count(layers) });
        }
        if !config.created.is_recorded() {
            self.tell(&config_id, Irregularity::DateNotRecorded { date: config.created.kind });
        }
        match (platform, config.platform) {
            (None, Some(platform)) => self.change(manifest, |node| node.platform = Some(platform)),
            (Some(index), Some(config)) if !index.is_same(&config) => {
                self.tell(
                    manifest,
                    Irregularity::PlatformDiffers { index: index.to_string(), config: config.to_string() },
                );
            }
            _ => {}
        }
    }

    pub(super) fn point_at_subject(&mut self, id: &NodeId, subject: Option<&Descriptor>) {
        let Some(digest) = subject.and_then(|subject| subject.digest.clone()) else { return };
        self.change(id, |node| node.subject = Some(digest.clone()));
        self.connect_to_digest(id, &digest, EdgeKind::Subject);
    }

    pub(super) fn lists_records_only(&self, id: &NodeId) -> bool {
        let mut entries = self.graph.edges_from(id, EdgeKind::Lists).peekable();
        entries.peek().is_some() && entries.all(|edge| self.node(&edge.to).role == Role::Attestation)
    }
}
