//! Reads `WWW-Authenticate` (RFC 9110, 11.6.1): several headers, several challenges in one, commas
//! in quotes, any case.

use http::{HeaderMap, header};

/// Challenges of one answer that are looked at.
const MOST: usize = 8;

/// One challenge.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Challenge {
    /// Send the account with each request.
    Basic,
    /// Fetch a token (distribution-spec's token authentication).
    Bearer {
        /// Where.
        realm: String,
        /// For whom the token shall be.
        service: Option<String>,
        /// For what the token shall be good.
        scope: Option<String>,
        /// What was wrong with the token that was sent (RFC 6750, 3.1): `insufficient_scope`, `invalid_token`.
        error: Option<String>,
    },
}

/// Every challenge that is understood, the better ones first: a token rather than the account itself.
pub(crate) fn offered(headers: &HeaderMap) -> Vec<Challenge> {
    let mut all: Vec<Challenge> = headers
        .get_all(header::WWW_AUTHENTICATE)
        .iter()
        .filter_map(|value| std::str::from_utf8(value.as_bytes()).ok())
        .flat_map(parse)
        .take(MOST)
        .collect();
    all.sort_by_key(|challenge| *challenge == Challenge::Basic);
    all
}

/// The challenges of one header that are understood.
fn parse(header: &str) -> Vec<Challenge> {
    let mut challenges: Vec<(String, Vec<(String, String)>)> = Vec::new();
    let mut rest = header;
    loop {
        rest = rest.trim_start_matches([' ', '\t', ',']);
        let Some((word, after)) = token(rest) else {
            // Something that is no token where one must be: skip to the next comma.
            match rest.find(',') {
                Some(comma) => rest = &rest[comma..],
                None => break,
            }
            continue;
        };
        let trimmed = after.trim_start_matches([' ', '\t']);
        match trimmed.strip_prefix('=') {
            // `token68` may end in `=`; it belongs to schemes that are not known here.
            Some(value) if !challenges.is_empty() => {
                let (value, after) = value_of(value.trim_start_matches([' ', '\t']));
                if let Some((_, parameters)) = challenges.last_mut() {
                    parameters.push((word.to_ascii_lowercase(), value));
                }
                rest = after;
            }
            Some(value) => rest = value,
            None => {
                challenges.push((word.to_ascii_lowercase(), Vec::new()));
                rest = after;
            }
        }
    }
    challenges.into_iter().filter_map(|(scheme, parameters)| understood(&scheme, parameters)).collect()
}

fn understood(scheme: &str, parameters: Vec<(String, String)>) -> Option<Challenge> {
    let (mut realm, mut service, mut scope, mut error) = (None, None, None, None);
    for (name, value) in parameters {
        let slot = match name.as_str() {
            "realm" => &mut realm,
            "service" => &mut service,
            "scope" => &mut scope,
            "error" => &mut error,
            _ => continue,
        };
        // The first counts: a second one is somebody's attempt to be read differently elsewhere.
        slot.get_or_insert(value);
    }
    match scheme {
        "basic" => Some(Challenge::Basic),
        "bearer" => {
            Some(Challenge::Bearer { realm: realm?, service, scope: scope.filter(|s: &String| !s.is_empty()), error })
        }
        _ => None,
    }
}

fn token(text: &str) -> Option<(&str, &str)> {
    let end = text.find(|c: char| !(c.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~/".contains(c))).unwrap_or(text.len());
    (end > 0).then(|| text.split_at(end))
}

/// A quoted string with its escapes undone, or everything up to the next comma or space.
fn value_of(text: &str) -> (String, &str) {
    let Some(quoted) = text.strip_prefix('"') else {
        let end = text.find([',', ' ', '\t']).unwrap_or(text.len());
        return (text[..end].to_owned(), &text[end..]);
    };
    let mut value = String::new();
    let mut characters = quoted.char_indices();
    while let Some((at, c)) = characters.next() {
        match c {
            '"' => return (value, &quoted[at + 1..]),
            '\\' => value.extend(characters.next().map(|(_, c)| c)),
            c => value.push(c),
        }
    }
    (value, "")
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;

    use super::*;

    fn check(headers: &[&str], expected: Option<&Challenge>) {
        let mut map = HeaderMap::new();
        for header in headers {
            map.append(header::WWW_AUTHENTICATE, HeaderValue::from_str(header).unwrap());
        }
        assert_eq!(offered(&map).first(), expected, "{headers:?}");
    }

    fn bearer(realm: &str, service: Option<&str>, scope: Option<&str>) -> Challenge {
        Challenge::Bearer {
            realm: realm.to_owned(),
            service: service.map(Into::into),
            scope: scope.map(Into::into),
            error: None,
        }
    }

    #[test]
    fn challenges_are_read_as_registries_write_them() {
        let hub =
            r#"Bearer realm="https://auth.docker.io/token",service="registry.docker.io",scope="repository:a/b:pull""#;
        check(
            &[hub],
            Some(&bearer("https://auth.docker.io/token", Some("registry.docker.io"), Some("repository:a/b:pull"))),
        );
        check(&[r#"bEARER Realm="r" , SERVICE=s"#], Some(&bearer("r", Some("s"), None)));
        check(
            &[r#"Bearer realm="r",scope="repository:a:pull,push""#],
            Some(&bearer("r", None, Some("repository:a:pull,push"))),
        );
        check(&[r#"Basic realm="a, b", Bearer realm="r""#], Some(&bearer("r", None, None)));
        check(&[r#"Basic realm="x""#, r#"Bearer realm="r""#], Some(&bearer("r", None, None)));
        check(&[r#"Negotiate abc==, Basic realm="x""#], Some(&Challenge::Basic));
        check(&["Basic"], Some(&Challenge::Basic));
        check(&[r#"Bearer realm="a\"b",realm="c""#], Some(&bearer("a\"b", None, None)));
        let said = Challenge::Bearer {
            realm: "r".to_owned(),
            service: None,
            scope: None,
            error: Some("invalid_token".to_owned()),
        };
        check(&[r#"Bearer realm="r",error="invalid_token",scope="""#], Some(&said));
        check(&["Bearer service=x"], None);
        check(&["", "=,=\"", "@@@, ,"], None);
        check(&[], None);
    }

    #[test]
    fn every_challenge_is_kept_tokens_first() {
        let mut map = HeaderMap::new();
        map.append(header::WWW_AUTHENTICATE, HeaderValue::from_static(r#"Basic realm="x", Bearer realm="a""#));
        map.append(header::WWW_AUTHENTICATE, HeaderValue::from_static(r#"Bearer realm="b""#));
        assert_eq!(offered(&map), [bearer("a", None, None), bearer("b", None, None), Challenge::Basic]);
    }

    #[test]
    fn no_cut_of_a_challenge_hangs_or_panics() {
        let header = "Basic realm=\"ä, b\\\"\", Bearer realm=\"https://x/token\",scope=\"a:b:c,d\" , Negotiate x==";
        for (start, _) in header.char_indices() {
            for (end, _) in header.char_indices().filter(|(end, _)| *end >= start) {
                let _ = parse(&header[start..end]);
            }
        }
    }
}
