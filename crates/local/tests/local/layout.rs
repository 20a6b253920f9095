use std::fs;

use anatomy::{ByteSize, Digest, Target, WantClass};
use source::{ContentSource as _, Place, ProblemKind, Silent, Thing};

use crate::made::*;

#[tokio::test]
async fn a_tag_names_an_index_with_its_exact_bytes() {
    let path = here(&["samples", "hello"]);
    let answer = resolved(&oci(&path), &tag("1.0.0")).await.unwrap();
    assert_eq!(Digest::sha256(&answer.bytes), digest(HELLO));
    assert_eq!(answer.content_type.as_deref(), Some(INDEX));
    assert_eq!(answer.header_digest, None);
    let only = resolved(&oci(&path), &Target::Only).await.unwrap();
    assert_eq!(only.bytes, answer.bytes);
    let by_digest = resolved(&oci(&path), &Target::Digest(digest(HELLO))).await.unwrap();
    assert_eq!((by_digest.bytes, by_digest.content_type), (answer.bytes, answer.content_type));
}

#[tokio::test]
async fn presence_is_the_size_of_the_file() {
    let path = here(&["samples", "hello"]);
    let source = opened(&oci(&path));
    assert_eq!(source.place(), &Place::Layout { path: text(&path) });
    let head = source.head(&tag("1.0.0"), &Silent).await.unwrap();
    assert_eq!((head.digest, head.size), (Some(digest(HELLO)), Some(ByteSize(2382))));
    let layer = source.presence(&want(LAYER, WantClass::Layer), &Silent).await.unwrap();
    assert_eq!(layer.size, Some(ByteSize(21688)));
    let bytes = collected(source.blob(&digest(LAYER), &Silent).await).await.unwrap();
    assert_eq!(Digest::sha256(&bytes), digest(LAYER));
    assert!(!source.manifest_made_here());
}

#[tokio::test]
async fn what_is_not_there_is_not_found_by_its_kind() {
    let path = here(&["samples", "hello"]);
    let source = opened(&oci(&path));
    for (class, thing) in
        [(WantClass::Manifest, Thing::Manifest), (WantClass::Config, Thing::Blob), (WantClass::Layer, Thing::Blob)]
    {
        let absent = ProblemKind::NotFound { thing, name: EMPTY.to_owned() };
        assert_eq!(source.presence(&want(EMPTY, class), &Silent).await.unwrap_err().what, absent);
        let problem = source.document(&want(EMPTY, class), &Silent).await.unwrap_err();
        assert_eq!(problem.what, absent);
        let blob = path.join("blobs").join("sha256").join(digest(EMPTY).encoded());
        assert_eq!(problem.evidence[0].attempted, format!("open {}", blob.display()));
    }
    let absent = source.blob(&digest(EMPTY), &Silent).await.err().unwrap();
    assert_eq!(absent.what, ProblemKind::NotFound { thing: Thing::Blob, name: EMPTY.to_owned() });
    assert_eq!(
        kind(&oci(&path), &Target::Digest(digest(EMPTY))).await,
        ProblemKind::NotFound { thing: Thing::Manifest, name: EMPTY.to_owned() }
    );
}

#[tokio::test]
async fn several_images_need_a_tag() {
    let path = here(&["samples", "multi"]);
    let tags = vec!["1.0.0".to_owned(), "1.0.1".to_owned()];
    assert_eq!(
        kind(&oci(&path), &Target::Only).await,
        ProblemKind::TagNeeded { place: text(&path), tags: tags.clone() }
    );
    assert_eq!(kind(&oci(&path), &tag("2")).await, ProblemKind::TagAbsent { tag: "2".to_owned(), tags: tags.clone() });
    assert_eq!(opened(&oci(&path)).tags(&Silent).await.unwrap(), tags);
}

