//! Against a server on loopback that answers by script.

mod lists;
mod sign_in;
mod tokens;

use std::collections::VecDeque;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use aws_credential_types::Credentials;
use aws_credential_types::provider::SharedCredentialsProvider;
use aws_types::os_shim_internal::Env;
use serde_json::Value;

use crate::client::Surroundings;
use crate::{Aws, ChosenProfile};

/// What stands in for AWS. Dropping it ends its thread.
pub(super) struct Server {
    address: SocketAddr,
    state: Arc<State>,
}

#[derive(Default)]
struct State {
    answers: Mutex<VecDeque<(u16, String)>>,
    seen: Mutex<Vec<Seen>>,
    over: AtomicBool,
}

/// A request.
#[derive(Clone, Debug)]
pub(super) struct Seen {
    /// The operation: of `X-Amz-Target`, or the path.
    pub(super) what: String,
    pub(super) body: Value,
}

impl Server {
    pub(super) fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let state = Arc::<State>::default();
        let served = Arc::clone(&state);
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                if served.over.load(Ordering::SeqCst) {
                    return;
                }
                serve(&stream.unwrap(), &served);
            }
        });
        Self { address, state }
    }

    pub(super) fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The next answer. When there are none left, a request fails the test that sent it: 418.
    pub(super) fn then(&self, status: u16, body: &Value) -> &Self {
        self.state.answers.lock().unwrap().push_back((status, body.to_string()));
        self
    }

    /// The next answer, an error in the form of the JSON protocols.
    pub(super) fn fails(&self, status: u16, code: &str, message: &str) -> &Self {
        self.then(status, &serde_json::json!({ "__type": code, "message": message }))
    }

    pub(super) fn seen(&self) -> Vec<Seen> {
        self.state.seen.lock().unwrap().clone()
    }

    pub(super) fn operations(&self) -> Vec<String> {
        self.seen().into_iter().map(|seen| seen.what).collect()
    }

    /// AWS with this server for all of it and these credentials.
    pub(super) fn aws(&self) -> Arc<Aws> {
        let key = Credentials::new(KEY_ID, SECRET, Some(SESSION.to_owned()), None, "test");
        self.aws_with(&[("AWS_PROFILE", "dev")], Some(key))
    }

    pub(super) fn aws_with(&self, env: &[(&str, &str)], credentials: Option<Credentials>) -> Arc<Aws> {
        aws_at(&self.url(), env, credentials)
    }
}

/// AWS where nobody listens.
pub(super) fn nobody_there() -> Arc<Aws> {
    aws_at("http://127.0.0.1:1", &[("AWS_PROFILE", "dev")], Some(Credentials::for_tests()))
}

pub(super) fn aws_at(endpoint: &str, env: &[(&str, &str)], credentials: Option<Credentials>) -> Arc<Aws> {
    let chosen: ChosenProfile = Arc::new(|_| None);
    let surroundings = Surroundings {
        env: Env::from_slice(env),
        credentials: credentials.map(SharedCredentialsProvider::new),
        endpoint: Some(endpoint.to_owned()),
        second: Duration::from_millis(10),
    };
    Aws::within(chosen, surroundings)
}

pub(super) const KEY_ID: &str = "AKIAIOSFODNN7EXAMPLE";
pub(super) const SECRET: &str = "wJalrXUtnFEMIxK7MDENGxbPxRfiCYEXAMPLEKEY";
pub(super) const SESSION: &str = "FwoGZXIvYXdzEBYaDEXAMPLE1234abcdSESSION";

/// Nothing of what is secret in these tests is in a text.
pub(super) fn assert_clean(text: &str) {
    for secret in [KEY_ID, SECRET, SESSION, "hush"] {
        assert!(!text.contains(secret), "{secret} is in {text}");
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.state.over.store(true, Ordering::SeqCst);
        let _ = TcpStream::connect(self.address);
    }
}

fn serve(stream: &TcpStream, state: &State) {
    let mut reader = BufReader::new(stream);
    let mut first = String::new();
    if reader.read_line(&mut first).is_err() || first.is_empty() {
        return;
    }
    let mut what = first.split(' ').nth(1).unwrap_or_default().to_owned();
    let mut length = 0;
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line).is_err() || line.trim().is_empty() {
            break;
        }
        let (name, value) = line.split_once(':').unwrap_or((&line, ""));
        match name.to_ascii_lowercase().as_str() {
            "content-length" => length = value.trim().parse().unwrap(),
            "x-amz-target" => what = value.rsplit('.').next().unwrap_or(value).trim().to_owned(),
            _ => {}
        }
    }
    let mut body = vec![0; length];
    let _ = reader.read_exact(&mut body);
    let body = serde_json::from_slice(&body).unwrap_or_default();
    state.seen.lock().unwrap().push(Seen { what, body });
    let next = state.answers.lock().unwrap().pop_front();
    let (status, text) = next.unwrap_or((418, r#"{"__type":"NothingLeftToSay"}"#.to_owned()));
    let kind = serde_json::from_str::<Value>(&text).ok().and_then(|v| Some(v["__type"].as_str()?.to_owned()));
    let kind = kind.map(|kind| format!("x-amzn-errortype: {kind}\r\n")).unwrap_or_default();
    let mut stream = stream;
    let _ = write!(
        stream,
        "HTTP/1.1 {status} Scripted\r\ncontent-type: application/x-amz-json-1.1\r\n{kind}content-length: {}\r\nconnection: close\r\n\r\n{text}",
        text.len()
    );
    let _ = stream.shutdown(Shutdown::Write);
}
