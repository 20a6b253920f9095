use std::net::IpAddr;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError, RwLock};
use std::time::Duration;

use anatomy::{Named, Reference};
use aws::Aws;
use credentials::{Accounts, Chain, Surroundings};
use registry::{RegistryClient, RegistryOptions};
use serde::Serialize;
use source::{
    Cache, Cached, ContentSource, Credential, CredentialOrigin, CredentialProvider, Found, Identity, LookPlace,
    Problem, ProblemKind, Whose,
};
use tokio::task::JoinSet;

use crate::registries::Registries;

/// How to ask, for every question of one explorer.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Ask nobody; answer from what was kept.
    pub offline: bool,
    /// Neither read nor keep documents.
    pub no_cache: bool,
    /// Where documents are kept; without it nothing is.
    pub cache_dir: Option<PathBuf>,
    /// A credential file of Docker's or containers' form that replaces the usual ones.
    pub authfile: Option<PathBuf>,
    /// Speak plain HTTP to every host.
    pub plain_http: bool,
    /// Speak TLS even to loopback hosts.
    pub tls: bool,
    /// PEM files of authorities that are trusted beside the usual ones.
    pub ca: Vec<PathBuf>,
    /// Trust any certificate.
    pub insecure: bool,
    /// Hosts that may serve tokens for other hosts' registries.
    pub allow_realm: Vec<String>,
    /// `HOST:PORT:ADDR`: reach a host at an address of the reader's choice.
    pub resolve: Vec<String>,
    /// How many counted requests a metered registry may be asked without a question.
    pub budget: Option<u32>,
}

impl Options {
    /// The folder of this user in which both programs keep documents; `None` on a system that has
    /// no such place.
    #[must_use]
    pub fn usual_cache_dir() -> Option<PathBuf> {
        directories::ProjectDirs::from("", "", "kaibo").map(|dirs| dirs.cache_dir().to_owned())
    }
}

/// How long a question waits to know as whom its documents are kept.
const IDENTITY_PATIENCE: Duration = Duration::from_secs(5);

/// What outlives one question: connections, accounts, the cache.
#[derive(Debug)]
pub struct Explorer {
    pub(crate) options: Options,
    /// Every place with accounts, AWS the last of them.
    pub(crate) accounts: Arc<dyn CredentialProvider>,
    /// The places before AWS, for what is done with them beside finding.
    pub(crate) own: Accounts,
    pub(crate) aws: Arc<Aws>,
    pub(crate) registries: Registries,
    cache: Option<Cache>,
    /// Made when the first registry is asked: reading files needs neither TLS nor certificates. Made
    /// anew when accounts or settings change, so that no token or connection of before is used.
    client: RwLock<Option<RegistryClient>>,
    /// Looks for accounts that nobody waits for any more.
    asking: Mutex<JoinSet<()>>,
}

/// A sample image that the program carries.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct SampleCard {
    /// `hello`.
    pub name: String,
    /// Its tags.
    pub tags: Vec<String>,
    /// The reference that opens it.
    pub reference: String,
}

impl Explorer {
    /// Nothing is opened or asked yet.
    ///
    /// # Errors
    /// [`ProblemKind::SettingUnusable`] for an option that cannot be used.
    pub fn new(options: Options) -> Result<Self, Problem> {
        let folder = credentials::config_folder();
        let own = Accounts::new(Surroundings::of_this_process(options.authfile.clone()), folder.as_deref());
        let registries = Registries::new(folder.as_deref());
        let aws = Aws::new({
            let registries = registries.clone();
            Arc::new(move |registry| registries.of(registry).aws_profile)
        });
        let mut links = own.links();
        if !options.offline {
            links.push(aws.credentials());
        }
        let accounts = Arc::new(Chain::new(links));
        let cache = options.cache_dir.clone().filter(|_| !options.no_cache).map(Cache::new);
        for text in &options.resolve {
            parse_resolve(text)?;
        }
        Ok(Self { options, accounts, own, aws, registries, cache, client: RwLock::default(), asking: Mutex::default() })
    }

    /// The samples that the program carries.
    #[must_use]
    pub fn samples(&self) -> Vec<SampleCard> {
        let card = |sample: &local::Sample| SampleCard {
            name: sample.name.to_owned(),
            tags: sample.tags.iter().map(|tag| (*tag).to_owned()).collect(),
            reference: format!("sample:{}:{}", sample.name, sample.default_tag),
        };
        local::samples().iter().map(card).collect()
    }

