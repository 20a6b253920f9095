//! What a token server's answer and the token in it say of themselves. The token is not kept.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::Value;

/// What may be told of a token.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Claims {
    /// `expires_in` of the answer, in seconds.
    pub(super) expires_in: Option<u64>,
    /// `exp` of the token, in seconds since 1970.
    pub(super) expires: Option<i64>,
    /// `access` of the token, each as `type:name:actions`; `None` when the token does not say.
    pub(super) access: Option<Vec<String>>,
}

/// Reads an answer (distribution's token authentication). A token that is no JWT tells nothing, and
/// nothing of one is verified: it is the registry's, not ours.
pub(super) fn read(body: &[u8]) -> Claims {
    let Ok(answer) = serde_json::from_slice::<Value>(body) else { return Claims::default() };
    let number = |value: &Value| value.as_u64().or_else(|| value.as_str()?.parse().ok());
    let token = ["token", "access_token"].iter().find_map(|name| answer[*name].as_str().filter(|t| !t.is_empty()));
    let claims = token.and_then(payload).unwrap_or_default();
    Claims {
        expires_in: number(&answer["expires_in"]),
        expires: claims["exp"].as_i64(),
        access: claims["access"].as_array().map(|list| list.iter().take(16).map(grant).collect()),
    }
}

/// The middle of a JWT (RFC 7519).
fn payload(token: &str) -> Option<Value> {
    let mut parts = token.split('.');
    let (_, payload, _) = (parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_some() {
        return None;
    }
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(payload.trim_end_matches('=')).ok()?).ok()
}

fn grant(entry: &Value) -> String {
    let text = |name: &str| entry[name].as_str().unwrap_or_default();
    let actions: Vec<&str> = entry["actions"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    format!("{}:{}:{}", text("type"), text("name"), actions.join(","))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn token(payload: &str) -> String {
        format!("eyJhbGciOiJub25lIn0.{}.c2ln", URL_SAFE_NO_PAD.encode(payload))
    }

    #[test]
    fn only_access_and_the_end_are_told() {
        let payload = r#"{"sub":"somebody","exp":1795508300,"access":[{"type":"repository","name":"a/b","actions":["pull","push"]}]}"#;
        let claims = read(format!(r#"{{"token":"{}","expires_in":300}}"#, token(payload)).as_bytes());
        assert_eq!(claims.expires_in, Some(300));
        assert_eq!(claims.expires, Some(1_795_508_300));
        assert_eq!(claims.access, Some(vec!["repository:a/b:pull,push".to_owned()]));
        assert!(!format!("{claims:?}").contains("somebody"));
        let nothing = read(format!(r#"{{"access_token":"{}"}}"#, token(r#"{"access":[]}"#)).as_bytes());
        assert_eq!(nothing.access, Some(Vec::new()));
    }

    #[test]
    fn what_is_no_jwt_tells_nothing() {
        for body in ["", "[]", r#"{"token":"opaque"}"#, r#"{"token":"a.b.c"}"#, r#"{"token":"a.b.c.d"}"#] {
            assert_eq!(read(body.as_bytes()), Claims::default(), "{body}");
        }
    }
}
