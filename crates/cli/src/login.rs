//! `kaibo login` and `kaibo logout`.

use std::io::Write as _;
use std::path::{Path, PathBuf};

use explorer::{Explorer, Kept, LoginReport, LoginRequest, RegistrySettings, Tested};
use serde::Serialize;
use source::{CredentialOrigin, Evidence, Problem, ProblemKind, Secret};
use words::{Arg, Words};

use crate::args::{Login, Logout};
use crate::page::{Line, Page};
use crate::run::{self, Failure, limited};
use crate::usage::Refusal;
use crate::{ask, exit, json, login_aws, styles};

/// What a registry needs beside an account, and what was said on this command line to be needed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Remembered {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) ca: Option<PathBuf>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) allow_realm: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) aws_profile: Option<String>,
}

impl Remembered {
    fn is_nothing(&self) -> bool {
        *self == Self::default()
    }
}

/// `kaibo.login/1`.
#[derive(Serialize)]
struct Report<'a> {
    #[serde(flatten)]
    login: &'a LoginReport,
    #[serde(skip_serializing_if = "Remembered::is_nothing")]
    remembered: &'a Remembered,
}

/// `kaibo.logout/1`.
#[derive(Serialize)]
struct Forgotten<'a> {
    schema: &'static str,
    key: &'a str,
}

/// Which account it is that was tested.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum By {
    /// One that was typed.
    Account,
    /// That of a principal of AWS.
    Aws,
    /// One that was found before AWS was asked.
    Found(CredentialOrigin),
}

pub(crate) async fn run(args: &Login, words: &Words) -> Result<u8, Failure> {
    if args.password.is_some() {
        return Err(Refusal::new(words, "cli-usage-login-password", &[]).into());
    }
    let ca = args.ca.as_deref().map(absolute).transpose()?;
    let explorer = Explorer::new(run::wire_options(&args.wire, ca.as_slice()))?;
    let registry = registry_of(&args.registry);
    if args.aws_profile.is_some() && !explorer::is_ecr(registry) {
        return Err(Refusal::new(words, "cli-usage-login-not-ecr", &[("registry", registry.into())]).into());
    }
    let typed = args.username.is_some() || args.password_stdin || args.token_stdin;
    let mut remembered = Remembered { ca, allow_realm: args.wire.allow_realm.clone(), aws_profile: None };
    let (report, by) = if explorer::is_ecr(registry) && !typed {
        remembered.aws_profile.clone_from(&args.aws_profile);
        login_aws::test(args, registry, &explorer, words).await?
    } else {
        let (username, secret) = account(args, words).await?;
        let request = LoginRequest {
            key: args.registry.clone(),
            username,
            secret,
            repository: args.repository.clone(),
            keep: !args.no_keep,
            plain_http: false,
            allow_realm: Vec::new(),
        };
        (limited(&args.registry, args.wire.timeout, explorer.login(request)).await?, By::Account)
    };
    if args.no_keep {
        remembered = Remembered::default();
    }
    remember(&explorer, registry, &remembered)?;
    let mut out = anstream::stdout().lock();
    if args.speech.json {
        json::write(&mut out, &Report { login: &report, remembered: &remembered })?;
    } else {
        render(&report, &by, &remembered, words, run::columns()).write(&mut out)?;
    }
    out.flush()?;
    Ok(exit::DONE)
}

pub(crate) async fn forget(args: &Logout, words: &Words) -> Result<u8, Failure> {
    let explorer = Explorer::new(explorer::Options::default())?;
    limited(&args.registry, None, explorer.logout(&args.registry)).await?;
    let mut out = anstream::stdout().lock();
    if args.speech.json {
        json::write(&mut out, &Forgotten { schema: "kaibo.logout/1", key: &args.registry })?;
    } else {
        let mut page = Page::new();
        let width = run::columns();
        let done = words.say("cli-logout-done", &[("key", args.registry.as_str().into())]);
        page.paragraph(Line::new(), 0, styles::ANSWER, &done, width);
        page.paragraph(Line::new(), 0, styles::FAINT, &words.say("cli-logout-rest", &[]), width);
        page.write(&mut out)?;
    }
    out.flush()?;
    Ok(exit::DONE)
}

