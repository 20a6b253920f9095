//! What a token is good for (distribution, token/scope.md): `repository:a/b:pull`, `registry:catalog:*`.

/// Scopes in one token at most: a registry that asks for ever more shall not make ever longer questions.
const MOST: usize = 16;

/// Scopes in the order in which they were wanted, each resource once.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Scopes(Vec<Scope>);

#[derive(Clone, Debug, PartialEq, Eq)]
struct Scope {
    /// `repository:a/b`; or all of it where it has no actions, as with ECR Public's `aws`.
    resource: String,
    actions: Vec<String>,
}

impl Scopes {
    /// Reads scopes that are separated by spaces.
    pub(crate) fn parse(text: &str) -> Self {
        text.split_whitespace().fold(Self::default(), |scopes, scope| {
            let (resource, actions) = scope.rsplit_once(':').unwrap_or((scope, ""));
            let actions = actions.split(',').filter(|a| !a.is_empty()).map(ToOwned::to_owned).collect();
            scopes.with(&Scope { resource: resource.to_owned(), actions })
        })
    }

    fn with(mut self, wanted: &Scope) -> Self {
        let room = self.0.len() < MOST;
        match self.0.iter_mut().find(|scope| scope.resource == wanted.resource) {
            Some(scope) => {
                let new = wanted.actions.iter().filter(|a| !scope.actions.contains(a)).cloned().collect::<Vec<_>>();
                scope.actions.extend(new);
            }
            None if room => self.0.push(wanted.clone()),
            None => {}
        }
        self
    }

    /// These and those.
    pub(crate) fn and(self, more: &Self) -> Self {
        more.0.iter().fold(self, Self::with)
    }

    /// Whether a token for these is good for those as well.
    pub(crate) fn cover(&self, wanted: &Self) -> bool {
        wanted.0.iter().all(|wanted| {
            self.0.iter().any(|scope| {
                scope.resource == wanted.resource
                    && wanted.actions.iter().all(|a| scope.actions.iter().any(|has| has == a || has == "*"))
            })
        })
    }

    /// One text for each.
    pub(crate) fn texts(&self) -> impl Iterator<Item = String> {
        self.0.iter().map(|scope| match scope.actions.as_slice() {
            [] => scope.resource.clone(),
            actions => format!("{}:{}", scope.resource, actions.join(",")),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(scopes: &Scopes) -> String {
        scopes.texts().collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn scopes_are_united() {
        for (one, other, expected) in [
            ("repository:a/b:pull", "", "repository:a/b:pull"),
            ("", "registry:catalog:*", "registry:catalog:*"),
            ("repository:a:pull", "repository:a:push,pull", "repository:a:pull,push"),
            ("repository:a:pull", "repository:b:pull", "repository:a:pull repository:b:pull"),
            ("aws", "aws", "aws"),
            ("repository:host:5000/a:pull", " repository:host:5000/a:pull ", "repository:host:5000/a:pull"),
        ] {
            let united = Scopes::parse(one).and(&Scopes::parse(other));
            assert_eq!(text(&united), expected, "{one} + {other}");
            assert!(united.cover(&Scopes::parse(one)) && united.cover(&Scopes::parse(other)));
        }
        assert!(!Scopes::parse("repository:a:pull").cover(&Scopes::parse("repository:a:pull,push")));
        assert!(!Scopes::parse("repository:a:pull").cover(&Scopes::parse("repository:b:pull")));
        assert!(Scopes::parse("registry:catalog:*").cover(&Scopes::parse("registry:catalog:read")));
    }

    #[test]
    fn a_registry_cannot_make_them_grow_without_end() {
        let many: String = (0..1000).map(|n| format!("repository:r{n}:pull ")).collect();
        assert_eq!(Scopes::parse(&many).texts().count(), MOST);
    }
}
