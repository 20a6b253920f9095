use std::path::{Path, PathBuf};
use std::sync::Arc;

use async_trait::async_trait;
use source::{
    CredentialOrigin, CredentialProvider, Found, LookFault, LookOutcome, LookPlace, LookSkip, Problem, Whose,
};

use crate::config::{Asked, Config, Malformed};
use crate::containers;
use crate::file::{self, Form, Named, unreadable};
use crate::helper::Helpers;
use crate::key;
use crate::search::{self, Search};
use crate::surroundings::{INLINE, Surroundings};

/// The file of `--authfile`: what the reader wrote on the command line comes before everything else.
#[derive(Clone, Debug)]
pub(crate) struct CommandLineFile(pub(crate) Arc<Tools>);

/// The variable `DOCKER_AUTH_CONFIG`, a config.json as text.
#[derive(Clone, Debug)]
pub(crate) struct Inline(pub(crate) Arc<Tools>);

/// The files of Docker and of containers' tools, or the file of `REGISTRY_AUTH_FILE` in their place.
#[derive(Clone, Debug)]
pub(crate) struct ToolFiles(pub(crate) Arc<Tools>);

/// What the links above share.
#[derive(Debug)]
pub(crate) struct Tools {
    pub(crate) around: Surroundings,
    pub(crate) helpers: Helpers,
}

/// One of the files that tools have by themselves.
struct ToolFile {
    path: PathBuf,
    form: Form,
    whose: Owner,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Owner {
    Docker,
    Containers,
}

impl Tools {
    /// In the order in which they are looked at.
    fn usual(&self) -> Vec<ToolFile> {
        let docker = |path: Option<PathBuf>, form| path.map(|path| ToolFile { path, form, whose: Owner::Docker });
        let containers = |path: &PathBuf| ToolFile { path: path.clone(), form: Form::Config, whose: Owner::Containers };
        docker(self.around.docker_file(), Form::Config)
            .into_iter()
            .chain(docker(self.around.dockercfg(), Form::Dockercfg))
            .chain(self.around.containers_auth.iter().map(containers))
            .collect()
    }

    /// Whether a file that was named takes the place of the usual ones.
    fn is_replaced(&self) -> bool {
        self.around.authfile.is_some() || self.around.registry_auth_file.is_some()
    }

    async fn look_into(
        &self,
        path: &Path,
        form: Form,
        named: Named,
        whose: Owner,
        search: &mut Search<'_>,
    ) -> Result<(), Problem> {
        let place = search::file(path);
        if search.is_over(&place) {
            return Ok(());
        }
        let Some(config) = file::open(path, form, named, search).await? else { return Ok(()) };
        let registry = search.whose.registry;
        let asked = match whose {
            Owner::Docker => config.helper(registry),
            Owner::Containers => config
                .own_helper(registry)
                .filter(|name| !name.is_empty())
                .map(|name| Asked { name: name.to_owned(), servers: containers::servers(registry) }),
        };
        if let Some(Asked { name, servers }) = asked {
            self.helpers.consult(&name, &servers, search).await;
        }
        if search.is_over(&place) {
            return Ok(());
        }
        self.accounts(&config, path, named, search)
    }

    fn accounts(&self, config: &Config, path: &Path, named: Named, search: &mut Search<'_>) -> Result<(), Problem> {
        let place = search::file(path);
        let accounts = config.accounts(search.whose.registry, search.whose.repository);
        if accounts.is_empty() {
            search.note(place, LookOutcome::Nothing);
            return Ok(());
        }
        for (key, credential) in accounts {
            let path = path.display().to_string();
            match credential {
                Ok(credential) => search.offer(place.clone(), credential, CredentialOrigin::File { path, key }),
                Err(Malformed) if named == Named::ByNobody => search.fail(place.clone(), LookFault::Unreadable, None),
                Err(Malformed) => return Err(unreadable(path, "read", None)),
            }
            if search.has_found() {
                break;
            }
        }
        Ok(())
    }
}

#[async_trait]
impl CredentialProvider for CommandLineFile {
    async fn find(&self, whose: &Whose<'_>) -> Result<Found, Problem> {
        let mut search = Search::new(whose);
        if let Some(path) = &self.0.around.authfile {
            self.0.look_into(path, Form::Config, Named::OnCommandLine, Owner::Docker, &mut search).await?;
        }
        Ok(search.end())
    }

