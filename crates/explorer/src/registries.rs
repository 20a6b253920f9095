//! What registries need beside an account, for both programs: `registries.json`.

use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};

use credentials::{Book, OwnKey};
use registry::HostOptions;
use serde::{Deserialize, Serialize};
use source::{Evidence, Problem, ProblemKind};

use crate::Explorer;

/// What a registry needs beside an account; kept for both programs in `registries.json` of Kaibo's
/// config folder.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields))]
pub struct RegistrySettings {
    /// A file with certificates of authorities that are trusted for this registry (PEM or DER).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ca: Option<PathBuf>,
    /// Our own certificate (PEM).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub client_certificate: Option<PathBuf>,
    /// Its key (PEM).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub client_key: Option<PathBuf>,
    /// Any certificate will do: the reader's explicit choice for this registry.
    pub insecure: bool,
    /// Plain HTTP: the reader's explicit choice for this registry.
    pub plain_http: bool,
    /// Hosts that may serve tokens for it.
    pub allow_realm: Vec<String>,
    /// The AWS profile to use for it (ECR).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub aws_profile: Option<String>,
}

/// The settings of all registries, by `host[:port]`.
#[derive(Clone, Debug)]
pub(crate) struct Registries(Book<Content>);

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
struct Content {
    registries: BTreeMap<String, RegistrySettings>,
}

impl Registries {
    pub(crate) fn new(folder: Option<&Path>) -> Self {
        Self(Book::new(folder, "registries.json"))
    }

    pub(crate) fn of(&self, registry: &str) -> RegistrySettings {
        let Ok(key) = OwnKey::parse(registry) else { return RegistrySettings::default() };
        self.0.read().registries.remove(key.registry()).unwrap_or_default()
    }

    /// For the client of registries.
    pub(crate) fn hosts(&self) -> HashMap<String, HostOptions> {
        let registries = self.0.read().registries.into_iter();
        registries.map(|(registry, settings)| (registry, settings.host_options())).collect()
    }

    fn set(&self, registry: &str, settings: RegistrySettings) -> Result<(), Problem> {
        let changed = self.0.change(|content| {
            if settings == RegistrySettings::default() {
                content.registries.remove(registry);
            } else {
                content.registries.insert(registry.to_owned(), settings);
            }
        });
        changed.map_err(|error| {
            let path = self.0.file().unwrap_or(Path::new("registries.json")).display().to_string();
            let evidence = Evidence { attempted: format!("write {path}"), status: None, said: None };
            Problem::new(ProblemKind::PathUnreadable { path }).with(evidence).because(&error)
        })
    }
}

impl RegistrySettings {
    fn host_options(self) -> HostOptions {
        HostOptions {
            extra_ca: self.ca.into_iter().collect(),
            client_certificate: self.client_certificate.zip(self.client_key),
            insecure: self.insecure,
            plain_http: self.plain_http,
            allow_realms: self.allow_realm,
        }
    }

    /// The same with absolute paths and without empty texts, or why it cannot be used.
    fn checked(self) -> Result<Self, Problem> {
        let file = |setting: &str, path: Option<PathBuf>| -> Result<Option<PathBuf>, Problem> {
            let Some(path) = path.filter(|path| !path.as_os_str().is_empty()) else { return Ok(None) };
            match std::path::absolute(&path) {
                Ok(absolute) if absolute.is_file() => Ok(Some(absolute)),
                _ => Err(unusable(setting, &path.display().to_string())),
            }
        };
        let settings = Self {
            ca: file("ca", self.ca)?,
            client_certificate: file("client-certificate", self.client_certificate)?,
            client_key: file("client-key", self.client_key)?,
            allow_realm: self.allow_realm.iter().map(|host| realm(host)).collect::<Result<_, _>>()?,
            aws_profile: self.aws_profile.map(|name| name.trim().to_owned()).filter(|name| !name.is_empty()),
            ..self
        };
        match (&settings.client_certificate, &settings.client_key) {
            (Some(_), None) => return Err(unusable("client-key", "")),
            (None, Some(_)) => return Err(unusable("client-certificate", "")),
            _ => settings.clone().host_options().check()?,
        }
        Ok(settings)
    }
}

/// A host that serves tokens: it may have a name without dots.
fn realm(host: &str) -> Result<String, Problem> {
    let host = host.trim().to_ascii_lowercase();
    let with_port = if host.contains(':') { host.clone() } else { format!("{host}:443") };
    match OwnKey::parse(&with_port) {
        Ok(key) if key.namespace().is_empty() => Ok(host),
        _ => Err(unusable("allow-realm", &host)),
    }
}