#[tokio::test]
async fn paths_that_are_no_layouts_are_told_apart() {
    let folder = tempfile::tempdir().unwrap();
    let absent = folder.path().join("absent");
    assert_eq!(kind(&oci(&absent), &Target::Only).await, ProblemKind::PathNotFound { path: text(&absent) });
    assert_eq!(kind(&oci_archive(&absent), &Target::Only).await, ProblemKind::PathNotFound { path: text(&absent) });
    assert_eq!(kind(&oci(folder.path()), &Target::Only).await, ProblemKind::NotALayout { path: text(folder.path()) });
    let file = folder.path().join("file");
    fs::write(&file, "text").unwrap();
    assert_eq!(kind(&oci(&file), &Target::Only).await, ProblemKind::NotALayout { path: text(&file) });
    for (marker, index) in [
        ("{}", "{\"manifests\":[]}"),
        ("{\"imageLayoutVersion\":\"1.0.0\"}", "[]"),
        ("{\"imageLayoutVersion\":\"1.0.0\"}", "{}"),
    ] {
        let odd = layout(&[crate::made::file("oci-layout", marker), crate::made::file("index.json", index)]);
        assert_eq!(
            kind(&oci(odd.path()), &Target::Only).await,
            ProblemKind::NotALayout { path: text(odd.path()) },
            "{index}"
        );
    }
}

#[tokio::test]
async fn documents_over_their_limit_are_not_read() {
    let large = vec![b' '; 4 * 1024 * 1024 + 1];
    let of_it = Digest::sha256(&large);
    let index = format!(
        r#"{{"manifests":[{{"digest":"{of_it}","annotations":{{"org.opencontainers.image.ref.name":"1"}}}}]}}"#
    );
    let folder = layout_of(&index, &[&large]);
    let too_large = ProblemKind::TooLarge { limit: ByteSize(4 << 20), size: Some(ByteSize(large.len() as u64)) };
    assert_eq!(kind(&oci(folder.path()), &Target::Only).await, too_large);
    let source = opened(&oci(folder.path()));
    let manifest = source.document(&want(of_it.as_str(), WantClass::Manifest), &Silent).await.unwrap_err();
    assert_eq!(manifest.what, too_large);
    let config = source.document(&want(of_it.as_str(), WantClass::Config), &Silent).await.unwrap();
    assert_eq!(config.bytes.len(), large.len());
    let blob = collected(source.blob(&of_it, &Silent).await).await.unwrap();
    assert_eq!(blob.len(), large.len());
}

