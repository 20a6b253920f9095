use anatomy::{ByteSize, Digest, ReferenceFault};
use serde::{Deserialize, Serialize};

/// A step of an exchange.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, strum::VariantNames, strum::IntoStaticStr)]
#[serde(rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case")]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub enum Stage {
    /// Opening the connection.
    Connect,
    /// Waiting for the first byte of the answer.
    FirstByte,
    /// Waiting for more of a body that had begun.
    Body,
    /// The whole of what was asked (`--timeout`).
    Whole,
}

/// What was looked for and not found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, strum::VariantNames, strum::IntoStaticStr)]
#[serde(rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case")]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub enum Thing {
    /// A repository.
    Repository,
    /// A tag.
    Tag,
    /// A manifest or index by digest.
    Manifest,
    /// A blob by digest.
    Blob,
}

/// What went wrong, for programs. Each kind has a sentence and an advice in the catalogue
/// (messages `problem-KIND` and `problem-KIND.advice`, the fields are the arguments).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, strum::VariantNames, strum::IntoStaticStr)]
#[serde(tag = "kind", rename_all = "kebab-case", rename_all_fields = "camelCase")]
#[strum(serialize_all = "kebab-case")]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub enum ProblemKind {
    /// What was typed is no reference.
    ReferenceInvalid {
        /// As typed.
        text: String,
        /// In which way (message `reference-fault-KIND`).
        fault: ReferenceFault,
    },
    /// The transport is known, and this version cannot read it.
    TransportUnsupported {
        /// `docker-daemon`, `containers-storage`.
        transport: String,
    },
    /// The name of the host leads nowhere.
    NameNotResolved {
        /// `host[:port]`.
        host: String,
    },
    /// Nobody answers at the address, or somebody hangs up.
    Unreachable {
        /// `host[:port]`.
        host: String,
    },
    /// No answer in time.
    TimedOut {
        /// `host[:port]`, or the reference when the whole took too long.
        host: String,
        /// Where it was waited.
        stage: Stage,
        /// How long.
        seconds: u32,
    },
    /// The certificate is from an authority that is not trusted here.
    TlsUntrusted {
        /// `host[:port]`.
        host: String,
        /// Common name of the issuer, where it could be read.
        issuer: Option<String>,
    },
    /// The certificate is not for this host, or not valid now.
    TlsCertificate {
        /// `host[:port]`.
        host: String,
        /// `expired`, `not-yet-valid`, `wrong-name`, `other`.
        fault: String,
    },
    /// The host does not speak TLS; it was not asked in the clear because nobody said so.
    TlsNotSpoken {
        /// `host[:port]`.
        host: String,
    },
    /// The registry wants an account, and none was found.
    AuthRequired {
        /// `host[:port]`.
        registry: String,
    },
    /// The registry or its token server does not take the account.
    AuthRejected {
        /// `host[:port]`.
        registry: String,
        /// The account that was tried.
        account: Option<String>,
    },
    /// The account is good, and it may not read this.
    AccessDenied {
        /// `host[:port]`.
        registry: String,
        /// Which repository.
        repository: String,
    },
    /// The registry sends for tokens to a host that it does not obviously own. Nothing was sent there.
    RealmNotAllowed {
        /// `host[:port]`.
        registry: String,
        /// The token server's host.
        realm: String,
    },
    /// The token server's answer could not be used.
    TokenFailed {
        /// The token server's host.
        host: String,
        /// Absent when the answer itself was malformed.
        status: Option<u16>,
    },
    /// The place answers, and it does not have this.
    NotFound {
        /// What.
        thing: Thing,
        /// Its name or digest.
        name: String,
    },
    /// The registry allows no more now.
    RateLimited {
        /// `host[:port]`.
        registry: String,
        /// `Retry-After`, in seconds.
        retry_after_s: Option<u32>,
    },
    /// The registry fails (5xx, or a status that makes no sense here).
    RegistryFailed {
        /// `host[:port]`.
        registry: String,
        /// Its status.
        status: u16,
    },
    /// The answer breaks the protocol.
    AnswerMalformed {
        /// `host[:port]`.
        registry: String,
        /// What was wrong with it, a word for reports: `body-short`, `header`, `json`.
        what: String,
    },
    /// A redirect that is not followed: too many, down to http, no place to go.
    RedirectRefused {
        /// From which host.
        host: String,
        /// To where, without its query.
        target: String,
        /// `too-many`, `downgrade`, `malformed`, `private-address`.
        fault: String,
    },
    /// More bytes than the limit for its kind.
    TooLarge {
        /// The limit.
        limit: ByteSize,
        /// What was promised, where anything was.
        size: Option<ByteSize>,
    },
    /// The bytes are not what their digest says.
    DigestMismatch {
        /// Asked for.
        expected: Digest,
        /// Computed here.
        actual: Digest,
    },
    /// `--offline`, and the document is not at hand.
    Offline {
        /// What would have been asked for.
        reference: String,
    },
    /// More counted requests than were allowed.
    BudgetExceeded {
        /// Would be needed.
        needed: u32,
        /// Allowed (`--budget`).
        allowed: u32,
    },
    /// There is no such file or folder.
    PathNotFound {
        /// As typed.
        path: String,
    },
    /// The file or folder cannot be read.
    PathUnreadable {
        /// As typed.
        path: String,
    },
    /// The folder is no OCI layout (image-spec image-layout.md).
    NotALayout {
        /// As typed.
        path: String,
    },
    /// The file is neither an OCI archive nor a `docker save` archive.
    NotAnArchive {
        /// As typed.
        path: String,
    },
    /// The layout or archive holds several images; a tag has to say which.
    TagNeeded {
        /// As typed.
        place: String,
        /// The tags that it has.
        tags: Vec<String>,
    },
    /// The layout, archive or sample has no such tag.
    TagAbsent {
        /// As typed.
        tag: String,
        /// The tags that it has.
        tags: Vec<String>,
    },
    /// There is no sample of that name.
    SampleUnknown {
        /// As typed.
        name: String,
        /// The names that there are.
        names: Vec<String>,
    },
    /// A credential file or variable that was named explicitly cannot be used.
    CredentialsUnreadable {
        /// The file's path or the variable's name.
        place: String,
    },
    /// The account was good, and its time is over (ECR's twelve hours, a token of a day).
    AuthExpired {
        /// `host[:port]`.
        registry: String,
        /// The account that was tried.
        account: Option<String>,
    },
    /// The server wants a certificate of the client's, and has none or another.
    ClientCertificateWanted {
        /// `host[:port]`.
        host: String,
    },
    /// Nobody is known to AWS here: no keys, no profile, no sign-in.
    AwsNobody {
        /// The profile that was asked for.
        profile: Option<String>,
    },
    /// The sign-in at AWS (IAM Identity Center) is over or was never done.
    AwsSignInNeeded {
        /// The profile.
        profile: Option<String>,
    },
    /// The person at the browser said no.
    AwsSignInDenied,
    /// Nobody confirmed the code in time.
    AwsSignInExpired,
    /// Credentials of AWS whose time is over.
    AwsExpired {
        /// The profile.
        profile: Option<String>,
    },
    /// AWS knows the principal, and it may not do this.
    AwsDenied {
        /// The IAM action that is missing: `ecr:DescribeRepositories`.
        action: String,
        /// On what, where AWS says it.
        resource: Option<String>,
        /// Who, where AWS says it (an ARN).
        principal: Option<String>,
    },
    /// AWS fails, or cannot be asked.
    AwsFailed {
        /// The operation: `GetAuthorizationToken`.
        operation: String,
        /// Its code, where there was an answer.
        code: Option<String>,
    },
    /// The store for secrets did not do what it was asked to.
    StoreFailed {
        /// `secret-service`, `credential-manager`, `keychain`.
        store: String,
    },
    /// Kaibo keeps no account of that name.
    AccountUnknown {
        /// As typed: `host[/namespace]`.
        key: String,
        /// Those that it keeps.
        keys: Vec<String>,
    },
    /// A setting cannot be used: a CA file, a platform, a `--resolve`.
    SettingUnusable {
        /// Its name.
        setting: String,
        /// As given.
        value: String,
    },
    /// The reader stopped it.
    Cancelled,
    /// Our fault.
    Internal,
}