fn unusable(setting: &str, value: &str) -> Problem {
    ProblemKind::SettingUnusable { setting: setting.to_owned(), value: value.to_owned() }.into()
}

impl Explorer {
    /// What a registry (`host[:port]`) needs beside an account.
    #[must_use]
    pub fn registry_settings(&self, registry: &str) -> RegistrySettings {
        self.registries.of(registry)
    }

    /// Keeps what a registry needs, and uses it from the next question on.
    ///
    /// # Errors
    /// [`ProblemKind::SettingUnusable`] for a registry that is none and for a file that cannot be used;
    /// [`ProblemKind::PathUnreadable`] when it cannot be kept.
    pub fn set_registry_settings(&self, registry: &str, settings: RegistrySettings) -> Result<(), Problem> {
        let key = OwnKey::parse(registry.trim()).ok().filter(|key| key.namespace().is_empty());
        let key = key.ok_or_else(|| unusable("registry", registry))?;
        self.registries.set(key.registry(), settings.checked()?)?;
        self.aws.forget();
        self.renew();
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_are_kept_by_host_and_port() {
        let folder = tempfile::tempdir().unwrap();
        let registries = Registries::new(Some(folder.path()));
        let settings = RegistrySettings { insecure: true, aws_profile: Some("dev".to_owned()), ..Default::default() };
        registries.set("r.example:5000", settings.clone()).unwrap();
        assert_eq!(registries.of("R.example:5000"), settings);
        assert_eq!(registries.of("r.example"), RegistrySettings::default());
        assert!(registries.hosts()["r.example:5000"].insecure);
        let again = Registries::new(Some(folder.path()));
        assert_eq!(again.of("r.example:5000"), settings);
        again.set("r.example:5000", RegistrySettings::default()).unwrap();
        assert!(registries.hosts().is_empty());
        let text = std::fs::read_to_string(folder.path().join("registries.json")).unwrap();
        assert!(!text.contains("r.example"), "{text}");
    }

    #[test]
    fn a_damaged_file_is_put_aside_and_what_is_unknown_is_passed_over() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("registries.json");
        std::fs::write(&file, r#"{"version":9,"registries":{"r.example":{"insecure":true,"later":1}}}"#).unwrap();
        let registries = Registries::new(Some(folder.path()));
        assert!(registries.of("r.example").insecure);
        std::fs::write(&file, "{").unwrap();
        assert!(!registries.of("r.example").insecure);
        assert!(folder.path().join("registries.damaged.json").is_file());
        let nowhere = Registries::new(None);
        let problem = nowhere.set("r.example", RegistrySettings { insecure: true, ..Default::default() }).unwrap_err();
        assert!(matches!(problem.what, ProblemKind::PathUnreadable { .. }), "{problem}");
    }

    #[test]
    fn files_that_cannot_be_used_are_refused() {
        let folder = tempfile::tempdir().unwrap();
        let text = folder.path().join("text.pem");
        std::fs::write(&text, "no certificate").unwrap();
        let setting = |settings: RegistrySettings| match settings.checked().unwrap_err().what {
            ProblemKind::SettingUnusable { setting, .. } => setting,
            other => panic!("{other:?}"),
        };
        let some = |path: &Path| Some(path.to_owned());
        let usual = RegistrySettings::default;
        assert_eq!(setting(RegistrySettings { ca: some(&folder.path().join("nowhere.pem")), ..usual() }), "ca");
        assert_eq!(setting(RegistrySettings { ca: some(&text), ..usual() }), "ca");
        assert_eq!(setting(RegistrySettings { client_certificate: some(&text), ..usual() }), "client-key");
        assert_eq!(setting(RegistrySettings { client_key: some(&text), ..usual() }), "client-certificate");
        let pair = RegistrySettings { client_certificate: some(&text), client_key: some(&text), ..usual() };
        assert_eq!(setting(pair), "client-certificate");
        for host in ["", "https://auth.example", "a/b", "a b"] {
            assert_eq!(setting(RegistrySettings { allow_realm: vec![host.to_owned()], ..usual() }), "allow-realm");
        }
        let good = RegistrySettings {
            allow_realm: vec![" Auth.example ".to_owned(), "auth:5001".to_owned()],
            aws_profile: Some(" ".to_owned()),
            ca: Some(PathBuf::new()),
            ..usual()
        };
        let good = good.checked().unwrap();
        assert_eq!(
            (good.allow_realm, good.aws_profile),
            (vec!["auth.example".to_owned(), "auth:5001".to_owned()], None)
        );
        assert_eq!(good.ca, None);
    }
}
