use std::net::SocketAddr;
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Duration;

use hyper::service::service_fn;
use hyper_util::rt::{TokioExecutor, TokioIo};
use hyper_util::server::conn::auto;
use serde_json::Value;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;
use tokio::sync::oneshot;

use crate::auth::Auth;
use crate::authority::{Authority, Leaf, Speech};
use crate::fault::{Script, Scripted, When};
use crate::image::{Content, Image};
use crate::lists::Link;
use crate::server::{self, Seen, World};

/// A registry on 127.0.0.1, on a thread of its own; it ends when this is dropped.
#[derive(Debug)]
pub struct Registry {
    world: Arc<Mutex<World>>,
    address: SocketAddr,
    other: SocketAddr,
    name: &'static str,
    stop: Option<oneshot::Sender<()>>,
}

/// Says what the registry holds and how it behaves.
#[derive(Debug, Default)]
pub struct RegistryBuilder {
    world: World,
    tls: Option<Leaf>,
    speech: Speech,
    polite: bool,
    named: bool,
}

impl RegistryBuilder {
    /// Holds `image` as `repository:tag`.
    #[must_use]
    pub fn image(mut self, repository: &str, tag: &str, image: &Image) -> Self {
        put(&mut self.world, repository, tag, image);
        self
    }

    /// Holds every image that an OCI layout names, under its tag (or only by digest).
    ///
    /// # Panics
    /// When the layout cannot be read.
    #[must_use]
    pub fn layout(mut self, repository: &str, folder: &Path) -> Self {
        let index: Value = serde_json::from_slice(&std::fs::read(folder.join("index.json")).unwrap()).unwrap();
        for descriptor in index["manifests"].as_array().unwrap() {
            let digest = descriptor["digest"].as_str().unwrap();
            let repository = self.world.repositories.entry(repository.to_owned()).or_default();
            if let Some(tag) = descriptor["annotations"]["org.opencontainers.image.ref.name"].as_str() {
                let tag = tag.rsplit(':').next().unwrap_or(tag);
                repository.tags.insert(tag.to_owned(), digest.to_owned());
            }
            load(repository, folder, descriptor);
        }
        self
    }

    /// How it asks for accounts; open unless said.
    #[must_use]
    pub fn auth(mut self, auth: impl Into<Auth>) -> Self {
        self.world.auth = auth.into();
        self
    }

    /// Speaks TLS with this certificate: HTTP/2 and HTTP/1.1 by ALPN.
    #[must_use]
    pub fn tls(mut self, leaf: Leaf) -> Self {
        self.tls = Some(leaf);
        self.speech.http2 = true;
        self
    }

    /// Speaks TLS with this certificate: HTTP/1.1 only.
    #[must_use]
    pub fn tls_http1(mut self, leaf: Leaf) -> Self {
        self.tls = Some(leaf);
        self
    }

    /// Over TLS, a client that speaks plain HTTP is told so with a 400, as Go's servers do; without
    /// this it gets a TLS alert.
    #[must_use]
    pub fn tells_plain_clients(mut self) -> Self {
        self.polite = true;
        self
    }

    /// Over TLS, only clients with a certificate of this authority are let in.
    #[must_use]
    pub fn clients(mut self, authority: &Authority) -> Self {
        self.speech.clients = Some(authority.pem().to_owned());
        self
    }

    /// Over TLS, version 1.2 only.
    #[must_use]
    pub fn tls12(mut self) -> Self {
        self.speech.old = true;
        self
    }

    /// [`Registry::host`] says `localhost` instead of `127.0.0.1`.
    #[must_use]
    pub fn localhost(mut self) -> Self {
        self.named = true;
        self
    }

    /// Manifest answers carry rate-limit headers; each GET takes one.
    #[must_use]
    pub fn metered(mut self, limit: u32, remaining: u32) -> Self {
        self.world.metered = Some((limit, remaining));
        self
    }

    /// Blobs (configs too) are redirected to the other host, with a query that is a secret.
    #[must_use]
    pub fn redirect_blobs(mut self) -> Self {
        self.world.redirect_blobs = true;
        self
    }

    /// Holds `image` under all these tags.
    #[must_use]
    pub fn tags(mut self, repository: &str, image: &Image, tags: impl IntoIterator<Item = impl AsRef<str>>) -> Self {
        for tag in tags {
            put(&mut self.world, repository, tag.as_ref(), image);
        }
        self
    }

