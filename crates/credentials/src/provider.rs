use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use async_trait::async_trait;
use source::{CredentialOrigin, CredentialProvider, Evidence, Found, LookPlace, Problem, ProblemKind, Secret, Whose};
use tokio::io::AsyncReadExt as _;

use crate::config::Config;

/// The variable with a config.json as text.
const INLINE: &str = "DOCKER_AUTH_CONFIG";
/// More than this is no file with accounts.
const FILE_BYTES: u64 = 4 << 20;

/// What the environment says of where accounts are.
#[derive(Clone, Debug, Default)]
pub struct Surroundings {
    /// `DOCKER_AUTH_CONFIG`.
    pub docker_auth_config: Option<Secret>,
    /// `--authfile`: it must be there.
    pub authfile: Option<PathBuf>,
    /// `REGISTRY_AUTH_FILE`: it need not be there yet.
    pub registry_auth_file: Option<PathBuf>,
    /// `DOCKER_CONFIG`, a folder.
    pub docker_config: Option<PathBuf>,
    /// The home folder.
    pub home: Option<PathBuf>,
}

impl Surroundings {
    /// The environment and home folder of this process, and the file of `--authfile`.
    #[must_use]
    pub fn of_this_process(authfile: Option<PathBuf>) -> Self {
        let path = |name| std::env::var_os(name).filter(|v| !v.is_empty()).map(PathBuf::from);
        Self {
            docker_auth_config: std::env::var(INLINE).ok().filter(|v| !v.trim().is_empty()).map(Secret::new),
            authfile,
            registry_auth_file: path("REGISTRY_AUTH_FILE"),
            docker_config: path("DOCKER_CONFIG"),
            home: std::env::home_dir(),
        }
    }

    /// Docker's config.json.
    fn docker_file(&self) -> Option<PathBuf> {
        let folder = self.docker_config.clone().or_else(|| self.home.as_ref().map(|home| home.join(".docker")));
        folder.map(|folder| folder.join("config.json"))
    }
}

/// Accounts out of the files of Docker and Podman.
#[derive(Clone, Debug)]
pub struct DockerConfigCredentials {
    surroundings: Surroundings,
}

/// How much a file matters.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Named {
    /// On the command line: it must be there and be understood.
    OnCommandLine,
    /// In a variable: if it is there, it must be understood.
    InVariable,
    /// By nobody: whatever is wrong with it is as if it were not there.
    ByNobody,
}

impl DockerConfigCredentials {
    /// Looks where `surroundings` say, each time anew: somebody may log in meanwhile.
    #[must_use]
    pub fn new(surroundings: Surroundings) -> Self {
        Self { surroundings }
    }

    /// The credential helper that Docker would ask for `registry` (`docker-credential-NAME`). It is not
    /// run here.
    ///
    /// # Errors
    /// As [`CredentialProvider::find`].
    pub async fn helper(&self, registry: &str) -> Result<Option<String>, Problem> {
        let (path, named) = self.file();
        let Some(path) = path else { return Ok(None) };
        let config = read(&path, named).await?;
        Ok(config.and_then(|config| config.helper(registry).map(ToOwned::to_owned)))
    }

    /// The one file that is looked into.
    fn file(&self) -> (Option<PathBuf>, Named) {
        let around = &self.surroundings;
        match (&around.authfile, &around.registry_auth_file) {
            (Some(path), _) => (Some(path.clone()), Named::OnCommandLine),
            (None, Some(path)) => (Some(path.clone()), Named::InVariable),
            (None, None) => (around.docker_file(), Named::ByNobody),
        }
    }
}

#[async_trait]
impl CredentialProvider for DockerConfigCredentials {
    async fn find(&self, whose: &Whose<'_>) -> Result<Found, Problem> {
        let Whose { registry, repository, .. } = *whose;
        if let Some(inline) = &self.surroundings.docker_auth_config {
            let found = Config::parse(inline.reveal().as_bytes()).and_then(|config| config.find(registry, repository));
            if let Some((credential, _)) = found.map_err(|_| unreadable(INLINE.to_owned(), "read", None))? {
                let place = LookPlace::Variable { variable: INLINE.to_owned() };
                let origin = CredentialOrigin::Environment { variable: INLINE.to_owned() };
                return Ok(Found::at(place, credential, origin, Vec::new()));
            }
        }
        let (path, named) = self.file();
        if let Some(path) = path
            && let Some(config) = read(&path, named).await?
        {
            match config.find(registry, repository) {
                Ok(Some((credential, key))) => {
                    let path = path.display().to_string();
                    let origin = CredentialOrigin::File { path: path.clone(), key };
                    return Ok(Found::at(LookPlace::File { path }, credential, origin, Vec::new()));
                }
                Err(_) if named != Named::ByNobody => return Err(unreadable(path.display().to_string(), "read", None)),
                Ok(None) | Err(_) => {}
            }
        }
        Ok(Found::nothing(Vec::new()))
    }
}

