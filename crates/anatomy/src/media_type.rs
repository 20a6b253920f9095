use std::fmt;

use serde::{Deserialize, Serialize};

use MediaClass as C;
use MediaName as N;

/// A media type, as written. Anything is allowed: registries invent new ones.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct MediaType(String);

/// What a media type says about the part that bears it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum MediaClass {
    /// OCI image index, Docker manifest list.
    Index,
    /// OCI manifest, Docker schema 2, the withdrawn OCI artifact manifest.
    Manifest,
    /// Docker schema 1, recognised and not taken apart.
    SchemaOne,
    /// The settings of something that runs: OCI or Docker image config.
    ImageConfig,
    /// The config of something else.
    OtherConfig,
    /// A file system layer.
    Layer,
    /// An in-toto statement, plain or in a signed envelope.
    Statement,
    /// Anything else, known or not.
    Other,
}

/// How a layer's tar is packed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Packing {
    /// A bare tar.
    Tar,
    /// gzip.
    Gzip,
    /// Zstandard.
    Zstd,
    /// Something that is not unpacked here.
    Other,
}

/// The media types that have a name of their own (message `media-NAME`).
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    strum::VariantNames,
    strum::IntoStaticStr,
)]
#[serde(rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case")]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub enum MediaName {
    /// `application/vnd.oci.image.index.v1+json`
    OciIndex,
    /// `application/vnd.docker.distribution.manifest.list.v2+json`
    DockerManifestList,
    /// `application/vnd.oci.image.manifest.v1+json`
    OciManifest,
    /// `application/vnd.docker.distribution.manifest.v2+json`
    DockerManifest,
    /// `application/vnd.docker.distribution.manifest.v1+prettyjws`
    #[serde(rename = "docker-schema1-signed")]
    #[strum(serialize = "docker-schema1-signed")]
    DockerSchema1Signed,
    /// `application/vnd.docker.distribution.manifest.v1+json`
    #[serde(rename = "docker-schema1")]
    #[strum(serialize = "docker-schema1")]
    DockerSchema1,
    /// `application/vnd.oci.artifact.manifest.v1+json`
    OciArtifactManifest,
    /// `application/vnd.oci.image.config.v1+json`
    OciConfig,
    /// `application/vnd.docker.container.image.v1+json`
    DockerConfig,
    /// `application/vnd.docker.plugin.v1+json`
    DockerPluginConfig,
    /// `application/vnd.oci.empty.v1+json`
    OciEmpty,
    /// `application/vnd.oci.descriptor.v1+json`
    OciDescriptor,
    /// `application/vnd.oci.layout.header.v1+json`
    OciLayoutHeader,
    /// `application/vnd.oci.image.layer.v1.tar`
    OciLayerTar,
    /// `application/vnd.oci.image.layer.v1.tar+gzip`
    OciLayerGzip,
    /// `application/vnd.oci.image.layer.v1.tar+zstd`
    OciLayerZstd,
    /// `application/vnd.docker.image.rootfs.diff.tar.gzip`
    DockerLayerGzip,
    /// `application/vnd.docker.image.rootfs.diff.tar`
    DockerLayerTar,
    /// `application/vnd.docker.image.rootfs.diff.tar.zstd`
    DockerLayerZstd,
    /// `application/vnd.docker.image.rootfs.foreign.diff.tar.gzip`
    DockerForeignGzip,
    /// `application/vnd.docker.image.rootfs.foreign.diff.tar`
    DockerForeignTar,
    /// `application/vnd.oci.image.layer.nondistributable.v1.tar`
    OciNondistributableTar,
    /// `application/vnd.oci.image.layer.nondistributable.v1.tar+gzip`
    OciNondistributableGzip,
    /// `application/vnd.oci.image.layer.nondistributable.v1.tar+zstd`
    OciNondistributableZstd,
    /// `application/vnd.oci.image.layer.v1.tar+encrypted`
    OciLayerEncrypted,
    /// `application/vnd.oci.image.layer.v1.tar+gzip+encrypted`
    OciLayerGzipEncrypted,
    /// `application/vnd.oci.image.layer.nydus.blob.v1`
    NydusBlob,
    /// `application/vnd.erofs.layer.v1`
    ErofsLayer,
    /// `application/vnd.oci.image.serialization.rootfs.tar.gzip`
    OciEarlyLayer,
    /// `application/vnd.in-toto+json`
    InToto,
    /// `application/vnd.docker.attestation.manifest.v1+json`
    BuildkitAttestation,
    /// `application/vnd.dsse.envelope.v1+json`
    DsseEnvelope,
    /// `application/vnd.dev.cosign.simplesigning.v1+json`
    CosignPayload,
    /// `application/vnd.dev.cosign.artifact.sig.v1+json`
    CosignSignature,
    /// `application/vnd.dev.cosign.artifact.sbom.v1+json`
    CosignSbom,
    /// `application/vnd.dev.sigstore.bundle.v0.3+json`
    SigstoreBundle,
    /// `application/vnd.cncf.notary.signature`
    NotationSignature,
    /// `application/jose+json`
    SignatureJws,
    /// `application/cose`
    SignatureCose,
    /// `application/spdx+json`
    Spdx,
    /// `text/spdx+json`
    SpdxCosign,
    /// `text/spdx`
    SpdxText,
    /// `application/vnd.cyclonedx+json`
    Cyclonedx,
    /// `application/vnd.cyclonedx+xml`
    CyclonedxXml,
    /// `application/vnd.syft+json`
    Syft,
    /// `application/vnd.openvex+json`
    Openvex,
    /// `application/sarif+json`
    Sarif,
    /// `application/vnd.cncf.helm.config.v1+json`
    HelmConfig,
    /// `application/vnd.cncf.helm.chart.content.v1.tar+gzip`
    HelmChart,
    /// `application/vnd.cncf.helm.chart.provenance.v1.prov`
    HelmProvenance,
    /// `application/vnd.cncf.flux.config.v1+json`
    FluxConfig,
    /// `application/vnd.cncf.flux.content.v1.tar+gzip`
    FluxContent,
    /// `application/vnd.cncf.kyverno.policy.layer.v1+yaml`
    KyvernoPolicy,
    /// `application/vnd.cncf.openpolicyagent.config.v1+json`
    OpaConfig,
    /// `application/vnd.cncf.openpolicyagent.policy.layer.v1+rego`
    OpaPolicy,
    /// `application/vnd.cncf.falco.rulesfile.layer.v1+tar.gz`
    FalcoRules,
    /// `application/vnd.cncf.artifacthub.config.v1+yaml`
    Artifacthub,
    /// `application/vnd.wasm.config.v0+json`
    WasmConfig,
    /// `application/wasm`
    Wasm,
    /// `application/vnd.wasm.config.v1+json`
    WasmConfigEarly,
    /// `application/vnd.wasm.content.layer.v1+wasm`
    WasmEarly,
    /// `application/vnd.module.wasm.content.layer.v1+wasm`
    WasmFilter,
    /// `application/vnd.sylabs.sif.layer.v1.sif`
    Singularity,
    /// `application/vnd.sylabs.sif.config.v1+json`
    SingularityConfig,
    /// `application/vnd.cdf.tekton.catalog.v1beta1+yaml`
    Tekton,
    /// `application/vnd.ollama.image.model`
    OllamaModel,
    /// `application/vnd.ollama.image.template`
    OllamaTemplate,
    /// `application/vnd.ollama.image.system`
    OllamaSystem,
    /// `application/vnd.ollama.image.params`
    OllamaParams,
    /// `application/vnd.ollama.image.license`
    OllamaLicense,
    /// `application/vnd.ollama.image.projector`
    OllamaProjector,
    /// `application/vnd.ollama.image.adapter`
    OllamaAdapter,
    /// `application/vnd.cncf.model.manifest.v1+json`
    Modelpack,
    /// `application/vnd.cncf.model.config.v1+json`
    ModelpackConfig,
    /// `application/vnd.devcontainers`
    Devcontainers,
    /// `application/vnd.devcontainers.layer.v1+tar`
    DevcontainersLayer,
    /// `application/vnd.buildkit.cacheconfig.v0`
    BuildkitCache,
    /// `application/vnd.containerd.container.criu.checkpoint.criu.tar`
    Checkpoint,
    /// `application/vnd.unknown.config.v1+json`
    OrasUnknownConfig,
    /// `application/vnd.unknown.artifact.v1`
    OrasUnknownArtifact,
    /// `application/octet-stream`
    OctetStream,
    /// `application/vnd.cnab.config.v1+json`
    Cnab,
    /// `application/vnd.docker.ai.*`: Docker Model Runner.
    DockerAi,
    /// `application/vnd.cncf.model.weight.v1.*`: CNCF ModelPack.
    ModelpackWeight,
    /// A gzip layer with a table of contents for lazy pulling
    /// (annotation `containerd.io/snapshot/stargz/toc.digest`).
    Estargz,
    /// A zstd layer that can be pulled in parts
    /// (annotation `io.github.containers.zstd-chunked.manifest-checksum`).
    ZstdChunked,
}

