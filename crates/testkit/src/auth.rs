use std::time::Duration;

/// How the registry asks for an account.
#[derive(Clone, Debug, Default)]
pub enum Auth {
    /// Everybody may read.
    #[default]
    Open,
    /// HTTP Basic; made by [`Auth::basic`] and [`Auth::accounts`].
    Basic {
        /// Names and passwords.
        accounts: Vec<(String, String)>,
        /// Who is denied (403) which repository.
        denied: Vec<(String, String)>,
    },
    /// Tokens; see [`Bearer`].
    Bearer(Bearer),
}

impl Auth {
    /// HTTP Basic with one account.
    #[must_use]
    pub fn basic(username: &str, password: &str) -> Self {
        Self::accounts(&[(username, password)])
    }

    /// HTTP Basic with several accounts.
    #[must_use]
    pub fn accounts(accounts: &[(&str, &str)]) -> Self {
        let accounts = accounts.iter().map(|(name, password)| ((*name).to_owned(), (*password).to_owned())).collect();
        Self::Basic { accounts, denied: Vec::new() }
    }

    /// HTTP Basic, where this account is known and may not read this repository (403).
    ///
    /// # Panics
    /// For anything but Basic.
    #[must_use]
    pub fn denies(self, username: &str, repository: &str) -> Self {
        let Self::Basic { accounts, mut denied } = self else { panic!("only Basic denies by itself") };
        denied.push((username.to_owned(), repository.to_owned()));
        Self::Basic { accounts, denied }
    }
}

impl From<Bearer> for Auth {
    fn from(bearer: Bearer) -> Self {
        Self::Bearer(bearer)
    }
}

/// A registry with a token server (`/token`, GET and POST).
#[derive(Clone, Debug, Default)]
pub struct Bearer {
    pub(crate) accounts: Vec<(String, String)>,
    pub(crate) identity_token: Option<String>,
    pub(crate) no_post: bool,
    pub(crate) anonymous: bool,
    pub(crate) expires_in: Option<u32>,
    pub(crate) uses: Option<u32>,
    pub(crate) other_host: bool,
    pub(crate) realm: Option<String>,
    pub(crate) registry_token: Option<String>,
    pub(crate) denied: Vec<(String, String, u16)>,
    pub(crate) more: Option<String>,
    pub(crate) scoped: bool,
    pub(crate) ends_after: Option<Duration>,
    pub(crate) refreshing: bool,
    pub(crate) post_only: bool,
    pub(crate) careless: bool,
    pub(crate) and_basic: bool,
}

impl Bearer {
    /// Tokens for everybody.
    #[must_use]
    pub fn anonymous() -> Self {
        Self { anonymous: true, ..Self::default() }
    }

    /// Tokens for this account only.
    #[must_use]
    pub fn account(username: &str, password: &str) -> Self {
        Self::default().and_account(username, password)
    }

    /// Tokens for this account too.
    #[must_use]
    pub fn and_account(mut self, username: &str, password: &str) -> Self {
        self.accounts.push((username.to_owned(), password.to_owned()));
        self
    }

    /// Tokens for this refresh token (POST `grant_type=refresh_token`; Basic with any name if
    /// [`Bearer::no_post`]).
    #[must_use]
    pub fn identity_token(mut self, token: &str) -> Self {
        self.identity_token = Some(token.to_owned());
        self
    }

    /// POST answers 404, as some token servers do.
    #[must_use]
    pub fn no_post(mut self) -> Self {
        self.no_post = true;
        self
    }

    /// `expires_in` of the answer; absent unless set.
    #[must_use]
    pub fn expires_in(mut self, seconds: u32) -> Self {
        self.expires_in = Some(seconds);
        self
    }

    /// A token is good for so many requests, then 401: expiry without a clock.
    #[must_use]
    pub fn uses(mut self, uses: u32) -> Self {
        self.uses = Some(uses);
        self
    }

    /// The realm is on [`crate::Registry::other_host`].
    #[must_use]
    pub fn on_other_host(mut self) -> Self {
        self.other_host = true;
        self
    }

    /// The realm is this URL, whoever is there.
    #[must_use]
    pub fn realm(mut self, url: &str) -> Self {
        self.realm = Some(url.to_owned());
        self
    }

    /// A ready token that is good as well (`registrytoken`).
    #[must_use]
    pub fn registry_token(mut self, token: &str) -> Self {
        self.registry_token = Some(token.to_owned());
        self
    }

    /// Gives tokens to this account, and does not take them for this repository (`*` for every one): 401 or
    /// 403. So do registries for accounts that have no right to read, or no longer exist.
    #[must_use]
    pub fn denies(mut self, username: &str, repository: &str, status: u16) -> Self {
        self.denied.push((username.to_owned(), repository.to_owned(), status));
        self
    }

    /// Takes a token only for what it was asked for, and says `insufficient_scope` otherwise.
    #[must_use]
    pub fn scoped(mut self) -> Self {
        self.scoped = true;
        self
    }

    /// Wants this scope as well, and says so only to who comes with a token.
    #[must_use]
    pub fn wants_more(mut self, scope: &str) -> Self {
        self.more = Some(scope.to_owned());
        self
    }

    /// A token is good for so long, whatever [`Bearer::expires_in`] says.
    #[must_use]
    pub fn ends_after(mut self, life: Duration) -> Self {
        self.ends_after = Some(life);
        self
    }

    /// Gives a new refresh token with each token for an account.
    #[must_use]
    pub fn refreshing(mut self) -> Self {
        self.refreshing = true;
        self
    }

    /// GET with an account answers 405: a server of OAuth2 only.
    #[must_use]
    pub fn post_only(mut self) -> Self {
        self.post_only = true;
        self
    }

    /// Gives a token for nobody to a wrong password: tokens are JWTs with a `sub`.
    #[must_use]
    pub fn careless(mut self) -> Self {
        self.careless = true;
        self
    }

    /// Offers Basic too, in the same header.
    #[must_use]
    pub fn and_basic(mut self) -> Self {
        self.and_basic = true;
        self
    }
}
