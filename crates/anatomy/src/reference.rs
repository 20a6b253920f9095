use std::fmt;

use serde::{Deserialize, Serialize};

use crate::Digest;

/// Which parts of a registry reference were filled in because they were not typed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct Defaulted {
    /// `docker.io`.
    pub registry: bool,
    /// `library/`.
    pub namespace: bool,
    /// `latest`.
    pub tag: bool,
}

/// An image in a registry, with every part spelled out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields))]
pub struct Named {
    /// `host` or `host:port`; Docker Hub is `docker.io`.
    pub registry: String,
    /// `library/alpine`.
    pub repository: String,
    /// Absent when only a digest was typed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tag: Option<String>,
    /// `@sha256:…`; wins over the tag.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub digest: Option<Digest>,
    /// What was not typed.
    pub defaulted: Defaulted,
}

/// What is asked of a place: by name or by digest.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Target {
    /// A tag.
    Tag(String),
    /// A digest.
    Digest(Digest),
    /// The one image that a file holds, whatever its name.
    Only,
}

/// What a person typed into the box or gave to the command line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "transport", rename_all = "kebab-case")]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields))]
pub enum Reference {
    /// Bare, or `docker://`.
    Registry(Named),
    /// `oci:DIR[:tag]`.
    Oci {
        /// The folder, as typed.
        path: String,
        /// The image's name in the layout (`org.opencontainers.image.ref.name`).
        #[serde(skip_serializing_if = "Option::is_none")]
        tag: Option<String>,
    },
    /// `oci-archive:FILE[:tag]`.
    OciArchive {
        /// The file, as typed.
        path: String,
        /// As for `oci`.
        #[serde(skip_serializing_if = "Option::is_none")]
        tag: Option<String>,
    },
    /// `docker-archive:FILE[:tag]`.
    DockerArchive {
        /// The file, as typed.
        path: String,
        /// One of the archive's `RepoTags`.
        #[serde(skip_serializing_if = "Option::is_none")]
        tag: Option<String>,
    },
    /// `sample:NAME[:tag]`.
    Sample {
        /// Its name.
        name: String,
        /// One of its tags; the first when absent.
        #[serde(skip_serializing_if = "Option::is_none")]
        tag: Option<String>,
    },
    /// `docker-daemon:NAME`.
    DockerDaemon {
        /// As typed.
        name: String,
    },
    /// `containers-storage:NAME`, `podman:NAME`.
    ContainersStorage {
        /// As typed.
        name: String,
    },
}

/// Why a text is no reference.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, strum::VariantNames, strum::IntoStaticStr)]
#[serde(rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case")]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub enum ReferenceFault {
    /// Nothing was typed.
    Empty,
    /// A repository is lower case.
    UppercaseRepository,
    /// Characters or an order that the grammar of names does not have.
    Grammar,
    /// `@` is followed by no digest.
    Digest,
    /// A tag is at most 128 of `A-Z a-z 0-9 _ . -` and begins with neither `.` nor `-`.
    Tag,
    /// A name is at most 255 characters.
    TooLong,
    /// A web address (`https://…`) was pasted instead of an image name.
    WebAddress,
    /// The transport needs a path or name after its colon.
    PathAbsent,
}

pub(crate) const DOCKER_HUB: &str = "docker.io";
/// A name that Docker Hub had, and that old files still have.
pub(crate) const DOCKER_HUB_OF_OLD: &str = "index.docker.io";
const DEFAULT_TAG: &str = "latest";

impl Reference {
    /// Reads what was typed. Spaces around it are ignored.
    ///
    /// # Errors
    /// The way in which it is no reference.
    pub fn parse(typed: &str) -> Result<Self, ReferenceFault> {
        let typed = typed.trim();
        if typed.is_empty() {
            return Err(ReferenceFault::Empty);
        }
        if typed.starts_with("http://") || typed.starts_with("https://") {
            return Err(ReferenceFault::WebAddress);
        }
        if let Some(rest) = typed.strip_prefix("docker://") {
            return Named::parse(rest).map(Self::Registry);
        }
        let Some((transport, rest)) = typed.split_once(':') else {
            return Named::parse(typed).map(Self::Registry);
        };
        match transport {
            "oci" => split_path(rest).map(|(path, tag)| Self::Oci { path, tag }),
            "oci-archive" => split_path(rest).map(|(path, tag)| Self::OciArchive { path, tag }),
            "docker-archive" => split_path(rest).map(|(path, tag)| Self::DockerArchive { path, tag }),
            "sample" => split_path(rest).map(|(name, tag)| Self::Sample { name, tag }),
            "docker-daemon" => present(rest).map(|name| Self::DockerDaemon { name }),
            "containers-storage" | "podman" => present(rest).map(|name| Self::ContainersStorage { name }),
            _ => Named::parse(typed).map(Self::Registry),
        }
    }

