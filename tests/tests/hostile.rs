//! Text from images that means harm is shown as text in the terminal.

use kaibo_tests::kaibo::Home;
use kaibo_tests::layout::Maker;
use serde_json::json;

const ESCAPE: &str = "\u{1b}[2J\u{1b}]0;owned\u{7}\u{1b}]8;;http://evil.example/\u{7}click\u{1b}]8;;\u{7}";
const BIDI: &str = "\u{202e}gnp.exe\u{2066}\u{200f}";
const HIDDEN: &str = "a\u{200b}b\u{2060}c\u{feff}d\u{ad}";
const CONTROL: &str = "back\u{8}\u{8}space\rreturn\u{0}nul\u{9b}2Jc1\u{85}next\u{7f}del";
const MARKUP: &str = "<img src=x onerror=alert(1)><script>alert(2)</script>";

/// An image whose every text is hostile.
fn image() -> tempfile::TempDir {
    let all = format!("{ESCAPE}{BIDI}{HIDDEN}{CONTROL}{MARKUP}");
    let mut maker = Maker::default();
    let config = maker.document(
        "application/vnd.oci.image.config.v1+json",
        &json!({
            "architecture": format!("amd64{ESCAPE}"), "os": format!("linux{BIDI}"), "author": all,
            "created": format!("2024-01-01T00:00:00Z{CONTROL}"),
            "config": {"Env": [format!("PATH={all}")], "Cmd": [all], "Labels": {all.clone(): all}, "WorkingDir": all, "User": all},
            "history": [{"created_by": format!("RUN {all}"), "comment": all}, {"created_by": all, "empty_layer": true}],
            "rootfs": {"type": "layers", "diff_ids": [format!("sha256:{}", "a".repeat(64))]},
        }),
    );
    let layer = maker.add("application/vnd.oci.image.layer.v1.tar", b"no tar");
    let manifest = "application/vnd.oci.image.manifest.v1+json";
    let mut child = maker.document(
        manifest,
        &json!({"schemaVersion": 2, "mediaType": manifest, "config": config, "layers": [layer], "annotations": {all.clone(): all}}),
    );
    child["platform"] = json!({"os": format!("linux{ESCAPE}"), "architecture": format!("arm64{BIDI}"), "variant": CONTROL, "os.version": HIDDEN});
    child["annotations"] = json!({all.clone(): all, "org.opencontainers.image.title": all});
    let index = "application/vnd.oci.image.index.v1+json";
    let root = maker.document(
        index,
        &json!({"schemaVersion": 2, "mediaType": index, "manifests": [child], "annotations": {all.clone(): all}}),
    );
    maker.tag("1", &root);
    maker.tag(&format!("bad{ESCAPE}{BIDI}"), &root);
    maker.finish()
}

/// No character that a terminal acts on, or that hides or reorders others.
fn harmless(text: &str) {
    for (number, line) in text.lines().enumerate() {
        let bad = line.chars().find(|&c| {
            c.is_control()
                || matches!(c, '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}')
        });
        assert_eq!(bad, None, "line {}: {line:?}", number + 1);
    }
}

#[test]
fn nothing_acts_on_the_terminal_and_nothing_is_hidden() {
    let folder = image();
    let home = Home::default();
    let good = format!("oci:{}:1", folder.path().display());
    let absent = format!("oci:{}:absent{ESCAPE}{BIDI}", folder.path().display());
    for language in ["en", "ja"] {
        for (arguments, code) in [
            (vec!["inspect", good.as_str()], 0),
            (vec!["inspect", good.as_str(), "--format", "imagetools"], 0),
            (vec!["verify", good.as_str()], 0),
            (vec!["inspect", absent.as_str()], 3),
        ] {
            let run = home.run(&[&arguments[..], &["--lang", language]].concat());
            // An image like this may well be called faulty; what counts is what reaches the terminal.
            assert!(
                run.code == Some(code) || run.code == Some(1) || run.code == Some(2),
                "{arguments:?}: {:?} {}",
                run.code,
                run.err
            );
            harmless(&run.out);
            harmless(&run.err);
        }
    }
    let text = home.run(&["inspect", &good]).out;
    assert!(text.contains("linux"), "the platform is shown, with what is odd about it made visible: {text}");
}

#[test]
fn json_carries_the_exact_text_and_no_raw_control_character() {
    let folder = image();
    let home = Home::default();
    let run = home.run(&["inspect", &format!("oci:{}:1", folder.path().display()), "--json"]);
    assert_eq!(run.code, Some(0), "{}", run.err);
    let report = run.value();
    assert!(report.to_string().contains("onerror"), "nothing was dropped");
    let raw = run.out.chars().find(|c| c.is_control() && *c != '\n');
    assert_eq!(raw, None, "JSON on a terminal must not act on it either");
}

#[test]
fn a_registry_says_what_it_wants_and_we_show_it_as_text() {
    // The error body of a registry is the easiest place for an attacker to write in.
    let home = Home::default();
    let run = home.run(&["inspect", &format!("127.0.0.1:1/x:{ESCAPE}")]);
    assert!(matches!(run.code, Some(2 | 3)), "{:?}", run.code);
    harmless(&run.out);
    harmless(&run.err);
}
