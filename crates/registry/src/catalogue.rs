//! Lists of repositories and tags.

use std::sync::Arc;

use async_trait::async_trait;
use source::{Catalogue, Cursor, Listing, Page, Problem, Sink, TagEntry, Via};

use crate::RegistryClient;

impl RegistryClient {
    /// Who tells what `registry` (`host[:port]`) holds: its own lists, or an API of its maker where
    /// that tells more.
    #[must_use]
    pub fn catalogue(&self, registry: &str) -> Arc<dyn Catalogue> {
        Arc::new(Own { client: self.clone(), registry: registry.to_owned() })
    }
}

/// The registry's own lists.
#[derive(Debug)]
struct Own {
    client: RegistryClient,
    registry: String,
}

#[async_trait]
impl Catalogue for Own {
    fn via(&self) -> Via {
        Via::Registry
    }

    async fn repositories(&self, _: Option<&str>, _: Option<&Cursor>, _: &dyn Sink) -> Result<Listing, Problem> {
        Err(Problem::internal(format!("to be written: {} {:?}", self.registry, self.client)))
    }

    async fn tags(&self, _: &str, _: Option<&Cursor>, _: &dyn Sink) -> Result<Page<TagEntry>, Problem> {
        Err(Problem::internal("to be written"))
    }
}
