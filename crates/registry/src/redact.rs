//! What is shown of an exchange: never a secret, never a signed query.

use http::HeaderValue;
use source::Secret;
use url::Url;

/// The most of a server's own words that is kept as evidence.
const SAID_BYTES: usize = 4 << 10;

/// The texts that must not come back out of what a server says.
#[derive(Clone, Debug, Default)]
pub(crate) struct Blank(Vec<Secret>);

impl Blank {
    /// What an Authorization header carries, as sent and, for Basic, as it was before.
    pub(crate) fn authorization(value: Option<&HeaderValue>) -> Self {
        use base64::Engine as _;
        let Some((scheme, sent)) = value.and_then(|v| v.to_str().ok()).and_then(|v| v.split_once(' ')) else {
            return Self::default();
        };
        let mut secrets = vec![Secret::new(sent)];
        if scheme.eq_ignore_ascii_case("basic")
            && let Ok(plain) = base64::engine::general_purpose::STANDARD.decode(sent)
            && let Some((_, password)) = String::from_utf8_lossy(&plain).split_once(':')
        {
            secrets.push(Secret::new(password));
        }
        Self(secrets)
    }

    /// One more.
    pub(crate) fn and(mut self, secret: &Secret) -> Self {
        self.0.push(secret.clone());
        self
    }

    /// The server's words: at most 4 KiB, as text, without secrets and queries of web addresses.
    pub(crate) fn said(&self, body: &[u8]) -> Option<String> {
        let mut text = String::from_utf8_lossy(body).into_owned();
        for secret in self.0.iter().filter(|s| s.reveal().len() >= 3) {
            text = text.replace(secret.reveal(), "…");
        }
        let mut text = without_queries(&text);
        if text.len() > SAID_BYTES {
            let end = (0..=SAID_BYTES).rev().find(|i| text.is_char_boundary(*i)).unwrap_or_default();
            text.truncate(end);
        }
        let text = text.trim();
        (!text.is_empty()).then(|| text.to_owned())
    }
}

/// Cuts each `scheme://…?…` at its question mark.
fn without_queries(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("://") {
        let end = rest[at..]
            .find(|c: char| c.is_whitespace() || matches!(c, '"' | '\'' | '<' | '>' | '`' | '\\'))
            .map_or(rest.len(), |end| at + end);
        match rest[at..end].find('?') {
            Some(query) => {
                shown.push_str(&rest[..=at + query]);
                shown.push('…');
            }
            None => shown.push_str(&rest[..end]),
        }
        rest = &rest[end..];
    }
    shown.push_str(rest);
    shown
}

/// A URL as shown: without user and password; its query only where that is the registry's or the
/// token server's own.
pub(crate) fn url(url: &Url, with_query: bool) -> String {
    let mut url = url.clone();
    let _ = url.set_username("");
    let _ = url.set_password(None);
    url.set_fragment(None);
    if !with_query {
        url.set_query(None);
    }
    url.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_and_signed_queries_are_blanked() {
        let header = HeaderValue::from_static("Basic YWxpY2U6aHVudGVyMg==");
        let blank = Blank::authorization(Some(&header));
        for (said, expected) in [
            ("no hunter2 for you", "no … for you"),
            ("you sent YWxpY2U6aHVudGVyMg==", "you sent …"),
            ("see <a href=\"https://s3.example/x?X-Sig=abc\">x</a>", "see <a href=\"https://s3.example/x?…\">x</a>"),
            ("https://a.example/b and http://c.example/?d", "https://a.example/b and http://c.example/?…"),
        ] {
            assert_eq!(blank.said(said.as_bytes()).as_deref(), Some(expected));
        }
        assert_eq!(blank.said(b"  \n"), None);
    }

    #[test]
    fn long_words_are_cut_between_characters() {
        let said = "あ".repeat(4000);
        let kept = Blank::default().said(said.as_bytes()).unwrap();
        assert!(kept.len() <= SAID_BYTES && kept.len() > SAID_BYTES - 3);
    }

    #[test]
    fn a_url_is_shown_without_its_user() {
        let signed: Url = "https://user:word@s3.example/a?X-Sig=1#f".parse().unwrap();
        assert_eq!(url(&signed, false), "https://s3.example/a");
        assert_eq!(url(&signed, true), "https://s3.example/a?X-Sig=1");
    }
}
