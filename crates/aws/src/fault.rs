//! What went wrong at AWS, from the SDK's errors to a [`Problem`] or a [`LookFault`].

use std::error::Error;

use aws_credential_types::provider::error::CredentialsError;
use aws_sdk_sts::operation::assume_role::AssumeRoleError;
use aws_sdk_sts::operation::assume_role_with_web_identity::AssumeRoleWithWebIdentityError;
use aws_smithy_runtime_api::client::result::SdkError;
use aws_smithy_runtime_api::http::Response;
use aws_smithy_types::error::metadata::ProvideErrorMetadata;
use source::{Evidence, LookFault, Problem, ProblemKind, RequestFacts, Stage, Thing};

use crate::blank;
use crate::exchange::host_of;
use crate::permissions::Operation;

/// A thing that AWS did not do, without anything secret.
#[derive(Clone, Debug)]
pub(crate) struct Failure {
    /// What was asked for.
    pub(crate) operation: Operation,
    /// The profile that was chosen or named by the environment.
    pub(crate) profile: Option<String>,
    /// How it failed.
    pub(crate) cause: Cause,
    /// The code of AWS, where there was an answer.
    pub(crate) code: Option<String>,
    /// What was said, as a line.
    pub(crate) said: Option<String>,
    /// What was sent on the way.
    pub(crate) exchanges: Vec<RequestFacts>,
    /// Causes for reports.
    chain: Vec<String>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Cause {
    /// Nobody is known here.
    Nobody,
    /// The sign-in of IAM Identity Center is over.
    SignInOver,
    /// Credentials whose time is over.
    Expired,
    /// Not allowed.
    Denied(Denied),
    /// There is no such repository.
    NoRepository,
    /// Too much was asked.
    Throttled,
    /// No answer in time, after so many seconds.
    TimedOut(u32),
    /// The name leads nowhere.
    NoSuchHost,
    /// The certificate is from a stranger.
    Untrusted,
    /// The certificate is not good: the word of [`ProblemKind::TlsCertificate`].
    Certificate(&'static str),
    /// Nobody answers.
    Unreachable,
    /// A setting of the SDK cannot be used.
    Setting { name: String, value: String },
    /// Anything else that AWS said.
    Other,
}

/// Who may not do what, as far as AWS tells.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Denied {
    pub(crate) action: Option<String>,
    pub(crate) resource: Option<String>,
    pub(crate) principal: Option<String>,
}

impl Denied {
    /// `User: ARN is not authorized to perform: ecr:Y on resource: ARN because …`.
    fn read(message: &str) -> Self {
        let after = |mark: &str| {
            let rest = &message[message.find(mark)? + mark.len()..];
            let word = rest.split_whitespace().next()?.trim_matches(['"', '\'', ',', ';']);
            let word = word.strip_suffix('.').unwrap_or(word);
            (!word.is_empty()).then(|| blank::line(word))
        };
        let is_action = |text: &String| {
            text.split_once(':').is_some_and(|(service, name)| {
                !service.is_empty() && !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric())
            })
        };
        Self {
            action: after("not authorized to perform: ").filter(is_action),
            resource: after(" on resource: "),
            principal: after("User: ").filter(|who| who.starts_with("arn:")),
        }
    }
}

impl Failure {
    pub(crate) fn new(operation: Operation, profile: Option<&str>, cause: Cause) -> Box<Self> {
        Box::new(Self {
            operation,
            profile: profile.map(ToOwned::to_owned),
            cause,
            code: None,
            said: None,
            exchanges: Vec::new(),
            chain: Vec::new(),
        })
    }

    pub(crate) fn saying(mut self: Box<Self>, said: &str) -> Box<Self> {
        self.said = Some(blank::line(said)).filter(|line| !line.is_empty());
        self
    }

    pub(crate) fn after(mut self: Box<Self>, exchanges: Vec<RequestFacts>) -> Box<Self> {
        self.exchanges = exchanges;
        self
    }

    /// An operation of a generated client that failed.
    pub(crate) fn of_operation<E>(
        operation: Operation,
        profile: Option<&str>,
        error: &SdkError<E, Response>,
    ) -> Box<Self>
    where
        E: ProvideErrorMetadata + Error + 'static,
    {
        let cause = match error {
            SdkError::ServiceError(service) => return Self::of_service(operation, profile, service.err()),
            SdkError::TimeoutError(_) => Cause::TimedOut(seconds(operation)),
            SdkError::DispatchFailure(failure) => match failure.as_connector_error() {
                Some(error) if error.is_timeout() => Cause::TimedOut(seconds(operation)),
                Some(error) => unreachable_because(error),
                None => Cause::Unreachable,
            },
            _ => Cause::Other,
        };
        Self::new(operation, profile, cause).because(error)
    }