    /// The reference that opens a file or folder of the reader's own.
    ///
    /// # Errors
    /// When the path is neither a layout nor an archive.
    pub fn detect(&self, path: &std::path::Path) -> Result<Reference, Problem> {
        local::detect(path)
    }

    /// Reads what was typed.
    pub(crate) fn parse(&self, typed: &str) -> Result<Reference, Problem> {
        let mut reference = Reference::parse(typed).map_err(|fault| {
            let text = typed.trim().chars().take(300).collect();
            Problem::from(ProblemKind::ReferenceInvalid { text, fault })
        })?;
        // A sample's usual tag is as much a default as `latest` is: it is spelled out.
        if let Reference::Sample { name, tag: tag @ None } = &mut reference {
            let sample = local::samples().iter().find(|sample| sample.name == *name);
            *tag = sample.map(|sample| sample.default_tag.to_owned());
        }
        Ok(reference)
    }

    /// Opens the place that a reference leads to.
    pub(crate) async fn open(&self, reference: &Reference, way: &Way<'_>) -> Result<Arc<dyn ContentSource>, Problem> {
        let named = match reference {
            Reference::Registry(named) => named,
            Reference::DockerDaemon { .. } => return Err(unsupported("docker-daemon")),
            Reference::ContainersStorage { .. } => return Err(unsupported("containers-storage")),
            // Opening an archive reads it from end to end.
            file => {
                let file = file.clone();
                let opened = tokio::task::spawn_blocking(move || local::open(&file)).await;
                return opened.map_err(Problem::internal)?;
            }
        };
        let offline = self.options.offline || way.offline;
        let client = self.client(way)?;
        if way.reading == Reading::Fresh {
            // Who was turned down a moment ago may be let in now: the reader asks for a new look.
            client.forget(&named.registry);
        }
        let source: Arc<dyn ContentSource> = Arc::new(client.repository(named));
        let Some(cache) = self.cache.clone().filter(|_| way.reading != Reading::Verbatim) else {
            return if offline {
                Err(ProblemKind::Offline { reference: named.to_string() }.into())
            } else {
                Ok(source)
            };
        };
        let Some(identity) = self.identity(named, offline).await? else { return Ok(source) };
        let cached = Cached::new(source, cache, &identity);
        Ok(Arc::new(match way.reading {
            _ if offline => cached.offline(),
            Reading::Fresh => cached.refreshing(),
            _ => cached,
        }))
    }

    /// Lets what is being kept be written.
    pub async fn settle(&self) {
        if let Some(cache) = &self.cache {
            cache.settle().await;
        }
    }

    /// As whom documents of a repository are kept; `None` when that takes too long: a helper that hangs
    /// and a store that nobody unlocks must not hold up an image that needs no account. The cache stays
    /// out of that question. Offline it is all there is, and is waited for.
    async fn identity(&self, named: &Named, offline: bool) -> Result<Option<Identity>, Problem> {
        if offline {
            return self.identity_offline(named).await.map(Some);
        }
        let (accounts, named) = (Arc::clone(&self.accounts), named.clone());
        let (tell, told) = tokio::sync::oneshot::channel();
        {
            let mut asking = self.asking.lock().unwrap_or_else(PoisonError::into_inner);
            while asking.try_join_next().is_some() {}
            // A task of its own, which goes on: a dialog that the reader is answering stays open, and
            // what comes of it is there for whoever asks next.
            asking.spawn(async move {
                let _ = tell.send(accounts.find(&Whose::of(&named.registry, &named.repository)).await);
            });
        }
        match tokio::time::timeout(IDENTITY_PATIENCE, told).await {
            Ok(found) => found.map_err(Problem::internal)?.map(|found| Some(identity_of(found))),
            Err(_) => Ok(None),
        }
    }

    /// AWS is not asked who somebody is.
    async fn identity_offline(&self, named: &Named) -> Result<Identity, Problem> {
        let whose = Whose::of(&named.registry, &named.repository);
        let found = Chain::new(self.own.links()).find(&whose).await?;
        let aws = self.aws.credentials().places(&whose).into_iter().next();
        Ok(match (&found.credential, aws) {
            (Credential::Anonymous, Some(LookPlace::Aws { profile })) => aws_identity(profile.as_deref()),
            _ => identity_of(found),
        })
    }

    pub(crate) fn client(&self, way: &Way<'_>) -> Result<RegistryClient, Problem> {
        // What was allowed for one question must not be remembered for the next.
        if !way.realms.is_empty() || way.plain_http {
            return self.connect(way);
        }
        if let Some(client) = self.client.read().unwrap_or_else(PoisonError::into_inner).as_ref() {
            return Ok(client.clone());
        }
        // Held while it is made: what changes meanwhile waits, and makes the next.
        let mut client = self.client.write().unwrap_or_else(PoisonError::into_inner);
        match client.as_ref() {
            Some(client) => Ok(client.clone()),
            None => Ok(client.insert(self.connect(way)?).clone()),
        }
    }

