use anatomy::{ByteSize, Digest, Target, WantClass};
use source::{ContentSource as _, Locality, Place, ProblemKind, Silent, Thing};

use crate::made::*;

fn hello() -> Vec<u8> {
    tar(&files(&here(&["samples", "hello"])))
}

#[tokio::test]
async fn a_plain_and_a_packed_archive_give_the_same() {
    for bytes in [hello(), gzip(&hello())] {
        let (_folder, path) = on_disk(&bytes);
        let source = opened(&oci_archive(&path));
        assert_eq!(source.place(), &Place::OciArchive { path: text(&path) });
        assert_eq!(source.locality(), Locality::Here);
        let answer = source.resolve(&Target::Only, &Silent).await.unwrap();
        assert_eq!(Digest::sha256(&answer.bytes), digest(HELLO));
        assert_eq!(answer.content_type.as_deref(), Some(INDEX));
        assert_eq!(source.tags(&Silent).await.unwrap(), ["1.0.0"]);
        let presence = source.presence(&want(LAYER, WantClass::Layer), &Silent).await.unwrap();
        assert_eq!(presence.size, Some(ByteSize(21688)));
        let layer = collected(source.blob(&digest(LAYER), &Silent).await).await.unwrap();
        assert_eq!(Digest::sha256(&layer), digest(LAYER));
        let absent = source.document(&want(EMPTY, WantClass::Config), &Silent).await.unwrap_err();
        assert_eq!(absent.what, ProblemKind::NotFound { thing: Thing::Blob, name: EMPTY.to_owned() });
        assert!(absent.evidence[0].attempted.contains(digest(EMPTY).encoded()), "{absent:?}");
        assert!(!source.manifest_made_here());
    }
}

#[tokio::test]
async fn several_streams_of_gzip_are_one_archive() {
    let whole = hello();
    let (first, second) = whole.split_at(1000);
    let (_folder, path) = on_disk(&[gzip(first), gzip(second)].concat());
    let answer = resolved(&oci_archive(&path), &Target::Only).await.unwrap();
    assert_eq!(Digest::sha256(&answer.bytes), digest(HELLO));
}

#[tokio::test]
async fn large_blobs_arrive_in_pieces_and_reading_can_end_early() {
    use futures::StreamExt as _;

    let large: Vec<u8> = (0..3_000_000u32).map(|at| (at % 251) as u8).collect();
    let of_it = Digest::sha256(&large);
    let mut all = files(&here(&["samples", "hello"]));
    all.push(file(&format!("blobs/sha256/{}", of_it.encoded()), &large));
    for bytes in [tar(&all), gzip(&tar(&all))] {
        let (_folder, path) = on_disk(&bytes);
        let source = opened(&oci_archive(&path));
        let mut stream = source.blob(&of_it, &Silent).await.unwrap();
        let first = stream.next().await.unwrap().unwrap();
        assert!(first.len() < large.len());
        drop(stream);
        let whole = collected(source.blob(&of_it, &Silent).await).await.unwrap();
        assert_eq!(whole, large);
    }
}

#[tokio::test]
async fn the_last_of_two_files_of_a_name_counts() {
    let mut all = files(&here(&["samples", "hello"]));
    let first = all.clone();
    all[0].1 = br#"{"manifests":[]}"#.to_vec();
    all.extend(first);
    for bytes in [tar(&all), gzip(&tar(&all))] {
        let (_folder, path) = on_disk(&bytes);
        let answer = resolved(&oci_archive(&path), &Target::Only).await.unwrap();
        assert_eq!(Digest::sha256(&answer.bytes), digest(HELLO));
    }
}

#[tokio::test]
async fn long_names_and_dotted_names_are_understood() {
    let digest = format!("sha512:{}", "0".repeat(128));
    let name = format!("./blobs/sha512/{}", "0".repeat(128));
    let mut builder = tar::Builder::new(Vec::new());
    append(&mut builder, "./oci-layout", br#"{"imageLayoutVersion":"1.0.0"}"#);
    append(&mut builder, "./index.json", br#"{"manifests":[]}"#);
    append(&mut builder, &name, b"GNU");
    let (_folder, path) = on_disk(&builder.into_inner().unwrap());
    let answer = opened(&oci_archive(&path)).document(&want(&digest, WantClass::Config), &Silent).await.unwrap();
    assert_eq!(answer.bytes, "GNU");

    let mut builder = tar::Builder::new(Vec::new());
    append(&mut builder, "oci-layout", br#"{"imageLayoutVersion":"1.0.0"}"#);
    append(&mut builder, "index.json", br#"{"manifests":[]}"#);
    builder.append_pax_extensions([("path", name.as_bytes()), ("size", b"3")]).unwrap();
    append(&mut builder, "short", b"PAX");
    let (_folder, path) = on_disk(&builder.into_inner().unwrap());
    let answer = opened(&oci_archive(&path)).document(&want(&digest, WantClass::Config), &Silent).await.unwrap();
    assert_eq!(answer.bytes, "PAX");
}

#[tokio::test]
async fn documents_in_archives_have_limits_too() {
    let mut large = vec![b' '; 4 * 1024 * 1024 + 1];
    large[0] = b'{';
    let mut all = files(&here(&["samples", "hello"]));
    all[0].1 = large.clone();
    for bytes in [tar(&all), gzip(&tar(&all))] {
        let (_folder, path) = on_disk(&bytes);
        let too_large = ProblemKind::TooLarge { limit: ByteSize(4 << 20), size: Some(ByteSize(large.len() as u64)) };
        assert_eq!(kind(&oci_archive(&path), &Target::Only).await, too_large);
    }
}

#[tokio::test]
async fn files_that_are_no_archives_are_told() {
    let elsewhere = tar(&[file("readme.txt", "no image")]);
    for bytes in [Vec::new(), b"text".to_vec(), vec![b'x'; 2000], vec![0; 2000], gzip(b"text"), gzip(b""), elsewhere] {
        let (_folder, path) = on_disk(&bytes);
        for reference in [oci_archive(&path), docker_archive(&path)] {
            assert_eq!(
                kind(&reference, &Target::Only).await,
                ProblemKind::NotAnArchive { path: text(&path) },
                "{bytes:?}"
            );
        }
    }
    let folder = here(&["samples", "hello"]);
    assert_eq!(kind(&oci_archive(&folder), &Target::Only).await, ProblemKind::NotAnArchive { path: text(&folder) });
}
