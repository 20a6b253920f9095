//! The message catalogue of Kaibo, for the terminal, menus and reports: the files in
//! `ui/messages/{en,ja}/*.ftl` (Project Fluent) that the window reads as well.
//!
//! A message is asked for by its id, and ids follow types mechanically: a value that serialises to
//! `{"kind": "not-found", "thing": "tag", "name": "3.20"}` is told by the message
//! `problem-not-found` with the arguments `$thing` and `$name`.
//!
//! ```
//! let words = words::Words::new(words::Language::English);
//! assert_eq!(words.say("role-index", &[]), "index");
//! ```
//!
//! Arguments, the same on both sides of the window's seam:
//!
//! - The fields of the value under their JSON names (`$retryAfterS`); what is `null` arrives as the
//!   word `none`, so a message selects on `[none]`. A list is for `LIST`, a nested value is not given.
//! - Fluent cannot choose a message by a variable. Where a field is itself a kind (`fault`, `thing`,
//!   `stage`, `date`), the message selects on it and mentions `reference-fault-KIND` and the like.
//! - `SIZE($bytes)`, `BYTES($n)`, `DIGEST($d)`, `LIST($items)`, `DATE($unix)` are those of [`mod@format`];
//!   a bare whole number is grouped (`2,000`).
//! - A message is one line. Whoever prints it makes control characters in its arguments visible.
//!
//! The build fails when the two languages differ in ids, attributes or variables, when a file does
//! not parse, and, through [`require`], when a type has a variant without a text. A text that is
//! asked for and missing all the same reads `[id]`: words never panic.

pub mod format;
mod language;
mod speak;

pub use language::Language;
pub use speak::{Arg, Words};

mod catalogue {
    include!(concat!(env!("OUT_DIR"), "/catalogue.rs"));
}

/// Every id that can be asked for, `id` or `id.attribute`, sorted.
#[must_use]
pub const fn ids() -> &'static [&'static str] {
    catalogue::IDS
}

/// Fails the build when a kind has no message `PREFIX-KIND`; the error names the kind.
///
/// ```
/// const _: () = words::require("role", &["tag", "index"]);
/// ```
///
/// # Panics
/// At compile time, when used as `const _: () = …`.
pub const fn require(prefix: &str, kinds: &[&str]) {
    require_each(prefix, kinds, "");
}

/// As [`require`], for the attribute `PREFIX-KIND.ATTRIBUTE`.
///
/// # Panics
/// At compile time, when used as `const _: () = …`.
pub const fn require_attribute(prefix: &str, kinds: &[&str], attribute: &str) {
    require_each(prefix, kinds, attribute);
}

const fn require_each(prefix: &str, kinds: &[&str], attribute: &str) {
    let mut kind = 0;
    while kind < kinds.len() {
        let mut id = 0;
        let mut found = false;
        while id < catalogue::IDS.len() && !found {
            found = is(catalogue::IDS[id].as_bytes(), prefix.as_bytes(), kinds[kind].as_bytes(), attribute.as_bytes());
            id += 1;
        }
        // A constant panic can carry one string as it is, and the kind is the telling one.
        if !found {
            panic!("{}", kinds[kind]);
        }
        kind += 1;
    }
}

/// Whether `id` is `PREFIX-KIND`, or `PREFIX-KIND.ATTRIBUTE`.
const fn is(id: &[u8], prefix: &[u8], kind: &[u8], attribute: &[u8]) -> bool {
    let dotted = if attribute.is_empty() { 0 } else { attribute.len() + 1 };
    if id.len() != prefix.len() + 1 + kind.len() + dotted {
        return false;
    }
    let at_kind = prefix.len() + 1;
    let at_attribute = at_kind + kind.len() + 1;
    if id[prefix.len()] != b'-' || (dotted > 0 && id[at_attribute - 1] != b'.') {
        return false;
    }
    stands_at(id, prefix, 0) && stands_at(id, kind, at_kind) && (dotted == 0 || stands_at(id, attribute, at_attribute))
}

const fn stands_at(id: &[u8], part: &[u8], place: usize) -> bool {
    let mut byte = 0;
    while byte < part.len() {
        if id[place + byte] != part[byte] {
            return false;
        }
        byte += 1;
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_prefix_kind_and_attribute() {
        assert!(is(b"problem-not-found", b"problem", b"not-found", b""));
        assert!(is(b"problem-not-found.advice", b"problem", b"not-found", b"advice"));
        assert!(!is(b"problem-not-found.advice", b"problem", b"not-found", b""));
        assert!(!is(b"problem-not-found", b"problem", b"not-found", b"advice"));
        assert!(!is(b"problem-not-fount", b"problem", b"not-found", b""));
        assert!(!is(b"problem_not-found", b"problem", b"not-found", b""));
    }

    #[test]
    #[should_panic(expected = "no-such-kind")]
    fn a_kind_without_text_is_named() {
        require("problem", &["not-found", "no-such-kind"]);
    }

    #[test]
    #[should_panic(expected = "not-found")]
    fn an_attribute_without_text_is_noticed() {
        require_attribute("problem", &["not-found"], "no-such-attribute");
    }
}
