//! Lists of repositories and tags.

mod acr;
mod api;
mod date;
mod hub;
mod own;
pub(crate) mod pager;
mod quay;

use std::sync::Arc;

use source::{Catalogue, Cursor, Page, Problem, Sink, TagEntry};

use crate::RegistryClient;
use crate::client::Repository;

impl RegistryClient {
    /// Who tells what `registry` (`host[:port]`) holds: its own lists, or an API of its maker where
    /// that tells more.
    ///
    /// It is good for one list: once an API could not be asked, [`Catalogue::via`] says that the
    /// registry itself was.
    #[must_use]
    pub fn catalogue(&self, registry: &str) -> Arc<dyn Catalogue> {
        let own = own::Own { client: self.clone(), registry: registry.to_owned() };
        match registry {
            "docker.io" => Arc::new(api::Richer::<hub::Hub>::new(own)),
            "quay.io" => Arc::new(api::Richer::<quay::Quay>::new(own)),
            azure if is_azure(azure) => Arc::new(api::Richer::<acr::Acr>::new(own)),
            _ => Arc::new(own),
        }
    }

    /// A page of the registry's own list of tags.
    pub(crate) async fn tags_of(
        &self,
        repository: &Repository,
        after: Option<&Cursor>,
        sink: &dyn Sink,
    ) -> Result<Page<TagEntry>, Problem> {
        own::tags(self, repository, after, sink).await
    }
}

/// `NAME.azurecr.io`, and the names of the clouds of China and of the US government.
fn is_azure(registry: &str) -> bool {
    let host = registry.rsplit_once(':').map_or(registry, |(host, _)| host);
    [".azurecr.io", ".azurecr.cn", ".azurecr.us"].into_iter().any(|ending| host.ends_with(ending))
}