/// The dictionary: media type, name, class. Sources: image-spec, docker/distribution, BuildKit,
/// and the projects that own the types.
const DICTIONARY: &[(&str, MediaName, MediaClass)] = &[
    ("application/vnd.oci.image.index.v1+json", N::OciIndex, C::Index),
    ("application/vnd.docker.distribution.manifest.list.v2+json", N::DockerManifestList, C::Index),
    ("application/vnd.oci.image.manifest.v1+json", N::OciManifest, C::Manifest),
    ("application/vnd.docker.distribution.manifest.v2+json", N::DockerManifest, C::Manifest),
    ("application/vnd.docker.distribution.manifest.v1+prettyjws", N::DockerSchema1Signed, C::SchemaOne),
    ("application/vnd.docker.distribution.manifest.v1+json", N::DockerSchema1, C::SchemaOne),
    ("application/vnd.oci.artifact.manifest.v1+json", N::OciArtifactManifest, C::Manifest),
    ("application/vnd.oci.image.config.v1+json", N::OciConfig, C::ImageConfig),
    ("application/vnd.docker.container.image.v1+json", N::DockerConfig, C::ImageConfig),
    ("application/vnd.docker.plugin.v1+json", N::DockerPluginConfig, C::OtherConfig),
    ("application/vnd.oci.empty.v1+json", N::OciEmpty, C::OtherConfig),
    ("application/vnd.oci.descriptor.v1+json", N::OciDescriptor, C::Other),
    ("application/vnd.oci.layout.header.v1+json", N::OciLayoutHeader, C::Other),
    ("application/vnd.oci.image.layer.v1.tar", N::OciLayerTar, C::Layer),
    ("application/vnd.oci.image.layer.v1.tar+gzip", N::OciLayerGzip, C::Layer),
    ("application/vnd.oci.image.layer.v1.tar+zstd", N::OciLayerZstd, C::Layer),
    ("application/vnd.docker.image.rootfs.diff.tar.gzip", N::DockerLayerGzip, C::Layer),
    ("application/vnd.docker.image.rootfs.diff.tar", N::DockerLayerTar, C::Layer),
    ("application/vnd.docker.image.rootfs.diff.tar.zstd", N::DockerLayerZstd, C::Layer),
    ("application/vnd.docker.image.rootfs.foreign.diff.tar.gzip", N::DockerForeignGzip, C::Layer),
    ("application/vnd.docker.image.rootfs.foreign.diff.tar", N::DockerForeignTar, C::Layer),
    ("application/vnd.oci.image.layer.nondistributable.v1.tar", N::OciNondistributableTar, C::Layer),
    ("application/vnd.oci.image.layer.nondistributable.v1.tar+gzip", N::OciNondistributableGzip, C::Layer),
    ("application/vnd.oci.image.layer.nondistributable.v1.tar+zstd", N::OciNondistributableZstd, C::Layer),
    ("application/vnd.oci.image.layer.v1.tar+encrypted", N::OciLayerEncrypted, C::Layer),
    ("application/vnd.oci.image.layer.v1.tar+gzip+encrypted", N::OciLayerGzipEncrypted, C::Layer),
    ("application/vnd.oci.image.layer.nydus.blob.v1", N::NydusBlob, C::Layer),
    ("application/vnd.erofs.layer.v1", N::ErofsLayer, C::Layer),
    ("application/vnd.oci.image.serialization.rootfs.tar.gzip", N::OciEarlyLayer, C::Layer),
    ("application/vnd.in-toto+json", N::InToto, C::Statement),
    ("application/vnd.docker.attestation.manifest.v1+json", N::BuildkitAttestation, C::Other),
    ("application/vnd.dsse.envelope.v1+json", N::DsseEnvelope, C::Statement),
    ("application/vnd.dev.cosign.simplesigning.v1+json", N::CosignPayload, C::Other),
    ("application/vnd.dev.cosign.artifact.sig.v1+json", N::CosignSignature, C::Other),
    ("application/vnd.dev.cosign.artifact.sbom.v1+json", N::CosignSbom, C::Other),
    ("application/vnd.dev.sigstore.bundle.v0.3+json", N::SigstoreBundle, C::Other),
    ("application/vnd.cncf.notary.signature", N::NotationSignature, C::Other),
    ("application/jose+json", N::SignatureJws, C::Other),
    ("application/cose", N::SignatureCose, C::Other),
    ("application/spdx+json", N::Spdx, C::Other),
    ("text/spdx+json", N::SpdxCosign, C::Other),
    ("text/spdx", N::SpdxText, C::Other),
    ("application/vnd.cyclonedx+json", N::Cyclonedx, C::Other),
    ("application/vnd.cyclonedx+xml", N::CyclonedxXml, C::Other),
    ("application/vnd.syft+json", N::Syft, C::Other),
    ("application/vnd.openvex+json", N::Openvex, C::Other),
    ("application/sarif+json", N::Sarif, C::Other),
    ("application/vnd.cncf.helm.config.v1+json", N::HelmConfig, C::OtherConfig),
    ("application/vnd.cncf.helm.chart.content.v1.tar+gzip", N::HelmChart, C::Other),
    ("application/vnd.cncf.helm.chart.provenance.v1.prov", N::HelmProvenance, C::Other),
    ("application/vnd.cncf.flux.config.v1+json", N::FluxConfig, C::OtherConfig),
    ("application/vnd.cncf.flux.content.v1.tar+gzip", N::FluxContent, C::Other),
    ("application/vnd.cncf.kyverno.policy.layer.v1+yaml", N::KyvernoPolicy, C::Other),
    ("application/vnd.cncf.openpolicyagent.config.v1+json", N::OpaConfig, C::OtherConfig),
    ("application/vnd.cncf.openpolicyagent.policy.layer.v1+rego", N::OpaPolicy, C::Other),
    ("application/vnd.cncf.falco.rulesfile.layer.v1+tar.gz", N::FalcoRules, C::Other),
    ("application/vnd.cncf.artifacthub.config.v1+yaml", N::Artifacthub, C::OtherConfig),
    ("application/vnd.wasm.config.v0+json", N::WasmConfig, C::OtherConfig),
    ("application/wasm", N::Wasm, C::Other),
    ("application/vnd.wasm.config.v1+json", N::WasmConfigEarly, C::OtherConfig),
    ("application/vnd.wasm.content.layer.v1+wasm", N::WasmEarly, C::Other),
    ("application/vnd.module.wasm.content.layer.v1+wasm", N::WasmFilter, C::Other),
    ("application/vnd.sylabs.sif.layer.v1.sif", N::Singularity, C::Other),
    ("application/vnd.sylabs.sif.config.v1+json", N::SingularityConfig, C::OtherConfig),
    ("application/vnd.cdf.tekton.catalog.v1beta1+yaml", N::Tekton, C::Other),
    ("application/vnd.ollama.image.model", N::OllamaModel, C::Other),
    ("application/vnd.ollama.image.template", N::OllamaTemplate, C::Other),
    ("application/vnd.ollama.image.system", N::OllamaSystem, C::Other),
    ("application/vnd.ollama.image.params", N::OllamaParams, C::Other),
    ("application/vnd.ollama.image.license", N::OllamaLicense, C::Other),
    ("application/vnd.ollama.image.projector", N::OllamaProjector, C::Other),
    ("application/vnd.ollama.image.adapter", N::OllamaAdapter, C::Other),
    ("application/vnd.cncf.model.manifest.v1+json", N::Modelpack, C::Other),
    ("application/vnd.cncf.model.config.v1+json", N::ModelpackConfig, C::OtherConfig),
    ("application/vnd.devcontainers", N::Devcontainers, C::OtherConfig),
    ("application/vnd.devcontainers.layer.v1+tar", N::DevcontainersLayer, C::Other),
    ("application/vnd.buildkit.cacheconfig.v0", N::BuildkitCache, C::OtherConfig),
    ("application/vnd.containerd.container.criu.checkpoint.criu.tar", N::Checkpoint, C::Other),
    ("application/vnd.unknown.config.v1+json", N::OrasUnknownConfig, C::OtherConfig),
    ("application/vnd.unknown.artifact.v1", N::OrasUnknownArtifact, C::Other),
    ("application/octet-stream", N::OctetStream, C::Other),
    ("application/vnd.cnab.config.v1+json", N::Cnab, C::OtherConfig),
];

