//! What is shown of an exchange: never a secret, never a signed query.

use http::HeaderValue;
use hyper_util::client::proxy::matcher::Matcher;
use source::Secret;
use url::Url;

/// The most of a server's own words that is kept as evidence.
const SAID_BYTES: usize = 4 << 10;

/// A value of a query that is long enough to be a secret.
const LONG: usize = 8;

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

    /// What the query of a signed address says: storage services repeat the signature in their refusals.
    /// Short values (`60`, `host`) are no secrets, and blanking them would spoil the words around.
    pub(crate) fn and_query(mut self, url: &Url) -> Self {
        let plain = url.query_pairs().map(|(_, value)| value.into_owned());
        let sent = url.query().unwrap_or_default().split('&').filter_map(|pair| pair.split_once('='));
        let values = plain.chain(sent.map(|(_, value)| value.to_owned()));
        self.0.extend(values.filter(|value| value.len() >= LONG).map(Secret::new));
        self
    }

    /// What is sent to the proxy on the way to `url`, which may answer in place of the server.
    pub(crate) fn and_proxy(mut self, url: &Url) -> Self {
        let proxy = url.as_str().parse().ok().and_then(|uri| Matcher::from_system().intercept(&uri));
        if let Some(proxy) = proxy {
            self.0.append(&mut Self::authorization(proxy.basic_auth()).0);
            if let Some((_, password)) = proxy.raw_auth() {
                self.0.push(Secret::new(password));
            }
        }
        self
    }

    /// One more.
    pub(crate) fn and(mut self, secret: &Secret) -> Self {
        self.0.push(secret.clone());
        self
    }

    /// The text with every one of them blanked.
    pub(crate) fn all_but_secrets(&self, text: &str) -> String {
        let secrets = self.0.iter().filter(|secret| secret.reveal().len() >= 3);
        secrets.fold(text.to_owned(), |text, secret| text.replace(secret.reveal(), "…"))
    }

    /// The server's words: at most 4 KiB, as text, without secrets and queries of web addresses.
    pub(crate) fn said(&self, body: &[u8]) -> Option<String> {
        let text = self.all_but_secrets(&String::from_utf8_lossy(body));
        let mut text = without_queries(&text);
        if text.len() > SAID_BYTES {
            let end = (0..=SAID_BYTES).rev().find(|i| text.is_char_boundary(*i)).unwrap_or_default();
            text.truncate(end);
        }
        let text = text.trim();
        (!text.is_empty()).then(|| text.to_owned())
    }
}

/// Blanks what has the form of a JWT (RFC 7519), whoever it belongs to.
pub(crate) fn without_tokens(text: &str) -> String {
    let of_token = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
    let mut shown = String::with_capacity(text.len());
    let mut rest = text;
    // `{"` in base64: how the first part of every JWT begins.
    while let Some(at) = rest.find("eyJ") {
        let end = rest[at..].find(|c: char| !of_token(c)).map_or(rest.len(), |end| at + end);
        shown.push_str(&rest[..at]);
        shown.push_str(if rest[at..end].matches('.').count() >= 2 { "…" } else { &rest[at..end] });
        rest = &rest[end..];
    }
    shown.push_str(rest);
    shown
}

/// Cuts each `scheme://…?…` at its question mark.
pub(crate) fn without_queries(text: &str) -> String {
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
    fn what_a_storage_service_repeats_of_a_signed_address_is_blanked() {
        let url: Url = "https://s3.example/x?X-Amz-Signature=ab%2Bcdefgh&X-Amz-Expires=60".parse().unwrap();
        let blank = Blank::default().and_query(&url);
        let said =
            "<Error><Expires>60</Expires><SignatureProvided>ab+cdefgh or ab%2Bcdefgh</SignatureProvided></Error>";
        assert_eq!(
            blank.said(said.as_bytes()).as_deref(),
            Some("<Error><Expires>60</Expires><SignatureProvided>… or …</SignatureProvided></Error>")
        );
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
