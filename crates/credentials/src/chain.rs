use std::sync::Arc;

use async_trait::async_trait;
use source::{Credential, CredentialProvider, Found, Look, LookOutcome, LookPlace, LookSkip, Problem, Whose};

/// Providers one after the other: the first account that was not turned down counts, and what every
/// link looked at is told.
#[derive(Debug)]
pub struct Chain {
    links: Vec<Arc<dyn CredentialProvider>>,
}

impl Chain {
    /// Asks `links` in this order.
    #[must_use]
    pub fn new(links: Vec<Arc<dyn CredentialProvider>>) -> Self {
        Self { links }
    }
}

#[async_trait]
impl CredentialProvider for Chain {
    async fn find(&self, whose: &Whose<'_>) -> Result<Found, Problem> {
        let mut looks = Vec::new();
        for (at, link) in self.links.iter().enumerate() {
            let mut found = link.find(whose).await?;
            looks.append(&mut found.looks);
            if found.credential == Credential::Anonymous {
                continue;
            }
            if whose.except.contains(&found.origin) {
                // A link that knows of one account only does not look at what was turned down.
                if let Some(Look { outcome, .. }) = looks.last_mut()
                    && let LookOutcome::Found { account } = outcome
                {
                    *outcome = LookOutcome::TurnedDown { account: account.take() };
                }
                continue;
            }
            let left = self.links[at + 1..].iter().flat_map(|link| link.places(whose));
            let skipped = LookOutcome::Skipped { why: LookSkip::FoundBefore };
            looks.extend(left.map(|place| Look { place, outcome: skipped.clone() }));
            return Ok(Found { looks, ..found });
        }
        Ok(Found::nothing(looks))
    }

    fn places(&self, whose: &Whose<'_>) -> Vec<LookPlace> {
        self.links.iter().flat_map(|link| link.places(whose)).collect()
    }
}

#[cfg(test)]
mod tests {
    use source::{CredentialOrigin, ProblemKind, Secret};

    use super::*;

    /// One account, or none, or a problem.
    #[derive(Debug)]
    struct Link(&'static str, Option<&'static str>);

    impl Link {
        fn place(&self) -> LookPlace {
            LookPlace::Variable { variable: self.0.to_owned() }
        }

        fn origin(&self) -> CredentialOrigin {
            CredentialOrigin::Environment { variable: self.0.to_owned() }
        }
    }

    #[async_trait]
    impl CredentialProvider for Link {
        async fn find(&self, _whose: &Whose<'_>) -> Result<Found, Problem> {
            let before = Look { place: LookPlace::Session, outcome: LookOutcome::Nothing };
            match self.1 {
                Some("broken") => Err(ProblemKind::CredentialsUnreadable { place: self.0.to_owned() }.into()),
                Some(name) => {
                    let password = Secret::new("pw");
                    let credential = Credential::Basic { username: name.to_owned(), password };
                    Ok(Found::at(self.place(), credential, self.origin(), vec![before]))
                }
                None => Ok(Found::nothing(vec![Look { place: self.place(), outcome: LookOutcome::Absent }])),
            }
        }

        fn places(&self, _whose: &Whose<'_>) -> Vec<LookPlace> {
            vec![self.place()]
        }
    }

    fn chain(links: impl IntoIterator<Item = Link>) -> Chain {
        Chain::new(links.into_iter().map(|link| Arc::new(link) as Arc<dyn CredentialProvider>).collect())
    }

    fn words(found: &Found) -> Vec<String> {
        let said = |look: &Look| {
            let place = match &look.place {
                LookPlace::Variable { variable } => variable.clone(),
                other => <&str>::from(other).to_owned(),
            };
            format!("{place} {}", <&str>::from(&look.outcome))
        };
        found.looks.iter().map(said).collect()
    }

    #[tokio::test]
    async fn the_first_account_counts_and_what_follows_is_skipped() {
        let chain = chain([Link("a", None), Link("b", Some("bob")), Link("c", Some("broken")), Link("d", None)]);
        let found = chain.find(&Whose::of("r.example", "x")).await.unwrap();
        assert_eq!(found.credential.account(), Some("bob"));
        assert_eq!(words(&found), ["a absent", "session nothing", "b found", "c skipped", "d skipped"]);
    }

    #[tokio::test]
    async fn what_was_turned_down_is_passed_over_and_said() {
        let chain = chain([Link("a", Some("ann")), Link("b", Some("bob"))]);
        let except = [Link("a", None).origin()];
        let found = chain.find(&Whose { registry: "r.example", repository: "", except: &except }).await.unwrap();
        assert_eq!(found.credential.account(), Some("bob"));
        assert_eq!(words(&found), ["session nothing", "a turned-down", "session nothing", "b found"]);
        assert_eq!(found.looks[1].outcome, LookOutcome::TurnedDown { account: Some("ann".to_owned()) });

        let both = [Link("a", None).origin(), Link("b", None).origin()];
        let found = chain.find(&Whose { registry: "r.example", repository: "", except: &both }).await.unwrap();
        assert_eq!((found.credential, found.origin), (Credential::Anonymous, CredentialOrigin::None));
    }

    #[tokio::test]
    async fn a_place_that_was_named_and_is_broken_is_a_problem() {
        let chain = chain([Link("a", None), Link("b", Some("broken")), Link("c", Some("carl"))]);
        let problem = chain.find(&Whose::of("r.example", "")).await.unwrap_err();
        assert_eq!(problem.what, ProblemKind::CredentialsUnreadable { place: "b".to_owned() });
    }
}
