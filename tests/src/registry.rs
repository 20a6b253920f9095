//! A real registry (Debian's `docker-registry`) on a free port of loopback, for the life of a value.

use std::collections::HashSet;
use std::fs::File;
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::layout::{self, Tag};
use crate::{http, place, walk};

/// A running registry. Dropping it ends the process, also while a test panics.
#[derive(Debug)]
pub struct DockerRegistry {
    child: Child,
    address: SocketAddr,
    folder: tempfile::TempDir,
}

impl DockerRegistry {
    /// Starts one, or says why there is none.
    #[must_use]
    pub fn start() -> Option<Self> {
        if !place::installed("docker-registry") {
            place::skip("docker-registry is not installed: nothing was tested against a real registry");
            return None;
        }
        let folder = tempfile::tempdir().expect("a temporary folder can be made");
        // The port is free now, and may be taken by the time the registry asks for it: try again then.
        (0..5).find_map(|_| Self::try_start(folder.path())).map(|(child, address)| Self { child, address, folder })
    }

    fn try_start(folder: &Path) -> Option<(Child, SocketAddr)> {
        let address = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))
            .and_then(|socket| socket.local_addr())
            .expect("loopback has a free port");
        let config = folder.join("registry.yml");
        let data = folder.join("data");
        let text = format!(
            "version: 0.1\nlog: {{level: error, accesslog: {{disabled: false}}}}\n\
             storage: {{filesystem: {{rootdirectory: {}}}, delete: {{enabled: true}}}}\nhttp: {{addr: \"{address}\"}}\n",
            data.display()
        );
        std::fs::write(&config, text).expect("a file can be written");
        let log = File::create(folder.join("registry.log")).expect("a file can be made");
        let mut child = Command::new("docker-registry")
            .arg("serve")
            .arg(&config)
            .stdin(Stdio::null())
            .stdout(log.try_clone().expect("a file has more than one handle"))
            .stderr(log)
            .spawn()
            .expect("docker-registry starts");
        let until = Instant::now() + Duration::from_secs(15);
        while Instant::now() < until {
            if child.try_wait().expect("a child can be asked").is_some() {
                return None;
            }
            if http::send(address, "GET", "/v2/", &[], b"").is_ok_and(|answer| answer.status == 200) {
                return Some((child, address));
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        let _ = child.kill();
        let _ = child.wait();
        None
    }

    /// `127.0.0.1:PORT`.
    #[must_use]
    pub fn host(&self) -> String {
        self.address.to_string()
    }

    /// Where it listens.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Where its content lies; another registry may serve the same.
    #[must_use]
    pub fn data(&self) -> std::path::PathBuf {
        self.folder.path().join("data")
    }

    /// `METHOD /path` of every request of a repository that it has logged so far.
    #[must_use]
    pub fn requests(&self, repository: &str) -> Vec<String> {
        let log = std::fs::read_to_string(self.folder.path().join("registry.log")).unwrap_or_default();
        let wanted = format!("/v2/{repository}/");
        log.lines()
            .filter_map(|line| {
                let quoted = line.split('"').nth(1)?;
                let mut words = quoted.split(' ');
                let (method, path) = (words.next()?, words.next()?);
                (words.next()?.starts_with("HTTP/") && path.starts_with(&wanted)).then(|| format!("{method} {path}"))
            })
            .collect()
    }

    /// Pushes what a tag of a layout reaches, bytes unchanged, and gives the reference.
    pub fn push(&self, layout: &Path, repository: &str, tag: &Tag) -> String {
        let mut pushed = HashSet::new();
        self.push_manifest(layout, repository, &tag.descriptor, &tag.name, &mut pushed);
        format!("{}/{repository}:{}", self.address, tag.name)
    }

    /// Gives what was pushed one more tag.
    pub fn tag(&self, layout: &Path, repository: &str, tag: &Tag, name: &str) {
        let bytes = layout::bytes(layout, &walk::text(&tag.descriptor, "digest"));
        let media_type = walk::text(&tag.descriptor, "mediaType");
        let target = format!("/v2/{repository}/manifests/{name}");
        let answer = self.send("PUT", &target, &[("Content-Type", &media_type)], &bytes);
        assert_eq!(answer.status, 201, "PUT {target}: {}", String::from_utf8_lossy(&answer.body));
    }

    fn push_manifest(
        &self,
        layout: &Path,
        repository: &str,
        descriptor: &Value,
        name: &str,
        pushed: &mut HashSet<String>,
    ) {
        let digest = walk::text(descriptor, "digest");
        let bytes = layout::bytes(layout, &digest);
        let document: Value = serde_json::from_slice(&bytes).expect("a document is JSON");
        for child in walk::list(&document, "manifests") {
            let digest = walk::text(child, "digest");
            if pushed.insert(digest.clone()) {
                self.push_manifest(layout, repository, child, &digest, pushed);
            }
        }
        let blobs = document.get("config").into_iter().chain(walk::list(&document, "layers"));
        for blob in blobs {
            let digest = walk::text(blob, "digest");
            if pushed.insert(digest.clone()) {
                self.push_blob(repository, &digest, &layout::bytes(layout, &digest));
            }
        }
        let media_type =
            descriptor["mediaType"].as_str().or(document["mediaType"].as_str()).expect("a manifest has a media type");
        let target = format!("/v2/{repository}/manifests/{name}");
        let answer = self.send("PUT", &target, &[("Content-Type", media_type)], &bytes);
        assert_eq!(answer.status, 201, "PUT {target}: {}", String::from_utf8_lossy(&answer.body));
    }

    fn push_blob(&self, repository: &str, digest: &str, bytes: &[u8]) {
        if self.send("HEAD", &format!("/v2/{repository}/blobs/{digest}"), &[], b"").status == 200 {
            return;
        }
        let start = self.send("POST", &format!("/v2/{repository}/blobs/uploads/"), &[], b"");
        let location = start.header("location").expect("an upload has a place").to_owned();
        let path = location.find("/v2/").map(|at| &location[at..]).expect("the place is on this registry");
        let joint = if path.contains('?') { '&' } else { '?' };
        let answer = self.send(
            "PUT",
            &format!("{path}{joint}digest={digest}"),
            &[("Content-Type", "application/octet-stream")],
            bytes,
        );
        assert_eq!(answer.status, 201, "PUT of {digest}: {}", String::from_utf8_lossy(&answer.body));
    }

    fn send(&self, method: &str, target: &str, headers: &[(&str, &str)], body: &[u8]) -> http::Answer {
        http::send(self.address, method, target, headers, body)
            .unwrap_or_else(|error| panic!("{method} {target}: {error}"))
    }
}

impl Drop for DockerRegistry {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
