//! Whether a registry takes an account, before anybody keeps it.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use http::{HeaderValue, Method};
use source::{Credential, Problem, ProblemKind, Sink, Thing};

use crate::ask::scheme_of;
use crate::challenge;
use crate::classify::Asked;
use crate::client::RegistryClient;
use crate::exchange;
use crate::question::{Question, Repository};
use crate::redirect;
use crate::scope::Scopes;
use crate::token_server::{self, Ask, NoToken};
use crate::way::{Bearer, Way};
use crate::wire::Opened;

/// What a registry says of an account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Taken {
    /// It takes it.
    Taken,
    /// It asks nobody for an account: whether this one is good cannot be known.
    NotAsked,
}

impl RegistryClient {
    /// Asks `registry` with exactly this account, and with `repository` also whether the account may
    /// read there (a repository that does not exist is no fault of the account). Nothing of it is
    /// remembered.
    ///
    /// # Errors
    /// [`ProblemKind::AuthRejected`], [`ProblemKind::AuthExpired`] when the account is not taken,
    /// [`ProblemKind::AccessDenied`] when it may not read `repository`, and whatever keeps the
    /// registry from answering.
    pub async fn try_account(
        &self,
        registry: &str,
        repository: Option<&str>,
        credential: Credential,
        sink: &dyn Sink,
    ) -> Result<Taken, Problem> {
        let attempt = Attempt { client: self, whole: Repository::whole(registry, None), credential: &credential, sink };
        let Some(way) = attempt.way(repository).await? else { return Ok(Taken::NotAsked) };
        match way {
            Way::Basic => attempt.with_password(repository).await?,
            Way::Bearer(bearer) => attempt.with_token(&bearer, repository).await?,
        }
        Ok(Taken::Taken)
    }
}

struct Attempt<'a> {
    client: &'a RegistryClient,
    whole: Repository,
    credential: &'a Credential,
    sink: &'a dyn Sink,
}

