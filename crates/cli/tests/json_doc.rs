//! `docs/json.md` shows what the program prints: its examples name the command that made them.

use std::process::Command;

use serde_json::Value;

const DOC: &str = include_str!("../../../docs/json.md");

/// How long it took is the one thing that differs from run to run.
fn timeless(mut document: Value) -> Value {
    if let Some(elapsed) = document.pointer_mut("/requests/elapsedMs") {
        *elapsed = 0.into();
    }
    document
}

#[test]
fn the_examples_are_what_the_program_prints() {
    let mut compared = 0;
    for part in DOC.split("<!-- made by: kaibo ").skip(1) {
        let (line, rest) = part.split_once(" -->").expect("the comment ends");
        let example =
            rest.split("```json").nth(1).and_then(|text| text.split("```").next()).expect("an example follows");
        let output = Command::new(env!("CARGO_BIN_EXE_kaibo"))
            .args(line.split_whitespace())
            .args(["--lang", "en"])
            .output()
            .expect("the program starts");
        let printed: Value = serde_json::from_slice(&output.stdout).expect("one JSON document");
        let example: Value = serde_json::from_str(example).expect("an example is JSON");
        assert_eq!(timeless(printed), timeless(example), "kaibo {line}");
        compared += 1;
    }
    assert_eq!(compared, 4, "one example for each schema");
}
