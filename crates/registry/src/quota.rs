//! Rate-limit headers (Docker Hub's, and the names that others took over) and `Warning`.

use http::HeaderMap;
use source::Quota;

/// What the headers say of the pulls that are left; `None` when they say nothing.
pub(crate) fn quota(headers: &HeaderMap) -> Option<Quota> {
    let text = |name: &str| headers.get(name).and_then(|v| v.to_str().ok());
    let number = |name: &str| text(name).and_then(|v| v.split(';').next()).and_then(|n| n.trim().parse().ok());
    let limit = number("ratelimit-limit");
    let remaining = number("ratelimit-remaining");
    if limit.is_none() && remaining.is_none() {
        return None;
    }
    let window = text("ratelimit-limit").or_else(|| text("ratelimit-remaining"));
    let window_s =
        window.and_then(|w| w.split(';').find_map(|part| part.trim().strip_prefix("w="))).and_then(|w| w.parse().ok());
    let source = text("docker-ratelimit-source").map(|s| anatomy::visible(s).into_owned());
    Some(Quota { limit, remaining, window_s, source })
}

/// The texts of `Warning: 299` headers (distribution-spec, "Warnings"), made visible.
pub(crate) fn warnings(headers: &HeaderMap) -> Vec<String> {
    let texts = headers.get_all(http::header::WARNING).iter().filter_map(|value| {
        let value = String::from_utf8_lossy(value.as_bytes()).into_owned();
        let rest = value.strip_prefix("299 ")?;
        let (_, quoted) = rest.split_once('"')?;
        let text = quoted.strip_suffix('"').unwrap_or(quoted).replace("\\\"", "\"");
        let text: String = text.chars().take(1024).collect();
        Some(anatomy::visible(&text).into_owned())
    });
    texts.take(16).collect()
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;

    use super::*;

    #[test]
    fn docker_hubs_headers_are_read() {
        let mut headers = HeaderMap::new();
        headers.insert("ratelimit-limit", HeaderValue::from_static("100;w=21600"));
        headers.insert("ratelimit-remaining", HeaderValue::from_static("98;w=21600"));
        headers.insert("docker-ratelimit-source", HeaderValue::from_static("192.0.2.1"));
        let expected =
            Quota { limit: Some(100), remaining: Some(98), window_s: Some(21600), source: Some("192.0.2.1".into()) };
        assert_eq!(quota(&headers), Some(expected));
        assert_eq!(quota(&HeaderMap::new()), None);
    }

    #[test]
    fn warnings_are_texts_and_cannot_steer_a_terminal() {
        let mut headers = HeaderMap::new();
        headers.append("warning", HeaderValue::from_bytes(b"299 - \"say \\\"bye\\\" to v1\"").unwrap());
        headers.append("warning", HeaderValue::from_bytes("299 - \"a\u{202e}b\"".as_bytes()).unwrap());
        headers.append("warning", HeaderValue::from_static("110 - \"stale\""));
        assert_eq!(warnings(&headers), ["say \"bye\" to v1", "a⟨U+202E⟩b"]);
    }
}