/// The account to be tested: what was said, then what is asked for.
async fn account(args: &Login, words: &Words) -> Result<(Option<String>, Secret), Failure> {
    if args.token_stdin {
        return Ok((None, ask::sent("--token-stdin", words)?));
    }
    if args.password_stdin {
        let Some(username) = args.username.clone() else {
            return Err(Refusal::new(words, "cli-usage-login-username", &[]).into());
        };
        return Ok((Some(username), ask::sent("--password-stdin", words)?));
    }
    if !ask::can_be_asked() {
        return Err(Refusal::new(words, "cli-usage-login-no-terminal", &[]).into());
    }
    let registry = || Arg::from(args.registry.as_str());
    let username = match &args.username {
        Some(username) => username.clone(),
        None => ask::line(shown(words, "cli-login-ask-username", &[("registry", registry())])).await?,
    };
    let prompt =
        shown(words, "cli-login-ask-password", &[("registry", registry()), ("account", Arg::from(username.as_str()))]);
    let secret = ask::secret(prompt).await?;
    if username.is_empty() || secret.is_empty() {
        return Err(Refusal::new(words, "cli-usage-login-empty", &[]).into());
    }
    Ok((Some(username), secret))
}

/// A question, with nothing in it that a terminal would act on.
fn shown(words: &Words, id: &str, args: &[(&str, Arg<'_>)]) -> String {
    anatomy::visible(&words.say(id, args)).into_owned()
}

/// `host[:port]` of a key.
pub(crate) fn registry_of(key: &str) -> &str {
    key.split('/').next().unwrap_or(key)
}

/// The next command may run in another folder.
fn absolute(path: &Path) -> Result<PathBuf, Problem> {
    std::path::absolute(path).map_err(|error| {
        let attempted = format!("open {}", path.display());
        let shown = path.display().to_string();
        Problem::new(ProblemKind::PathUnreadable { path: shown })
            .with(Evidence { attempted, status: None, said: None })
            .because(&error)
    })
}

fn remember(explorer: &Explorer, registry: &str, remembered: &Remembered) -> Result<(), Problem> {
    if remembered.is_nothing() {
        return Ok(());
    }
    let mut settings: RegistrySettings = explorer.registry_settings(registry);
    if remembered.ca.is_some() {
        settings.ca.clone_from(&remembered.ca);
    }
    for host in &remembered.allow_realm {
        if !settings.allow_realm.contains(host) {
            settings.allow_realm.push(host.clone());
        }
    }
    if remembered.aws_profile.is_some() {
        settings.aws_profile.clone_from(&remembered.aws_profile);
    }
    explorer.set_registry_settings(registry, settings)
}

fn render(report: &LoginReport, by: &By, remembered: &Remembered, words: &Words, width: usize) -> Page {
    let mut page = Page::new();
    let key = || Arg::from(report.key.as_str());
    let account = [("key", key()), ("account", report.account.as_deref().into())];
    let (sign, answer) = match (by, report.tested) {
        (By::Aws, _) => {
            let profile = remembered.aws_profile.as_deref();
            ("✓", words.say("cli-login-aws", &[("key", key()), ("profile", profile.into())]))
        }
        (By::Found(origin), _) => {
            let args = [
                ("key", key()),
                ("origin", words.tell("origin", origin).into()),
                ("account", report.account.as_deref().into()),
            ];
            ("✓", words.say("cli-login-found", &args))
        }
        (By::Account, Tested::NotAsked) => ("–", words.say("cli-login-open", &[("key", key())])),
        (By::Account, Tested::Taken) if matches!(report.kept, Kept::Store { .. }) => {
            ("✓", words.say("cli-login-done", &account))
        }
        (By::Account, Tested::Taken) => ("✓", words.say("cli-login-tested", &account)),
    };
    let style = if report.tested == Tested::Taken { styles::GOOD } else { styles::CAREFUL };
    page.paragraph(Line::new().styled(style, sign).plain(" "), 2, styles::ANSWER, &answer, width);
    let mut say = |style, text: &str| page.paragraph(Line::new(), 2, style, text, width);
    let plain = anstyle::Style::new();
    match by {
        By::Aws => {
            say(plain, &words.say("cli-tested-aws", &[]));
            say(plain, &words.say("cli-kept-aws", &[]));
        }
        By::Found(_) => say(plain, &words.tell("cli-tested", &report.tested)),
        By::Account => {
            say(plain, &words.tell("cli-tested", &report.tested));
            let store = |name: &str| Arg::from(words.tell("store", &name));
            match &report.kept {
                Kept::Store { store: name } => {
                    say(plain, &words.say("cli-kept-store", &[("store", store(name)), ("key", key())]));
                }
                Kept::Session => say(plain, &words.say("cli-kept-session", &[])),
                Kept::NotKept { store: name, why } => {
                    let args = [("store", store(name)), ("why", Arg::from(<&'static str>::from(*why)))];
                    say(styles::CAREFUL, &words.say("cli-kept-not-kept", &args));
                    say(plain, &words.attr("cli-kept-not-kept", "advice", &args));
                }
            }
        }
    }
    let registry = || Arg::from(registry_of(&report.key));
    if let Some(path) = &remembered.ca {
        let path = path.display().to_string();
        say(plain, &words.say("cli-remembered-ca", &[("registry", registry()), ("path", path.into())]));
    }
    if !remembered.allow_realm.is_empty() {
        let hosts = Arg::List(remembered.allow_realm.clone());
        say(plain, &words.say("cli-remembered-realm", &[("registry", registry()), ("hosts", hosts)]));
    }
    if let Some(profile) = &remembered.aws_profile {
        let args = [("registry", registry()), ("profile", profile.as_str().into())];
        say(plain, &words.say("cli-remembered-aws-profile", &args));
    }
    if report.requests.count > 0 {
        say(styles::FAINT, &run::requests(report.requests, words));
    }
    page
}

#[cfg(test)]
mod tests {
    use explorer::NotKept;
    use source::Requests;
    use words::Language;

    use super::*;

    fn report(tested: Tested, kept: Kept) -> LoginReport {
        LoginReport {
            schema: "kaibo.login/1".to_owned(),
            key: "registry.example/team".to_owned(),
            account: Some("alice".to_owned()),
            tested,
            kept,
            requests: Requests { count: 3, bytes: 1_234, elapsed_ms: 310 },
        }
    }

    #[test]
    fn every_end_reads_well() {
        let store = || "secret-service".to_owned();
        let ends = [
            (report(Tested::Taken, Kept::Store { store: store() }), By::Account),
            (report(Tested::Taken, Kept::Session), By::Account),
            (report(Tested::NotAsked, Kept::NotKept { store: store(), why: NotKept::NoStore }), By::Account),
            (report(Tested::Taken, Kept::NotKept { store: store(), why: NotKept::Locked }), By::Account),
            (
                report(Tested::Taken, Kept::NotKept { store: "credential-manager".to_owned(), why: NotKept::TooLong }),
                By::Account,
            ),
            (report(Tested::Taken, Kept::Session), By::Aws),
            (
                report(Tested::Taken, Kept::Session),
                By::Found(CredentialOrigin::File {
                    path: "/srv/me/.docker/config.json".to_owned(),
                    key: "a".to_owned(),
                }),
            ),
        ];
        let remembered = Remembered {
            ca: Some("/etc/ca.pem".into()),
            allow_realm: vec!["tokens.example".to_owned()],
            aws_profile: Some("work".to_owned()),
        };
        for language in Language::ALL {
            let words = Words::new(language);
            let mut text = String::new();
            for (report, by) in &ends {
                let kept = if *by == By::Aws { remembered.clone() } else { Remembered::default() };
                text += &render(report, by, &kept, &words, 80).text();
                text += "----\n";
            }
            insta::assert_snapshot!(format!("login_{}", language.code()), text);
        }
    }

    #[test]
    fn the_json_form_says_what_is_remembered() {
        let report = report(Tested::Taken, Kept::Session);
        let nothing = Remembered::default();
        let value = serde_json::to_value(Report { login: &report, remembered: &nothing }).expect("it serialises");
        assert!(value.get("remembered").is_none(), "{value}");
        let remembered = Remembered { ca: Some("/ca.pem".into()), ..nothing };
        let value = serde_json::to_value(Report { login: &report, remembered: &remembered }).expect("it serialises");
        assert_eq!(value["remembered"], serde_json::json!({"ca": "/ca.pem"}));
        assert_eq!(value["schema"], "kaibo.login/1");
    }
}
