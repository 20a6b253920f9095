//! JSON as registries send it: read tolerantly, oddities told beside.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// Reads JSON into a value. The last of two equal keys wins, as it does for Go's decoder and hence
/// for every engine; the JSON pointers of the repeated ones come back beside.
///
/// # Errors
/// The parser's words, with line and column, when it is not JSON (or nests deeper than 128).
pub(crate) fn read(bytes: &[u8]) -> Result<(Value, Vec<String>), String> {
    let mut repeated = Vec::new();
    let mut deserializer = serde_json::Deserializer::from_slice(bytes);
    let value = Reader { pointer: String::new(), repeated: &mut repeated }
        .deserialize(&mut deserializer)
        .and_then(|value| deserializer.end().map(|()| value))
        .map_err(|error| error.to_string())?;
    Ok((value, repeated))
}

/// How many repeated keys are told; a hostile document may repeat a million.
const REPEATED_TOLD: usize = 20;

struct Reader<'r> {
    pointer: String,
    repeated: &'r mut Vec<String>,
}

impl<'de> DeserializeSeed<'de> for Reader<'_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Reader<'_> {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_f64<E>(self, value: f64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(Value::String(value.to_owned()))
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let mut array = Vec::new();
        while let Some(item) = items.next_element_seed(Reader {
            pointer: format!("{}/{}", self.pointer, array.len()),
            repeated: self.repeated,
        })? {
            array.push(item);
        }
        Ok(Value::Array(array))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Value, A::Error> {
        let mut object = Map::new();
        while let Some(key) = entries.next_key::<String>()? {
            let pointer = format!("{}/{}", self.pointer, key.replace('~', "~0").replace('/', "~1"));
            if object.contains_key(&key) && self.repeated.len() < REPEATED_TOLD {
                self.repeated.push(pointer.clone());
            }
            let value = entries.next_value_seed(Reader { pointer, repeated: self.repeated })?;
            object.insert(key, value);
        }
        Ok(Value::Object(object))
    }
}

/// A digest that stands in a document's text, by UTF-16 code units, which is how the window counts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct DigestSpan {
    /// First code unit of the digest.
    pub start: u32,
    /// One after its last.
    pub end: u32,
    /// The digest.
    pub digest: crate::Digest,
}

/// Finds the digests in a text, wherever they stand in it.
#[must_use]
pub fn digest_spans(text: &str) -> Vec<DigestSpan> {
    let mut spans = Vec::new();
    let mut utf16 = 0_u32;
    let mut counted = 0;
    let is_part = |b: u8| b.is_ascii_hexdigit() && !b.is_ascii_uppercase();
    for (at, algorithm) in text.match_indices("sha").filter_map(|(at, _)| {
        let algorithm = ["sha256:", "sha384:", "sha512:"].into_iter().find(|name| text[at..].starts_with(name))?;
        Some((at, algorithm))
    }) {
        if at < counted {
            continue;
        }
        let encoded = text[at + algorithm.len()..].bytes().take_while(|b| is_part(*b)).count();
        let end = at + algorithm.len() + encoded;
        let Ok(digest) = text[at..end].parse::<crate::Digest>() else { continue };
        utf16 += utf16_len(&text[counted..at]);
        let start = utf16;
        utf16 += utf16_len(&text[at..end]);
        counted = end;
        spans.push(DigestSpan { start, end: utf16, digest });
    }
    spans
}

fn utf16_len(text: &str) -> u32 {
    u32::try_from(text.encode_utf16().count()).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_of_two_equal_keys_wins_and_is_told() {
        let (value, repeated) = read(br#"{"a":1,"b":{"c/d":1,"c/d":2},"a":3}"#).unwrap();
        assert_eq!(value["a"], 3);
        assert_eq!(repeated, ["/b/c~1d", "/a"]);
    }

    #[test]
    fn what_is_no_json_is_told_by_place() {
        assert!(read(b"{\"a\": }").unwrap_err().contains("line 1 column 7"));
        assert!(read(b"{} trailing").is_err());
        assert!(read(&[b'['; 4096]).is_err());
        assert!(read(b"\xff\xfe").is_err());
    }

    #[test]
    fn digests_are_found_by_utf16_place() {
        let hex = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
        let text = format!("{{\"説明\":\"sha256:short 😀 sha256:{hex}\"}}");
        let spans = digest_spans(&text);
        assert_eq!(spans.len(), 1);
        let units: Vec<u16> = text.encode_utf16().collect();
        let cut = String::from_utf16(&units[spans[0].start as usize..spans[0].end as usize]).unwrap();
        assert_eq!(cut, spans[0].digest.as_str());
    }
}
