//! Real registries behind TLS and accounts, over the content of a plain one.

use std::fs::File;
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use testkit::Authority;

use crate::registry::DockerRegistry;
use crate::tokens::{TokenServer, tls_configuration};

/// The name of the private authority: what a reader is told as the issuer.
pub const AUTHORITY: &str = "Kaibo tests authority";

/// The account of the registry with HTTP Basic, with the shape of ECR's.
pub const BASIC: (&str, &str) = ("AWS", "ecr-password");

/// Its password file: bcrypt with 2⁵ rounds.
const HTPASSWD: &str = "AWS:$2y$05$fNHewOrZy5UpWfiX.PgfqO2/6gbU15PjY8CYSH9HzFa9g6oJAAA2W\n";

/// A registry that lets nobody in without an account. Dropping it ends the process.
#[derive(Debug)]
pub struct Guarded {
    child: Child,
    port: u16,
    _folder: tempfile::TempDir,
}

impl Guarded {
    /// Starts one over the content of `plain`, with a certificate of `authority` and these lines
    /// about accounts.
    fn start(plain: &DockerRegistry, authority: &Authority, accounts: &dyn Fn(&Path) -> String) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder can be made");
        let started = (0..5).find_map(|_| Self::try_start(folder.path(), plain, authority, accounts));
        let (child, port) = started.expect("docker-registry starts");
        Self { child, port, _folder: folder }
    }

    fn try_start(
        folder: &Path,
        plain: &DockerRegistry,
        authority: &Authority,
        accounts: &dyn Fn(&Path) -> String,
    ) -> Option<(Child, u16)> {
        let free = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).and_then(|socket| socket.local_addr());
        let address = free.expect("loopback has a free port");
        let config = folder.join("registry.yml");
        let text = format!(
            "version: 0.1\nlog: {{level: error}}\nstorage: {{filesystem: {{rootdirectory: \"{}\"}}}}\n\
             http:\n  addr: \"{address}\"\n  {}\n{}",
            plain.data().display(),
            tls_configuration(folder, &authority.leaf()),
            accounts(folder)
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
            if TcpStream::connect(address).is_ok() {
                return Some((child, address.port()));
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        let _ = child.kill();
        let _ = child.wait();
        None
    }

    /// `localhost:PORT`.
    #[must_use]
    pub fn host(&self) -> String {
        format!("localhost:{}", self.port)
    }
}

impl Drop for Guarded {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// One content behind three doors: nobody is asked, tokens, HTTP Basic.
#[derive(Debug)]
pub struct Doors {
    /// Plain HTTP, nobody is asked.
    pub plain: DockerRegistry,
    /// Tokens over TLS; see [`crate::tokens::ACCOUNTS`].
    pub bearer: Guarded,
    /// HTTP Basic over TLS; see [`BASIC`].
    pub basic: Guarded,
    /// Gives the tokens.
    pub tokens: TokenServer,
    /// The certificate of the private authority.
    pub ca: PathBuf,
    _folder: tempfile::TempDir,
}

impl Doors {
    /// Opens them, or says why they cannot be.
    #[must_use]
    pub fn open() -> Option<Self> {
        let plain = DockerRegistry::start()?;
        let folder = tempfile::tempdir().expect("a temporary folder can be made");
        let authority = Authority::new(AUTHORITY);
        let ca = authority.write_pem(folder.path());
        let tokens = TokenServer::start(&authority);
        let bearer = Guarded::start(&plain, &authority, &|_| tokens.configuration());
        let basic = Guarded::start(&plain, &authority, &|folder| {
            let passwords = folder.join("htpasswd");
            std::fs::write(&passwords, HTPASSWD).expect("a file can be written");
            format!("auth: {{htpasswd: {{realm: kaibo-tests, path: \"{}\"}}}}\n", passwords.display())
        });
        Some(Self { plain, bearer, basic, tokens, ca, _folder: folder })
    }

    /// The path of the authority's certificate, for an argument.
    #[must_use]
    pub fn ca(&self) -> &str {
        self.ca.to_str().expect("the temporary folder has a name of UTF-8")
    }
}
