//! What registries say in words where the protocol has no code for it.

use source::ProblemKind;

/// The most of an answer that is looked through.
const LOOKED_AT: usize = 16 << 10;
/// The longest name that AWS may say: an ARN has at most 2,048 characters.
const LONGEST: usize = 2_048;

fn text(body: &[u8]) -> String {
    String::from_utf8_lossy(&body[..body.len().min(LOOKED_AT)]).into_owned()
}

/// Whether the account was good and its time is over: ECR ("Your authorization token has expired.
/// Reauthenticate and try again."), and others in nearly the same words.
pub(crate) fn says_expired(body: &[u8]) -> bool {
    let said = text(body).to_ascii_lowercase();
    ["token has expired", "token is expired", "token expired", "credentials have expired", "password has expired"]
        .iter()
        .any(|words| said.contains(words))
}

/// What IAM says of who may not do what: "User: ARN is not authorized to perform: ecr:BatchGetImage on
/// resource: ARN because no identity-based policy allows the ecr:BatchGetImage action".
pub(crate) fn denied_by_aws(body: &[u8]) -> Option<ProblemKind> {
    let said = text(body);
    let (before, after) = said.split_once(" is not authorized to perform: ")?;
    let action = word(after)?;
    let (service, operation) = action.split_once(':')?;
    let is_name = |text: &str| !text.is_empty() && text.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
    if !is_name(service) || !is_name(operation) {
        return None;
    }
    let principal = before.rsplit_once("User: ").and_then(|(_, who)| word(who)).filter(|who| who.starts_with("arn:"));
    let resource = after.split_once(" on resource: ").and_then(|(_, what)| word(what));
    Some(ProblemKind::AwsDenied { action, resource, principal })
}

/// The first word, without what ends a sentence or a JSON string.
fn word(text: &str) -> Option<String> {
    let word: String =
        text.chars().take(LONGEST).take_while(|c| !c.is_whitespace() && !"\"',;\\<".contains(*c)).collect();
    let word = word.trim_end_matches('.');
    (!word.is_empty()).then(|| anatomy::visible(word).into_owned())
}

/// ECR: "The repository with name 'x' does not exist in the registry with id '123456789012'".
pub(crate) fn says_no_repository(body: &[u8]) -> bool {
    let said = text(body);
    said.contains("RepositoryNotFoundException")
        || said
            .split_once("repository with name")
            .is_some_and(|(_, rest)| rest.contains("does not exist in the registry"))
}

/// nginx before a registry answers so to who shows no certificate, or one that it does not take.
pub(crate) fn wants_certificate(body: &[u8]) -> bool {
    let said = text(body);
    said.contains("No required SSL certificate was sent") || said.contains("The SSL certificate error")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn iams_denial_is_taken_apart() {
        let said = concat!(
            r#"{"errors":[{"code":"DENIED","message":"User: arn:aws:iam::123456789012:user/ann is not authorized "#,
            r#"to perform: ecr:BatchGetImage on resource: arn:aws:ecr:eu-central-1:123456789012:repository/team/app "#,
            r#"because no identity-based policy allows the ecr:BatchGetImage action"}]}"#
        );
        let expected = ProblemKind::AwsDenied {
            action: "ecr:BatchGetImage".into(),
            resource: Some("arn:aws:ecr:eu-central-1:123456789012:repository/team/app".into()),
            principal: Some("arn:aws:iam::123456789012:user/ann".into()),
        };
        assert_eq!(denied_by_aws(said.as_bytes()), Some(expected));
        let short = r#"{"message":"User: x is not authorized to perform: ecr:DescribeImages"}"#;
        let expected = ProblemKind::AwsDenied { action: "ecr:DescribeImages".into(), resource: None, principal: None };
        assert_eq!(denied_by_aws(short.as_bytes()), Some(expected));
        for other in ["", "denied", "x is not authorized to perform: ", "x is not authorized to perform: a<b>:c"] {
            assert_eq!(denied_by_aws(other.as_bytes()), None, "{other}");
        }
    }

    #[test]
    fn expiry_is_told_from_refusal() {
        assert!(says_expired(b"Your Authorization Token has expired. Reauthenticate and try again."));
        assert!(!says_expired(b"incorrect username or password"));
    }
}
