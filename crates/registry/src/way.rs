//! How a registry wants to be asked: what comes of its challenges.

use std::sync::Arc;

use url::Url;

use crate::scope::Scopes;

/// How a registry wants to be asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Way {
    /// With the account in each request.
    Basic,
    /// With a token.
    Bearer(Arc<Bearer>),
}

/// Who gives tokens, and for what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Bearer {
    /// The address of the registry for which the token is.
    pub(crate) home: Url,
    /// Of the token server: one that may be asked.
    pub(crate) realm: Url,
    pub(crate) service: Option<String>,
    pub(crate) scopes: Scopes,
}

impl Way {
    /// What the token is good for.
    pub(crate) fn scopes(&self) -> Option<&Scopes> {
        match self {
            Self::Basic => None,
            Self::Bearer(bearer) => Some(&bearer.scopes),
        }
    }

    /// This way, with a token that is good for what that one is good for as well.
    pub(crate) fn and(self, other: &Self) -> Self {
        match (self, other.scopes()) {
            (Self::Bearer(bearer), Some(more)) => {
                let scopes = more.clone().and(&bearer.scopes);
                Self::Bearer(Arc::new(Bearer { scopes, ..(*bearer).clone() }))
            }
            (way, _) => way,
        }
    }

    /// Whether what is given for this way is good for that one.
    pub(crate) fn covers(&self, other: &Self) -> bool {
        match (self.scopes(), other.scopes()) {
            (Some(scopes), Some(wanted)) => scopes.cover(wanted),
            (None, None) => true,
            _ => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn way(scopes: &str) -> Way {
        let url: Url = "https://r.example/token".parse().unwrap();
        Way::Bearer(Arc::new(Bearer { home: url.clone(), realm: url, service: None, scopes: Scopes::parse(scopes) }))
    }

    #[test]
    fn a_token_for_more_is_good_for_less() {
        let both = way("repository:b:pull").and(&way("repository:a:pull"));
        assert_eq!(both, way("repository:a:pull repository:b:pull"));
        assert!(both.covers(&way("repository:b:pull")) && !way("repository:b:pull").covers(&both));
        assert!(Way::Basic.covers(&Way::Basic) && !Way::Basic.covers(&both) && !both.covers(&Way::Basic));
        assert_eq!(Way::Basic.and(&both), Way::Basic);
    }
}
