//! What is shown of an answer's headers: everything but what somebody could use.

use std::time::{Duration, SystemTime};

use http::{HeaderMap, header};

use super::{ProbeFactName, ProbeStep};
use crate::quota;
use crate::redact::{self, Blank};

/// The most of one header's value that is kept.
const VALUE_CHARACTERS: usize = 2_048;
/// The most headers of one answer that are kept.
const HEADERS: usize = 100;
/// Clocks that differ by less are no news: certificates and tokens have some room.
const SKEW: Duration = Duration::from_secs(300);

/// The headers in their order, as text. Cookies and what is named like a secret are blanked, and so
/// are queries of web addresses, in which storage services put their signatures.
pub(super) fn headers(headers: &HeaderMap, blank: &Blank) -> Vec<(String, String)> {
    headers.iter().take(HEADERS).map(|(name, value)| (name.to_string(), value_of(name, value, blank))).collect()
}

/// The headers as they came, without what was sent as a secret: a server may repeat it in any of them.
pub(super) fn without_sent(headers: &HeaderMap, blank: &Blank) -> HeaderMap {
    let mut kept = headers.clone();
    for value in kept.values_mut() {
        let text = String::from_utf8_lossy(value.as_bytes());
        let without = blank.all_but_secrets(&text);
        if without != text {
            // What a header held may stand in a header: only `…` is new.
            *value =
                header::HeaderValue::from_bytes(without.as_bytes()).unwrap_or(header::HeaderValue::from_static("?"));
        }
    }
    kept
}

fn value_of(name: &header::HeaderName, value: &header::HeaderValue, blank: &Blank) -> String {
    if value.is_sensitive() || is_secret(name.as_str()) {
        return "…".to_owned();
    }
    let text = blank.all_but_secrets(&String::from_utf8_lossy(value.as_bytes()));
    let text = match *name {
        // The challenge is the evidence: its realm is no signed address.
        header::WWW_AUTHENTICATE => text,
        header::LOCATION | header::CONTENT_LOCATION | header::REFRESH => match text.split_once('?') {
            Some((address, _)) => format!("{address}?…"),
            None => text,
        },
        _ => redact::without_queries(&text),
    };
    let text = redact::without_tokens(&text);
    let text: String = text.chars().take(VALUE_CHARACTERS).collect();
    anatomy::visible(&text).into_owned()
}

/// By its name, as registries, gateways and clouds call such headers.
fn is_secret(name: &str) -> bool {
    const SECRET: [&str; 11] = [
        "cookie",
        "token",
        "secret",
        "password",
        "credential",
        "signature",
        "session",
        "api-key",
        "apikey",
        "csrf",
        "jwt",
    ];
    if name == "www-authenticate" {
        return false;
    }
    name.contains("authorization") || name.contains("authenticate") || SECRET.iter().any(|word| name.contains(word))
}

/// What every answer tells beside what was asked for.
pub(super) fn common(step: &mut ProbeStep, headers: &HeaderMap, protocol: &str, now: SystemTime) {
    step.fact(ProbeFactName::Http, protocol);
    if let Some(ahead) = skew(headers, now) {
        step.note(ProbeFactName::ClockSkew, format!("{ahead:+} s"));
    }
    for text in quota::warnings(headers) {
        step.note(ProbeFactName::Warning, text);
    }
}

/// What a metered registry says of the pulls that are left.
pub(super) fn rate_limit(step: &mut ProbeStep, headers: &HeaderMap) {
    let Some(quota) = quota::quota(headers) else { return };
    let number = |n: Option<u32>| n.map_or_else(|| "?".to_owned(), |n| n.to_string());
    let window = quota.window_s.map(|seconds| format!(" ({seconds} s)")).unwrap_or_default();
    let text = format!("{}/{}{window}", number(quota.remaining), number(quota.limit));
    if quota.remaining == Some(0) {
        step.note(ProbeFactName::RateLimit, text);
    } else {
        step.fact(ProbeFactName::RateLimit, text);
    }
}

/// How many seconds the server's clock is ahead of `now`, where that is more than an accident.
fn skew(headers: &HeaderMap, now: SystemTime) -> Option<i64> {
    let theirs = httpdate::parse_http_date(headers.get(header::DATE)?.to_str().ok()?).ok()?;
    let seconds = |span: Duration| i64::try_from(span.as_secs()).unwrap_or(i64::MAX);
    match theirs.duration_since(now) {
        Ok(ahead) => (ahead > SKEW).then(|| seconds(ahead)),
        Err(behind) => (behind.duration() > SKEW).then(|| -seconds(behind.duration())),
    }
}

/// A header as text.
pub(super) fn text<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    headers.get(name).and_then(|value| value.to_str().ok())
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;

    use super::*;

    fn check(name: &'static str, value: &str, expected: &str) {
        let mut map = HeaderMap::new();
        map.insert(header::HeaderName::from_static(name), HeaderValue::from_bytes(value.as_bytes()).unwrap());
        let sent = HeaderValue::from_static("Basic YWxpY2U6aHVudGVyMg==");
        let shown = headers(&map, &Blank::authorization(Some(&sent)));
        assert_eq!(shown, [(name.to_owned(), expected.to_owned())]);
    }

    #[test]
    fn what_could_be_used_is_blanked() {
        check("set-cookie", "session=abc; Path=/", "…");
        check("x-amz-security-token", "abc", "…");
        check("x-registry-auth-token", "abc", "…");
        check("x-gitlab-session", "abc", "…");
        check("location", "https://s3.example/x?X-Amz-Signature=abc", "https://s3.example/x?…");
        check("location", "/v2/a/blobs/x?_state=abc", "/v2/a/blobs/x?…");
        check("link", "<https://s3.example/a?Signature=1>; rel=next", "<https://s3.example/a?…>; rel=next");
        check("x-echo", "you sent hunter2", "you sent …");
        check("x-echo", "a eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJtZSJ9.c2lnbmF0dXJl b", "a … b");
    }

    #[test]
    fn evidence_is_shown() {
        let challenge = r#"Bearer realm="https://auth.example/token?x=1",service="r",scope="repository:a:pull""#;
        check("www-authenticate", challenge, challenge);
        check("docker-content-digest", "sha256:abc", "sha256:abc");
        check("etag", "\"sha256:abc\"", "\"sha256:abc\"");
        check("x-odd", "a\u{202e}b", "a⟨U+202E⟩b");
    }

    #[test]
    fn a_clock_that_is_off_is_told_with_its_direction() {
        let now = httpdate::parse_http_date("Tue, 24 Nov 2026 12:00:00 GMT").unwrap();
        let at = |date: &'static str| {
            let mut map = HeaderMap::new();
            map.insert(header::DATE, HeaderValue::from_static(date));
            skew(&map, now)
        };
        assert_eq!(at("Tue, 24 Nov 2026 12:04:59 GMT"), None);
        assert_eq!(at("Tue, 24 Nov 2026 13:00:00 GMT"), Some(3600));
        assert_eq!(at("Tue, 24 Nov 2026 11:00:00 GMT"), Some(-3600));
        assert_eq!(at("yesterday"), None);
        assert_eq!(skew(&HeaderMap::new(), now), None);
    }
}