impl MediaType {
    /// The OCI image index.
    pub const OCI_INDEX: &'static str = "application/vnd.oci.image.index.v1+json";
    /// The Docker manifest list.
    pub const DOCKER_LIST: &'static str = "application/vnd.docker.distribution.manifest.list.v2+json";
    /// The OCI image manifest.
    pub const OCI_MANIFEST: &'static str = "application/vnd.oci.image.manifest.v1+json";
    /// The Docker image manifest, schema 2.
    pub const DOCKER_MANIFEST: &'static str = "application/vnd.docker.distribution.manifest.v2+json";
    /// The Docker image manifest, schema 1, signed: what a registry converts to for old clients.
    pub const DOCKER_SCHEMA1: &'static str = "application/vnd.docker.distribution.manifest.v1+prettyjws";
    /// The withdrawn OCI artifact manifest.
    pub const OCI_ARTIFACT: &'static str = "application/vnd.oci.artifact.manifest.v1+json";
    /// The empty descriptor's type (image-spec manifest.md, "Guidance for an Empty Descriptor").
    pub const OCI_EMPTY: &'static str = "application/vnd.oci.empty.v1+json";
    /// BuildKit's `artifactType` of attestations, version 0.32 and later.
    pub const BUILDKIT_ATTESTATION: &'static str = "application/vnd.docker.attestation.manifest.v1+json";

