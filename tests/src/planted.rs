//! Looking for secrets that were planted, and a server that has one answer for everything.

use std::fmt::Write as _;
use std::io::{Read as _, Write as _};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE};

/// The forms in which a secret would be a leak.
#[must_use]
pub fn forms(secret: &str) -> Vec<String> {
    let mut forms = vec![secret.to_owned()];
    for upper in [true, false] {
        let mut escaped = String::new();
        for byte in secret.bytes() {
            let plain = byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
            let _written = match (plain, upper) {
                (true, _) => write!(escaped, "{}", char::from(byte)),
                (false, true) => write!(escaped, "%{byte:02X}"),
                (false, false) => write!(escaped, "%{byte:02x}"),
            };
        }
        forms.push(escaped);
    }
    // In base64, what a text becomes depends on how many bytes stand before it, modulo three; the
    // characters at both ends depend on their neighbours as well and are left out.
    for before in 0..3 {
        let mut bytes = vec![b'x'; before];
        bytes.extend_from_slice(secret.as_bytes());
        for engine in [&STANDARD, &URL_SAFE] {
            let encoded = engine.encode(&bytes);
            let start = if before == 0 { 0 } else { 4 };
            let end = encoded.trim_end_matches('=').len() - 2;
            forms.push(encoded[start..end].to_owned());
        }
    }
    forms
}

/// The secrets that are in a text, in whatever form.
#[must_use]
pub fn found_in<'s>(text: &str, secrets: &[&'s str]) -> Vec<&'s str> {
    let is_there = |secret: &&&str| forms(secret).iter().any(|form| text.contains(form.as_str()));
    secrets.iter().filter(is_there).copied().collect()
}

/// Answers every request with one answer, as long as it lives.
#[derive(Debug)]
pub struct Canned {
    /// Where it listens.
    pub address: SocketAddr,
    asked: Arc<Mutex<Vec<String>>>,
}

impl Canned {
    /// Starts it: status line without the version, header lines with their ends, body.
    #[must_use]
    pub fn start(status: &'static str, headers: String, body: String) -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("loopback has a free port");
        let address = listener.local_addr().expect("a listener has an address");
        let asked = Arc::new(Mutex::new(Vec::new()));
        let noted = Arc::clone(&asked);
        // It ends with the process of the tests: it holds nothing but a port.
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let text = answer(stream, status, &headers, &body).unwrap_or_default();
                noted.lock().unwrap_or_else(PoisonError::into_inner).push(text);
            }
        });
        Self { address, asked }
    }

    /// Every request so far, as it came.
    #[must_use]
    pub fn asked(&self) -> String {
        self.asked.lock().unwrap_or_else(PoisonError::into_inner).join("\n")
    }
}

fn answer(mut stream: TcpStream, status: &str, headers: &str, body: &str) -> std::io::Result<String> {
    stream.set_read_timeout(Some(Duration::from_secs(5)))?;
    let mut raw = Vec::new();
    let mut chunk = [0; 4096];
    let whole = |raw: &[u8]| {
        let text = String::from_utf8_lossy(raw).to_ascii_lowercase();
        let Some(head) = text.find("\r\n\r\n") else { return false };
        let length = text.split("content-length:").nth(1).and_then(|rest| rest.split("\r\n").next());
        raw.len() >= head + 4 + length.and_then(|length| length.trim().parse().ok()).unwrap_or(0)
    };
    while !whole(&raw) {
        match stream.read(&mut chunk)? {
            0 => break,
            read => raw.extend_from_slice(&chunk[..read]),
        }
    }
    let text =
        format!("HTTP/1.1 {status}\r\n{headers}Content-Length: {}\r\nConnection: close\r\n\r\n{body}", body.len());
    stream.write_all(text.as_bytes())?;
    Ok(String::from_utf8_lossy(&raw).into_owned())
}
