use std::borrow::Cow;
use std::fmt;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use serde::Serialize;
use serde_json::Value;

use crate::{Language, format};

/// An argument of a message.
#[derive(Clone, Debug, PartialEq)]
pub enum Arg<'a> {
    /// As it is.
    Text(Cow<'a, str>),
    /// Grouped where it is shown as it is; `SIZE`, `BYTES`, `DATE` and plurals take it too.
    Number(i64),
    /// For `LIST`.
    List(Vec<String>),
    /// Not known: a selector's variant `[none]`.
    Absent,
}

impl<'a> From<&'a str> for Arg<'a> {
    fn from(text: &'a str) -> Self {
        Self::Text(Cow::Borrowed(text))
    }
}

impl From<String> for Arg<'_> {
    fn from(text: String) -> Self {
        Self::Text(Cow::Owned(text))
    }
}

impl From<i64> for Arg<'_> {
    fn from(number: i64) -> Self {
        Self::Number(number)
    }
}

impl From<u32> for Arg<'_> {
    fn from(number: u32) -> Self {
        Self::Number(number.into())
    }
}

impl From<u64> for Arg<'_> {
    fn from(number: u64) -> Self {
        Self::Number(i64::try_from(number).unwrap_or(i64::MAX))
    }
}

impl From<usize> for Arg<'_> {
    fn from(number: usize) -> Self {
        Self::Number(i64::try_from(number).unwrap_or(i64::MAX))
    }
}

impl From<&[String]> for Arg<'_> {
    fn from(items: &[String]) -> Self {
        Self::List(items.to_vec())
    }
}

impl<'a, T: Into<Arg<'a>>> From<Option<T>> for Arg<'a> {
    fn from(known: Option<T>) -> Self {
        known.map_or(Self::Absent, Into::into)
    }
}

/// The catalogue in one language.
///
/// Arguments are put into the sentence as they are; whoever prints it makes control characters
/// visible. Fluent's isolation marks (U+2068, U+2069) are off: a terminal shows them as boxes.
pub struct Words {
    language: Language,
    bundle: FluentBundle<FluentResource>,
}

impl fmt::Debug for Words {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Words").field("language", &self.language).finish_non_exhaustive()
    }
}

impl Words {
    /// The catalogue in `language`.
    #[must_use]
    pub fn new(language: Language) -> Self {
        let mut bundle = FluentBundle::new_concurrent(vec![language.identifier()]);
        bundle.set_use_isolating(false);
        bundle.set_formatter(Some(|value, _| match value {
            FluentValue::Number(number) if number.value.fract() == 0.0 => Some(format::grouped(whole(number.value))),
            _ => None,
        }));
        for file in language.files() {
            let resource = FluentResource::try_new((*file).to_owned()).unwrap_or_else(|(resource, _)| resource);
            bundle.add_resource_overriding(resource);
        }
        add_functions(&mut bundle);
        Self { language, bundle }
    }

    /// In which language.
    #[must_use]
    pub const fn language(&self) -> Language {
        self.language
    }

    /// Whether there is a message of this id.
    #[must_use]
    pub fn has(&self, id: &str) -> bool {
        self.bundle.get_message(id).is_some_and(|message| message.value().is_some())
    }

