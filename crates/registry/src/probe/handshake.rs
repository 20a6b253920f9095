//! A TLS greeting of its own, to read what the client that asks does not tell: the certificate, what
//! was agreed on. Nothing is ever sent inside.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, SystemTime};

use hyper_util::client::proxy::matcher::Intercept;
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::{
    CertificateError, ClientConfig, ClientConnection, DigitallySignedStruct, Error, ProtocolVersion, SignatureScheme,
};
use source::{Problem, ProblemKind, Stage};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::time::timeout;

use super::{ProbeFactName, ProbeStep, certificate};
use crate::classify;
use crate::redact::Blank;

/// The most of a proxy's answer to CONNECT that is read.
const PROXY_ANSWER: usize = 8 << 10;

/// With whom TLS is tried.
pub(super) struct Greeting<'g> {
    /// As it is shown: `host[:port]`.
    pub(super) shown: &'g str,
    /// Without brackets.
    pub(super) host: &'g str,
    pub(super) port: u16,
    /// As the client is configured.
    pub(super) config: ClientConfig,
    /// How often the server asked for a certificate of ours, and whether there is one to give.
    pub(super) asked: Arc<AtomicU64>,
    pub(super) own_certificate: bool,
    pub(super) patience: Duration,
    pub(super) now: SystemTime,
}

/// Why it did not come to TLS.
enum Fault {
    Tls(Error),
    Io(std::io::Error),
}

impl Greeting<'_> {
    /// Greets and tells. `again` connects once more, for another look at a certificate that was
    /// turned down.
    pub(super) async fn greet<F>(
        self,
        step: &mut ProbeStep,
        mut stream: TcpStream,
        again: impl FnOnce() -> F,
    ) -> Result<(), Problem>
    where
        F: Future<Output = Option<TcpStream>>,
    {
        let name = ServerName::try_from(self.host.to_owned()).map_err(Problem::internal)?;
        let mut connection =
            ClientConnection::new(Arc::new(self.config.clone()), name.clone()).map_err(Problem::internal)?;
        let outcome = timeout(self.patience, shake(&mut stream, &mut connection)).await;
        agreed(step, &connection);
        if self.asked.load(Ordering::Relaxed) > 0 {
            step.fact(ProbeFactName::ClientCertificate, if self.own_certificate { "sent" } else { "none" });
        }
        match outcome {
            Ok(Ok(())) => {
                certificate::tell(step, connection.peer_certificates().unwrap_or_default(), self.now);
                Ok(())
            }
            Ok(Err(Fault::Tls(error))) => {
                if matches!(error, Error::InvalidCertificate(_)) {
                    drop(stream);
                    if let Some(stream) = again().await {
                        self.look(step, stream, name).await;
                    }
                }
                Err(self.evidence(Problem::new(classify::tls(self.shown, &error)).because(&error)))
            }
            Ok(Err(Fault::Io(error))) => {
                let kind = ProblemKind::Unreachable { host: self.shown.to_owned() };
                Err(self.evidence(Problem::new(kind).because(&error)))
            }
            Err(_) => Err(self.evidence(classify::timed_out(self.shown, Stage::Connect, self.patience))),
        }
    }

    fn evidence(&self, problem: Problem) -> Problem {
        problem.with(classify::evidence(format!("TLS {}:{}", self.host, self.port), None, None))
    }

    /// A second greeting, without a certificate of ours, that ends as soon as the server's
    /// certificate was seen: nothing is taken from it, whatever it says.
    async fn look(&self, step: &mut ProbeStep, mut stream: TcpStream, name: ServerName<'static>) {
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let schemes = provider.signature_verification_algorithms.supported_schemes();
        let onlooker = Arc::new(Onlooker { schemes, seen: Mutex::default() });
        let Ok(builder) = ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions() else {
            return;
        };
        let mut config = builder
            .dangerous()
            .with_custom_certificate_verifier(Arc::<Onlooker>::clone(&onlooker))
            .with_no_client_auth();
        config.alpn_protocols.clone_from(&self.config.alpn_protocols);
        let Ok(mut connection) = ClientConnection::new(Arc::new(config), name) else { return };
        // It cannot end well: the onlooker accepts nothing.
        let _ends = timeout(self.patience, shake(&mut stream, &mut connection)).await;
        let seen = std::mem::take(&mut *onlooker.seen.lock().unwrap_or_else(PoisonError::into_inner));
        certificate::tell(step, &seen, self.now);
    }
}

/// What was agreed on, as far as it came.
fn agreed(step: &mut ProbeStep, connection: &ClientConnection) {
    if let Some(version) = connection.protocol_version() {
        let name = match version {
            ProtocolVersion::TLSv1_2 => "TLSv1.2".to_owned(),
            ProtocolVersion::TLSv1_3 => "TLSv1.3".to_owned(),
            other => format!("{other:?}"),
        };
        step.fact(ProbeFactName::Protocol, name);
    }
    if let Some(suite) = connection.negotiated_cipher_suite() {
        step.fact(ProbeFactName::Cipher, format!("{:?}", suite.suite()));
    }
    if let Some(alpn) = connection.alpn_protocol() {
        step.fact(ProbeFactName::Alpn, String::from_utf8_lossy(alpn));
    }
}