    /// What is asked of the place that the reference leads to.
    #[must_use]
    pub fn target(&self) -> Target {
        match self {
            Self::Registry(named) => named.target(),
            Self::Oci { tag, .. }
            | Self::OciArchive { tag, .. }
            | Self::DockerArchive { tag, .. }
            | Self::Sample { tag, .. } => {
                match tag {
                    None => Target::Only,
                    // `oci:DIR@sha256:…` is no form of the ecosystem; a digest after the colon is.
                    Some(tag) => tag.parse().map_or_else(|_| Target::Tag(tag.clone()), Target::Digest),
                }
            }
            Self::DockerDaemon { .. } | Self::ContainersStorage { .. } => Target::Only,
        }
    }
}

fn present(rest: &str) -> Result<String, ReferenceFault> {
    if rest.is_empty() { Err(ReferenceFault::PathAbsent) } else { Ok(rest.to_owned()) }
}

/// Splits `PATH[:tag]` at the first colon that is not the drive's: a single letter with `:\` or `:/`.
fn split_path(rest: &str) -> Result<(String, Option<String>), ReferenceFault> {
    let drive = match rest.as_bytes() {
        [letter, b':', b'\\' | b'/', ..] if letter.is_ascii_alphabetic() => 2,
        _ => 0,
    };
    let (path, tag) = match rest[drive..].split_once(':') {
        Some((path, tag)) => (&rest[..drive + path.len()], Some(tag).filter(|tag| !tag.is_empty())),
        None => (rest, None),
    };
    Ok((present(path)?, tag.map(str::to_owned)))
}

impl Named {
    /// Reads `[registry/]repository[:tag][@digest]` (the grammar of distribution/reference).
    ///
    /// Read by hand: the usual regular expression takes 244 million instructions to compile, longer
    /// than the index of an image takes to arrive. The tests hold it against oci-client's parser.
    fn parse(typed: &str) -> Result<Self, ReferenceFault> {
        let (name, digest) = match typed.split_once('@') {
            Some((name, digest)) => (name, Some(digest.parse::<Digest>().map_err(|_| ReferenceFault::Digest)?)),
            None => (typed, None),
        };
        // A colon before the last slash belongs to a port.
        let last = name.rfind('/').map_or(0, |slash| slash + 1);
        let (name, tag) = match name[last..].split_once(':') {
            Some((part, tag)) => (&name[..last + part.len()], Some(tag)),
            None => (name, None),
        };
        let (registry, path) = match name.split_once('/') {
            Some((first, path)) if is_registry(first) => (first, path),
            _ => (DOCKER_HUB, name),
        };
        if !is_host(registry) {
            return Err(ReferenceFault::Grammar);
        }
        if path.chars().any(char::is_uppercase) {
            return Err(ReferenceFault::UppercaseRepository);
        }
        if path.is_empty() || !path.split('/').all(is_path_component) {
            return Err(ReferenceFault::Grammar);
        }
        if tag.is_some_and(|tag| !is_tag(tag)) {
            return Err(ReferenceFault::Tag);
        }
        let is_hub = registry == DOCKER_HUB || registry == DOCKER_HUB_OF_OLD;
        let is_official = is_hub && !path.contains('/');
        let repository = if is_official { format!("library/{path}") } else { path.to_owned() };
        if repository.len() > 255 {
            return Err(ReferenceFault::TooLong);
        }
        let defaulted = Defaulted {
            registry: path.len() == name.len(),
            namespace: is_official,
            tag: tag.is_none() && digest.is_none(),
        };
        let tag = tag.or(digest.is_none().then_some(DEFAULT_TAG)).map(str::to_owned);
        let registry = if is_hub { DOCKER_HUB } else { registry }.to_owned();
        Ok(Self { registry, repository, tag, digest, defaulted })
    }

    /// The digest where there is one, for it wins over the tag.
    #[must_use]
    pub fn target(&self) -> Target {
        match (&self.digest, &self.tag) {
            (Some(digest), _) => Target::Digest(digest.clone()),
            (None, Some(tag)) => Target::Tag(tag.clone()),
            (None, None) => Target::Tag(DEFAULT_TAG.to_owned()),
        }
    }
}

/// Whether a text is the name of a repository, without its registry: at most 255 characters.
#[must_use]
pub fn is_repository(text: &str) -> bool {
    !text.is_empty() && text.len() <= 255 && text.split('/').all(is_path_component)
}