    fn of_service(operation: Operation, profile: Option<&str>, error: &dyn ProvideErrorMetadata) -> Box<Self> {
        let message = error.message().unwrap_or_default();
        // Some services answer with the whole name of the shape.
        let code = error.code().map(|code| code.rsplit('#').next().unwrap_or(code));
        let cause = match code.unwrap_or_default() {
            "ExpiredToken" | "ExpiredTokenException" => Cause::Expired,
            "AccessDenied" | "AccessDeniedException" | "UnauthorizedOperation" | "ForbiddenException" => {
                Cause::Denied(Denied::read(message))
            }
            "RepositoryNotFoundException" => Cause::NoRepository,
            "Throttling" | "ThrottlingException" | "TooManyRequestsException" | "RequestLimitExceeded" => {
                Cause::Throttled
            }
            _ => Cause::Other,
        };
        let code = code.map(blank::line).filter(|code| !code.is_empty());
        let mut failure = Self::new(operation, profile, cause);
        failure.code = code;
        failure.saying(message)
    }

    /// Looking for credentials that failed. `signs_in` says that they come from IAM Identity Center.
    pub(crate) fn of_credentials(
        profile: Option<&str>,
        signs_in: bool,
        error: &CredentialsError,
        exchanges: &[RequestFacts],
    ) -> Box<Self> {
        let failure = |operation, cause| Self::new(operation, profile, cause);
        for cause in causes(error) {
            let sts = [
                metadata::<AssumeRoleError>(cause).map(|m| (Operation::AssumeRole, m)),
                metadata::<AssumeRoleWithWebIdentityError>(cause).map(|m| (Operation::AssumeRoleWithWebIdentity, m)),
            ];
            if let Some((operation, said)) = sts.into_iter().flatten().next() {
                return Self::of_service(operation, profile, said);
            }
        }
        let last = exchanges.last();
        let asked = |path: &str| last.filter(|facts| facts.url.ends_with(path));
        let found = match (error, last.map(|facts| facts.status)) {
            (CredentialsError::CredentialsNotLoaded(_), _) => failure(Operation::LoadCredentials, Cause::Nobody),
            (CredentialsError::ProviderTimedOut(details), _) => {
                let seconds = u32::try_from(details.timeout_duration().as_secs()).unwrap_or(u32::MAX);
                failure(Operation::LoadCredentials, Cause::TimedOut(seconds))
            }
            // Nothing was asked: the file with the token is not there, or its time is over. Or the
            // token was sent and is not taken any more.
            (CredentialsError::ProviderError(_), None | Some(Some(400 | 401))) if signs_in => {
                failure(Operation::GetRoleCredentials, Cause::SignInOver)
            }
            (CredentialsError::ProviderError(_), Some(Some(403))) if asked("/federation/credentials").is_some() => {
                failure(Operation::GetRoleCredentials, Cause::Denied(Denied::default()))
            }
            (CredentialsError::ProviderError(_), Some(None)) => {
                failure(Operation::LoadCredentials, unreachable_because(error))
            }
            _ => failure(Operation::LoadCredentials, Cause::Other),
        };
        // That nobody is known is said by the fault itself.
        let innermost = causes(error).last().filter(|_| found.cause != Cause::Nobody);
        found.saying(&innermost.map(ToString::to_string).unwrap_or_default()).because(error)
    }

