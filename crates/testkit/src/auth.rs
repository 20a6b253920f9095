/// How the registry asks for an account.
#[derive(Clone, Debug, Default)]
pub enum Auth {
    /// Everybody may read.
    #[default]
    Open,
    /// HTTP Basic; made by [`Auth::basic`].
    Basic {
        /// The one account.
        username: String,
        /// Its password.
        password: String,
    },
    /// Tokens; see [`Bearer`].
    Bearer(Bearer),
}

impl Auth {
    /// HTTP Basic with one account.
    #[must_use]
    pub fn basic(username: &str, password: &str) -> Self {
        Self::Basic { username: username.to_owned(), password: password.to_owned() }
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
}