/// One line of evidence: what was sent and what came back, secrets blanked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields))]
pub struct Evidence {
    /// `GET https://host/v2/…`, `open PATH`.
    pub attempted: String,
    /// Status, where there was one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<u16>,
    /// The server's own words, at most 4 KiB.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub said: Option<String>,
}

/// Something that was attempted and did not work: the kind for programs, what was tried for the
/// reader, the chain of causes (English) for reports.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[error("{}", self.line())]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct Problem {
    /// What it is.
    #[serde(flatten)]
    pub what: ProblemKind,
    /// What was tried, in order.
    pub evidence: Vec<Evidence>,
    /// Causes, outermost first, for bug reports; never shown alone.
    pub chain: Vec<String>,
}

impl Problem {
    /// A problem without evidence yet.
    #[must_use]
    pub fn new(what: ProblemKind) -> Self {
        Self { what, evidence: Vec::new(), chain: Vec::new() }
    }

    /// Our own fault, with the cause.
    #[must_use]
    pub fn internal(cause: impl std::fmt::Display) -> Self {
        Self { what: ProblemKind::Internal, evidence: Vec::new(), chain: vec![cause.to_string()] }
    }

    /// Adds what was tried.
    #[must_use]
    pub fn with(mut self, evidence: Evidence) -> Self {
        self.evidence.push(evidence);
        self
    }

    /// Adds the causes of `error`.
    #[must_use]
    pub fn because(mut self, error: &dyn std::error::Error) -> Self {
        let mut cause = Some(error);
        while let Some(error) = cause {
            self.chain.push(error.to_string());
            cause = error.source();
        }
        self
    }

    /// The kind's name, as in the catalogue.
    #[must_use]
    pub fn code(&self) -> &'static str {
        (&self.what).into()
    }

    /// One line for logs; readers get the catalogue's sentence.
    fn line(&self) -> String {
        match self.chain.first() {
            Some(cause) => format!("{}: {cause}", self.code()),
            None => self.code().to_owned(),
        }
    }
}

impl From<ProblemKind> for Problem {
    fn from(what: ProblemKind) -> Self {
        Self::new(what)
    }
}
