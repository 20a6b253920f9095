//! A token server as distribution's registry wants one (docs/content/spec/auth/token.md and jwt.md):
//! over TLS, with signed tokens (ES256, the certificate beside), accounts with rights, and refresh tokens.

use std::collections::HashMap;
use std::io::{Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use ring::rand::SystemRandom;
use ring::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair};
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer};
use serde_json::{Value, json};
use testkit::{Authority, Leaf};

/// The name under which the tokens are signed.
pub const ISSUER: &str = "kaibo-tests";
/// The name of the registry in tokens.
pub const SERVICE: &str = "kaibo-tests-registry";

/// What an account may do. Everybody, without an account too, may pull what is below `public/`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rights {
    /// Everything, the list of repositories too.
    All,
    /// Pull from every repository.
    Pull,
    /// Nothing but what everybody may.
    None,
}

/// The accounts that there are: name, password, rights.
pub const ACCOUNTS: [(&str, &str, Rights); 3] =
    [("alice", "wonderland", Rights::All), ("bob", "builder", Rights::Pull), ("eve", "apple", Rights::None)];

/// A refresh token that is good for what alice may.
pub const REFRESH_TOKEN: &str = "refresh-alice-8d3a51c6";

/// For how long tokens are good.
#[derive(Clone, Copy, Debug)]
pub struct Life {
    /// What the answer says (`expires_in`), in seconds.
    pub said: i64,
    /// What the token says (`exp`), in seconds from now. The registry adds a minute of its own.
    pub signed: i64,
}

impl Default for Life {
    fn default() -> Self {
        Self { said: 300, signed: 300 }
    }
}

/// A running token server; dropping it ends it.
#[derive(Debug)]
pub struct TokenServer {
    address: SocketAddr,
    shared: Arc<Shared>,
    thread: Option<JoinHandle<()>>,
    bundle: PathBuf,
    _folder: tempfile::TempDir,
}

#[derive(Debug)]
struct Shared {
    ends: AtomicBool,
    given: AtomicU32,
    life: Mutex<Life>,
    asked: Mutex<Vec<String>>,
    issued: Mutex<Vec<String>>,
    key: Vec<u8>,
    certificate: String,
    tls: Arc<rustls::ServerConfig>,
}

impl TokenServer {
    /// Starts one on `localhost`, with a certificate of `authority`.
    #[must_use]
    pub fn start(authority: &Authority) -> Self {
        let signer = Authority::new("Kaibo tests token signer");
        let leaf = signer.leaf();
        let folder = tempfile::tempdir().expect("a temporary folder can be made");
        let bundle = folder.path().join("signer.pem");
        std::fs::write(&bundle, signer.pem()).expect("a file can be written");
        let key = PrivatePkcs8KeyDer::from_pem_slice(leaf.key_pem.as_bytes()).expect("a key is PEM");
        let certificate = CertificateDer::from_pem_slice(leaf.certificate_pem.as_bytes()).expect("it is PEM");
        let shared = Arc::new(Shared {
            ends: AtomicBool::new(false),
            given: AtomicU32::new(0),
            life: Mutex::default(),
            asked: Mutex::default(),
            issued: Mutex::default(),
            key: key.secret_pkcs8_der().to_vec(),
            certificate: STANDARD.encode(&certificate),
            tls: server_config(&authority.leaf()),
        });
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("loopback has a free port");
        let address = listener.local_addr().expect("a listener has an address");
        let thread = {
            let shared = Arc::clone(&shared);
            std::thread::spawn(move || listen(&listener, &shared))
        };
        Self { address, shared, thread: Some(thread), bundle, _folder: folder }
    }

    /// `localhost:PORT`.
    #[must_use]
    pub fn host(&self) -> String {
        format!("localhost:{}", self.address.port())
    }

    /// The lines of a registry's configuration that make it want these tokens.
    #[must_use]
    pub fn configuration(&self) -> String {
        format!(
            "auth: {{token: {{realm: \"https://{}/token\", service: {SERVICE}, issuer: {ISSUER}, rootcertbundle: \"{}\"}}}}\n",
            self.host(),
            self.bundle.display()
        )
    }

    /// From now on, tokens are good for so long.
    pub fn set_life(&self, life: Life) {
        *self.shared.life.lock().unwrap_or_else(PoisonError::into_inner) = life;
    }

    /// How many tokens were given.
    #[must_use]
    pub fn given(&self) -> u32 {
        self.shared.given.load(Ordering::SeqCst)
    }