/// `[A-Za-z0-9_][A-Za-z0-9._-]{0,127}` (distribution-spec, "Pulling manifests").
#[must_use]
pub fn is_tag(text: &str) -> bool {
    text.len() <= 128
        && text.bytes().next().is_some_and(|b| b.is_ascii_alphanumeric() || b == b'_')
        && text.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'.' | b'-'))
}

/// Whether what stands before the first slash is a registry and not the first part of a repository
/// on Docker Hub.
pub(crate) fn is_registry(first: &str) -> bool {
    first.contains(['.', ':']) || first == "localhost"
}

/// `host[:port]`, a host being dotted labels or an IPv6 address in brackets.
pub(crate) fn is_host(text: &str) -> bool {
    let (host, port) = match text.rsplit_once(':') {
        Some((host, port)) if !text.ends_with(']') => (host, Some(port)),
        _ => (text, None),
    };
    let is_label = |label: &str| {
        !label.is_empty()
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
    };
    let port_fits = port.is_none_or(|port| !port.is_empty() && port.bytes().all(|b| b.is_ascii_digit()));
    let host_fits = match host.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
        Some(address) => address.parse::<std::net::Ipv6Addr>().is_ok(),
        None => host.split('.').all(is_label),
    };
    host_fits && port_fits
}

/// Runs of `a-z0-9` joined by `.`, `_`, `__` or any number of `-`.
fn is_path_component(component: &str) -> bool {
    let is_word = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit();
    let joins = component.split(|c: char| c.is_ascii_lowercase() || c.is_ascii_digit()).filter(|join| !join.is_empty());
    component.bytes().next().is_some_and(is_word)
        && component.bytes().last().is_some_and(is_word)
        && joins.into_iter().all(|join| matches!(join, "." | "_" | "__") || join.bytes().all(|b| b == b'-'))
}

impl fmt::Display for Named {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.registry, self.repository)?;
        if let Some(tag) = &self.tag {
            write!(f, ":{tag}")?;
        }
        match &self.digest {
            Some(digest) => write!(f, "@{digest}"),
            None => Ok(()),
        }
    }
}