/// Drives a handshake to its end, good or bad. An alert that is due is sent.
async fn shake(stream: &mut TcpStream, connection: &mut ClientConnection) -> Result<(), Fault> {
    let mut incoming = vec![0; 16 << 10];
    loop {
        flush(stream, connection).await?;
        if !connection.is_handshaking() {
            return Ok(());
        }
        let read = stream.read(&mut incoming).await.map_err(Fault::Io)?;
        if read == 0 {
            return Err(Fault::Io(std::io::ErrorKind::UnexpectedEof.into()));
        }
        let mut bytes = &incoming[..read];
        while !bytes.is_empty() {
            connection.read_tls(&mut bytes).map_err(Fault::Io)?;
            if let Err(error) = connection.process_new_packets() {
                // The server may be gone already; what is wrong is known.
                let _alert = flush(stream, connection).await;
                return Err(Fault::Tls(error));
            }
        }
    }
}

async fn flush(stream: &mut TcpStream, connection: &mut ClientConnection) -> Result<(), Fault> {
    while connection.wants_write() {
        let mut outgoing = Vec::new();
        connection.write_tls(&mut outgoing).map_err(Fault::Io)?;
        stream.write_all(&outgoing).await.map_err(Fault::Io)?;
    }
    Ok(())
}

/// Asks a proxy for a tunnel, as the client does (RFC 9110, 9.3.6).
pub(super) async fn tunnel(
    stream: &mut TcpStream,
    proxy: &Intercept,
    host: &str,
    port: u16,
    patience: Duration,
) -> Result<(), Problem> {
    let target = if host.contains(':') { format!("[{host}]:{port}") } else { format!("{host}:{port}") };
    let mut request = format!("CONNECT {target} HTTP/1.1\r\nHost: {target}\r\n").into_bytes();
    if let Some(value) = proxy.basic_auth() {
        request.extend_from_slice(b"Proxy-Authorization: ");
        request.extend_from_slice(value.as_bytes());
        request.extend_from_slice(b"\r\n");
    }
    request.extend_from_slice(b"\r\n");
    let attempted = format!("CONNECT {target}");
    let shown = super::route::shown(proxy);
    let talk = async {
        stream.write_all(&request).await?;
        let mut answer = Vec::new();
        while !answer.windows(4).any(|end| end == b"\r\n\r\n") && answer.len() < PROXY_ANSWER {
            // Byte by byte: what follows the head belongs to TLS.
            match stream.read_u8().await {
                Ok(byte) => answer.push(byte),
                Err(error) if error.kind() == std::io::ErrorKind::UnexpectedEof => break,
                Err(error) => return Err(error),
            }
        }
        Ok::<_, std::io::Error>(answer)
    };
    let unreachable = || Problem::new(ProblemKind::Unreachable { host: shown.clone() });
    let answer = match timeout(patience, talk).await {
        Ok(Ok(answer)) => answer,
        Ok(Err(error)) => {
            return Err(unreachable().because(&error).with(classify::evidence(attempted, None, None)));
        }
        Err(_) => {
            let problem = classify::timed_out(&shown, Stage::Connect, patience);
            return Err(problem.with(classify::evidence(attempted, None, None)));
        }
    };
    let text = String::from_utf8_lossy(&answer);
    let status = text.split(' ').nth(1).and_then(|status| status.parse::<u16>().ok());
    if status.is_some_and(|status| (200..300).contains(&status)) {
        return Ok(());
    }
    let said = Blank::authorization(proxy.basic_auth()).said(text.lines().next().unwrap_or_default().as_bytes());
    Err(unreachable().with(classify::evidence(attempted, status, said)))
}

/// Sees a certificate and accepts none.
#[derive(Debug)]
struct Onlooker {
    schemes: Vec<SignatureScheme>,
    seen: Mutex<Vec<CertificateDer<'static>>>,
}

impl ServerCertVerifier for Onlooker {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        _: &ServerName<'_>,
        _: &[u8],
        _: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        let chain = std::iter::once(end_entity).chain(intermediates);
        *self.seen.lock().unwrap_or_else(PoisonError::into_inner) =
            chain.map(|certificate| certificate.clone().into_owned()).collect();
        Err(Error::InvalidCertificate(CertificateError::ApplicationVerificationFailure))
    }

    fn verify_tls12_signature(
        &self,
        _: &[u8],
        _: &CertificateDer<'_>,
        _: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        Err(Error::InvalidCertificate(CertificateError::BadSignature))
    }

    fn verify_tls13_signature(
        &self,
        _: &[u8],
        _: &CertificateDer<'_>,
        _: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        Err(Error::InvalidCertificate(CertificateError::BadSignature))
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.schemes.clone()
    }
}
