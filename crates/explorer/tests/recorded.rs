//! The sessions that the window plays in a plain browser (`ui/recorded/*.json`) are what this crate
//! really says: its events, its report, its documents.
//!
//! `KAIBO_RECORDED=write cargo test -p kaibo-explorer --test recorded` writes them anew; without the
//! variable the test fails when they differ.

#![expect(clippy::unwrap_used, reason = "the samples are known")]

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Mutex;

use explorer::{Explorer, InspectEvent, InspectRequest, InspectSink, Options};
use serde_json::{Value, json};

const SESSIONS: [(&str, &str); 4] = [
    ("hello", "sample:hello:1.0.0"),
    ("single", "sample:single:1"),
    ("multi", "sample:multi:1.0.1"),
    ("chart", "sample:artifacts:chart"),
];

#[derive(Default)]
struct Events(Mutex<Vec<InspectEvent>>);

impl InspectSink for Events {
    fn on(&self, event: InspectEvent) {
        self.0.lock().unwrap().push(event);
    }
}

async fn record(reference: &str) -> Value {
    let explorer = Explorer::new(Options::default()).unwrap();
    let request = InspectRequest { reference: reference.to_owned(), ..InspectRequest::default() };
    let events = Events::default();
    let (inspection, report) = explorer.inspect(request, &events).await.unwrap();
    let mut documents = BTreeMap::new();
    let mut statements = BTreeMap::new();
    let mut commands = BTreeMap::new();
    for node in &report.nodes {
        if let Ok(document) = inspection.document(&node.id) {
            documents.insert(node.id.0.clone(), document);
        }
        if node.media_type.as_ref().is_some_and(|media_type| media_type.as_str().contains("in-toto")) {
            statements.insert(node.id.0.clone(), inspection.statement(&node.id).await.unwrap());
        }
        commands.insert(node.id.0.clone(), inspection.commands(&node.id).unwrap());
    }
    let events = events.0.into_inner().unwrap();
    let mut recorded = json!({
        "reference": reference, "events": events, "report": report,
        "documents": documents, "statements": statements, "commands": commands,
    });
    forget_times(&mut recorded);
    recorded
}

/// How long it took is no part of what was said.
fn forget_times(value: &mut Value) {
    match value {
        Value::Object(fields) => {
            for (key, field) in fields {
                if key == "elapsedMs" {
                    *field = 0.into();
                } else {
                    forget_times(field);
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(forget_times),
        _ => {}
    }
}

#[tokio::test]
async fn recorded_sessions_are_what_is_said_today() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("..").join("..").join("ui").join("recorded");
    for (name, reference) in SESSIONS {
        let path = folder.join(format!("{name}.json"));
        let now = record(reference).await;
        if std::env::var("KAIBO_RECORDED").is_ok_and(|mode| mode == "write") {
            std::fs::write(&path, format!("{}\n", serde_json::to_string_pretty(&now).unwrap())).unwrap();
            continue;
        }
        let known: Value = serde_json::from_slice(&std::fs::read(&path).unwrap()).unwrap();
        // In which patches the parts come depends on the machine; what they add up to does not.
        for part in ["reference", "report", "documents", "statements", "commands"] {
            assert!(known[part] == now[part], "{name}: {part} (KAIBO_RECORDED=write writes it anew)");
        }
        let shape = |recorded: &Value| (recorded["events"][0].clone(), recorded["events"][1].clone());
        assert!(shape(&known) == shape(&now), "{name}: the first events");
    }
}
