//! Which hosts are asked for tokens.

use url::{Host, Url};

use crate::host;

/// Token servers of well-known registries under another domain than the registry's own, each with
/// the registries that may name it.
const KNOWN: &[(&str, &str)] = &[
    ("auth.docker.io", "registry-1.docker.io"),
    ("auth.docker.io", "index.docker.io"),
    ("gitlab.com", "registry.gitlab.com"),
    ("ghcr.io", "docker.pkg.github.com"),
    ("oauth2.googleapis.com", "gcr.io"),
    ("auth.ipv6.docker.com", "registry.ipv6.docker.com"),
];

/// Suffixes below which everybody can have a name: hosts under them are strangers to each other
/// although their last labels agree. (Two-letter top domains with a second level are handled by rule.)
const SHARED: &[&str] = &[
    "amazonaws.com",
    "azurecr.io",
    "azurewebsites.net",
    "cloudapp.net",
    "cloudfront.net",
    "github.io",
    "gitlab.io",
    "herokuapp.com",
    "netlify.app",
    "ngrok.io",
    "ngrok-free.app",
    "on.aws",
    "pages.dev",
    "pkg.dev",
    "run.app",
    "appspot.com",
    "trycloudflare.com",
    "vercel.app",
    "web.app",
    "workers.dev",
    "fly.dev",
    "onrender.com",
    "blogspot.com",
    "duckdns.org",
    "dyndns.org",
    "no-ip.org",
    "nip.io",
    "sslip.io",
    "eu.org",
    "jfrog.io",
];

/// Why a realm is not used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Refusal {
    /// It is no usable address at all.
    Malformed,
    /// It is not obviously the registry's.
    Stranger,
}

/// Whether `realm` may be asked for a token of `registry` (the URL that is really asked).
pub(crate) fn check(registry: &Url, realm: &str, allowed: &[String]) -> Result<Url, Refusal> {
    let realm = registry.join(realm).map_err(|_| Refusal::Malformed)?;
    let (Some(host), Some(own)) = (realm.host(), registry.host()) else { return Err(Refusal::Malformed) };
    if !realm.username().is_empty() || realm.password().is_some() {
        return Err(Refusal::Malformed);
    }
    match realm.scheme() {
        "https" => {}
        // In the clear only from a registry that is itself asked in the clear.
        "http" if registry.scheme() == "http" => {}
        "http" => return Err(Refusal::Stranger),
        _ => return Err(Refusal::Malformed),
    }
    let confirmed = allowed.iter().any(|a| {
        a.eq_ignore_ascii_case(&host::shown(&realm))
            || a.eq_ignore_ascii_case(&host::authority(&realm))
            || realm.host_str().is_some_and(|h| a.eq_ignore_ascii_case(h))
    });
    let known = KNOWN.iter().any(|(token, of)| realm.host_str() == Some(token) && registry.host_str() == Some(of))
        && realm.scheme() == "https";
    if host == own || confirmed || known || related(&host, &own) { Ok(realm) } else { Err(Refusal::Stranger) }
}

/// Whether two names are under the same registrable domain.
fn related(one: &Host<&str>, other: &Host<&str>) -> bool {
    let (Host::Domain(one), Host::Domain(other)) = (one, other) else { return false };
    matches!((registrable(one), registrable(other)), (Some(one), Some(other)) if one == other)
}

/// The domain that somebody registered: the last two labels, three below `co.uk` and its like, one
/// more below a shared suffix. It errs on the side of asking the user.
fn registrable(name: &str) -> Option<String> {
    let name = name.trim_end_matches('.').to_ascii_lowercase();
    let labels: Vec<&str> = name.split('.').collect();
    let shared = SHARED.iter().find(|suffix| name == **suffix || name.ends_with(&format!(".{suffix}")));
    let keep = match shared {
        Some(suffix) => suffix.split('.').count() + 1,
        None if labels.len() >= 2 && labels[labels.len() - 1].len() == 2 && labels[labels.len() - 2].len() <= 3 => 3,
        None => 2,
    };
    // Amazon's and Azure's registries sit several labels below their suffix; each is its own.
    if shared.is_some() {
        return (labels.len() > keep - 1).then_some(name);
    }
    (labels.len() >= keep).then(|| labels[labels.len() - keep..].join("."))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check_all(cases: &[(&str, &str, bool)]) {
        for (registry, realm, expected) in cases {
            let got = check(&registry.parse().unwrap(), realm, &["confirmed.example".to_owned()]);
            assert_eq!(got.is_ok(), *expected, "{registry} -> {realm}: {got:?}");
        }
    }

    #[test]
    fn a_realm_must_be_obviously_the_registrys() {
        check_all(&[
            ("https://registry-1.docker.io", "https://auth.docker.io/token", true),
            ("https://registry.gitlab.com", "https://gitlab.com/jwt/auth", true),
            ("https://evil.example", "https://auth.docker.io/token", false),
            ("https://evil.example", "https://gitlab.com/jwt/auth", false),
            ("https://ghcr.io", "https://ghcr.io/token", true),
            ("https://r.example.com", "https://auth.example.com/token", true),
            ("https://r.example.com:5443", "https://r.example.com:5201/token", true),
            ("https://r.example.co.uk", "https://auth.other.co.uk/token", false),
            ("https://r.example.co.uk", "https://auth.example.co.uk/token", true),
            ("https://r.example.com", "https://confirmed.example/token", true),
            ("https://r.example.com", "https://example.com.evil.test/token", false),
            ("https://a.azurecr.io", "https://a.azurecr.io/oauth2/token", true),
            ("https://a.azurecr.io", "https://b.azurecr.io/oauth2/token", false),
            ("https://a.github.io", "https://b.github.io/token", false),
            ("https://1.dkr.ecr.us-east-1.amazonaws.com", "https://evil.s3.amazonaws.com/token", false),
            ("https://10.0.0.1", "https://10.0.0.2/token", false),
            ("https://localhost:5443", "https://localhost:5201/token", true),
            ("https://localhost", "https://127.0.0.1/token", false),
            ("https://com", "https://x.com/token", false),
        ]);
    }

    #[test]
    fn a_realm_is_https_unless_the_registry_is_plain() {
        check_all(&[
            ("http://127.0.0.1:5000", "http://127.0.0.1:5001/token", true),
            ("http://127.0.0.1:5000", "https://127.0.0.1:5001/token", true),
            ("http://127.0.0.1:5000", "/token", true),
            ("https://r.example.com", "http://r.example.com/token", false),
            ("https://r.example.com", "ftp://r.example.com/token", false),
            ("https://r.example.com", "https://user:word@r.example.com/token", false),
            ("https://r.example.com", "http://", false),
        ]);
    }
}