    fn places(&self, _whose: &Whose<'_>) -> Vec<LookPlace> {
        self.0.around.authfile.iter().map(|path| search::file(path)).collect()
    }
}

#[async_trait]
impl CredentialProvider for Inline {
    async fn find(&self, whose: &Whose<'_>) -> Result<Found, Problem> {
        let mut search = Search::new(whose);
        let place = LookPlace::Variable { variable: INLINE.to_owned() };
        let Some(text) = &self.0.around.docker_auth_config else {
            search.note(place, LookOutcome::Absent);
            return Ok(search.end());
        };
        let broken = |Malformed| unreadable(INLINE.to_owned(), "read", None);
        let accounts =
            Config::parse(text.reveal().as_bytes()).map_err(broken)?.accounts(whose.registry, whose.repository);
        if accounts.is_empty() {
            search.note(place.clone(), LookOutcome::Nothing);
        }
        for (_, credential) in accounts {
            let origin = CredentialOrigin::Environment { variable: INLINE.to_owned() };
            search.offer(place.clone(), credential.map_err(broken)?, origin);
            if search.has_found() {
                break;
            }
        }
        Ok(search.end())
    }

    fn places(&self, _whose: &Whose<'_>) -> Vec<LookPlace> {
        vec![LookPlace::Variable { variable: INLINE.to_owned() }]
    }
}

#[async_trait]
impl CredentialProvider for ToolFiles {
    async fn find(&self, whose: &Whose<'_>) -> Result<Found, Problem> {
        let tools = &self.0;
        let mut search = Search::new(whose);
        if tools.is_replaced() {
            if let Some(path) = self.0.around.registry_auth_file.as_ref().filter(|_| tools.around.authfile.is_none()) {
                tools.look_into(path, Form::Config, Named::InVariable, Owner::Docker, &mut search).await?;
            }
            for usual in tools.usual() {
                search.skip(search::file(&usual.path), LookSkip::Replaced);
            }
            return Ok(search.end());
        }
        let (docker, containers): (Vec<_>, Vec<_>) =
            tools.usual().into_iter().partition(|file| file.whose == Owner::Docker);
        for file in docker {
            tools.look_into(&file.path, file.form, Named::ByNobody, file.whose, &mut search).await?;
        }
        for helper in containers::helpers(&tools.around, &mut search).await {
            match helper {
                containers::Helper::Files => {
                    for file in &containers {
                        tools.look_into(&file.path, file.form, Named::ByNobody, file.whose, &mut search).await?;
                    }
                }
                containers::Helper::Program(name) => {
                    tools.helpers.consult(&name, &containers::servers(whose.registry), &mut search).await;
                }
            }
        }
        Ok(search.end())
    }

    fn places(&self, _whose: &Whose<'_>) -> Vec<LookPlace> {
        if self.0.is_replaced() {
            return self.0.around.registry_auth_file.iter().map(|path| search::file(path)).collect();
        }
        self.0.usual().iter().map(|usual| search::file(&usual.path)).collect()
    }
}

/// An account that another tool has on this machine, without its secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ToolAccount {
    /// For what: `ghcr.io`, `ghcr.io/team`.
    pub key: String,
    /// The account's name, where the file says it.
    pub account: Option<String>,
    /// Where it is.
    pub origin: CredentialOrigin,
}

/// The accounts in the files that would be looked at, in their order. No helper is run: some ask the
/// reader.
///
/// # Errors
/// When a file that was named explicitly cannot be read.
pub(crate) async fn tool_accounts(tools: &Tools) -> Result<Vec<ToolAccount>, Problem> {
    let mut accounts = Vec::new();
    let nobody = Whose::of("", "");
    let mut search = Search::new(&nobody);
    if let Some(text) = &tools.around.docker_auth_config {
        let config = Config::parse(text.reveal().as_bytes());
        let config = config.map_err(|Malformed| unreadable(INLINE.to_owned(), "read", None))?;
        accounts.extend(config.told().into_iter().map(|told| ToolAccount {
            key: key::plain(&told.key),
            account: told.account,
            origin: CredentialOrigin::Environment { variable: INLINE.to_owned() },
        }));
    }
    let named = match (&tools.around.authfile, &tools.around.registry_auth_file) {
        (Some(path), _) => Some((path, Named::OnCommandLine)),
        (None, Some(path)) => Some((path, Named::InVariable)),
        (None, None) => None,
    };
    let files = match named {
        Some((path, named)) => vec![(path.clone(), Form::Config, named)],
        None => tools.usual().into_iter().map(|usual| (usual.path, usual.form, Named::ByNobody)).collect(),
    };
    for (path, form, named) in files {
        let Some(config) = file::open(&path, form, named, &mut search).await? else { continue };
        let path = path.display().to_string();
        accounts.extend(config.told().into_iter().map(|told| ToolAccount {
            key: key::plain(&told.key),
            account: told.account,
            origin: match told.helper {
                Some(name) => CredentialOrigin::Helper { program: Helpers::program(&name), server: told.key },
                None => CredentialOrigin::File { path: path.clone(), key: told.key },
            },
        }));
    }
    Ok(accounts)
}

#[cfg(test)]
mod tests;
