//! What the name of a tag says: its place among versions, and whether it is about another image.

use serde::{Deserialize, Serialize};

use crate::Digest;

/// What a tag that is about another image holds (messages `attached-KIND`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, strum::VariantNames, strum::IntoStaticStr)]
#[serde(rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case")]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub enum AttachedKind {
    /// `sha256-…`: the index of what refers to the image (distribution-spec, "Referrers Tag Schema").
    Referrers,
    /// `sha256-….sig`: a signature of cosign's.
    Signature,
    /// `sha256-….att`: attestations of cosign's.
    Attestation,
    /// `sha256-….sbom`: a bill of materials of cosign's.
    Sbom,
}

impl AttachedKind {
    /// Those that cosign hangs on a tag of their own, each a manifest and no index.
    pub const OF_COSIGN: [Self; 3] = [Self::Signature, Self::Attestation, Self::Sbom];

    /// What stands behind the digest in the tag.
    #[must_use]
    pub fn ending(self) -> &'static str {
        match self {
            Self::Referrers => "",
            Self::Signature => ".sig",
            Self::Attestation => ".att",
            Self::Sbom => ".sbom",
        }
    }
}

/// The image that a tag is about, when its name says that it is no image itself.
///
/// Only a whole digest names an image: of a digest that is longer than 64 characters (`sha512`) the
/// fallback tag holds the beginning, and that is nobody's name.
#[must_use]
pub fn attached(tag: &str) -> Option<(Digest, AttachedKind)> {
    let (digest, kind) = match tag.split_once('.') {
        None => (tag, AttachedKind::Referrers),
        Some((digest, ending)) => {
            (digest, AttachedKind::OF_COSIGN.into_iter().find(|kind| kind.ending().get(1..) == Some(ending))?)
        }
    };
    let (algorithm, encoded) = digest.split_once('-')?;
    if !matches!(algorithm, "sha256" | "sha512") {
        return None;
    }
    Some((format!("{algorithm}:{encoded}").parse().ok()?, kind))
}

/// The tag that cosign gives to what it says of an image. `None` for a kind that has no tag of its own.
#[must_use]
pub fn of_cosign(subject: &Digest, kind: AttachedKind) -> Option<String> {
    let ending = kind.ending();
    (!ending.is_empty()).then(|| format!("{}-{}{ending}", subject.algorithm().name(), subject.encoded()))
}

/// A text that, compared byte by byte with those of other tags, gives the natural order of versions:
/// `1.9` before `1.10`, `1.10-rc1` before `1.10` before `1.10-alpine` before `1.10.1`; a `v` in front
/// is passed over, upper case counts as lower case. From the first to the last:
///
/// 1. tags about other images ([`attached`]), then hashes of commits, of which no order is known;
/// 2. what begins with a number: versions, dates (`2026-01-31`, `20260131`), numbers of builds;
/// 3. names, also those with a version in them (`alpine3.9` before `alpine3.10`);
/// 4. `latest`, and what begins so.
///
/// The text ends with the tag itself, so that two tags never have the same. For ASCII, which tags
/// are, it is ASCII without control characters. It is made in one pass over the tag.
#[must_use]
pub fn order(tag: &str) -> String {
    let mut key = String::with_capacity(tag.len() * 2 + 16);
    if attached(tag).is_some() {
        key.push(class::ATTACHED);
    } else if is_hash(tag) {
        key.push(class::HASH);
    } else {
        let rest = without_v(tag);
        let first = Tokens::of(rest).next();
        key.push(match first {
            Some(Token::Number { .. }) => class::VERSION,
            Some(Token::Word(word)) if word.eq_ignore_ascii_case("latest") => class::LATEST,
            _ => class::NAME,
        });
        write_tokens(&mut key, rest);
    }
    key.push(mark::END);
    key.push_str(tag);
    key
}

/// The first character of a key.
mod class {
    pub(super) const ATTACHED: char = 'a';
    pub(super) const HASH: char = 'b';
    pub(super) const VERSION: char = 'c';
    pub(super) const NAME: char = 'd';
    pub(super) const LATEST: char = 'e';
}

/// What stands before each part of a key: it decides when one tag ends where another goes on. All
/// sort before letters, so that a word ends before a longer one.
mod mark {
    /// `-rc1`: before the version itself.
    pub(super) const PRERELEASE: char = '1';
    /// Nothing more.
    pub(super) const END: char = '2';
    /// `rc1`, `web-1.0`: the number of a word, before longer names (`web-latest`).
    pub(super) const COUNT: char = '3';
    /// `-alpine`: a variant, after the version itself.
    pub(super) const WORD: char = '4';
    /// `1.10-2`: a revision of the same version.
    pub(super) const REVISION: char = '5';
    /// `1.10.1`: the next number.
    pub(super) const NUMBER: char = '6';
}

