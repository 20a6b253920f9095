//! `kaibo login` for a registry of AWS ECR, as the principal that AWS knows here.

use std::io::Write as _;
use std::sync::atomic::{AtomicBool, Ordering};

use explorer::{AwsSignInEvent, AwsSignInSink, Explorer, LoginReport, RegistrySettings};
use source::{CredentialOrigin, Problem, ProblemKind};
use words::{Arg, Words};

use crate::args::Login;
use crate::login::By;
use crate::page::{Line, Page};
use crate::run::{Failure, columns, limited};
use crate::styles;

/// Gets a token and shows it to the registry; where the sign-in in the browser is over, it is done first.
pub(crate) async fn test(
    args: &Login,
    registry: &str,
    explorer: &Explorer,
    words: &Words,
) -> Result<(LoginReport, By), Failure> {
    let before = explorer.registry_settings(registry);
    if let Some(profile) = &args.aws_profile {
        let settings = RegistrySettings { aws_profile: Some(profile.clone()), ..before.clone() };
        explorer.set_registry_settings(registry, settings)?;
    }
    let tested = test_or_sign_in(args, explorer, words).await;
    // A choice that does not work, or was only to be tested, leaves nothing behind.
    if args.aws_profile.is_some() && (tested.is_err() || args.no_keep) {
        explorer.set_registry_settings(registry, before)?;
    }
    let report = tested?;
    // A file or a helper may know an account as well, and comes first: then AWS was not asked.
    let by = match explorer.why(&args.registry).await?.origin {
        CredentialOrigin::Aws { .. } | CredentialOrigin::None => By::Aws,
        found => By::Found(found),
    };
    Ok((report, by))
}

async fn test_or_sign_in(args: &Login, explorer: &Explorer, words: &Words) -> Result<LoginReport, Problem> {
    let ask = || limited(&args.registry, args.wire.timeout, explorer.test_account(&args.registry));
    let problem = match ask().await {
        Ok(report) => return Ok(report),
        Err(problem) => problem,
    };
    let ProblemKind::AwsSignInNeeded { profile } = &problem.what else { return Err(problem) };
    let profile = args.aws_profile.clone().or_else(|| profile.clone()).unwrap_or_else(|| "default".to_owned());
    let sink = Told { words, waiting: AtomicBool::new(false) };
    // Its own time limit is the code's; `--timeout` is about servers, not about people.
    limited(&args.registry, None, explorer.aws_sign_in(&profile, &sink)).await?;
    ask().await
}

/// Says on standard error where to go; the answer is for standard output.
struct Told<'w> {
    words: &'w Words,
    waiting: AtomicBool,
}

impl AwsSignInSink for Told<'_> {
    fn on(&self, event: AwsSignInEvent) {
        let AwsSignInEvent::Code { user_code, verification_uri, verification_uri_complete, expires_in_s } = event
        else {
            return;
        };
        if self.waiting.swap(true, Ordering::Relaxed) {
            return;
        }
        let address = if verification_uri_complete.is_empty() { verification_uri } else { verification_uri_complete };
        let page = code(&address, &user_code, expires_in_s, self.words, columns());
        let mut err = anstream::stderr().lock();
        // A closed standard error is no reason to stop.
        let _written = page.write(&mut err).and_then(|()| err.flush());
    }
}

fn code(address: &str, code: &str, seconds: u32, words: &Words, width: usize) -> Page {
    let mut page = Page::new();
    let plain = anstyle::Style::new();
    page.paragraph(Line::new(), 0, plain, &words.say("cli-aws-open", &[]), width);
    // Never wrapped: it has to be clicked or copied whole.
    page.line(Line::new().plain("  ").styled(styles::ANSWER, address));
    page.paragraph(Line::new(), 0, plain, &words.say("cli-aws-compare", &[]), width);
    page.line(Line::new().plain("  ").styled(styles::ANSWER, code));
    let minutes = Arg::from(seconds.div_ceil(60));
    page.paragraph(Line::new(), 0, styles::FAINT, &words.say("cli-aws-waiting", &[("minutes", minutes)]), width);
    page
}

#[cfg(test)]
mod tests {
    use words::Language;

    use super::*;

    #[test]
    fn the_code_and_the_address_stand_whole() {
        for language in Language::ALL {
            let address = "https://device.sso.eu-west-1.amazonaws.com/?user_code=ABCD-EFGH";
            let text = code(address, "ABCD-EFGH", 600, &Words::new(language), 40).text();
            assert!(text.contains(&format!("\n  {address}\n")) && text.contains("\n  ABCD-EFGH\n"), "{text}");
            assert!(text.contains("10") && !text.contains('['), "{text}");
        }
    }
}
