//! Accounts: which there are, why one is used, signing in and out.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use explorer::{
    AccountsReport, AwsProfile, AwsSignInEvent, AwsSignInSink, Explorer, LoginReport, LoginRequest, RegistrySettings,
    WhyReport,
};
use serde::{Deserialize, Deserializer};
use source::{Problem, Secret};
use tauri::ipc::Channel;
use tauri::{AppHandle, State, Url, WebviewWindow};
use tauri_plugin_dialog::DialogExt as _;

use crate::jobs::{JobId, Jobs};
use crate::relay::{Line, Watched};
use crate::window;

/// The accounts of this machine, and whether any can be kept.
#[tauri::command]
pub(crate) async fn accounts(explorer: State<'_, Arc<Explorer>>) -> Result<AccountsReport, Problem> {
    explorer.accounts().await
}

/// With which account a place would be asked, and every place that was looked at.
#[tauri::command]
pub(crate) async fn why(place: String, explorer: State<'_, Arc<Explorer>>) -> Result<WhyReport, Problem> {
    explorer.why(&place).await
}

/// What was typed into the field of the secret. It goes from the message straight out of sight.
pub(crate) struct Typed(Secret);

impl<'de> Deserialize<'de> for Typed {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(|text| Self(Secret::new(text)))
    }
}

/// Tests an account, and keeps it when the registry takes it.
#[tauri::command]
#[expect(
    clippy::too_many_arguments,
    reason = "the secret comes beside the other fields, in no type that could be shown"
)]
pub(crate) async fn login(
    job: JobId,
    key: String,
    username: Option<String>,
    secret: Typed,
    repository: Option<String>,
    keep: bool,
    plain_http: bool,
    allow_realm: Vec<String>,
    window: WebviewWindow,
    explorer: State<'_, Arc<Explorer>>,
    jobs: State<'_, Arc<Jobs>>,
) -> Result<LoginReport, Problem> {
    let request = LoginRequest { key, username, secret: secret.0, repository, keep, plain_http, allow_realm };
    jobs.begin(job, window.label()).run(Box::pin(explorer.login(request))).await
}

/// Tests the account that is there for a place.
#[tauri::command]
pub(crate) async fn test_account(
    job: JobId,
    place: String,
    window: WebviewWindow,
    explorer: State<'_, Arc<Explorer>>,
    jobs: State<'_, Arc<Jobs>>,
) -> Result<LoginReport, Problem> {
    jobs.begin(job, window.label()).run(Box::pin(explorer.test_account(&place))).await
}

/// Forgets Kaibo's own account for a key.
#[tauri::command]
pub(crate) async fn logout(key: String, explorer: State<'_, Arc<Explorer>>) -> Result<(), Problem> {
    explorer.logout(&key).await
}

/// Addresses that sign-ins which run now told of: the only ones that the page can have opened.
#[derive(Debug, Default)]
pub(crate) struct SignInPages(Mutex<HashMap<JobId, Url>>);

impl SignInPages {
    /// Remembers the address of a sign-in. What is no plain address over https is not remembered.
    fn told(&self, job: &JobId, address: &str) {
        let Some(address) = Url::parse(address).ok().filter(may_be_opened) else { return };
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(job.clone(), address);
    }

    fn of(&self, job: &JobId) -> Option<Url> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).get(job).cloned()
    }

    fn forget(&self, job: &JobId) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(job);
    }
}

/// Over https, to a host, and without a name or password in it that would make it look like another.
fn may_be_opened(address: &Url) -> bool {
    address.scheme() == "https" && address.has_host() && address.username().is_empty() && address.password().is_none()
}

/// Tells the page of a sign-in, and remembers its address as long as it runs.
struct SignIn<'p> {
    line: Line<AwsSignInEvent>,
    pages: &'p SignInPages,
    job: JobId,
}

impl AwsSignInSink for SignIn<'_> {
    fn on(&self, event: AwsSignInEvent) {
        if let AwsSignInEvent::Code { verification_uri_complete, .. } = &event {
            self.pages.told(&self.job, verification_uri_complete);
        }
        self.line.send(event);
    }
}

impl Drop for SignIn<'_> {
    fn drop(&mut self) {
        self.pages.forget(&self.job);
    }
}

/// Signs in to AWS in the browser; the code and its address come through the channel.
#[tauri::command]
pub(crate) async fn aws_sign_in(
    job: JobId,
    profile: String,
    events: Channel<AwsSignInEvent>,
    window: WebviewWindow,
    explorer: State<'_, Arc<Explorer>>,
    jobs: State<'_, Arc<Jobs>>,
    pages: State<'_, SignInPages>,
) -> Result<Watched<AwsProfile>, Problem> {
    let guard = jobs.begin(job.clone(), window.label());
    let sign_in = SignIn { line: Line::new(events, guard.token().clone()), pages: &pages, job };
    let profile = guard.run(Box::pin(explorer.aws_sign_in(&profile, &sign_in))).await?;
    Ok(sign_in.line.watched(profile))
}

