//! `kaibo accounts`, and `kaibo accounts --why`.

use std::io::Write as _;

use explorer::{AccountsReport, AwsProfile, Explorer, Options, WhyReport};
use source::{CredentialOrigin, Look, LookFault, LookOutcome};
use words::{Arg, Words};

use crate::args::Accounts;
use crate::columns::{Cell, Columns, Last};
use crate::page::{Line, Page};
use crate::run::{self, Failure, limited};
use crate::{exit, json, styles};

/// Folders that are named when a helper was looked for.
const SEARCHED: usize = 40;

pub(crate) async fn run(args: &Accounts, words: &Words) -> Result<u8, Failure> {
    let explorer = Explorer::new(Options { authfile: args.authfile.clone(), ..Options::default() })?;
    let width = run::columns();
    let mut out = anstream::stdout();
    if let Some(place) = &args.why {
        let report = limited(place, None, explorer.why(place)).await?;
        if args.speech.json {
            json::write(&mut out, &report)?;
        } else {
            why(&report, words, width).write(&mut out)?;
        }
    } else {
        let report = limited("accounts", None, explorer.accounts()).await?;
        if args.speech.json {
            json::write(&mut out, &report)?;
        } else {
            list(&report, words, width).write(&mut out)?;
        }
    }
    out.flush()?;
    Ok(exit::DONE)
}

fn list(report: &AccountsReport, words: &Words, width: usize) -> Page {
    let mut page = Page::new();
    if report.accounts.is_empty() {
        page.paragraph(Line::new(), 0, styles::ANSWER, &words.say("cli-accounts-none", &[]), width);
        page.paragraph(Line::new(), 0, styles::FAINT, &words.say("cli-accounts-start", &[]), width);
    }
    let head = |id: &str| words.say(id, &[]);
    let mut table = Columns::new(Last::Wrapped)
        .left(head("cli-accounts-column-key"))
        .left(head("cli-accounts-column-account"))
        .left(head("cli-accounts-column-where"));
    for card in &report.accounts {
        let account = match &card.account {
            Some(account) => Cell::new(account),
            None => Cell::styled(styles::FAINT, head("cli-accounts-nameless")),
        };
        table.row(vec![Cell::styled(styles::ANSWER, &card.key), account, words.tell("origin", &card.origin).into()]);
    }
    table.render(&mut page, width);
    if !report.aws_profiles.is_empty() {
        page.gap();
        page.line(Line::new().styled(styles::HEADING, &head("cli-accounts-aws")));
        // Only the columns tell them apart: no heads are needed.
        let names = report.aws_profiles.iter().map(|profile| Line::new().plain(&profile.name).width());
        let column = names.max().unwrap_or(0).min(40) + 4;
        for profile in &report.aws_profiles {
            let name = Line::new().plain("  ").plain(&profile.name);
            page.paragraph(name, column, styles::FAINT, &profile_words(profile, words), width);
        }
    }
    page.gap();
    let store = || Arg::from(words.tell("store", &report.store.name));
    match report.store.fault {
        None => {
            page.paragraph(
                Line::new(),
                0,
                styles::FAINT,
                &words.say("cli-accounts-store", &[("store", store())]),
                width,
            );
        }
        Some(fault) => {
            let said = [("store", store()), ("fault", words.tell("look-fault", &fault).into())];
            page.paragraph(Line::new(), 0, styles::CAREFUL, &words.say("cli-accounts-store-fault", &said), width);
            page.paragraph(Line::new(), 0, styles::FAINT, &advice(fault, words), width);
        }
    }
    page
}

