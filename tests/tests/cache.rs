//! The cache: no document is fetched twice, and none is believed that is not what it is called.

use std::path::Path;

use kaibo_tests::kaibo::Home;
use kaibo_tests::layout::{self, sha256};
use kaibo_tests::registry::DockerRegistry;
use kaibo_tests::{place, walk};

fn settle() {
    // The registry logs a request when its answer is done, which may be a moment after it was read.
    std::thread::sleep(std::time::Duration::from_millis(300));
}

#[test]
fn a_second_look_asks_for_the_tag_only() {
    let Some(registry) = DockerRegistry::start() else { return };
    let home = Home::default();
    let ten = place::fixtures().join("ten");
    let tag = layout::tags(&ten).remove(0);
    let reference = registry.push(&ten, "twice/ten", &tag);
    let first = home.json(&["inspect", &reference]);
    settle();
    let before = registry.requests("twice/ten").len();
    let second = home.json(&["inspect", &reference]);
    settle();
    let asked = registry.requests("twice/ten").split_off(before);
    assert_eq!(asked, [format!("HEAD /v2/twice/ten/manifests/{}", tag.name)]);
    assert_eq!(second["requests"]["count"], 1);
    assert_eq!(walk::reported(&first), walk::reported(&second));
    assert_eq!(second["origin"], "cache", "and it says so");
}

#[test]
fn without_a_cache_nothing_is_kept() {
    let Some(registry) = DockerRegistry::start() else { return };
    let home = Home::default();
    let hello = place::samples().join("hello");
    let tag = layout::tags(&hello).remove(0);
    let reference = registry.push(&hello, "never/hello", &tag);
    let _ = home.json(&["inspect", &reference, "--no-cache"]);
    let documents: Vec<_> = home.files().into_iter().filter(|file| is_document(file, &hello)).collect();
    assert!(documents.is_empty(), "{documents:?}");
}

/// Whether a file's content is a document of the layout, however it is called.
fn is_document(file: &Path, layout: &Path) -> bool {
    std::fs::read(file).is_ok_and(|bytes| layout::blob(layout, &sha256(&bytes)).exists())
}

#[test]
fn a_damaged_entry_is_noticed_and_fetched_again() {
    let Some(registry) = DockerRegistry::start() else { return };
    let home = Home::default();
    let hello = place::samples().join("hello");
    let tag = layout::tags(&hello).remove(0);
    let reference = registry.push(&hello, "damaged/hello", &tag);
    let first = home.json(&["inspect", &reference]);
    let entries: Vec<_> = home.files().into_iter().filter(|file| is_document(file, &hello)).collect();
    assert!(!entries.is_empty(), "documents are kept");
    for entry in &entries {
        let mut bytes = std::fs::read(entry).expect("an entry can be read");
        bytes[0] ^= 1;
        std::fs::write(entry, bytes).expect("an entry can be written");
    }
    let second = home.json(&["inspect", &reference]);
    assert_eq!(walk::reported(&first), walk::reported(&second));
    for node in walk::list(&second, "nodes")
        .filter(|node| !["tag", "layer"].contains(&node["role"].as_str().unwrap_or_default()))
    {
        assert_eq!(node["verified"], true, "{}", node["id"]);
    }
    for entry in &entries {
        assert!(is_document(entry, &hello), "{} was mended", entry.display());
    }
}

#[test]
fn offline_answers_from_the_cache_or_says_so() {
    let Some(registry) = DockerRegistry::start() else { return };
    let home = Home::default();
    let hello = place::samples().join("hello");
    let tag = layout::tags(&hello).remove(0);
    let reference = registry.push(&hello, "offline/hello", &tag);
    assert_eq!(home.run(&["inspect", &reference, "--offline"]).code, Some(3), "nothing is there yet");
    let online = home.json(&["inspect", &reference]);
    settle();
    let before = registry.requests("offline/hello").len();
    let offline = home.json(&["inspect", &reference, "--offline"]);
    settle();
    assert_eq!(registry.requests("offline/hello").len(), before, "nothing was asked");
    assert_eq!(walk::reported(&online), walk::reported(&offline));
}

#[cfg(unix)]
#[test]
fn nobody_else_can_read_the_cache() {
    use std::os::unix::fs::PermissionsExt as _;
    let Some(registry) = DockerRegistry::start() else { return };
    let home = Home::default();
    let hello = place::samples().join("hello");
    let tag = layout::tags(&hello).remove(0);
    let reference = registry.push(&hello, "private/hello", &tag);
    let _ = home.json(&["inspect", &reference]);
    let entry = home.files().into_iter().find(|file| is_document(file, &hello)).expect("documents are kept");
    // Some folder between the home and the entry keeps everybody else out.
    let closed = entry.ancestors().skip(1).take_while(|folder| *folder != home.path()).any(|folder| {
        let mode = std::fs::metadata(folder).expect("a folder has a mode").permissions().mode();
        mode & 0o077 == 0
    });
    assert!(closed, "{} can be reached by others", entry.display());
}