/// Opens the address of a sign-in that runs in the system's browser. The page names the sign-in and
/// never an address.
#[tauri::command]
pub(crate) async fn open_sign_in_page(job: JobId, pages: State<'_, SignInPages>) -> Result<(), Problem> {
    let address = pages.of(&job).ok_or_else(|| Problem::internal("no sign-in with a page to open runs"))?;
    // Some systems wait for the program that opens it.
    let opened =
        tauri::async_runtime::spawn_blocking(move || tauri_plugin_opener::open_url(address.as_str(), None::<&str>));
    opened.await.map_err(Problem::internal)?.map_err(Problem::internal)
}

/// What a registry needs beside an account.
#[tauri::command]
pub(crate) async fn registry_settings(
    registry: String,
    explorer: State<'_, Arc<Explorer>>,
) -> Result<RegistrySettings, Problem> {
    Ok(explorer.registry_settings(&registry))
}

/// Keeps what a registry needs, and uses it from the next question on.
#[tauri::command]
pub(crate) async fn save_registry_settings(
    registry: String,
    settings: RegistrySettings,
    explorer: State<'_, Arc<Explorer>>,
) -> Result<(), Problem> {
    explorer.set_registry_settings(&registry, settings)
}

/// Asks for the file of a certificate or a key; nothing when the reader thinks better of it.
#[tauri::command]
pub(crate) async fn pick_certificate(app: AppHandle, window: WebviewWindow) -> Result<Option<PathBuf>, Problem> {
    let words = window::words(&app);
    let picked = tauri::async_runtime::spawn_blocking(move || {
        let dialog = app.dialog().file().set_parent(&window).set_title(words.say("accounts-pick-title", &[]));
        let certificates = ["pem", "crt", "cer", "cert", "der", "key"];
        dialog
            .add_filter(words.say("accounts-pick-files", &[]), &certificates)
            .add_filter(words.say("menu-all-files", &[]), &["*"])
            .blocking_pick_file()?
            .into_path()
            .ok()
    });
    picked.await.map_err(Problem::internal)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn job(name: &str) -> JobId {
        JobId(name.to_owned())
    }

    #[test]
    fn only_a_page_over_https_can_be_opened() {
        let pages = SignInPages::default();
        for refused in [
            "http://device.sso.example/?user_code=A",
            "file:///etc/passwd",
            "javascript:alert(1)",
            "kaibo://x",
            "ms-settings:",
            "https://sso.amazonaws.com@evil.example/",
            "https://",
            "--version",
            "",
        ] {
            pages.told(&job("a"), refused);
            assert_eq!(pages.of(&job("a")), None, "{refused}");
        }
        let told = "https://device.sso.eu-west-1.amazonaws.com/?user_code=ABCD-EFGH";
        pages.told(&job("a"), told);
        assert_eq!(pages.of(&job("a")).unwrap().as_str(), told);
    }

    #[test]
    fn a_page_belongs_to_its_sign_in_and_ends_with_it() {
        let pages = SignInPages::default();
        let told = Arc::new(Mutex::new(0));
        let heard = Arc::clone(&told);
        let channel = Channel::new(move |_| {
            *heard.lock().unwrap() += 1;
            Ok(())
        });
        let line = Line::new(channel, tokio_util::sync::CancellationToken::new());
        let sign_in = SignIn { line, pages: &pages, job: job("a") };
        sign_in.on(AwsSignInEvent::Code {
            user_code: "ABCD-EFGH".into(),
            verification_uri: "https://sso.example/device".into(),
            verification_uri_complete: "https://sso.example/device?user_code=ABCD-EFGH".into(),
            expires_in_s: 600,
        });
        sign_in.on(AwsSignInEvent::Waiting);
        assert_eq!(*told.lock().unwrap(), 2);
        assert!(pages.of(&job("a")).is_some());
        assert_eq!(pages.of(&job("b")), None);
        drop(sign_in);
        assert_eq!(pages.of(&job("a")), None);
    }

    #[test]
    fn a_typed_secret_is_out_of_sight_as_it_comes() {
        let typed: Typed = serde_json::from_str("\"hunter2\"").unwrap();
        assert_eq!(typed.0.reveal(), "hunter2");
        assert_eq!(format!("{:?}", typed.0), "Secret(…)");
    }
}