fn write_tokens(key: &mut String, text: &str) {
    let mut tokens = Tokens::of(text).peekable();
    let (mut after_word, mut numbered) = (false, false);
    while let Some(token) = tokens.next() {
        match token {
            Token::Number { digits, dashed } => {
                key.push(match (after_word, dashed && numbered) {
                    (true, _) => mark::COUNT,
                    (false, true) => mark::REVISION,
                    (false, false) => mark::NUMBER,
                });
                write_number(key, digits);
                (after_word, numbered) = (false, true);
            }
            Token::Word(word) => {
                let counted = matches!(tokens.peek(), Some(Token::Number { .. }));
                match prerelease(word, counted).filter(|_| numbered) {
                    Some(rank) => key.extend([mark::PRERELEASE, rank]),
                    None => {
                        key.push(mark::WORD);
                        key.extend(word.chars().map(|c| c.to_ascii_lowercase()));
                    }
                }
                after_word = true;
            }
        }
    }
}

/// How many digits, in a code in which more digits are greater, and the digits: a number of any
/// length compares as a number.
fn write_number(key: &mut String, digits: &str) {
    let digits = digits.trim_start_matches('0');
    key.extend(std::iter::repeat_n('9', digits.len() / 9));
    key.extend(char::from_digit(u32::try_from(digits.len() % 9).unwrap_or_default(), 10));
    key.push_str(digits);
}

/// Its place among the words for what comes before a release. Single letters are such only with a
/// number behind them: `3.14.0b2` is a beta, `1.1.1w` is a patch.
fn prerelease(word: &str, counted: bool) -> Option<char> {
    const WORDS: [(&str, char); 17] = [
        ("dev", 'a'),
        ("snapshot", 'a'),
        ("nightly", 'a'),
        ("canary", 'a'),
        ("alpha", 'b'),
        ("beta", 'c'),
        ("milestone", 'd'),
        ("ea", 'e'),
        ("pre", 'e'),
        ("prerelease", 'e'),
        ("preview", 'e'),
        ("rc", 'f'),
        ("cr", 'f'),
        ("a", 'b'),
        ("b", 'c'),
        ("m", 'd'),
        ("c", 'f'),
    ];
    let found = WORDS.iter().find(|(known, _)| known.eq_ignore_ascii_case(word))?;
    (word.len() > 1 || counted).then_some(found.1)
}

/// `v1.2`, `V1.2`: the letter says nothing.
fn without_v(tag: &str) -> &str {
    let rest = tag.strip_prefix(['v', 'V']).filter(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
    rest.unwrap_or(tag)
}

/// Whether a tag is the hash of a commit, perhaps after `sha-`, `git-` or `commit-`: 7 to 64
/// hexadecimal digits, letters among them. A number with one letter behind it is a number
/// (`20260131a`), and so is a hash without letters: nobody can tell.
fn is_hash(tag: &str) -> bool {
    let (named, text) = match tag.split_once('-') {
        Some(("sha" | "git" | "commit", rest)) => (true, rest),
        _ => (false, tag),
    };
    let hex = |b: u8| b.is_ascii_digit() || matches!(b, b'a'..=b'f');
    if !(7..=64).contains(&text.len()) || !text.bytes().all(hex) {
        return false;
    }
    let letters = text.bytes().filter(u8::is_ascii_alphabetic).count();
    let numbered = letters == 0 || (letters == 1 && text.ends_with(|c: char| c.is_ascii_alphabetic()));
    named || (letters < text.len() && !numbered)
}

/// A run of digits, or of what is neither a digit nor a separator.
#[derive(Clone, Copy, Debug)]
enum Token<'t> {
    Number {
        digits: &'t str,
        /// Whether a `-` or `_` stands before it.
        dashed: bool,
    },
    Word(&'t str),
}

/// The tokens of a tag; separators are all ASCII characters that are neither letters nor digits.
struct Tokens<'t> {
    rest: &'t str,
}

impl<'t> Tokens<'t> {
    fn of(rest: &'t str) -> Self {
        Self { rest }
    }
}

impl<'t> Iterator for Tokens<'t> {
    type Item = Token<'t>;

