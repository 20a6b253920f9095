//! Which way a host is reached: through a proxy or not, and who says so. The rules are those of the
//! client itself: the same matcher decides here and there.

use http::Uri;
use hyper_util::client::proxy::matcher::{Intercept, Matcher};
use url::Url;

use super::{ProbeDirect, ProbeFactName, ProbeStep};
use crate::host;

/// The way to a host.
pub(super) enum Route {
    /// Straight.
    Direct,
    /// Through this proxy.
    Proxy(Box<Intercept>),
}

/// Where a variable is looked up.
type Variables<'v> = &'v dyn Fn(&str) -> Option<String>;

/// Finds the way, and tells of it.
pub(super) fn find(step: &mut ProbeStep, url: &Url) -> Route {
    let variable = |name: &str| std::env::var(name).ok();
    decide(step, url, &Matcher::from_system(), &variable)
}

fn decide(step: &mut ProbeStep, url: &Url, matcher: &Matcher, variable: Variables<'_>) -> Route {
    let direct = |step: &mut ProbeStep, why: ProbeDirect| {
        step.fact(ProbeFactName::Direct, <&'static str>::from(why));
        Route::Direct
    };
    if host::is_loopback(url) {
        return direct(step, ProbeDirect::ThisMachine);
    }
    let Ok(uri) = url.as_str().parse::<Uri>() else { return direct(step, ProbeDirect::NoneSet) };
    // What would be without exceptions, and who says it.
    let (value, from) = set(url.scheme(), variable);
    let Some(proxy) = matcher.intercept(&uri) else {
        let excepted = value.as_deref().is_some_and(|value| only(value).intercept(&uri).is_some());
        if !excepted {
            return direct(step, ProbeDirect::NoneSet);
        }
        let by = ["NO_PROXY", "no_proxy"].into_iter().find(|name| variable(name).is_some());
        step.fact(ProbeFactName::NoProxy, by.unwrap_or(SYSTEM));
        return direct(step, ProbeDirect::Excepted);
    };
    step.fact(ProbeFactName::Proxy, shown(&proxy));
    step.fact(ProbeFactName::ProxyFrom, from.unwrap_or(SYSTEM));
    if let Some(account) = account(&proxy) {
        step.fact(ProbeFactName::ProxyAccount, account);
    }
    Route::Proxy(Box::new(proxy))
}

/// The settings of the operating system, told by the message of this word.
const SYSTEM: &str = "system";

/// The variable that counts for a scheme, with its value: of each pair the first that is there, and
/// the common one where that is unusable.
fn set(scheme: &str, variable: Variables<'_>) -> (Option<String>, Option<&'static str>) {
    let own: [&'static str; 2] =
        if scheme == "http" { ["HTTP_PROXY", "http_proxy"] } else { ["HTTPS_PROXY", "https_proxy"] };
    for pair in [own, ["ALL_PROXY", "all_proxy"]] {
        let first = pair.into_iter().find_map(|name| variable(name).map(|value| (name, value)));
        let usable = Uri::from_static("https://registry.invalid/");
        if let Some((name, value)) = first.filter(|(_, value)| only(value).intercept(&usable).is_some()) {
            return (Some(value), Some(name));
        }
    }
    (None, None)
}

/// A matcher with this one proxy and no exception.
fn only(value: &str) -> Matcher {
    Matcher::builder().all(value).build()
}

/// `http://proxy:3128`: the matcher keeps the account apart.
pub(super) fn shown(proxy: &Intercept) -> String {
    proxy.uri().to_string().trim_end_matches('/').to_owned()
}

/// The user at the proxy; never the password.
fn account(proxy: &Intercept) -> Option<String> {
    if let Some((user, _)) = proxy.raw_auth() {
        return Some(user.to_owned());
    }
    use base64::Engine as _;
    let encoded = proxy.basic_auth()?.to_str().ok()?.strip_prefix("Basic ")?;
    let plain = base64::engine::general_purpose::STANDARD.decode(encoded).ok()?;
    Some(String::from_utf8_lossy(&plain).split(':').next()?.to_owned())
}

/// `host` and port of the proxy.
pub(super) fn address(proxy: &Intercept) -> Option<(String, u16)> {
    let uri = proxy.uri();
    let usual = match uri.scheme_str() {
        Some("https") => 443,
        Some("http") => 80,
        _ => 1080,
    };
    Some((uri.host()?.to_owned(), uri.port_u16().unwrap_or(usual)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::probe::ProbeStepKind;

    fn check(url: &str, variables: &[(&str, &str)], expected: &[(ProbeFactName, &str)]) {
        let of = |name: &str| variables.iter().find(|(n, _)| *n == name).map(|(_, value)| (*value).to_owned());
        let first = |names: [&str; 2]| names.into_iter().find_map(of).unwrap_or_default();
        let matcher = Matcher::builder()
            .all(first(["ALL_PROXY", "all_proxy"]))
            .http(first(["HTTP_PROXY", "http_proxy"]))
            .https(first(["HTTPS_PROXY", "https_proxy"]))
            .no(first(["NO_PROXY", "no_proxy"]))
            .build();
        let mut step = ProbeStep::new(ProbeStepKind::Route, 0);
        decide(&mut step, &url.parse().unwrap(), &matcher, &of);
        let facts: Vec<(ProbeFactName, &str)> = step.facts.iter().map(|f| (f.name, f.value.as_str())).collect();
        assert_eq!(facts, expected, "{url} {variables:?}");
    }

    #[test]
    fn who_says_which_proxy_is_told() {
        use ProbeFactName::{Direct, NoProxy, Proxy, ProxyAccount, ProxyFrom};
        check("https://r.example", &[], &[(Direct, "none-set")]);
        check(
            "https://r.example",
            &[("HTTPS_PROXY", "http://me:hunter2@proxy.example:3128")],
            &[(Proxy, "http://proxy.example:3128"), (ProxyFrom, "HTTPS_PROXY"), (ProxyAccount, "me")],
        );
        check("http://r.example", &[("HTTPS_PROXY", "http://proxy.example:3128")], &[(Direct, "none-set")]);
        check(
            "https://r.example",
            &[("all_proxy", "socks5h://proxy.example")],
            &[(Proxy, "socks5h://proxy.example"), (ProxyFrom, "all_proxy")],
        );
        check(
            "https://r.example",
            &[("https_proxy", "http://p.example"), ("no_proxy", "other,.example")],
            &[(NoProxy, "no_proxy"), (Direct, "excepted")],
        );
        check("https://127.0.0.1:5000", &[("HTTPS_PROXY", "http://p.example")], &[(Direct, "this-machine")]);
    }
}
