/// What AWS or its SDK says, as one short line in which whatever may be a key is blanked: access key
/// ids, signatures, session tokens, encoded authorization messages. Names and ARNs stay.
pub(crate) fn line(text: &str) -> String {
    // A signature that is wrong is answered with the whole request that should have been signed,
    // headers and all: nothing after the first line is for anybody.
    let first = text.lines().map(str::trim).find(|line| !line.is_empty()).unwrap_or_default();
    let words: Vec<String> = first.split_whitespace().map(word).collect();
    let whole: String = words.join(" ").chars().filter(|c| !c.is_control()).collect();
    match whole.char_indices().nth(LIMIT) {
        Some((end, _)) => format!("{}…", &whole[..end]),
        None => whole,
    }
}

/// As long as a sentence of AWS may be to be shown.
const LIMIT: usize = 400;

/// From this length on, a mixture of letters and digits is taken for a key. An access key id has 20.
const LONG: usize = 16;

fn word(word: &str) -> String {
    let bare = word.trim_start_matches(['"', '\'', '(', '[']);
    if bare.starts_with("arn:") {
        return word.to_owned();
    }
    let mut out = String::new();
    let mut rest = word;
    while !rest.is_empty() {
        let end = rest.find(|c| !in_key(c)).unwrap_or(rest.len());
        let (run, after) = rest.split_at(end);
        out.push_str(if is_key(run) { "…" } else { run });
        let mut others = after.chars();
        if let Some(other) = others.next() {
            out.push(other);
        }
        rest = others.as_str();
    }
    out
}

fn in_key(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '+' | '/' | '=' | '_' | '-')
}

fn is_key(run: &str) -> bool {
    let has = |what: fn(&u8) -> bool| run.bytes().any(|b| what(&b));
    let id = run.len() >= LONG
        && ["AKIA", "ASIA", "AROA", "AIDA", "ABIA", "ACCA"].iter().any(|begin| run.starts_with(begin))
        && !has(u8::is_ascii_lowercase);
    let mixed =
        run.len() >= LONG && has(u8::is_ascii_digit) && has(u8::is_ascii_uppercase) && has(u8::is_ascii_lowercase);
    // Hexadecimal signatures; a request id has hyphens and is of use.
    let hex = run.len() >= 40 && run.bytes().all(|b| b.is_ascii_hexdigit());
    id || mixed || hex || run.len() >= 64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_blanked_and_names_stay() {
        for (said, expected) in [
            (
                "User: arn:aws:iam::123456789012:user/Dev1 is not authorized to perform: ecr:DescribeImages on \
                 resource: arn:aws:ecr:eu-west-1:123456789012:repository/team/app because no identity-based policy",
                "User: arn:aws:iam::123456789012:user/Dev1 is not authorized to perform: ecr:DescribeImages on \
                 resource: arn:aws:ecr:eu-west-1:123456789012:repository/team/app because no identity-based policy",
            ),
            ("The key AKIAIOSFODNN7EXAMPLE is inactive", "The key … is inactive"),
            ("secret wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY.", "secret …."),
            ("Encoded authorization failure message: 4fXaB9-_x8Kd7Jq2Lp0", "Encoded authorization failure message: …"),
            ("token=FwoGZXIvYXdzEBYaDEXAMPLE1234abcd==", "…"),
            ("key:\"FwoGZXIvYXdzEBYaDEXAMPLE1234abcd\" ok", "key:\"…\" ok"),
            ("signature 5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7", "signature …"),
            (
                "request 4442587f-b7a1-11e4-8f4e-7f3f4c1b2c6d failed",
                "request 4442587f-b7a1-11e4-8f4e-7f3f4c1b2c6d failed",
            ),
            ("\n  The first line\nx-amz-security-token:secret", "The first line"),
            ("bell\u{7} and \u{1b}[31mred", "bell and [31mred"),
            ("", ""),
        ] {
            assert_eq!(line(said), expected, "{said}");
        }
        let long = line(&"word ".repeat(200));
        assert!(long.chars().count() == LIMIT + 1 && long.ends_with('…'));
    }
}