    fn next(&mut self) -> Option<Token<'t>> {
        let separator = |c: char| c.is_ascii() && !c.is_ascii_alphanumeric();
        let begin = self.rest.find(|c| !separator(c))?;
        let dashed = self.rest[..begin].contains(['-', '_']);
        let text = &self.rest[begin..];
        let number = text.starts_with(|c: char| c.is_ascii_digit());
        let end = text.find(|c: char| separator(c) || c.is_ascii_digit() != number).unwrap_or(text.len());
        self.rest = &text[end..];
        let token = &text[..end];
        Some(if number { Token::Number { digits: token, dashed } } else { Token::Word(token) })
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use super::*;

    const HEX: &str = "d7be6e1e41655f78fe8cb0885d5c6694d70bab3f45c72d94a6ac92f41bbe173d";

    #[test]
    fn only_a_whole_digest_is_about_an_image() {
        let subject: Digest = format!("sha256:{HEX}").parse().unwrap();
        for (ending, kind) in [
            ("", AttachedKind::Referrers),
            (".sig", AttachedKind::Signature),
            (".att", AttachedKind::Attestation),
            (".sbom", AttachedKind::Sbom),
        ] {
            let tag = format!("sha256-{HEX}{ending}");
            assert_eq!(attached(&tag), Some((subject.clone(), kind)));
            let expected = (kind != AttachedKind::Referrers).then_some(tag);
            assert_eq!(of_cosign(&subject, kind), expected);
        }
        let long = format!("sha512-{HEX}{HEX}.sig");
        assert_eq!(attached(&long).unwrap().0.as_str(), format!("sha512:{HEX}{HEX}"));
        for other in [
            String::new(),
            "latest".to_owned(),
            "sha256".to_owned(),
            "sha256-".to_owned(),
            HEX.to_owned(),
            format!("sha256-{}", &HEX[1..]),
            format!("sha256-{HEX}0"),
            format!("sha256-{}", HEX.to_uppercase()),
            format!("sha256-{HEX}.sig.sig"),
            format!("sha256-{HEX}.sigs"),
            format!("sha256-{HEX}."),
            format!("sha256-{HEX}-sig"),
            format!("sha256:{HEX}"),
            format!("sha512-{HEX}"),
            format!("sha384-{}", HEX.repeat(2)),
            format!("v1-sha256-{HEX}"),
        ] {
            assert_eq!(attached(&other), None, "{other}");
        }
    }

    /// Each before the next, and so before all that follow.
    fn ascending(tags: &[&str]) {
        for (at, one) in tags.iter().enumerate() {
            for other in &tags[at + 1..] {
                assert!(order(one) < order(other), "{one} is before {other}: {} {}", order(one), order(other));
            }
        }
    }

    #[test]
    fn versions_are_in_their_natural_order() {
        ascending(&["1.9", "1.10", "1.10.0", "1.10.1", "1.10.10", "1.11", "2", "10"]);
        ascending(&["v1.9", "1.10", "v1.11", "V1.12", "1.13"]);
        ascending(&["0.1", "00.2", "1.02", "1.3", "1.03.1"]);
        let long = "9".repeat(100);
        ascending(&["1", "999999999", "1000000000", "18446744073709551616", &long, &format!("1{long}")]);
        ascending(&["20260131", "20260201", "20260201.1", "20260201.2", "20260201.10"]);
        ascending(&["2026", "2026-01", "2026-01-31", "2026-02-01", "2026.02"]);
    }

    #[test]
    fn what_comes_before_a_release_is_before_it() {
        ascending(&[
            "1.10-dev",
            "1.10-alpha",
            "1.10-alpha.1",
            "1.10-alpha.2",
            "1.10-alpha.10",
            "1.10-beta1",
            "1.10-M1",
            "1.10-pre.1",
            "1.10-rc",
            "1.10-rc1-dev",
            "1.10-rc1",
            "1.10-rc1-alpine",
            "1.10-rc-2",
            "1.10-RC10",
            "1.10",
            "1.10-alpine",
            "1.10-alpine3.9",
            "1.10-alpine3.19",
            "1.10-bookworm",
            "1.10-1",
            "1.10-2",
            "1.10.0-rc1",
            "1.10.0",
        ]);
        ascending(&["3.14.0a4", "3.14.0b1", "3.14.0b1-slim", "3.14.0b2", "3.14.0rc1", "3.14.0", "3.14.0-slim"]);
        ascending(&["1.1.1", "1.1.1a", "1.1.1b", "1.1.1w", "1.1.2"]);
        ascending(&["1.2.3", "1.2.3_build.5", "1.2.3_build.11", "1.2.4"]);
        ascending(&["1.2.3", "1.2.3-4-gdeadbee", "1.2.3-14-gdeadbee", "1.2.4"]);
    }

