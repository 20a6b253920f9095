//! Where a redirect may lead (threats F6 and F7: requests forged through us, credentials leaked).

use std::net::IpAddr;

use url::Url;

use crate::host;

/// How many are followed for one request.
pub(crate) const MOST: usize = 5;

/// Statuses that send elsewhere with the same method.
pub(crate) fn is_redirect(status: u16) -> bool {
    matches!(status, 301 | 302 | 303 | 307 | 308)
}

/// The next address, or the word for why it is not followed (`source::ProblemKind::RedirectRefused`).
pub(crate) fn next(current: &Url, location: Option<&str>) -> Result<Url, &'static str> {
    let next = location.and_then(|l| current.join(l).ok()).ok_or("malformed")?;
    match (current.scheme(), next.scheme()) {
        ("https", "http") => return Err("downgrade"),
        (_, "http" | "https") => {}
        _ => return Err("malformed"),
    }
    if next.host_str().is_none_or(str::is_empty) || !next.username().is_empty() || next.password().is_some() {
        return Err("malformed");
    }
    Ok(next)
}

/// Whether two addresses are the same origin: only then they share credentials.
pub(crate) fn same_origin(one: &Url, other: &Url) -> bool {
    one.scheme() == other.scheme() && host::authority(one) == host::authority(other)
}

/// Looks up whether a host is on this machine or in a private network.
#[derive(Clone, Debug, Default)]
pub(crate) struct Neighbourhood {
    /// `--resolve`: these are what a name leads to.
    pub(crate) pinned: Vec<(String, IpAddr)>,
}

impl Neighbourhood {
    /// A name counts as private as soon as one of its addresses is. A name that leads nowhere is not:
    /// the connection will say so.
    pub(crate) async fn is_private(&self, url: &Url) -> bool {
        if host::is_loopback(url) {
            return true;
        }
        if let Some(ip) = host::literal(url) {
            return host::is_private(ip);
        }
        let Some(name) = url.host_str() else { return false };
        let pinned: Vec<_> = self.pinned.iter().filter(|(n, _)| n.eq_ignore_ascii_case(name)).collect();
        if !pinned.is_empty() {
            return pinned.iter().any(|(_, ip)| host::is_private(*ip));
        }
        let port = url.port_or_known_default().unwrap_or_default();
        match tokio::net::lookup_host((name, port)).await {
            Ok(mut addresses) => addresses.any(|address| host::is_private(address.ip())),
            Err(_) => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn redirects_never_go_down_and_never_carry_an_account() {
        let current: Url = "https://r.example/v2/a/blobs/x".parse().unwrap();
        for (location, expected) in [
            (Some("https://s3.example/x?sig=1"), Ok("https://s3.example/x?sig=1")),
            (Some("/elsewhere"), Ok("https://r.example/elsewhere")),
            (Some("http://r.example/x"), Err("downgrade")),
            (Some("file:///etc/passwd"), Err("malformed")),
            (Some("https://me:word@r.example/"), Err("malformed")),
            (Some("https://"), Err("malformed")),
            (None, Err("malformed")),
        ] {
            assert_eq!(next(&current, location).as_ref().map(Url::as_str).map_err(|e| *e), expected, "{location:?}");
        }
    }

    #[tokio::test]
    async fn pinned_names_count_with_their_addresses() {
        let near = Neighbourhood { pinned: vec![("r.example".into(), "10.0.0.1".parse().unwrap())] };
        assert!(near.is_private(&"https://r.example".parse().unwrap()).await);
        assert!(near.is_private(&"http://169.254.169.254/latest".parse().unwrap()).await);
        assert!(!near.is_private(&"http://8.8.8.8".parse().unwrap()).await);
    }
}
