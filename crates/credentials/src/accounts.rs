use std::path::Path;
use std::sync::Arc;

use source::{CredentialProvider, Problem};

use crate::files::{self, CommandLineFile, Inline, ToolAccount, ToolFiles, Tools};
use crate::helper::Helpers;
use crate::keychain::Keychain;
use crate::session::Session;
use crate::surroundings::Surroundings;

/// Every place with accounts but the clouds'.
#[derive(Clone, Debug)]
pub struct Accounts {
    /// What was typed.
    pub session: Session,
    /// What was kept.
    pub keychain: Keychain,
    tools: Arc<Tools>,
}

impl Accounts {
    /// The places that `surroundings` tell of, and Kaibo's own with its list in `folder`
    /// ([`crate::config_folder`]). Nothing is read yet.
    #[must_use]
    pub fn new(surroundings: Surroundings, folder: Option<&Path>) -> Self {
        let helpers = Helpers::new(&surroundings);
        let tools = Arc::new(Tools { around: surroundings, helpers });
        Self { session: Session::new(), keychain: Keychain::new(folder), tools }
    }

    /// The links of the chain, in their order.
    #[must_use]
    pub fn links(&self) -> Vec<Arc<dyn CredentialProvider>> {
        let mut links: Vec<Arc<dyn CredentialProvider>> = vec![
            Arc::new(self.session.clone()),
            Arc::new(self.keychain.clone()),
            Arc::new(Inline(Arc::clone(&self.tools))),
            Arc::new(ToolFiles(Arc::clone(&self.tools))),
        ];
        if self.tools.around.authfile.is_some() {
            links.insert(0, Arc::new(CommandLineFile(Arc::clone(&self.tools))));
        }
        links
    }

    /// Forgets what helpers said and that a store failed: the next look is a new one.
    pub fn look_anew(&self) {
        self.tools.helpers.forget();
        self.keychain.retry();
    }

    /// The accounts in the files of other tools. No helper is run: some ask the reader.
    ///
    /// # Errors
    /// When a file that was named explicitly cannot be read.
    pub async fn of_tools(&self) -> Result<Vec<ToolAccount>, Problem> {
        files::tool_accounts(&self.tools).await
    }
}
