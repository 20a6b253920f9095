//! What stands in for the API of AWS: moto, and a server that answers by script where moto would
//! not fail (it checks neither keys nor IAM).

use std::fs::File;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Ipv4Addr, Shutdown, SocketAddr, TcpListener, TcpStream};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::{http, place};

/// A running moto. Dropping it ends the process, also while a test panics.
#[derive(Debug)]
pub struct Moto {
    child: Child,
    address: SocketAddr,
    _folder: tempfile::TempDir,
}

/// The account that moto plays.
pub const ACCOUNT: &str = "123456789012";
/// What moto gives as the password of ECR's user `AWS`.
pub const MOTO_PASSWORD: &str = "123456789012-auth-token";

impl Moto {
    /// Starts one, or says why there is none.
    #[must_use]
    pub fn start() -> Option<Self> {
        let Some(program) = moto_server() else {
            place::skip("moto_server is not installed: nothing was tested against an API of AWS");
            return None;
        };
        (0..5).find_map(|_| Self::try_start(&program))
    }

    fn try_start(program: &PathBuf) -> Option<Self> {
        let folder = tempfile::tempdir().expect("a temporary folder can be made");
        let address = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))
            .and_then(|socket| socket.local_addr())
            .expect("loopback has a free port");
        let log = File::create(folder.path().join("moto.log")).expect("a file can be made");
        let child = Command::new(program)
            .args(["-H", "127.0.0.1", "-p", &address.port().to_string()])
            .stdin(Stdio::null())
            .stdout(log.try_clone().expect("a file has more than one handle"))
            .stderr(log)
            .spawn()
            .expect("moto_server starts");
        let mut moto = Self { child, address, _folder: folder };
        let until = Instant::now() + Duration::from_secs(60);
        while Instant::now() < until {
            if moto.child.try_wait().expect("a child can be asked").is_some() {
                return None;
            }
            if http::send(address, "GET", "/moto-api/", &[], b"").is_ok_and(|answer| answer.status == 200) {
                return Some(moto);
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        None
    }

    /// `http://127.0.0.1:PORT`, for `AWS_ENDPOINT_URL`.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Asks ECR of a region something, and gives the answer. Signatures are not checked; the region
    /// is that of the signature.
    pub fn ecr(&self, region: &str, operation: &str, body: &Value) -> Value {
        let scope = format!("AKIAIOSFODNN7EXAMPLE/20260101/{region}/ecr/aws4_request");
        let authorization = format!("AWS4-HMAC-SHA256 Credential={scope}, SignedHeaders=host, Signature=0");
        let target = format!("AmazonEC2ContainerRegistry_V20150921.{operation}");
        let headers = [
            ("Authorization", authorization.as_str()),
            ("X-Amz-Target", &target),
            ("Content-Type", "application/x-amz-json-1.1"),
        ];
        let answer = http::send(self.address, "POST", "/", &headers, body.to_string().as_bytes())
            .unwrap_or_else(|error| panic!("{operation}: {error}"));
        let text = String::from_utf8_lossy(&answer.body);
        assert_eq!(answer.status, 200, "{operation}: {text}");
        serde_json::from_str(&text).unwrap_or_else(|error| panic!("{operation}: {error} in {text}"))
    }
}

impl Drop for Moto {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// On the PATH, or where `npm test` has put it.
fn moto_server() -> Option<PathBuf> {
    let own = place::root().join("target").join("kaibo").join("moto");
    let own = [own.join("bin").join("moto_server"), own.join("Scripts").join("moto_server.exe")];
    let path = std::env::var_os("PATH").unwrap_or_default();
    let of_path = std::env::split_paths(&path).map(|folder| folder.join("moto_server"));
    own.into_iter().chain(of_path).find(|program| program.is_file())
}

/// An answer to an operation: its status and its body.
type Script = dyn Fn(&str) -> (u16, Value) + Send + Sync;

/// A server that answers each operation of AWS by script. Dropping it ends its thread.
#[derive(Debug)]
pub struct ScriptedAws {
    address: SocketAddr,
    seen: Arc<Mutex<Vec<String>>>,
    over: Arc<AtomicBool>,
}

impl ScriptedAws {
    /// Starts one. `script` is given the operation: of `X-Amz-Target`, of `Action=` in the form (STS), or
    /// the path.
    #[must_use]
    pub fn start(script: impl Fn(&str) -> (u16, Value) + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("loopback has a free port");
        let address = listener.local_addr().expect("a listener has an address");
        let server = Self { address, seen: Arc::default(), over: Arc::default() };
        let (seen, over) = (Arc::clone(&server.seen), Arc::clone(&server.over));
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                if over.load(Ordering::SeqCst) {
                    return;
                }
                let _ = serve(&stream, &script, &seen);
            }
        });
        server
    }

    /// An answer that is an error, in the form of the JSON protocols.
    #[must_use]
    pub fn error(code: &str, message: &str) -> (u16, Value) {
        (400, serde_json::json!({ "__type": code, "message": message }))
    }

    /// `http://127.0.0.1:PORT`, for `AWS_ENDPOINT_URL`.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The operations that were asked for so far.
    #[must_use]
    pub fn seen(&self) -> Vec<String> {
        self.seen.lock().expect("nobody panics over it").clone()
    }
}

impl Drop for ScriptedAws {
    fn drop(&mut self) {
        self.over.store(true, Ordering::SeqCst);
        let _ = TcpStream::connect(self.address);
    }
}

fn serve(stream: &TcpStream, script: &Script, seen: &Mutex<Vec<String>>) -> std::io::Result<()> {
    let mut reader = BufReader::new(stream);
    let mut first = String::new();
    reader.read_line(&mut first)?;
    let path = first.split(' ').nth(1).unwrap_or_default().to_owned();
    let (mut length, mut target) = (0, None);
    loop {
        let mut line = String::new();
        reader.read_line(&mut line)?;
        let Some((name, value)) = line.trim().split_once(':') else { break };
        match name.to_ascii_lowercase().as_str() {
            "content-length" => length = value.trim().parse().unwrap_or(0),
            "x-amz-target" => target = value.trim().rsplit('.').next().map(ToOwned::to_owned),
            _ => {}
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body)?;
    let form = String::from_utf8_lossy(&body).into_owned();
    let action = form.split('&').find_map(|pair| pair.strip_prefix("Action=")).map(ToOwned::to_owned);
    let operation = target.or(action).unwrap_or(path);
    let (status, answer) = script(&operation);
    seen.lock().expect("nobody panics over it").push(operation);
    // STS speaks XML; a script gives it as a string.
    let text = answer.as_str().map_or_else(|| answer.to_string(), ToOwned::to_owned);
    let kind = if answer.is_string() { "text/xml" } else { "application/x-amz-json-1.1" };
    let mut stream = stream;
    write!(
        stream,
        "HTTP/1.1 {status} Scripted\r\ncontent-type: {kind}\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{text}",
        text.len()
    )?;
    stream.shutdown(Shutdown::Write)
}