    /// The next question is asked with other accounts or settings.
    pub(crate) fn renew(&self) {
        *self.client.write().unwrap_or_else(PoisonError::into_inner) = None;
    }

    fn connect(&self, way: &Way<'_>) -> Result<RegistryClient, Problem> {
        RegistryClient::new(&self.registry_options(way)?, self.accounts.clone())
    }

    fn registry_options(&self, way: &Way<'_>) -> Result<RegistryOptions, Problem> {
        let options = &self.options;
        let resolve = options.resolve.iter().map(|text| parse_resolve(text)).collect::<Result<_, _>>()?;
        Ok(RegistryOptions {
            plain_http: options.plain_http || way.plain_http,
            tls_only: options.tls,
            extra_ca: options.ca.clone(),
            insecure: options.insecure,
            allow_realms: options.allow_realm.iter().chain(way.realms).cloned().collect(),
            hosts: self.registries.hosts(),
            resolve,
            ..RegistryOptions::default()
        })
    }
}

fn identity_of(found: Found) -> Identity {
    match (found.credential, found.origin) {
        (Credential::Anonymous, _) => Identity::anonymous(),
        // Every token of ECR is for the user `AWS`; whose it is says the profile.
        (_, CredentialOrigin::Aws { profile, .. }) => aws_identity(profile.as_deref()),
        (Credential::Basic { username, .. }, _) => Identity(format!("account {username}")),
        // A token has no name; its fingerprint tells one from the other and gives nothing away.
        (Credential::IdentityToken(token) | Credential::RegistryToken(token), _) => {
            Identity(format!("token {}", anatomy::Digest::sha256(token.reveal().as_bytes()).short()))
        }
    }
}

fn aws_identity(profile: Option<&str>) -> Identity {
    Identity(format!("aws {}", profile.unwrap_or_default()))
}

impl Drop for Explorer {
    /// Ends the looks that nobody waits for any more, with the helpers that they run: the program may
    /// end right after this, and a helper that hangs would be left behind.
    fn drop(&mut self) {
        let asking = self.asking.get_mut().unwrap_or_else(PoisonError::into_inner);
        asking.abort_all();
        for _ in 0..100 {
            while asking.try_join_next().is_some() {}
            if asking.is_empty() {
                break;
            }
            std::thread::sleep(Duration::from_millis(1));
        }
    }
}

/// How one question is asked.
pub(crate) struct Way<'w> {
    pub(crate) reading: Reading,
    pub(crate) offline: bool,
    pub(crate) plain_http: bool,
    /// Hosts that may serve tokens.
    pub(crate) realms: &'w [String],
}

/// What a question wants of the cache.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reading {
    /// Documents that are kept need not be read again.
    Kept,
    /// Everything is read again, and kept.
    Fresh,
    /// The cache stays out of it.
    Verbatim,
}

fn unsupported(transport: &str) -> Problem {
    ProblemKind::TransportUnsupported { transport: transport.to_owned() }.into()
}

/// `HOST:PORT:ADDR`, as curl writes it; an IPv6 address may stand in brackets.
fn parse_resolve(text: &str) -> Result<(String, u16, IpAddr), Problem> {
    let unusable = || ProblemKind::SettingUnusable { setting: "--resolve".to_owned(), value: text.to_owned() };
    let (host, rest) = text.split_once(':').ok_or_else(unusable)?;
    let (port, address) = rest.split_once(':').ok_or_else(unusable)?;
    let address = address.trim_start_matches('[').trim_end_matches(']');
    match (port.parse(), address.parse()) {
        (Ok(port), Ok(address)) if !host.is_empty() => Ok((host.to_owned(), port, address)),
        _ => Err(unusable().into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn resolve_takes_host_port_and_address() {
        assert_eq!(
            parse_resolve("a.example:443:127.0.0.1").unwrap(),
            ("a.example".into(), 443, IpAddr::from([127, 0, 0, 1]))
        );
        assert_eq!(parse_resolve("a:1:[::1]").unwrap().2, "::1".parse::<IpAddr>().unwrap());
        for text in ["", "a", "a:443", "a:x:127.0.0.1", "a:443:nowhere", ":1:127.0.0.1"] {
            assert!(parse_resolve(text).is_err(), "{text}");
        }
    }
}
