//! Reading fields out of JSON that nobody vouches for.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use crate::Irregularity;

/// Collects what is odd while a document is read.
#[derive(Debug, Default)]
pub(crate) struct Reading {
    pub(crate) told: Vec<Irregularity>,
}

impl Reading {
    pub(crate) fn tell(&mut self, irregularity: Irregularity) {
        if !self.told.contains(&irregularity) {
            self.told.push(irregularity);
        }
    }

    fn malformed(&mut self, pointer: &str, key: &str) {
        self.tell(Irregularity::FieldMalformed { pointer: format!("{pointer}/{key}") });
    }

    pub(crate) fn text(&mut self, fields: &Map<String, Value>, key: &str, pointer: &str) -> Option<String> {
        match fields.get(key) {
            Some(Value::String(text)) => Some(text.clone()),
            None | Some(Value::Null) => None,
            Some(_) => {
                self.malformed(pointer, key);
                None
            }
        }
    }

    pub(crate) fn texts(&mut self, fields: &Map<String, Value>, key: &str, pointer: &str) -> Vec<String> {
        let Some(values) = self.array(fields, key, pointer) else { return Vec::new() };
        let texts: Vec<String> = values.iter().filter_map(Value::as_str).map(str::to_owned).collect();
        if texts.len() < values.len() {
            self.malformed(pointer, key);
        }
        texts
    }

    pub(crate) fn text_map(
        &mut self,
        fields: &Map<String, Value>,
        key: &str,
        pointer: &str,
    ) -> BTreeMap<String, String> {
        let Some(map) = self.object(fields, key, pointer) else { return BTreeMap::new() };
        let texts: BTreeMap<String, String> =
            map.iter().filter_map(|(key, value)| Some((key.clone(), value.as_str()?.to_owned()))).collect();
        if texts.len() < map.len() {
            self.malformed(pointer, key);
        }
        texts
    }

    pub(crate) fn keys(&mut self, fields: &Map<String, Value>, key: &str, pointer: &str) -> Vec<String> {
        self.object(fields, key, pointer).map(|map| map.keys().cloned().collect()).unwrap_or_default()
    }

    pub(crate) fn array<'v>(
        &mut self,
        fields: &'v Map<String, Value>,
        key: &str,
        pointer: &str,
    ) -> Option<&'v Vec<Value>> {
        match fields.get(key) {
            Some(Value::Array(values)) => Some(values),
            None | Some(Value::Null) => None,
            Some(_) => {
                self.malformed(pointer, key);
                None
            }
        }
    }

    pub(crate) fn object<'v>(
        &mut self,
        fields: &'v Map<String, Value>,
        key: &str,
        pointer: &str,
    ) -> Option<&'v Map<String, Value>> {
        match fields.get(key) {
            Some(Value::Object(map)) => Some(map),
            None | Some(Value::Null) => None,
            Some(_) => {
                self.malformed(pointer, key);
                None
            }
        }
    }
}