    /// Lists come in pages of so many at most, each with a link to the next.
    #[must_use]
    pub fn pages(mut self, most: usize, link: Link) -> Self {
        self.world.lists.page = Some(most);
        self.world.lists.link = link;
        self
    }

    /// More than so many entries in a page are refused, not cut.
    #[must_use]
    pub fn largest_page(mut self, largest: usize) -> Self {
        self.world.lists.largest_n = Some(largest);
        self
    }

    /// Lists its repositories.
    #[must_use]
    pub fn catalog(mut self) -> Self {
        self.world.lists.catalog = true;
        self
    }

    /// Has the referrers API.
    #[must_use]
    pub fn referrers(mut self) -> Self {
        self.world.lists.referrers = true;
        self
    }

    /// Every answer is late by this.
    #[must_use]
    pub fn latency(mut self, latency: Duration) -> Self {
        self.world.latency = latency;
        self
    }

    /// Starts it.
    ///
    /// # Panics
    /// When no port is to be had.
    #[must_use]
    pub fn start(mut self) -> Registry {
        let (ready, started) = std::sync::mpsc::channel();
        let (stop, stopped) = oneshot::channel::<()>();
        let name = if self.named { "localhost" } else { "127.0.0.1" };
        let scheme = if self.tls.is_some() { "https" } else { "http" };
        let polite = self.polite;
        let tls = self.tls.take().map(|leaf| (leaf.server_config(&self.speech), polite));
        let world = Arc::new(Mutex::new(self.world));
        let served = Arc::clone(&world);
        std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
            runtime.block_on(async move {
                let first = TcpListener::bind("127.0.0.1:0").await.unwrap();
                let second = TcpListener::bind("127.0.0.1:0").await.unwrap();
                ready.send((first.local_addr().unwrap(), second.local_addr().unwrap())).unwrap();
                tokio::select! {
                    () = listen(first, Arc::clone(&served), tls.clone(), false) => {}
                    () = listen(second, served, tls, true) => {}
                    _ = stopped => {}
                }
            });
            // Dropping the runtime ends every connection, the hanging ones too.
        });
        let (address, other) = started.recv().unwrap();
        {
            let mut world = world.lock().unwrap();
            world.base = format!("{scheme}://{name}:{}", address.port());
            world.other_base = format!("{scheme}://{name}:{}", other.port());
        }
        Registry { world, address, other, name, stop: Some(stop) }
    }
}

impl Registry {
    /// An open registry without content, over plain HTTP.
    #[must_use]
    pub fn builder() -> RegistryBuilder {
        RegistryBuilder::default()
    }

    /// `127.0.0.1:PORT` (or `localhost:PORT`).
    #[must_use]
    pub fn host(&self) -> String {
        format!("{}:{}", self.name, self.address.port())
    }

    /// The second listener: another host for every rule about hosts.
    #[must_use]
    pub fn other_host(&self) -> String {
        format!("{}:{}", self.name, self.other.port())
    }

    /// `http://127.0.0.1:PORT`.
    #[must_use]
    pub fn url(&self) -> String {
        self.lock().base.clone()
    }

    /// The same of the second listener.
    #[must_use]
    pub fn other_url(&self) -> String {
        self.lock().other_base.clone()
    }

    /// `127.0.0.1:PORT/repository:tag`.
    #[must_use]
    pub fn reference(&self, repository: &str, tag: &str) -> String {
        format!("{}/{repository}:{tag}", self.host())
    }

    /// Holds `image` as well, or moves the tag to it.
    pub fn put(&self, repository: &str, tag: &str, image: &Image) {
        put(&mut self.lock(), repository, tag, image);
    }

    /// Forgets a document or blob: whoever names it has a missing child.
    pub fn forget(&self, repository: &str, digest: &anatomy::Digest) {
        if let Some(repository) = self.lock().repositories.get_mut(repository) {
            repository.content.remove(digest.as_str());
        }
    }