/// The reference in full: defaults spelled out, transport in front.
impl fmt::Display for Reference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (transport, path, tag) = match self {
            Self::Registry(named) => return named.fmt(f),
            Self::Oci { path, tag } => ("oci", path, tag.as_deref()),
            Self::OciArchive { path, tag } => ("oci-archive", path, tag.as_deref()),
            Self::DockerArchive { path, tag } => ("docker-archive", path, tag.as_deref()),
            Self::Sample { name, tag } => ("sample", name, tag.as_deref()),
            Self::DockerDaemon { name } => ("docker-daemon", name, None),
            Self::ContainersStorage { name } => ("containers-storage", name, None),
        };
        write!(f, "{transport}:{path}")?;
        match tag {
            Some(tag) => write!(f, ":{tag}"),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEX: &str = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    #[track_caller]
    fn named(typed: &str, whole: &str, registry: bool, namespace: bool, tag: bool) {
        let reference = Reference::parse(typed).unwrap();
        assert_eq!(reference.to_string(), whole);
        let Reference::Registry(named) = reference else { panic!("{typed} is in a registry") };
        assert_eq!(named.defaulted, Defaulted { registry, namespace, tag }, "{typed}");
    }

    #[test]
    fn what_was_not_typed_is_told() {
        named("alpine", "docker.io/library/alpine:latest", true, true, true);
        named("  alpine:3.20\n", "docker.io/library/alpine:3.20", true, true, false);
        named("alpine:latest", "docker.io/library/alpine:latest", true, true, false);
        named("grafana/grafana", "docker.io/grafana/grafana:latest", true, false, true);
        named("docker.io/library/alpine:1", "docker.io/library/alpine:1", false, false, false);
        named("index.docker.io/alpine:1", "docker.io/library/alpine:1", false, true, false);
        named("docker://ghcr.io/a/b", "ghcr.io/a/b:latest", false, false, true);
        named("localhost:5000/a", "localhost:5000/a:latest", false, false, true);
        named(&format!("q.io/a@sha256:{HEX}"), &format!("q.io/a@sha256:{HEX}"), false, false, false);
        named(&format!("q.io/a:1@sha256:{HEX}"), &format!("q.io/a:1@sha256:{HEX}"), false, false, false);
    }

    #[test]
    fn a_digest_wins_over_a_tag() {
        let reference = Reference::parse(&format!("q.io/a:1@sha256:{HEX}")).unwrap();
        assert!(matches!(reference.target(), Target::Digest(_)));
    }

    #[track_caller]
    fn file(typed: &str, expected_path: &str, expected_tag: Option<&str>) {
        match Reference::parse(typed).unwrap() {
            Reference::Oci { path, tag }
            | Reference::OciArchive { path, tag }
            | Reference::DockerArchive { path, tag } => {
                assert_eq!((path.as_str(), tag.as_deref()), (expected_path, expected_tag), "{typed}");
            }
            other => panic!("{other:?}"),
        }
        assert_eq!(Reference::parse(typed).unwrap().to_string(), typed);
    }

    #[test]
    fn files_and_folders_are_split_from_their_tag() {
        file("oci:layout", "layout", None);
        file("oci:./a b/c:1.0.0", "./a b/c", Some("1.0.0"));
        file("oci:/abs/dir:example.com/app:1", "/abs/dir", Some("example.com/app:1"));
        file(r"oci:C:\images\app:1.0", r"C:\images\app", Some("1.0"));
        file("docker-archive:c:/x.tar", "c:/x.tar", None);
        file("docker-archive:x.tar:demo/single:1", "x.tar", Some("demo/single:1"));
        file("oci-archive:x.tar", "x.tar", None);
    }

    #[test]
    fn engines_are_recognised() {
        assert!(
            matches!(Reference::parse("docker-daemon:app:1"), Ok(Reference::DockerDaemon { name }) if name == "app:1")
        );
        assert!(matches!(Reference::parse("podman:app:1"), Ok(Reference::ContainersStorage { .. })));
    }

    #[track_caller]
    fn refused(typed: &str, fault: ReferenceFault) {
        assert_eq!(Reference::parse(typed), Err(fault), "{typed}");
    }

    #[test]
    fn every_fault_has_its_reason() {
        refused(" ", ReferenceFault::Empty);
        refused("https://hub.docker.com/_/alpine", ReferenceFault::WebAddress);
        refused("Alpine", ReferenceFault::UppercaseRepository);
        refused("ghcr.io/Owner/app:1", ReferenceFault::UppercaseRepository);
        refused("alpine:", ReferenceFault::Tag);
        refused("alpine:-x", ReferenceFault::Tag);
        refused("alpine:タグ", ReferenceFault::Tag);
        refused("alpine@sha256:abc", ReferenceFault::Digest);
        refused("alpine@sha256", ReferenceFault::Digest);
        refused("al pine", ReferenceFault::Grammar);
        refused("alpine//x", ReferenceFault::Grammar);
        refused("oci:", ReferenceFault::PathAbsent);
        refused("sample:", ReferenceFault::PathAbsent);
        refused(&"a".repeat(300), ReferenceFault::TooLong);
    }

    /// Every combination of odd parts, read by this parser and by the one that oci-client uses.
    #[test]
    fn it_agrees_with_the_parser_of_oci_client() {
        let hosts = [
            "",
            "localhost/",
            "q.io/",
            "q.io:5000/",
            "index.docker.io/",
            "Q.io/",
            "a-b.c/",
            "-a.c/",
            "a..b/",
            "h:x/",
            "foo/",
        ];
        let paths = [
            "a", "a/b", "a__b", "a___b", "a._b", "a.b", "a--b", "-a", "a-", "A", "a//b", "", "a_b/c.d", "test.com",
            "日",
        ];
        let tags = ["", ":1", ":", ":-1", ":_x", ":A.b-c", ":latest", ":5000"];
        let digests = ["".to_owned(), format!("@sha256:{HEX}"), "@sha256:12".to_owned(), "@".to_owned()];
        let mut agreed = 0;
        for (host, path) in hosts.iter().flat_map(|host| paths.map(|path| (host, path))) {
            for (tag, digest) in tags.iter().flat_map(|tag| digests.iter().map(move |digest| (tag, digest))) {
                let typed = format!("{host}{path}{tag}{digest}");
                let theirs = typed.parse::<oci_spec::distribution::Reference>().ok().map(|theirs| theirs.whole());
                let ours = Named::parse(&typed).ok().map(|ours| ours.to_string());
                assert_eq!(ours, theirs, "{typed}");
                agreed += usize::from(ours.is_some());
            }
        }
        assert!(agreed > 500, "{agreed}");
    }

    #[test]
    fn an_address_of_the_sixth_version_is_a_host() {
        named("[::1]:5000/a:1", "[::1]:5000/a:1", false, false, false);
        refused("[::g]:5000/a", ReferenceFault::Grammar);
    }
}