    /// Keeps the causes. The SDK keeps secrets out of the texts of its errors, and what it passes on
    /// of servers and programs is blanked.
    fn because(mut self: Box<Self>, error: &(dyn Error + 'static)) -> Box<Self> {
        self.chain = causes(error).map(|cause| blank::line(&cause.to_string())).take(12).collect();
        self
    }

    /// As a look of the credential chain.
    pub(crate) fn look_fault(&self) -> LookFault {
        match self.cause {
            Cause::Nobody => LookFault::AwsNobody,
            Cause::SignInOver => LookFault::AwsSignInOver,
            Cause::Expired => LookFault::AwsExpired,
            Cause::Denied(_) => LookFault::AwsDenied,
            _ => LookFault::AwsFailed,
        }
    }

    /// What a look says beside its fault: the code and the sentence of AWS, or what stood in the way.
    pub(crate) fn line(&self) -> Option<String> {
        let host = || self.host().unwrap_or_default();
        match (&self.code, &self.said) {
            (Some(code), Some(said)) => Some(format!("{code}: {said}")),
            (Some(code), None) => Some(code.clone()),
            (None, _) if matches!(self.cause, Cause::NoSuchHost) => Some(format!("{}: no such host", host())),
            (None, _) if matches!(self.cause, Cause::TimedOut(_)) => Some(format!("{}: no answer in time", host())),
            (None, _) if matches!(self.cause, Cause::Nobody) => None,
            (None, said) => said.clone().or_else(|| self.chain.last().cloned()),
        }
    }

    /// As a problem. `repository` is what was asked about, `registry` the host of the registry.
    pub(crate) fn problem(&self, registry: &str, repository: &str) -> Problem {
        let profile = self.profile.clone();
        let host = self.host().unwrap_or_else(|| registry.to_owned());
        let what = match &self.cause {
            Cause::Nobody => ProblemKind::AwsNobody { profile },
            Cause::SignInOver => ProblemKind::AwsSignInNeeded { profile },
            Cause::Expired => ProblemKind::AwsExpired { profile },
            Cause::Denied(denied) => ProblemKind::AwsDenied {
                action: denied.action.clone().unwrap_or_else(|| self.operation.action().to_owned()),
                resource: denied.resource.clone(),
                principal: denied.principal.clone(),
            },
            Cause::NoRepository => ProblemKind::NotFound { thing: Thing::Repository, name: repository.to_owned() },
            Cause::Throttled => ProblemKind::RateLimited { registry: registry.to_owned(), retry_after_s: None },
            Cause::TimedOut(seconds) => ProblemKind::TimedOut { host, stage: Stage::FirstByte, seconds: *seconds },
            Cause::NoSuchHost => ProblemKind::NameNotResolved { host },
            Cause::Untrusted => ProblemKind::TlsUntrusted { host, issuer: None },
            Cause::Certificate(fault) => ProblemKind::TlsCertificate { host, fault: (*fault).to_owned() },
            Cause::Unreachable => ProblemKind::Unreachable { host },
            Cause::Setting { name, value } => {
                ProblemKind::SettingUnusable { setting: name.clone(), value: value.clone() }
            }
            Cause::Other => {
                ProblemKind::AwsFailed { operation: self.operation.name().to_owned(), code: self.code.clone() }
            }
        };
        let mut problem = Problem::new(what);
        for facts in &self.exchanges {
            problem = problem.with(Evidence {
                attempted: format!("{} {}", facts.method, facts.url),
                status: facts.status,
                said: None,
            });
        }
        let said = self.line();
        if let Some(last) = problem.evidence.last_mut() {
            last.attempted = format!("{} ({})", last.attempted, self.operation.name());
            last.said = said;
        } else {
            problem = problem.with(Evidence { attempted: self.operation.name().to_owned(), status: None, said });
        }
        problem.chain.clone_from(&self.chain);
        problem
    }

    /// Who was asked last.
    fn host(&self) -> Option<String> {
        let url = &self.exchanges.last()?.url;
        let authority = url.split("://").nth(1)?.split('/').next()?;
        let known = authority.strip_suffix(":443").unwrap_or(authority);
        (!host_of(known).is_empty()).then(|| known.to_owned())
    }
}

/// How long an operation was waited for.
fn seconds(operation: Operation) -> u32 {
    let whole = match operation {
        Operation::LoadCredentials => crate::client::CREDENTIALS_TIMEOUT,
        _ => crate::client::OPERATION_TIMEOUT,
    };
    u32::try_from(whole.as_secs()).unwrap_or(u32::MAX)
}

/// An error and its causes, those inside an IO error too.
fn causes<'e>(error: &'e (dyn Error + 'static)) -> impl Iterator<Item = &'e (dyn Error + 'static)> {
    std::iter::successors(Some(error), |&error| match error.downcast_ref::<std::io::Error>() {
        Some(io) => io.get_ref().map(|inner| inner as &(dyn Error + 'static)),
        None => error.source(),
    })
}

/// What a service said, if this is its error.
fn metadata<'e, E>(error: &'e (dyn Error + 'static)) -> Option<&'e dyn ProvideErrorMetadata>
where
    E: ProvideErrorMetadata + Error + 'static,
{
    match error.downcast_ref::<SdkError<E, Response>>() {
        Some(SdkError::ServiceError(service)) => Some(service.err()),
        Some(_) => None,
        None => error.downcast_ref::<E>().map(|error| error as &dyn ProvideErrorMetadata),
    }
}

/// Why no answer came.
fn unreachable_because(error: &(dyn Error + 'static)) -> Cause {
    use rustls::CertificateError;
    for cause in causes(error) {
        match cause.downcast_ref::<rustls::Error>() {
            Some(rustls::Error::InvalidCertificate(fault)) => {
                return match fault {
                    CertificateError::UnknownIssuer => Cause::Untrusted,
                    CertificateError::Expired | CertificateError::ExpiredContext { .. } => {
                        Cause::Certificate("expired")
                    }
                    CertificateError::NotValidYet | CertificateError::NotValidYetContext { .. } => {
                        Cause::Certificate("not-yet-valid")
                    }
                    CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. } => {
                        Cause::Certificate("wrong-name")
                    }
                    _ => Cause::Certificate("other"),
                };
            }
            Some(_) => return Cause::Unreachable,
            None => {}
        }
        // The HTTP client has no type of its own for this.
        if cause.to_string().contains("dns error") || cause.to_string().contains("failed to lookup address") {
            return Cause::NoSuchHost;
        }
    }
    Cause::Unreachable
}
