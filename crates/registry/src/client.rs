use std::collections::HashSet;
use std::sync::{Arc, Mutex, PoisonError};

use anatomy::Named;
use http::Method;
use source::{CredentialProvider, Place, Problem, Sink, Thing};

use crate::exchange::Exchange;
use crate::options::RegistryOptions;
use crate::question::HUB;
pub(crate) use crate::question::{Question, Repository, path_of_link};
use crate::redirect::Neighbourhood;
use crate::repository::RegistrySource;
use crate::scheme::Schemes;
use crate::token::TokenBroker;
use crate::wire::{Opened, Tap, Wire};

/// Connections, tokens and what is known of hosts, shared by all repositories.
#[derive(Clone, Debug)]
pub struct RegistryClient(pub(crate) Arc<Shared>);

#[derive(Debug)]
pub(crate) struct Shared {
    pub(crate) exchange: Arc<Exchange>,
    pub(crate) broker: Arc<TokenBroker>,
    pub(crate) schemes: Schemes,
    /// Registries whose answers carried rate-limit headers.
    pub(crate) metered: Mutex<HashSet<String>>,
    /// For the client of a probe, which begins anew.
    options: RegistryOptions,
    credentials: Arc<dyn CredentialProvider>,
}

impl RegistryClient {
    /// A client; nothing is asked yet.
    ///
    /// # Errors
    /// [`source::ProblemKind::SettingUnusable`] when a `--ca` file is unusable.
    pub fn new(options: &RegistryOptions, credentials: Arc<dyn CredentialProvider>) -> Result<Self, Problem> {
        Ok(Self::build(options, credentials, Wire::new(options)?))
    }

    fn build(options: &RegistryOptions, credentials: Arc<dyn CredentialProvider>, wire: Wire) -> Self {
        let near = Neighbourhood { pinned: options.resolve.iter().map(|(name, _, ip)| (name.clone(), *ip)).collect() };
        let exchange = Arc::new(Exchange { wire, near });
        let broker = TokenBroker::new(Arc::clone(&exchange), Arc::clone(&credentials), options.clone());
        Self(Arc::new(Shared {
            exchange,
            broker: Arc::new(broker),
            schemes: Schemes::new(options),
            metered: Mutex::default(),
            options: options.clone(),
            credentials,
        }))
    }

    /// The same client anew: no connection, no token, nothing known of hosts. `tap` hears every
    /// exchange, and accounts come through what `watch` makes of the provider.
    pub(crate) fn anew(
        &self,
        tap: Arc<dyn Tap>,
        watch: impl FnOnce(Arc<dyn CredentialProvider>) -> Arc<dyn CredentialProvider>,
    ) -> Result<Self, Problem> {
        let mut wire = Wire::new(&self.0.options)?;
        wire.tap = Some(tap);
        Ok(Self::build(&self.0.options, watch(Arc::clone(&self.0.credentials)), wire))
    }

    pub(crate) fn options(&self) -> &RegistryOptions {
        &self.0.options
    }

    pub(crate) fn exchange(&self) -> &Exchange {
        &self.0.exchange
    }

    pub(crate) fn schemes(&self) -> &Schemes {
        &self.0.schemes
    }

    /// The repository of a reference. Nothing is asked yet.
    #[must_use]
    pub fn repository(&self, named: &Named) -> RegistrySource {
        let repository = Repository::of(&named.registry, &named.repository);
        let place = Place::Registry { registry: named.registry.clone(), repository: named.repository.clone() };
        RegistrySource { client: self.clone(), repository, place }
    }

    /// Accounts for `registry` were added, changed or removed: the next question looks for them anew. Also
    /// for who tries again on purpose: an account that was turned down is otherwise not sent again for a
    /// minute.
    pub fn forget(&self, registry: &str) {
        self.0.broker.forget_registry(registry);
    }

    pub(crate) fn metered(&self, registry: &str) -> bool {
        registry == HUB.0 || self.0.metered.lock().unwrap_or_else(PoisonError::into_inner).contains(registry)
    }

    /// As [`RegistryClient::ask`], of the registry as a whole: `path` with its query (`/v2/_catalog?n=100`),
    /// and the `scope` of the token, where one is needed and the challenge does not say which.
    pub(crate) async fn ask_registry(
        &self,
        registry: &str,
        path: &str,
        scope: Option<&str>,
        accept: &'static str,
        sink: &dyn Sink,
    ) -> Result<Opened, Problem> {
        let name = path.split('?').next().unwrap_or(path).trim_start_matches("/v2/");
        let question = Question {
            method: Method::GET,
            path: path.to_owned(),
            accept,
            range: None,
            layer: false,
            thing: Thing::Repository,
            name,
        };
        self.ask(&Repository::whole(registry, scope), &question, sink).await
    }
}