impl Attempt<'_> {
    /// How the registry asks for accounts; where it lets everybody in, how the repository does.
    async fn way(&self, repository: Option<&str>) -> Result<Option<Way>, Problem> {
        let mut asked = vec![(self.whole.clone(), base())];
        asked.extend(repository.map(|name| (Repository::of(&self.whole.registry, name), list(name))));
        for (subject, question) in &asked {
            let mut opened = self.client.send(subject, question, None, self.sink).await?;
            let offered = challenge::offered(&opened.headers);
            let home = subject.url(scheme_of(&opened.url), &question.path)?;
            if opened.status == 401 && !offered.is_empty() && redirect::same_origin(&home, &opened.url) {
                opened.said(self.sink).await;
                return self.client.0.broker.way(subject, &home, &offered).map(Some);
            }
            // The list of a repository that is not there says nothing of accounts.
            let open = matches!(opened.status, 200 | 206) || (opened.status == 404 && subject.name == question.name);
            if !open {
                return Err(self.refusal(opened, subject, question, None).await);
            }
            opened.said(self.sink).await;
        }
        Ok(None)
    }

    async fn with_password(&self, repository: Option<&str>) -> Result<(), Problem> {
        let Credential::Basic { username, password } = self.credential else { return Err(self.rejected()) };
        self.let_in(&token_server::basic(username, password)).await?;
        match repository {
            Some(name) => self.may_read(name, &token_server::basic(username, password)).await,
            None => Ok(()),
        }
    }

    async fn with_token(&self, bearer: &Bearer, repository: Option<&str>) -> Result<(), Problem> {
        let header = self.token(bearer).await?;
        self.let_in(&header).await?;
        let Some(name) = repository else { return Ok(()) };
        let subject = Repository::of(&self.whole.registry, name);
        let scopes = Scopes::parse(subject.scope.as_deref().unwrap_or_default());
        self.may_read(name, &self.token(&Bearer { scopes, ..bearer.clone() }).await?).await
    }

    /// A token for the account.
    async fn token(&self, bearer: &Bearer) -> Result<HeaderValue, Problem> {
        let ask = Ask { exchange: &self.client.0.exchange, registry: &self.whole.registry, bearer };
        let token = ask.token(self.credential, None, self.sink).await.map_err(|no| match no {
            NoToken::TurnedDown(problem) | NoToken::Failed(problem) => problem,
        })?;
        // Some token servers answer a wrong password with a token for nobody.
        if matches!(self.credential, Credential::Basic { .. } | Credential::IdentityToken(_))
            && is_nobodys(&token.header)
        {
            return Err(self.rejected());
        }
        Ok(token.header)
    }

    /// The registry as a whole takes the account, or the token for it.
    async fn let_in(&self, header: &HeaderValue) -> Result<(), Problem> {
        let question = base();
        let mut opened = self.client.send(&self.whole, &question, Some(header), self.sink).await?;
        if matches!(opened.status, 200 | 206) {
            opened.said(self.sink).await;
            return Ok(());
        }
        let mut problem = self.refusal(opened, &self.whole, &question, Some(self.credential)).await;
        if matches!(problem.what, ProblemKind::AccessDenied { .. }) {
            problem.what = self.rejected().what;
        }
        Err(problem)
    }

    async fn may_read(&self, name: &str, header: &HeaderValue) -> Result<(), Problem> {
        let (subject, question) = (Repository::of(&self.whole.registry, name), list(name));
        let mut opened = self.client.send(&subject, &question, Some(header), self.sink).await?;
        // Not there yet, or a registry that lists nothing: the account is good all the same.
        if matches!(opened.status, 200 | 206 | 404 | 405) {
            opened.said(self.sink).await;
            return Ok(());
        }
        let denied = opened.status == 401;
        let mut problem = self.refusal(opened, &subject, &question, Some(self.credential)).await;
        if denied && matches!(problem.what, ProblemKind::AuthRejected { .. }) {
            // It was let in a moment ago.
            let registry = self.whole.registry.clone();
            problem.what = ProblemKind::AccessDenied { registry, repository: name.to_owned() };
        }
        Err(problem)
    }

    async fn refusal(
        &self,
        opened: Opened,
        subject: &Repository,
        question: &Question<'_>,
        credential: Option<&Credential>,
    ) -> Problem {
        let asked = Asked {
            registry: &subject.registry,
            repository: &subject.name,
            thing: question.thing,
            name: question.name,
            account: credential.map(Credential::account),
            rejected: true,
        };
        exchange::refusal(opened, &asked, self.sink).await
    }

    fn rejected(&self) -> Problem {
        let account = self.credential.account().map(ToOwned::to_owned);
        ProblemKind::AuthRejected { registry: self.whole.registry.clone(), account }.into()
    }
}

/// Whether a registry is there at all (distribution-spec, end-1).
fn base() -> Question<'static> {
    Question {
        method: Method::GET,
        path: "/v2/".to_owned(),
        accept: "*/*",
        range: None,
        layer: false,
        thing: Thing::Repository,
        name: "/v2/",
    }
}

/// The smallest question that needs the right to read a repository and spends no pull.
fn list(name: &str) -> Question<'_> {
    Question { path: "tags/list?n=1".to_owned(), name, ..base() }
}

/// Whether a token says that it was given to nobody: "`sub` […] should be empty if the client did not
/// authenticate" (distribution, token/jwt.md). A token that is no JWT says nothing.
fn is_nobodys(header: &HeaderValue) -> bool {
    let claims = || -> Option<serde_json::Value> {
        let payload = header.to_str().ok()?.split('.').nth(1)?;
        serde_json::from_slice(&URL_SAFE_NO_PAD.decode(payload).ok()?).ok()
    };
    claims().is_some_and(|claims| claims["sub"] == "")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_for_nobody_is_told_from_one_for_somebody() {
        for (claims, expected) in
            [(r#"{"sub":""}"#, true), (r#"{"sub":"alice"}"#, false), (r#"{"access":[]}"#, false), ("no", false)]
        {
            let token = format!("Bearer e30.{}.c2ln", URL_SAFE_NO_PAD.encode(claims));
            assert_eq!(is_nobodys(&HeaderValue::from_str(&token).unwrap()), expected, "{claims}");
        }
        assert!(!is_nobodys(&HeaderValue::from_static("Bearer opaque")));
    }
}