fn profile_words(profile: &AwsProfile, words: &Words) -> String {
    let kind = Some(words.tell("aws-profile", &profile.kind));
    let role = profile.role.as_deref().map(|role| words.say("cli-accounts-aws-role", &[("role", role.into())]));
    let until = profile.signed_in_until.as_deref();
    let until = until.map(|until| words.say("cli-accounts-aws-until", &[("until", until.into())]));
    let parts = [kind, profile.account_id.clone(), profile.region.clone(), role, until];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

fn why(report: &WhyReport, words: &Words, width: usize) -> Page {
    let mut page = Page::new();
    let place = if report.repository.is_empty() {
        report.registry.clone()
    } else {
        format!("{}/{}", report.registry, report.repository)
    };
    let named = || Arg::from(place.as_str());
    if report.origin == CredentialOrigin::None {
        page.paragraph(Line::new(), 0, styles::ANSWER, &words.say("cli-why-nobody", &[("place", named())]), width);
        page.paragraph(Line::new(), 0, styles::FAINT, &words.say("cli-why-login", &[("place", named())]), width);
    } else {
        let account = [("place", named()), ("account", report.account.as_deref().into())];
        page.paragraph(Line::new(), 0, styles::ANSWER, &words.say("cli-why-account", &account), width);
        let origin = words.tell("origin", &report.origin);
        let text = words.say("cli-why-where", &[("origin", origin.into())]);
        page.paragraph(Line::new(), 0, anstyle::Style::new(), &text, width);
    }
    page.gap();
    page.line(Line::new().styled(styles::HEADING, &words.say("cli-why-looks", &[])));
    for look in &report.looks {
        tell(&mut page, look, words, width);
    }
    page
}

/// A look takes a line for the place and one for what came of it; what to do stands below.
fn tell(page: &mut Page, look: &Look, words: &Words, width: usize) {
    let (sign, style) = match &look.outcome {
        LookOutcome::Found { .. } => ("✓", styles::GOOD),
        LookOutcome::TurnedDown { .. } => ("✗", styles::BAD),
        LookOutcome::Failed { .. } => ("!", styles::CAREFUL),
        LookOutcome::Absent | LookOutcome::Nothing | LookOutcome::Skipped { .. } => ("·", styles::FAINT),
    };
    let first = Line::new().styled(style, sign).plain(" ");
    page.paragraph(first, 2, anstyle::Style::new(), &words.tell("look-place", &look.place), width);
    let mut say = |style, text: &str| page.paragraph(Line::new(), 4, style, text, width);
    let LookOutcome::Failed { fault, said, searched } = &look.outcome else {
        return say(styles::FAINT, &words.tell("look-outcome", &look.outcome));
    };
    say(styles::CAREFUL, &words.tell("look-fault", fault));
    if let Some(said) = said {
        let said = words.say("cli-why-said", &[("said", crate::page::shorten(said, 400).into())]);
        say(styles::FAINT, &said);
    }
    // Joined here: a list of the catalogue stops after a dozen, and the reader looks for one folder.
    if !searched.is_empty() {
        let places = searched.iter().take(SEARCHED).cloned().collect::<Vec<_>>().join("  ");
        say(styles::FAINT, &words.say("cli-why-searched", &[("places", places.into())]));
    }
    say(anstyle::Style::new(), &advice(*fault, words));
}

fn advice(fault: LookFault, words: &Words) -> String {
    match fault {
        // What is typed is gone when this program ends, so without a store something else has to keep it.
        LookFault::NoStore => words.say("cli-accounts-store-none", &[]),
        other => words.tell_attr("look-fault", "advice", &other),
    }
}

#[cfg(test)]
mod tests {
    use explorer::{AccountCard, AwsProfileKind, StoreState};
    use source::{LookPlace, LookSkip};
    use words::Language;

    use super::*;

    fn file(path: &str, key: &str) -> CredentialOrigin {
        CredentialOrigin::File { path: path.to_owned(), key: key.to_owned() }
    }

    fn accounts() -> AccountsReport {
        let card = |key: &str, account: Option<&str>, origin: CredentialOrigin, own: bool| AccountCard {
            key: key.to_owned(),
            account: account.map(str::to_owned),
            origin,
            own,
        };
        let keychain = CredentialOrigin::Keychain { store: "secret-service".to_owned(), key: "ghcr.io".to_owned() };
        let helper = CredentialOrigin::Helper {
            program: "docker-credential-pass".to_owned(),
            server: "https://index.docker.io/v1/".to_owned(),
        };
        AccountsReport {
            schema: "kaibo.accounts/1".to_owned(),
            store: StoreState { name: "secret-service".to_owned(), fault: None },
            accounts: vec![
                card("ghcr.io", Some("alice"), keychain, true),
                card("docker.io", None, helper, false),
                card(
                    "registry.example/team",
                    Some("bob"),
                    file("/srv/me/.docker/config.json", "registry.example"),
                    false,
                ),
            ],
            aws_profiles: vec![
                AwsProfile {
                    name: "default".to_owned(),
                    kind: AwsProfileKind::Keys,
                    region: Some("eu-west-1".to_owned()),
                    account_id: None,
                    role: None,
                    signed_in_until: None,
                },
                AwsProfile {
                    name: "work".to_owned(),
                    kind: AwsProfileKind::Sso,
                    region: None,
                    account_id: Some("123456789012".to_owned()),
                    role: Some("Reader".to_owned()),
                    signed_in_until: Some("2026-11-24T18:00:00Z".to_owned()),
                },
            ],
        }
    }

    #[test]
    fn accounts_read_well() {
        for language in Language::ALL {
            let words = Words::new(language);
            let full = list(&accounts(), &words, 80).text();
            let store = StoreState { name: "secret-service".to_owned(), fault: Some(LookFault::NoStore) };
            let none = AccountsReport { store, accounts: Vec::new(), aws_profiles: Vec::new(), ..accounts() };
            let none = list(&none, &words, 80).text();
            insta::assert_snapshot!(format!("accounts_{}", language.code()), format!("{full}----\n{none}"));
        }
    }

    #[test]
    fn every_look_is_told() {
        let failed = |fault, said: Option<&str>, searched: &[&str]| LookOutcome::Failed {
            fault,
            said: said.map(str::to_owned),
            searched: searched.iter().map(|place| (*place).to_owned()).collect(),
        };
        let helper = |name: &str| LookPlace::Helper { program: name.to_owned(), server: "registry.example".to_owned() };
        let looks = vec![
            Look { place: LookPlace::Session, outcome: LookOutcome::Nothing },
            Look {
                place: LookPlace::Keychain { store: "secret-service".to_owned() },
                outcome: failed(LookFault::NoStore, None, &[]),
            },
            Look {
                place: LookPlace::Variable { variable: "DOCKER_AUTH_CONFIG".to_owned() },
                outcome: LookOutcome::Absent,
            },
            Look {
                place: helper("docker-credential-desktop"),
                outcome: failed(LookFault::HelperMissing, None, &["/usr/local/bin", "/opt/homebrew/bin"]),
            },
            Look {
                place: helper("docker-credential-x"),
                outcome: failed(LookFault::HelperFailed, Some("exit 1: \u{1b}[31mlocked"), &[]),
            },
            Look {
                place: LookPlace::File { path: "/srv/me/.docker/config.json".to_owned() },
                outcome: LookOutcome::TurnedDown { account: Some("old".to_owned()) },
            },
            Look {
                place: LookPlace::File { path: "/srv/me/.config/containers/auth.json".to_owned() },
                outcome: LookOutcome::Found { account: Some("alice".to_owned()) },
            },
            Look { place: LookPlace::Aws { profile: None }, outcome: LookOutcome::Skipped { why: LookSkip::NotEcr } },
        ];
        let report = WhyReport {
            schema: "kaibo.accounts-why/1".to_owned(),
            registry: "registry.example".to_owned(),
            repository: "team/app".to_owned(),
            account: Some("alice".to_owned()),
            origin: file("/srv/me/.config/containers/auth.json", "registry.example"),
            looks,
        };
        for language in Language::ALL {
            let words = Words::new(language);
            let found = why(&report, &words, 80).text();
            assert!(!found.contains('\u{1b}') && !found.contains("]["), "{found}");
            let nobody = WhyReport {
                account: None,
                origin: CredentialOrigin::None,
                looks: vec![report.looks[0].clone()],
                repository: String::new(),
                ..report.clone()
            };
            let nobody = why(&nobody, &words, 80).text();
            insta::assert_snapshot!(format!("why_{}", language.code()), format!("{found}----\n{nobody}"));
        }
    }
}