    /// Takes the text as it is, parameters (`; charset=utf-8`) and spaces cut off.
    #[must_use]
    pub fn new(text: &str) -> Self {
        Self(text.split(';').next().unwrap_or("").trim().to_owned())
    }

    /// As written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What it says about the part that bears it.
    #[must_use]
    pub fn class(&self) -> MediaClass {
        if let Some((_, _, class)) = self.entry() {
            return *class;
        }
        if self.0.starts_with("application/vnd.oci.image.layer.") { C::Layer } else { C::Other }
    }

    /// Its name in the dictionary.
    #[must_use]
    pub fn name(&self) -> Option<MediaName> {
        if let Some((_, name, _)) = self.entry() {
            return Some(*name);
        }
        if self.0.starts_with("application/vnd.docker.ai.") {
            return Some(N::DockerAi);
        }
        self.0.starts_with("application/vnd.cncf.model.weight.").then_some(N::ModelpackWeight)
    }

    /// How a layer of this type is packed.
    #[must_use]
    pub fn packing(&self) -> Packing {
        let text = &*self.0;
        if text.contains("encrypted") || self.class() != C::Layer {
            Packing::Other
        } else if text.ends_with("+gzip") || text.ends_with(".gzip") || text.ends_with(".tar.gz") {
            Packing::Gzip
        } else if text.ends_with("+zstd") || text.ends_with(".zstd") {
            Packing::Zstd
        } else if text.ends_with(".tar") {
            Packing::Tar
        } else {
            Packing::Other
        }
    }