/// The file's content; `None` when it may be absent and is.
async fn read(path: &Path, named: Named) -> Result<Option<Config>, Problem> {
    let shown = path.display().to_string();
    let text = match text(path).await {
        Ok(text) => text,
        Err(error) if error.kind() == ErrorKind::NotFound && named == Named::OnCommandLine => {
            return Err(unreadable(shown, "open", Some(&error)));
        }
        Err(error) if error.kind() != ErrorKind::NotFound && named != Named::ByNobody => {
            return Err(unreadable(shown, "open", Some(&error)));
        }
        Err(_) => return Ok(None),
    };
    match Config::parse(&text) {
        Ok(config) => Ok(Some(config)),
        Err(_) if named == Named::ByNobody => Ok(None),
        Err(_) => Err(unreadable(shown, "read", None)),
    }
}

async fn text(path: &Path) -> std::io::Result<Vec<u8>> {
    let mut text = Vec::new();
    tokio::fs::File::open(path).await?.take(FILE_BYTES).read_to_end(&mut text).await?;
    Ok(text)
}

fn unreadable(place: String, attempted: &str, error: Option<&std::io::Error>) -> Problem {
    let evidence = Evidence { attempted: format!("{attempted} {place}"), status: None, said: None };
    let problem = Problem::new(ProblemKind::CredentialsUnreadable { place }).with(evidence);
    match error {
        Some(error) => problem.because(error),
        None => problem,
    }
}

#[cfg(test)]
mod tests {
    use source::Credential;

    use super::*;

    const ALICE: &str = r#"{"auths":{"r.example":{"auth":"YWxpY2U6dw=="}}}"#;
    const BOB: &str = r#"{"auths":{"r.example":{"auth":"Ym9iOnc="}}}"#;

    async fn account(surroundings: &Surroundings) -> Result<(Option<String>, CredentialOrigin), ProblemKind> {
        let provider = DockerConfigCredentials::new(surroundings.clone());
        let found = provider.find(&Whose::of("r.example", "a/b")).await.map_err(|problem| problem.what)?;
        let (credential, origin) = (found.credential, found.origin);
        let name = match credential {
            Credential::Basic { username, .. } => Some(username),
            _ => None,
        };
        Ok((name, origin))
    }

    #[tokio::test]
    async fn places_are_looked_into_in_dockers_order() {
        let home = tempfile::tempdir().unwrap();
        std::fs::create_dir(home.path().join(".docker")).unwrap();
        let file = home.path().join(".docker").join("config.json");
        std::fs::write(&file, ALICE).unwrap();
        let other = home.path().join("auth.json");
        std::fs::write(&other, BOB).unwrap();
        let of = |path: &Path| CredentialOrigin::File { path: path.display().to_string(), key: "r.example".to_owned() };

        let mut around = Surroundings { home: Some(home.path().to_owned()), ..Surroundings::default() };
        assert_eq!(account(&around).await, Ok((Some("alice".into()), of(&file))));

        around.registry_auth_file = Some(other.clone());
        assert_eq!(account(&around).await, Ok((Some("bob".into()), of(&other))));

        around.registry_auth_file = Some(home.path().join("not-yet.json"));
        assert_eq!(account(&around).await, Ok((None, CredentialOrigin::None)));

        around.authfile = Some(home.path().join("typo.json"));
        let place = home.path().join("typo.json").display().to_string();
        assert_eq!(account(&around).await, Err(ProblemKind::CredentialsUnreadable { place }));

        around.docker_auth_config = Some(Secret::new(BOB));
        let inline = CredentialOrigin::Environment { variable: INLINE.to_owned() };
        assert_eq!(account(&around).await, Ok((Some("bob".into()), inline)));
    }

    #[tokio::test]
    async fn what_was_named_must_be_understood_and_what_was_not_need_not() {
        let home = tempfile::tempdir().unwrap();
        let file = home.path().join("config.json");
        std::fs::write(&file, "not json").unwrap();
        let docker = Surroundings { docker_config: Some(home.path().to_owned()), ..Surroundings::default() };
        assert_eq!(account(&docker).await, Ok((None, CredentialOrigin::None)));
        let variable = Surroundings { registry_auth_file: Some(file.clone()), ..Surroundings::default() };
        assert!(account(&variable).await.is_err());
        let inline = Surroundings { docker_auth_config: Some(Secret::new("{")), ..Surroundings::default() };
        assert_eq!(account(&inline).await, Err(ProblemKind::CredentialsUnreadable { place: INLINE.to_owned() }));
        assert_eq!(account(&Surroundings::default()).await, Ok((None, CredentialOrigin::None)));
    }

    #[tokio::test]
    async fn nothing_secret_is_shown() {
        let around = Surroundings { docker_auth_config: Some(Secret::new(ALICE)), ..Surroundings::default() };
        let provider = DockerConfigCredentials::new(around);
        let credential = provider.find(&Whose::of("r.example", "a")).await.unwrap().credential;
        assert!(!format!("{provider:?} {credential:?}").contains("YWxp"));
        assert!(!format!("{credential:?}").contains("\"w\""));
    }
}
