//! Verbatim documents of public images: each parses to a document or a named irregularity.

use std::collections::BTreeMap;
use std::io::Write as _;

use anatomy::{Content, Document, Irregularity, MediaType};
use bytes::Bytes;
use kaibo_tests::place;

#[test]
fn every_document_is_understood_or_its_oddity_named() {
    let Some(folder) = place::shared("real") else {
        place::skip("the collection of real documents is not here");
        return;
    };
    let files: Vec<_> = std::fs::read_dir(&folder)
        .expect("it was found")
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "json"))
        .collect();
    assert!(files.len() >= 256, "{} documents", files.len());
    let types = types(&std::fs::read_to_string(folder.join("provenance.tsv")).expect("it says what each document is"));
    let mut table: BTreeMap<String, usize> = BTreeMap::new();
    let mut kinds: BTreeMap<&str, usize> = BTreeMap::new();
    for file in &files {
        let bytes = std::fs::read(file).expect("a document can be read");
        let media_type = &types[file.file_stem().and_then(|stem| stem.to_str()).expect("it is called by its digest")];
        let (document, irregularities) = parse(&bytes, media_type);
        let kind = kind(&document);
        *kinds.entry(kind).or_default() += 1;
        let expected = expected(media_type);
        // Whatever is not what it is filed as has to say why.
        assert!(
            kind == expected || !irregularities.is_empty(),
            "{} is {kind}, not {expected}, without a word",
            file.display()
        );
        for irregularity in irregularities {
            *table.entry(name(&irregularity)).or_default() += 1;
        }
    }
    let mut out = std::io::stderr().lock();
    writeln!(out, "{} documents: {kinds:?}", files.len()).expect("standard error takes it");
    for (name, count) in table {
        writeln!(out, "{count:>5}  {name}").expect("standard error takes it");
    }
}

/// Digest -> media type, from the list of where each document is from.
fn types(provenance: &str) -> BTreeMap<String, String> {
    let rows = provenance.lines().map(|line| line.split('\t').collect::<Vec<_>>());
    rows.filter_map(|row| Some((row.get(4)?.trim_start_matches("sha256:").to_owned(), (*row.get(3)?).to_owned())))
        .collect()
}

fn parse(bytes: &[u8], media_type: &str) -> (Document, Vec<Irregularity>) {
    let bytes = Bytes::copy_from_slice(bytes);
    if media_type == "image config" {
        return Document::config(bytes, &MediaType::new("application/vnd.oci.image.config.v1+json"));
    }
    // "(no mediaType)": the document does not say what it is, and neither does a header.
    let header = (!media_type.contains('(')).then(|| MediaType::new(media_type));
    Document::manifest(bytes, header.as_ref())
}

fn expected(media_type: &str) -> &'static str {
    match media_type {
        "image config" => "config",
        other if other.contains(".v1+pretty") || other.contains("distribution.manifest.v1") => "schema 1",
        other if other.contains("index") || other.contains("list") => "index",
        _ => "manifest",
    }
}

fn kind(document: &Document) -> &'static str {
    match document.content {
        Content::Index(_) => "index",
        Content::Manifest(_) => "manifest",
        Content::SchemaOne => "schema 1",
        Content::Config(_) => "config",
        Content::Opaque => "opaque",
        Content::Unknown => "unknown",
    }
}

fn name(irregularity: &Irregularity) -> String {
    serde_json::to_value(irregularity).expect("it serialises")["kind"].as_str().expect("it has a kind").to_owned()
}