    /// The message `id`, or `[id]`.
    #[must_use]
    pub fn say(&self, id: &str, args: &[(&str, Arg<'_>)]) -> String {
        self.speak(id, None, &self.arguments(args)).unwrap_or_else(|| format!("[{id}]"))
    }

    /// The attribute of the message `id`, or `[id.attribute]`.
    #[must_use]
    pub fn attr(&self, id: &str, attribute: &str, args: &[(&str, Arg<'_>)]) -> String {
        self.speak(id, Some(attribute), &self.arguments(args)).unwrap_or_else(|| format!("[{id}.{attribute}]"))
    }

    /// The message for a value that serialises to an object with `kind` (or to the kind alone):
    /// `PREFIX-KIND`, its other fields are the arguments.
    #[must_use]
    pub fn tell(&self, prefix: &str, value: &impl Serialize) -> String {
        let (id, args) = dissect(prefix, value);
        self.say(&id, &borrow(&args))
    }

    /// As [`Words::tell`], for an attribute.
    #[must_use]
    pub fn tell_attr(&self, prefix: &str, attribute: &str, value: &impl Serialize) -> String {
        let (id, args) = dissect(prefix, value);
        self.attr(&id, attribute, &borrow(&args))
    }

    fn speak(&self, id: &str, attribute: Option<&str>, args: &FluentArgs<'_>) -> Option<String> {
        let message = self.bundle.get_message(id)?;
        let pattern = match attribute {
            None => message.value()?,
            Some(attribute) => message.get_attribute(attribute)?.value(),
        };
        // A variable that is not given is shown by its name; the sentence is still worth having.
        let mut errors = Vec::new();
        Some(self.bundle.format_pattern(pattern, Some(args), &mut errors).into_owned())
    }

    fn arguments<'a>(&self, args: &'a [(&'a str, Arg<'_>)]) -> FluentArgs<'a> {
        args.iter()
            .map(|(name, arg)| {
                let value = match arg {
                    Arg::Text(text) => FluentValue::from(text.as_ref()),
                    Arg::Number(number) => FluentValue::from(*number),
                    Arg::List(items) => FluentValue::from(format::list(items, self.language)),
                    Arg::Absent => FluentValue::from("none"),
                };
                (*name, value)
            })
            .collect()
    }
}

fn borrow<'a>(args: &'a [(String, Arg<'static>)]) -> Vec<(&'a str, Arg<'a>)> {
    args.iter().map(|(name, arg)| (name.as_str(), arg.clone())).collect()
}

/// Id and arguments of a serialised value.
fn dissect(prefix: &str, value: &impl Serialize) -> (String, Vec<(String, Arg<'static>)>) {
    let value = serde_json::to_value(value).unwrap_or(Value::Null);
    match value {
        Value::String(kind) => (format!("{prefix}-{kind}"), Vec::new()),
        Value::Object(mut fields) => {
            let kind = match fields.remove("kind") {
                Some(Value::String(kind)) => kind,
                _ => String::new(),
            };
            (format!("{prefix}-{kind}"), fields.into_iter().map(|(name, value)| (name, argument(value))).collect())
        }
        _ => (prefix.to_owned(), Vec::new()),
    }
}

fn argument(value: Value) -> Arg<'static> {
    match value {
        Value::Null => Arg::Absent,
        Value::Bool(yes) => Arg::Text(Cow::Borrowed(if yes { "true" } else { "false" })),
        Value::Number(number) => match number.as_i64() {
            Some(number) => Arg::Number(number),
            None => Arg::Text(number.to_string().into()),
        },
        Value::String(text) => Arg::Text(text.into()),
        Value::Array(items) => Arg::List(
            items.into_iter().map(|item| item.as_str().map_or_else(|| item.to_string(), str::to_owned)).collect(),
        ),
        Value::Object(_) => Arg::Text(value.to_string().into()),
    }
}

#[expect(clippy::cast_possible_truncation, reason = "the caller checked that it is whole; huge ones saturate")]
fn whole(number: f64) -> i128 {
    number as i128
}

fn add_functions(bundle: &mut FluentBundle<FluentResource>) {
    type Function = for<'a> fn(&[FluentValue<'a>], &FluentArgs<'_>) -> FluentValue<'a>;
    let functions: [(&str, Function); 5] = [
        ("SIZE", |given, _| number(given, |bytes| format::size(u64::try_from(bytes).unwrap_or_default()))),
        ("BYTES", |given, _| number(given, format::grouped)),
        ("DATE", |given, _| number(given, |unix| format::date(i64::try_from(unix).unwrap_or(i64::MAX)))),
        ("DIGEST", |given, _| match given.first() {
            Some(FluentValue::String(text)) => FluentValue::from(format::digest(text).to_owned()),
            other => other.cloned().unwrap_or(FluentValue::Error),
        }),
        // Lists are joined where arguments are taken: a Fluent value holds no list.
        ("LIST", |given, _| given.first().cloned().unwrap_or(FluentValue::Error)),
    ];
    for (name, function) in functions {
        bundle.add_function(name, function).expect("the names differ, and no message has one of them");
    }
    bundle.add_builtins().expect("NUMBER is added once");
}

/// Formats a number; what is none (`[none]`) stays as it is.
fn number<'a>(given: &[FluentValue<'a>], text: impl Fn(i128) -> String) -> FluentValue<'a> {
    match given.first() {
        Some(FluentValue::Number(number)) => FluentValue::from(text(whole(number.value))),
        other => other.cloned().unwrap_or(FluentValue::Error),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Serialize)]
    #[serde(tag = "kind", rename_all = "kebab-case", rename_all_fields = "camelCase")]
    enum Odd {
        NotFound { thing: &'static str, name: &'static str },
        RateLimited { registry: &'static str, retry_after_s: Option<u32> },
        TooLarge { limit: u64, size: Option<u64> },
        NoSuchThing,
    }

    #[test]
    fn a_value_is_told_by_its_kind_and_fields() {
        let english = Words::new(Language::English);
        let japanese = Words::new(Language::Japanese);
        let odd = Odd::NotFound { thing: "tag", name: "3.20" };
        assert!(english.tell("problem", &odd).contains("3.20"), "{}", english.tell("problem", &odd));
        assert!(japanese.tell("problem", &odd).contains("タグ"), "{}", japanese.tell("problem", &odd));
        let odd = Odd::TooLarge { limit: 4 << 20, size: None };
        assert!(english.tell("problem", &odd).contains("4.19 MB"), "{}", english.tell("problem", &odd));
        let odd = Odd::RateLimited { registry: "docker.io", retry_after_s: None };
        assert!(!english.tell_attr("problem", "advice", &odd).contains("none"));
        assert_eq!(english.tell("problem", &Odd::NoSuchThing), "[problem-no-such-thing]");
    }

    #[test]
    fn a_kind_alone_is_told() {
        assert_eq!(Words::new(Language::English).tell("role", &"index"), "index");
        assert_eq!(Words::new(Language::Japanese).tell("role", &"layer"), "レイヤー");
    }

    #[test]
    fn what_is_missing_is_named_in_brackets() {
        let words = Words::new(Language::English);
        assert_eq!(words.say("nothing-here", &[]), "[nothing-here]");
        assert_eq!(words.attr("role-index", "nothing", &[]), "[role-index.nothing]");
        assert!(!words.has("nothing-here"));
        assert!(words.has("role-index"));
    }

    #[test]
    fn no_text_holds_isolation_marks_or_errors() {
        for language in Language::ALL {
            let words = Words::new(language);
            for id in crate::ids() {
                let text = match id.split_once('.') {
                    Some((id, attribute)) => words.attr(id, attribute, &[]),
                    None => words.say(id, &[]),
                };
                assert!(!text.contains(['\u{2068}', '\u{2069}']), "{id}: {text}");
                assert!(!text.is_empty(), "{id} is empty");
                assert!(text != format!("[{id}]"), "{id} cannot be asked for");
            }
        }
    }

    #[test]
    fn words_can_be_shared_between_threads() {
        fn shared<T: Send + Sync>() {}
        shared::<Words>();
    }
}
