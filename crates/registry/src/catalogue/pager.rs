//! One page of a list, and where the next one is.

use anatomy::ByteSize;
use http::{HeaderMap, Method, header};
use serde_json::Value;
use source::{Cursor, Problem, ProblemKind, Sink, Thing};
use url::Url;

use crate::classify::Asked;
use crate::client::{self, Question, RegistryClient, Repository};
use crate::exchange::{self, Request};
use crate::redact;
use crate::wire::Opened;

/// Entries that are asked for in one page: more are refused by ECR, and by registries of the
/// distribution project for repositories.
pub(crate) const PAGE: usize = 1_000;
/// Largest page of a list that is read. Registries that know no paging send all their tags at once.
const PAGE_BYTES: u64 = 16 << 20;
/// Whoever sends something else than this sends a page for people.
const ACCEPT: &str = "application/json";

/// A page as it came.
#[derive(Debug)]
pub(crate) struct Sheet {
    pub(crate) json: Value,
    /// What `Link` says of the next page.
    pub(crate) link: Onward,
    url: Url,
    /// What is told when the list is not where it should be.
    malformed: Problem,
}

/// Where a list goes on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Onward {
    /// Nowhere, as far as the answer tells.
    Nowhere,
    /// There: path and query at the same host.
    To(String),
    /// To another host: it is not followed, and the list is not whole.
    Refused(String),
}

impl Onward {
    /// As a cursor, told from others by its beginning.
    pub(crate) fn cursor(self) -> Option<Cursor> {
        match self {
            Self::Nowhere => None,
            Self::To(path) => Some(Cursor(format!("to:{path}"))),
            Self::Refused(target) => Some(Cursor(format!("refused:{target}"))),
        }
    }
}

/// A question for one page. `path` is as in [`Question`].
pub(crate) async fn ask(
    client: &RegistryClient,
    repository: &Repository,
    path: &str,
    sink: &dyn Sink,
) -> Result<Sheet, Problem> {
    let question = Question {
        method: Method::GET,
        path: path.to_owned(),
        accept: ACCEPT,
        range: None,
        layer: false,
        thing: Thing::Repository,
        name: &repository.name,
    };
    let opened = client.ask(repository, &question, sink).await?;
    read(opened, &repository.registry, sink).await
}

/// A question for one page to an API that is no registry: over TLS, without any account.
pub(crate) async fn ask_api(
    client: &RegistryClient,
    host: &str,
    path: &str,
    name: &str,
    sink: &dyn Sink,
) -> Result<Sheet, Problem> {
    let text = format!("https://{host}{path}");
    let url = Url::parse(&text).map_err(Problem::internal)?;
    if url[url::Position::BeforePath..] != *path {
        return Err(Problem::internal(format!("{text} is not the address that it seems to be")));
    }
    let mut headers = HeaderMap::new();
    headers.insert(header::ACCEPT, header::HeaderValue::from_static(ACCEPT));
    let request = Request { headers, ..Request::get(url) };
    let opened = client.exchange().send(&request, sink).await.map_err(|failure| failure.problem)?;
    if opened.status == 200 {
        return read(opened, host, sink).await;
    }
    let thing = Thing::Repository;
    let asked = Asked { registry: host, repository: name, thing, name, account: None, rejected: false };
    Err(exchange::refusal(opened, &asked, sink).await)
}

/// The page where a cursor that [`Onward::cursor`] made leads, if it may be followed.
pub(crate) fn path_of<'c>(cursor: &'c str, registry: &str) -> Result<&'c str, Problem> {
    if let Some(path) = cursor.strip_prefix("to:") {
        return Ok(path);
    }
    let target = cursor.strip_prefix("refused:").unwrap_or_default().to_owned();
    let fault = "another-host".to_owned();
    Err(ProblemKind::RedirectRefused { host: registry.to_owned(), target, fault }.into())
}

async fn read(opened: Opened, registry: &str, sink: &dyn Sink) -> Result<Sheet, Problem> {
    let url = opened.url.clone();
    let link = link(&opened.headers, &url);
    let malformed = opened.problem(ProblemKind::AnswerMalformed {
        registry: registry.to_owned(),
        what: if is_html(&opened) { "html" } else { "json" }.to_owned(),
    });
    let body = opened.read(PAGE_BYTES, sink).await?;
    let json = serde_json::from_slice::<Value>(&body).map_err(|error| malformed.clone().because(&error))?;
    if json.is_object() { Ok(Sheet { json, link, url, malformed }) } else { Err(malformed) }
}

fn is_html(opened: &Opened) -> bool {
    opened.header(&header::CONTENT_TYPE).is_some_and(|text| text.trim_start().starts_with("text/html"))
}

impl Sheet {
    /// Where an address in the body leads (`next` of Docker Hub's API).
    pub(crate) fn onward(&self, address: Option<&str>) -> Onward {
        onward(&self.url, address)
    }

    /// The entries of a list in the body. One that is absent is malformed, one that is `null` is empty:
    /// Go's encoder writes that for an empty list.
    pub(crate) fn list(&self, name: &str) -> Result<&[Value], Problem> {
        match self.json.get(name) {
            Some(Value::Array(entries)) => Ok(entries),
            Some(Value::Null) => Ok(&[]),
            _ => Err(self.malformed.clone()),
        }
    }
}