    /// `METHOD target` of every request, without what was in its body.
    #[must_use]
    pub fn asked(&self) -> Vec<String> {
        self.shared.asked.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Every token that was given: secrets that nobody may find again.
    #[must_use]
    pub fn issued(&self) -> Vec<String> {
        self.shared.issued.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl Drop for TokenServer {
    fn drop(&mut self) {
        self.shared.ends.store(true, Ordering::SeqCst);
        // Wakes the thread that waits for a connection.
        let _ = TcpStream::connect(self.address);
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

/// The server side of TLS with a certificate.
fn server_config(leaf: &Leaf) -> Arc<rustls::ServerConfig> {
    let certificate = CertificateDer::from_pem_slice(leaf.certificate_pem.as_bytes()).expect("it is PEM");
    let key = PrivateKeyDer::from_pem_slice(leaf.key_pem.as_bytes()).expect("a key is PEM");
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = rustls::ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .expect("the provider has the usual versions")
        .with_no_client_auth()
        .with_single_cert(vec![certificate], key)
        .expect("the key belongs to the certificate");
    Arc::new(config)
}

fn listen(listener: &TcpListener, shared: &Arc<Shared>) {
    for stream in listener.incoming() {
        if shared.ends.load(Ordering::SeqCst) {
            return;
        }
        let Ok(stream) = stream else { continue };
        let shared = Arc::clone(shared);
        std::thread::spawn(move || {
            // Who hangs up in the middle is not answered.
            let _ = serve(stream, &shared);
        });
    }
}

fn serve(stream: TcpStream, shared: &Shared) -> std::io::Result<()> {
    stream.set_read_timeout(Some(Duration::from_secs(20)))?;
    let connection = rustls::ServerConnection::new(Arc::clone(&shared.tls)).map_err(std::io::Error::other)?;
    let mut stream = rustls::StreamOwned::new(connection, stream);
    let Some(request) = Request::read(&mut stream)? else { return Ok(()) };
    let (status, headers, body) = answer(&request, shared);
    let body = body.to_string();
    let head = format!(
        "HTTP/1.1 {status} -\r\nContent-Type: application/json\r\nContent-Length: {}\r\nConnection: close\r\n{headers}\r\n",
        body.len()
    );
    stream.write_all(head.as_bytes())?;
    stream.write_all(body.as_bytes())?;
    stream.conn.send_close_notify();
    stream.flush()
}

struct Request {
    method: String,
    target: String,
    authorization: Option<String>,
    /// Of the query and of a form.
    fields: Vec<(String, String)>,
}

impl Request {
    fn read(stream: &mut impl Read) -> std::io::Result<Option<Self>> {
        let mut raw = Vec::new();
        let mut chunk = [0; 4096];
        let head = loop {
            if let Some(at) = raw.windows(4).position(|window| window == b"\r\n\r\n") {
                break at;
            }
            match stream.read(&mut chunk)? {
                0 => return Ok(None),
                read => raw.extend_from_slice(&chunk[..read]),
            }
        };
        let text = String::from_utf8_lossy(&raw[..head]).into_owned();
        let mut lines = text.split("\r\n");
        let mut first = lines.next().unwrap_or_default().split(' ');
        let (method, target) = (first.next().unwrap_or_default(), first.next().unwrap_or_default());
        let headers: HashMap<String, String> = lines
            .filter_map(|line| line.split_once(':'))
            .map(|(name, value)| (name.to_ascii_lowercase(), value.trim().to_owned()))
            .collect();
        let length: usize = headers.get("content-length").and_then(|length| length.parse().ok()).unwrap_or(0);
        let mut body = raw.split_off(head + 4);
        while body.len() < length {
            match stream.read(&mut chunk)? {
                0 => return Ok(None),
                read => body.extend_from_slice(&chunk[..read]),
            }
        }
        let query = target.split_once('?').map(|(_, query)| query).unwrap_or_default();
        let mut fields = fields(query);
        fields.extend(self::fields(&String::from_utf8_lossy(&body)));
        Ok(Some(Self {
            method: method.to_owned(),
            target: target.to_owned(),
            authorization: headers.get("authorization").cloned(),
            fields,
        }))
    }

    fn field(&self, name: &str) -> Option<&str> {
        self.fields.iter().find(|(own, _)| own == name).map(|(_, value)| value.as_str())
    }

    fn basic(&self) -> Option<(String, String)> {
        let encoded = self.authorization.as_deref()?.strip_prefix("Basic ")?;
        let decoded = String::from_utf8(STANDARD.decode(encoded).ok()?).ok()?;
        decoded.split_once(':').map(|(name, password)| (name.to_owned(), password.to_owned()))
    }
}

/// The fields of a query or form (WHATWG URL, application/x-www-form-urlencoded).
fn fields(text: &str) -> Vec<(String, String)> {
    let decode = |text: &str| {
        let mut bytes = Vec::new();
        let mut left = text.bytes();
        while let Some(byte) = left.next() {
            match byte {
                b'+' => bytes.push(b' '),
                b'%' => {
                    let hex: Vec<u8> = left.by_ref().take(2).collect();
                    let hex = std::str::from_utf8(&hex).unwrap_or_default();
                    bytes.extend(u8::from_str_radix(hex, 16).ok());
                }
                other => bytes.push(other),
            }
        }
        String::from_utf8_lossy(&bytes).into_owned()
    };
    text.split('&')
        .filter(|pair| !pair.is_empty())
        .map(|pair| pair.split_once('=').unwrap_or((pair, "")))
        .map(|(name, value)| (decode(name), decode(value)))
        .collect()
}

fn answer(request: &Request, shared: &Shared) -> (u16, &'static str, Value) {
    let line = format!("{} {}", request.method, request.target);
    shared.asked.lock().unwrap_or_else(PoisonError::into_inner).push(line);
    let typed = request.basic().or_else(|| {
        let form = request.field("grant_type") == Some("password");
        let pair = (request.field("username")?.to_owned(), request.field("password")?.to_owned());
        form.then_some(pair)
    });
    let rights = match (typed, request.field("refresh_token")) {
        (Some((name, password)), _) => ACCOUNTS
            .iter()
            .find(|(own, secret, _)| *own == name && *secret == password)
            .map(|(own, _, rights)| (*own, *rights)),
        (None, Some(token)) => (token == REFRESH_TOKEN).then_some(("alice", Rights::All)),
        (None, None) => Some(("", Rights::None)),
    };
    let Some((subject, rights)) = rights else {
        let said = json!({"errors": [{"code": "UNAUTHORIZED", "message": "incorrect username or password"}]});
        return (401, "WWW-Authenticate: Basic realm=\"kaibo-tests\"\r\n", said);
    };
    let access: Vec<Value> = request
        .fields
        .iter()
        .filter(|(name, _)| name == "scope")
        .flat_map(|(_, scopes)| scopes.split_whitespace())
        .filter_map(|scope| granted(scope, rights))
        .collect();
    let life = *shared.life.lock().unwrap_or_else(PoisonError::into_inner);
    let token = sign(shared, subject, &access, life);
    shared.given.fetch_add(1, Ordering::SeqCst);
    shared.issued.lock().unwrap_or_else(PoisonError::into_inner).push(token.clone());
    let mut said = json!({"token": token, "access_token": token, "expires_in": life.said});
    let offline = request.field("offline_token") == Some("true") || request.field("access_type") == Some("offline");
    if offline && rights == Rights::All {
        said["refresh_token"] = REFRESH_TOKEN.into();
    }
    (200, "", said)
}

/// What of a scope (`repository:team/app:pull,push`) is granted.
fn granted(scope: &str, rights: Rights) -> Option<Value> {
    let (kind, rest) = scope.split_once(':')?;
    let (name, actions) = rest.rsplit_once(':')?;
    let allowed: Vec<&str> = actions
        .split(',')
        .filter(|action| match rights {
            Rights::All => true,
            Rights::Pull => *action == "pull",
            Rights::None => *action == "pull" && name.starts_with("public/"),
        })
        .collect();
    (!allowed.is_empty()).then(|| json!({"type": kind, "name": name, "actions": allowed}))
}

fn sign(shared: &Shared, subject: &str, access: &[Value], life: Life) -> String {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).expect("it is after 1970").as_secs().cast_signed();
    let number = shared.given.load(Ordering::SeqCst);
    let header = json!({"typ": "JWT", "alg": "ES256", "x5c": [shared.certificate]});
    let claims = json!({
        "iss": ISSUER, "sub": subject, "aud": SERVICE, "iat": now, "nbf": now - 600, "exp": now + life.signed,
        "jti": format!("{now}-{number}"), "access": access,
    });
    let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
    let signed = format!("{}.{}", part(&header), part(&claims));
    let random = SystemRandom::new();
    let key =
        EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &shared.key, &random).expect("it is such a key");
    let signature = key.sign(&random, signed.as_bytes()).expect("it signs");
    format!("{signed}.{}", URL_SAFE_NO_PAD.encode(signature))
}

/// Writes the certificate and key of a server to `folder` and gives the lines of a registry's
/// configuration that use them.
pub(crate) fn tls_configuration(folder: &Path, leaf: &Leaf) -> String {
    let (certificate, key) = (folder.join("server.pem"), folder.join("server.key"));
    std::fs::write(&certificate, &leaf.certificate_pem).expect("a file can be written");
    std::fs::write(&key, &leaf.key_pem).expect("a file can be written");
    format!("tls: {{certificate: \"{}\", key: \"{}\"}}", certificate.display(), key.display())
}