    #[test]
    fn names_are_after_versions_and_latest_is_last() {
        ascending(&[
            &format!("sha256-{HEX}"),
            &format!("sha256-{HEX}.sig"),
            "0a1b2c3",
            "deadbee0",
            "sha-1234567",
            "1.0",
            "20260131",
            "20260131a",
            "alpine",
            "alpine3.9",
            "alpine3.10",
            "dev",
            "main",
            "nightly-20260101",
            "nightly-20260102",
            "rc",
            "v",
            "version-9",
            "version-10",
            "web-1.0-rc1",
            "web-1.0",
            "web-2.0",
            "web-latest",
            "worker-1.0",
            "latest",
            "latest-alpine",
        ]);
    }

    /// Tags of all kinds, and texts that are none, from a generator that needs no clock.
    fn many() -> Vec<String> {
        const PIECES: [&str; 40] = [
            "0",
            "1",
            "2",
            "9",
            "10",
            "007",
            "1.0",
            "20260131",
            "123456789",
            "99999999999999999999",
            ".",
            "-",
            "_",
            "..",
            "-_",
            "v",
            "V",
            "rc",
            "RC",
            "alpha",
            "beta",
            "b",
            "m",
            "dev",
            "alpine",
            "Alpine",
            "latest",
            "sha-",
            "sha256-",
            "deadbee",
            "c0ffee1",
            "slim",
            "x",
            "é",
            "日本",
            "😀",
            "\n",
            " ",
            "/",
            "+",
        ];
        let mut state = 0x2545_f491_4f6c_dd1d_u64;
        let mut random = move |below: usize| {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            usize::try_from(state % below as u64).unwrap()
        };
        let mut tags = vec![String::new(), format!("sha256-{HEX}"), format!("sha256-{HEX}.att"), "v".repeat(3000)];
        for _ in 0..1_500 {
            let pieces = random(7);
            tags.push((0..pieces).map(|_| PIECES[random(PIECES.len())]).collect());
        }
        tags
    }

    #[test]
    fn no_two_tags_have_the_same_key_and_none_is_too_long() {
        let mut keys: HashMap<String, String> = HashMap::new();
        for tag in many() {
            let key = order(&tag);
            assert!(key.ends_with(&tag) && key.len() <= tag.len() * 4 + 8, "{tag:?} {key:?}");
            if tag.is_ascii() && !tag.contains(|c: char| c.is_ascii_control()) {
                assert!(key.bytes().all(|b| (b' '..=b'~').contains(&b)), "{key:?}");
            }
            if let Some(other) = keys.insert(key, tag.clone()) {
                assert_eq!(other, tag);
            }
        }
    }

    /// The order is read off the tokens alone: the tie of equal tokens never decides between others.
    #[test]
    fn the_tag_itself_decides_only_between_equals() {
        let tags = many();
        let primary = |tag: &str| {
            let key = order(tag);
            key[..key.len() - tag.len()].to_owned()
        };
        for (one, other) in tags.iter().zip(tags.iter().skip(1)).chain(tags.iter().zip(tags.iter().skip(7))) {
            let (first, second) = (primary(one), primary(other));
            if first == second {
                assert_eq!(order(one).cmp(&order(other)), one.cmp(other));
            } else {
                assert_eq!(order(one).cmp(&order(other)), first.cmp(&second), "{one:?} {other:?}");
                assert!(!first.starts_with(&second) && !second.starts_with(&first), "{first:?} {second:?}");
            }
        }
    }

    /// A release with a greater number is after, whatever hangs on both.
    #[test]
    fn a_greater_version_is_after_with_every_suffix() {
        let suffixes = ["", "-rc1", "-alpine", "-1", "_build", "b2", "-alpine3.19", ".final"];
        for major in 0..12_u32 {
            for one in suffixes {
                for other in suffixes {
                    let (low, high) = (format!("1.{major}.3{one}"), format!("v1.{}.3{other}", major + 1));
                    assert!(order(&low) < order(&high), "{low} {high}");
                }
            }
        }
    }

    #[test]
    fn a_long_tag_takes_no_longer_than_its_length() {
        for piece in ["1", "1.", "a", "a1", "-", "é", "rc"] {
            let tag = piece.repeat(200_000);
            assert!(order(&tag).len() <= tag.len() * 4 + 8);
        }
    }
}