/// The first `Link` to a next page (RFC 8288; distribution-spec, "Listing Tags").
pub(crate) fn link(headers: &HeaderMap, asked: &Url) -> Onward {
    let lines = headers.get_all(header::LINK).iter().filter_map(|value| value.to_str().ok());
    onward(asked, lines.filter_map(next_of).next())
}

fn onward(asked: &Url, address: Option<&str>) -> Onward {
    let Some(address) = address.filter(|address| !address.is_empty()) else { return Onward::Nowhere };
    match client::path_of_link(asked, address) {
        Some(path) => Onward::To(path),
        None => Onward::Refused(match asked.join(address) {
            Ok(url) => redact::url(&url, false),
            Err(_) => anatomy::visible(&address.chars().take(200).collect::<String>()).into_owned(),
        }),
    }
}

/// The target of the link with `rel=next` in one header line.
fn next_of(line: &str) -> Option<&str> {
    let mut rest = line;
    loop {
        let (_, after) = rest.split_once('<')?;
        let (target, after) = after.split_once('>')?;
        // Up to the next link, or to the end; a comma in quotes belongs to a parameter.
        let end = end_of_parameters(after);
        let rel = after[..end]
            .split(';')
            .filter_map(|parameter| parameter.split_once('='))
            .find_map(|(name, value)| name.trim().eq_ignore_ascii_case("rel").then(|| value.trim().trim_matches('"')));
        if rel.is_some_and(|rel| rel.split_ascii_whitespace().any(|word| word.eq_ignore_ascii_case("next"))) {
            return Some(target);
        }
        rest = &after[end..];
    }
}

fn end_of_parameters(text: &str) -> usize {
    let mut quoted = false;
    for (at, c) in text.char_indices() {
        match c {
            '"' => quoted = !quoted,
            ',' if !quoted => return at,
            _ => {}
        }
    }
    text.len()
}

/// A number that is a number or a text of digits: Google writes sizes as texts.
pub(crate) fn number(value: &Value) -> Option<u64> {
    value.as_u64().or_else(|| value.as_str()?.parse().ok())
}

pub(crate) fn size(value: &Value) -> Option<ByteSize> {
    number(value).filter(|size| *size > 0).map(ByteSize)
}

pub(crate) fn digest(value: &Value) -> Option<anatomy::Digest> {
    value.as_str()?.parse().ok()
}

/// A text that is not empty, its control characters made visible, at most so many characters long.
pub(crate) fn text(value: &Value, longest: usize) -> Option<String> {
    let text: String = value.as_str()?.trim().chars().take(longest).collect();
    (!text.is_empty()).then(|| anatomy::visible(&text).into_owned())
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;

    use super::*;

    #[test]
    fn the_next_page_is_read_off_the_link() {
        for (line, expected) in [
            (r#"</v2/a/tags/list?last=b&n=2>; rel="next""#, Some("/v2/a/tags/list?last=b&n=2")),
            ("</x>;rel=next", Some("/x")),
            (r#"</x>; title="a, <b>; c"; REL="prev Next""#, Some("/x")),
            (r#"</first>; rel="first", </x>; rel="next""#, Some("/x")),
            (r#"</first>; rel="first", </last>; rel="last""#, None),
            (r#"</x,y>; rel="next""#, Some("/x,y")),
            (r#"</x>; rel="nextish""#, None),
            ("</x>", None),
            ("/x; rel=next", None),
            ("", None),
            ("<", None),
            (r#"<>; rel="next""#, Some("")),
        ] {
            assert_eq!(next_of(line), expected, "{line}");
        }
    }

    #[test]
    fn it_stays_with_the_host() {
        let asked: Url = "https://r.example/v2/a/tags/list?n=1000".parse().unwrap();
        let mut headers = HeaderMap::new();
        assert_eq!(link(&headers, &asked), Onward::Nowhere);
        headers.append(header::LINK, HeaderValue::from_static(r#"</v2/>; rel="start""#));
        headers.append(header::LINK, HeaderValue::from_static(r#"<?last=b>; rel="next""#));
        assert_eq!(link(&headers, &asked), Onward::To("/v2/a/tags/list?last=b".into()));
        let elsewhere = onward(&asked, Some("https://evil.example/v2/a/tags/list?token=secret"));
        assert_eq!(elsewhere, Onward::Refused("https://evil.example/v2/a/tags/list".into()));
        assert_eq!(onward(&asked, Some("")), Onward::Nowhere);
        let cursor = elsewhere.cursor().unwrap();
        let problem = path_of(&cursor.0, "r.example").unwrap_err();
        assert!(matches!(problem.what, ProblemKind::RedirectRefused { ref fault, .. } if fault == "another-host"));
        let cursor = Onward::To("/v2/?x".into()).cursor().unwrap();
        assert_eq!(path_of(&cursor.0, "r.example").unwrap(), "/v2/?x");
    }

    #[test]
    fn numbers_may_be_texts() {
        assert_eq!(number(&Value::from("123")), Some(123));
        assert_eq!(number(&Value::from(123)), Some(123));
        assert_eq!(number(&Value::from("-1")), None);
        assert_eq!(size(&Value::from(0)), None);
        assert_eq!(text(&Value::from(" a\u{1b}b "), 2).as_deref(), Some("a␛"));
    }
}