    /// Begins a script: `registry.when(When::manifests()).times(2).fault(Fault::status(503))`.
    pub fn when(&self, when: When) -> Scripted<'_> {
        Scripted { registry: self, when, left: None }
    }

    pub(crate) fn add(&self, script: Script) {
        self.lock().scripts.push(script);
    }

    /// Forgets all scripts.
    pub fn behave(&self) {
        self.lock().scripts.clear();
    }

    /// Changes how it asks for accounts; tokens given so far are worth nothing.
    pub fn set_auth(&self, auth: impl Into<Auth>) {
        let mut world = self.lock();
        world.auth = auth.into();
        world.tokens.clear();
    }

    /// Every request so far, on both listeners, in order.
    #[must_use]
    pub fn seen(&self) -> Vec<Seen> {
        self.lock().seen.clone()
    }

    /// `METHOD PATH` of every request so far.
    #[must_use]
    pub fn lines(&self) -> Vec<String> {
        self.lock().seen.iter().map(|s| format!("{} {}", s.method, s.path)).collect()
    }

    /// Forgets the requests so far.
    pub fn forget_seen(&self) {
        self.lock().seen.clear();
    }

    /// How many connections were opened so far, on both listeners.
    #[must_use]
    pub fn connections(&self) -> u64 {
        self.lock().connections
    }

    fn lock(&self) -> MutexGuard<'_, World> {
        self.world.lock().unwrap()
    }
}

impl Drop for Registry {
    fn drop(&mut self) {
        if let Some(stop) = self.stop.take() {
            let _ = stop.send(());
        }
    }
}

fn put(world: &mut World, repository: &str, tag: &str, image: &Image) {
    let repository = world.repositories.entry(repository.to_owned()).or_default();
    repository.tags.insert(tag.to_owned(), image.digest().to_string());
    repository.content.extend(image.content().iter().map(|(digest, content)| (digest.clone(), content.clone())));
}

/// Reads what `descriptor` names, and what that names; what is not there stays missing.
fn load(repository: &mut server::Repository, folder: &Path, descriptor: &Value) {
    let (Some(digest), media_type) =
        (descriptor["digest"].as_str(), descriptor["mediaType"].as_str().unwrap_or_default())
    else {
        return;
    };
    let Some((algorithm, encoded)) = digest.split_once(':') else { return };
    let Ok(bytes) = std::fs::read(folder.join("blobs").join(algorithm).join(encoded)) else { return };
    let document: Value = serde_json::from_slice(&bytes).unwrap_or_default();
    let manifest = document["manifests"].is_array() || document["layers"].is_array() || document["fsLayers"].is_array();
    let media_type = document["mediaType"].as_str().filter(|_| manifest).unwrap_or(media_type).to_owned();
    let known =
        repository.content.insert(digest.to_owned(), Content { bytes: bytes.into(), media_type, manifest }).is_some();
    if manifest && !known {
        let children = ["manifests", "layers"].iter().filter_map(|k| document[*k].as_array()).flatten();
        for child in children.chain(std::iter::once(&document["config"])) {
            load(repository, folder, child);
        }
    }
}

/// The content type of the first record of a TLS connection (RFC 8446, 5.1).
const TLS_HANDSHAKE: u8 = 22;

async fn listen(
    listener: TcpListener,
    world: Arc<Mutex<World>>,
    tls: Option<(Arc<rustls::ServerConfig>, bool)>,
    other: bool,
) {
    loop {
        let Ok((mut socket, _)) = listener.accept().await else { continue };
        let _ = socket.set_nodelay(true);
        let connection = {
            let mut world = world.lock().unwrap();
            world.connections += 1;
            world.connections
        };
        let (world, tls) = (Arc::clone(&world), tls.clone());
        tokio::spawn(async move {
            let service = service_fn(move |request| {
                let world = Arc::clone(&world);
                async move { server::answer(&world, request, connection, other).await }
            });
            let server = auto::Builder::new(TokioExecutor::new());
            match tls {
                None => {
                    let _ = server.serve_connection(TokioIo::new(socket), service).await;
                }
                Some((config, polite)) => {
                    let mut first = [0];
                    if polite && socket.peek(&mut first).await.is_ok() && first != [TLS_HANDSHAKE] {
                        // Closing with the request unread would reset the connection and take the answer along.
                        let _ = socket.read(&mut [0; 4096]).await;
                        let _ = socket
                            .write_all(
                                b"HTTP/1.0 400 Bad Request\r\n\r\nClient sent an HTTP request to an HTTPS server.\n",
                            )
                            .await;
                        return;
                    }
                    // A client that speaks plain HTTP gets a TLS alert, as from any TLS server.
                    let Ok(socket) = tokio_rustls::TlsAcceptor::from(config).accept(socket).await else { return };
                    let _ = server.serve_connection(TokioIo::new(socket), service).await;
                }
            }
        });
    }
}