fn descriptor(document: &str, annotations: &str) -> String {
    let digest = Digest::sha256(document.as_bytes());
    format!(r#"{{"mediaType":"{document}","digest":"{digest}","size":1,"annotations":{{{annotations}}}}}"#)
}

async fn check_tag(entries: &[String], asked: &str, expected: &str) {
    let index = format!(r#"{{"schemaVersion":2,"manifests":[{}]}}"#, entries.join(","));
    let folder = layout_of(&index, &[b"a", b"b", b"c"]);
    let answer = resolved(&oci(folder.path()), &tag(asked)).await.unwrap();
    assert_eq!(answer.bytes, expected, "{asked} in {index}");
    assert_eq!(answer.content_type.as_deref(), Some(expected));
}

#[tokio::test]
async fn a_tag_may_be_the_end_of_a_whole_name_and_the_first_of_several_wins() {
    let ref_name = |name: &str| format!(r#""org.opencontainers.image.ref.name":"{name}""#);
    let whole = |name: &str| format!(r#""io.containerd.image.name":"{name}""#);
    let (a, b) = (descriptor("a", &ref_name("1")), descriptor("b", &ref_name("1")));
    check_tag(&[a, b.clone()], "1", "a").await;
    let full = descriptor("a", &ref_name("docker.io/library/web:1"));
    check_tag(&[full.clone(), descriptor("c", &ref_name("2"))], "1", "a").await;
    check_tag(&[full.clone(), b.clone()], "1", "b").await;
    check_tag(&[full, b], "docker.io/library/web:1", "a").await;
    let contained = descriptor("a", &format!("{},{}", ref_name("1"), whole("docker.io/library/web:1")));
    let other = descriptor("b", &format!("{},{}", ref_name("1"), whole("localhost:5000/worker:1")));
    check_tag(&[contained.clone(), other.clone()], "localhost:5000/worker:1", "b").await;
    check_tag(&[other, contained], "web:1", "a").await;
}

#[tokio::test]
async fn one_digest_under_two_names_is_one_image() {
    let name = |name: &str| format!(r#""org.opencontainers.image.ref.name":"{name}""#);
    let index = format!(r#"{{"manifests":[{},{}]}}"#, descriptor("a", &name("1")), descriptor("a", &name("latest")));
    let folder = layout_of(&index, &[b"a"]);
    assert_eq!(resolved(&oci(folder.path()), &Target::Only).await.unwrap().bytes, "a");
}

#[tokio::test]
async fn images_without_names_are_shown_as_the_index_that_lists_them() {
    let index = format!(r#"{{"manifests":[{},{}]}}"#, descriptor("a", ""), descriptor("b", ""));
    let folder = layout_of(&index, &[b"a", b"b"]);
    let answer = resolved(&oci(folder.path()), &Target::Only).await.unwrap();
    assert_eq!((answer.bytes.as_ref(), answer.content_type.as_deref()), (index.as_bytes(), Some(INDEX)));
    let none = layout_of(r#"{"manifests":[]}"#, &[]);
    let needed = ProblemKind::TagNeeded { place: text(none.path()), tags: Vec::new() };
    assert_eq!(kind(&oci(none.path()), &Target::Only).await, needed);
}

#[tokio::test]
async fn a_descriptor_that_leads_elsewhere_is_not_followed() {
    let index = r#"{"manifests":[{"digest":"sha256:../../../../etc/passwd"}]}"#;
    let folder = layout_of(index, &[]);
    let absent = ProblemKind::NotFound { thing: Thing::Manifest, name: "sha256:../../../../etc/passwd".to_owned() };
    assert_eq!(kind(&oci(folder.path()), &Target::Only).await, absent);
}

#[cfg(unix)]
#[tokio::test]
async fn links_that_lead_out_of_the_layout_are_not_followed() {
    use std::os::unix::fs::symlink;

    let outside = tempfile::tempdir().unwrap();
    let secret = outside.path().join("secret");
    fs::write(&secret, "secret").unwrap();
    let of_it = Digest::sha256(b"secret");
    let folder = layout_of(r#"{"manifests":[]}"#, &[b"a"]);
    let blobs = folder.path().join("blobs").join("sha256");
    symlink(&secret, blobs.join(of_it.encoded())).unwrap();
    symlink(outside.path(), folder.path().join("blobs").join("sha512")).unwrap();
    let source = opened(&oci(folder.path()));
    let shown = text(&blobs.join(of_it.encoded()));
    let refused = ProblemKind::PathUnreadable { path: shown };
    let want = want(of_it.as_str(), WantClass::Config);
    assert_eq!(source.document(&want, &Silent).await.unwrap_err().what, refused);
    assert_eq!(source.presence(&want, &Silent).await.unwrap_err().what, refused);
    assert_eq!(source.blob(&of_it, &Silent).await.err().unwrap().what, refused);
    fs::write(outside.path().join(format!("{:0128}", 0)), "secret").unwrap();
    let other = crate::made::want(&format!("sha512:{:0128}", 0), WantClass::Config);
    let problem = source.document(&other, &Silent).await.unwrap_err();
    assert!(matches!(problem.what, ProblemKind::PathUnreadable { .. }), "{problem:?}");

    // Inside of the layout a link is a file like another, and the layout itself may be a link.
    let a = Digest::sha256(b"a");
    let b = Digest::sha256(b"b");
    symlink(a.encoded(), blobs.join(b.encoded())).unwrap();
    let through = outside.path().join("link");
    symlink(folder.path(), &through).unwrap();
    let answer =
        opened(&oci(&through)).document(&crate::made::want(b.as_str(), WantClass::Config), &Silent).await.unwrap();
    assert_eq!(answer.bytes, "a");
}

#[cfg(unix)]
#[tokio::test]
async fn a_pipe_in_the_place_of_a_blob_is_not_waited_for() {
    let folder = layout_of(r#"{"manifests":[]}"#, &[b"a"]);
    let pipe = folder.path().join("blobs").join("sha256").join(digest(EMPTY).encoded());
    let made = std::process::Command::new("mkfifo").arg(&pipe).status().unwrap();
    assert!(made.success());
    let problem = opened(&oci(folder.path())).document(&want(EMPTY, WantClass::Config), &Silent).await.unwrap_err();
    assert_eq!(problem.what, ProblemKind::PathUnreadable { path: text(&pipe) });
}