    fn entry(&self) -> Option<&'static (&'static str, MediaName, MediaClass)> {
        DICTIONARY.iter().find(|(text, ..)| text.eq_ignore_ascii_case(&self.0))
    }
}

impl fmt::Display for MediaType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use strum::VariantNames;

    use super::*;

    #[test]
    fn parameters_and_case_do_not_matter() {
        let media_type = MediaType::new("application/vnd.oci.image.index.v1+JSON; charset=utf-8");
        assert_eq!(media_type.class(), C::Index);
        assert_eq!(media_type.name(), Some(N::OciIndex));
    }

    #[test]
    fn unknown_types_are_kept_as_written() {
        let media_type = MediaType::new("application/vnd.example.thing");
        assert_eq!((media_type.class(), media_type.name()), (C::Other, None));
        assert_eq!(media_type.as_str(), "application/vnd.example.thing");
    }

    #[test]
    fn every_entry_is_once_in_the_dictionary() {
        for (i, (text, name, _)) in DICTIONARY.iter().enumerate() {
            assert!(
                DICTIONARY[i + 1..].iter().all(|(other, other_name, _)| other != text && other_name != name),
                "{text}"
            );
        }
        // Four names stand for families and annotations rather than for one text.
        assert_eq!(N::VARIANTS.len(), DICTIONARY.len() + 4);
    }

    #[test]
    fn names_read_the_same_in_json_and_in_the_catalogue() {
        for (_, name, _) in DICTIONARY {
            let text: &'static str = name.into();
            assert_eq!(serde_json::to_value(name).unwrap(), text);
        }
    }

    #[test]
    fn packings_are_told_from_the_type() {
        for (text, packing) in [
            ("application/vnd.oci.image.layer.v1.tar", Packing::Tar),
            ("application/vnd.oci.image.layer.v1.tar+gzip", Packing::Gzip),
            ("application/vnd.docker.image.rootfs.diff.tar.gzip", Packing::Gzip),
            ("application/vnd.oci.image.layer.v1.tar+zstd", Packing::Zstd),
            ("application/vnd.oci.image.layer.v1.tar+gzip+encrypted", Packing::Other),
            ("application/vnd.in-toto+json", Packing::Other),
        ] {
            assert_eq!(MediaType::new(text).packing(), packing, "{text}");
        }
    }
}
