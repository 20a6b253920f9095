//! Lists the sample layouts under `samples/` as Rust tables, every distinct blob once: several
//! samples share layers, and the program should not carry them twice.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

fn main() {
    println!("cargo::rerun-if-changed=samples");
    println!("cargo::rerun-if-changed=build.rs");
    let root = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").expect("cargo sets it"));
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets it"));

    // Digest -> the first file with those bytes, as a path that `include_bytes!` takes on every system.
    let mut blobs: BTreeMap<String, String> = BTreeMap::new();
    let mut layouts = String::new();
    for sample in names(&root.join("samples")) {
        let folder = root.join("samples").join(&sample);
        if !folder.is_dir() {
            continue;
        }
        let mut held = Vec::new();
        for algorithm in names(&folder.join("blobs")) {
            for encoded in names(&folder.join("blobs").join(&algorithm)) {
                let digest = format!("{algorithm}:{encoded}");
                blobs.entry(digest.clone()).or_insert_with(|| format!("/samples/{sample}/blobs/{algorithm}/{encoded}"));
                held.push((format!("blobs/{algorithm}/{encoded}"), digest));
            }
        }
        writeln!(layouts, "    Layout {{ name: {sample:?}, files: &[").expect("a string takes it");
        for file in ["index.json", "oci-layout"] {
            writeln!(layouts, "        ({file:?}, {}),", include(&format!("/samples/{sample}/{file}")))
                .expect("a string takes it");
        }
        for (path, digest) in held {
            writeln!(layouts, "        ({path:?}, {}),", symbol(&digest)).expect("a string takes it");
        }
        writeln!(layouts, "    ] }},").expect("a string takes it");
    }

    let mut table = String::new();
    for (digest, path) in &blobs {
        writeln!(table, "static {}: &[u8] = {};", symbol(digest), include(path)).expect("a string takes it");
    }
    write!(table, "static LAYOUTS: &[Layout] = &[\n{layouts}];\n").expect("a string takes it");
    fs::write(out.join("layouts.rs"), table).expect("cargo's own folder can be written");
}

/// The names in a folder, sorted so that two builds are equal. Tells the file when it is unreadable.
fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(folder)
        .unwrap_or_else(|error| panic!("{}: {error}", folder.display()))
        .map(|entry| entry.expect("the folder was opened").file_name().into_string().expect("samples have plain names"))
        .collect();
    names.sort();
    names
}

fn symbol(digest: &str) -> String {
    format!("BLOB_{}", digest.replace(|c: char| !c.is_ascii_alphanumeric(), "_")).to_uppercase()
}

fn include(path: &str) -> String {
    format!("include_bytes!(concat!(env!(\"CARGO_MANIFEST_DIR\"), {path:?}))")
}
