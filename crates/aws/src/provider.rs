use std::sync::Arc;
use std::time::SystemTime;

use async_trait::async_trait;
use source::{
    Credential, CredentialOrigin, CredentialProvider, Found, Look, LookOutcome, LookPlace, LookSkip, Problem, Whose,
};

use crate::Aws;
use crate::host::EcrHost;

/// The link of the credential chain that AWS is. It gives tokens for hosts of ECR and leaves all
/// others alone; that it could not give one is a look, and no problem.
#[derive(Debug)]
pub(crate) struct AwsCredentials(pub(crate) Arc<Aws>);

#[async_trait]
impl CredentialProvider for AwsCredentials {
    async fn find(&self, whose: &Whose<'_>) -> Result<Found, Problem> {
        let Some(host) = EcrHost::parse(whose.registry) else {
            let place = LookPlace::Aws { profile: None };
            let outcome = LookOutcome::Skipped { why: LookSkip::NotEcr };
            return Ok(Found::nothing(vec![Look { place, outcome }]));
        };
        let who = self.0.who(whose.registry, &host);
        let place = LookPlace::Aws { profile: who.profile.clone() };
        if whose.except.iter().any(|origin| matches!(origin, CredentialOrigin::Aws { .. })) {
            self.0.tokens.doubt(&host, &who).await;
            let outcome = LookOutcome::TurnedDown { account: Some("AWS".to_owned()) };
            return Ok(Found::nothing(vec![Look { place, outcome }]));
        }
        Ok(match self.0.token(&host, &who).await {
            Ok(token) => {
                let good_for = token.good_for(SystemTime::now());
                let origin = CredentialOrigin::Aws { profile: token.profile, mechanism: token.mechanism.to_owned() };
                let credential = Credential::Basic { username: token.username, password: token.password };
                // Between the look at the clock and this one the token may have come to its end.
                Found {
                    good_for: good_for.or(Some(std::time::Duration::ZERO)),
                    ..Found::at(place, credential, origin, Vec::new())
                }
            }
            Err(failure) => {
                let outcome =
                    LookOutcome::Failed { fault: failure.look_fault(), said: failure.line(), searched: Vec::new() };
                Found::nothing(vec![Look { place, outcome }])
            }
        })
    }

    fn places(&self, whose: &Whose<'_>) -> Vec<LookPlace> {
        let host = EcrHost::parse(whose.registry);
        host.map(|host| LookPlace::Aws { profile: self.0.who(whose.registry, &host).profile }).into_iter().collect()
    }
}
