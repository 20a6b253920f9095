use anatomy::{Target, WantClass};
use source::{ContentSource as _, ProblemKind, Silent};

use crate::made::*;

#[tokio::test]
async fn a_cut_archive_gives_what_it_has_and_says_that_it_is_damaged() {
    let all = files(&here(&["samples", "single"]));
    let whole = tar(&all);
    // The last blob of the archive loses its end.
    let cut = &whole[..whole.len() - 1024 - 2048];
    let last = format!("sha256:{}", all.last().unwrap().0.rsplit('/').next().unwrap());
    for bytes in [cut.to_vec(), gzip(cut)] {
        let (_folder, path) = on_disk(&bytes);
        let source = opened(&oci_archive(&path));
        assert!(source.resolve(&Target::Only, &Silent).await.is_ok());
        for wanted in [last.as_str(), EMPTY] {
            let problem = source.presence(&want(wanted, WantClass::Layer), &Silent).await.unwrap_err();
            assert!(matches!(problem.what, ProblemKind::PathUnreadable { .. }), "{problem:?}");
            assert!(problem.chain[0].contains("damaged"), "{problem:?}");
            assert!(source.blob(&digest(wanted), &Silent).await.is_err());
        }
    }
    let packed = gzip(&whole);
    let (_folder, path) = on_disk(&packed[..packed.len() / 2]);
    assert!(opened(&oci_archive(&path)).resolve(&Target::Only, &Silent).await.is_ok());
}

#[tokio::test]
async fn an_archive_that_is_cut_before_its_list_is_unreadable() {
    let plain = std::fs::read(here(&["tests", "data", "single-save-20.tar"])).unwrap();
    let (_folder, path) = on_disk(&plain[..20_000]);
    assert_eq!(kind(&docker_archive(&path), &Target::Only).await, ProblemKind::PathUnreadable { path: text(&path) });
}

#[tokio::test]
async fn an_archive_that_shrinks_after_it_was_opened_is_noticed() {
    let whole = tar(&files(&here(&["samples", "hello"])));
    let (_folder, path) = on_disk(&whole);
    let source = opened(&oci_archive(&path));
    source.resolve(&Target::Only, &Silent).await.unwrap();
    std::fs::write(&path, &whole[..2048]).unwrap();
    let problem = collected(source.blob(&digest(LAYER), &Silent).await).await.unwrap_err();
    assert!(matches!(problem.what, ProblemKind::PathUnreadable { .. }), "{problem:?}");
}

/// Small and reproducible; what matters is that it hits everywhere.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % limit as u64).unwrap()
    }
}

/// Asks everything of an archive; only panics and endless waits are failures.
async fn ask(bytes: &[u8]) {
    let (_folder, path) = on_disk(bytes);
    let _ = local::detect(&path);
    for reference in [oci_archive(&path), docker_archive(&path)] {
        let Ok(source) = local::open(&reference) else { continue };
        let _ = source.tags(&Silent).await;
        for target in [Target::Only, tag("1"), Target::Digest(digest(HELLO))] {
            let _ = source.resolve(&target, &Silent).await;
            let _ = source.head(&target, &Silent).await;
        }
        let _ = source.document(&want(LAYER, WantClass::Config), &Silent).await;
        let _ = source.presence(&want(LAYER, WantClass::Layer), &Silent).await;
        let _ = collected(source.blob(&digest(LAYER), &Silent).await).await;
    }
}

#[tokio::test]
async fn no_damage_makes_it_panic() {
    let saved = |name| std::fs::read(here(&["tests", "data", name])).unwrap();
    let small = tar(&[
        file("oci-layout", r#"{"imageLayoutVersion":"1.0.0"}"#),
        file("index.json", format!(r#"{{"manifests":[{{"digest":"{HELLO}"}}]}}"#)),
        file(&format!("blobs/sha256/{}", digest(LAYER).encoded()), "layer"),
        file(&format!("blobs/sha512/{}", "0".repeat(128)), "a long name"),
    ]);
    let originals = [small.clone(), gzip(&small), saved("single-save-20.tar"), gzip(&saved("single-save-28.tar"))];
    let mut random = Random(0x9e37_79b9_7f4a_7c15);
    for original in &originals {
        for _ in 0..60 {
            let mut bytes = original.clone();
            for _ in 0..=random.below(6) {
                // Headers are where a reader can stumble, so half of the hits go there.
                let at = match random.below(2) {
                    0 => random.below(bytes.len()),
                    _ => (random.below(bytes.len()) / 512 * 512 + random.below(512)).min(bytes.len() - 1),
                };
                bytes[at] = u8::try_from(random.below(256)).unwrap();
            }
            if random.below(4) == 0 {
                bytes.truncate(random.below(bytes.len()));
            }
            ask(&bytes).await;
        }
    }
    for length in (0..small.len()).step_by(131) {
        ask(&small[..length]).await;
    }
}

/// A header is only looked at when its checksum fits, so the field is damaged and the sum mended.
#[tokio::test]
async fn hostile_headers_do_not_make_it_panic() {
    let whole =
        tar(&[file("oci-layout", r#"{"imageLayoutVersion":"1.0.0"}"#), file("index.json", r#"{"manifests":[]}"#)]);
    let mut random = Random(0x2545_f491_4f6c_dd1d);
    let size_is_max = [0x80, 0, 0, 0, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff];
    for round in 0..400 {
        let mut bytes = whole.clone();
        let header = &mut bytes[1024 * (round % 2)..][..512];
        match round % 4 {
            0 | 1 => header[124..136].copy_from_slice(&size_is_max),
            _ => {
                for byte in &mut header[100..156] {
                    if random.below(8) == 0 {
                        *byte = u8::try_from(random.below(256)).unwrap();
                    }
                }
            }
        }
        // Every kind of entry there is, and some that there are not.
        header[156] = b"0LKxg12345678SVD\0\xff"[random.below(18)];
        header[148..156].fill(b' ');
        let sum: u32 = header.iter().map(|byte| u32::from(*byte)).sum();
        header[148..156].copy_from_slice(format!("{sum:06o}\0 ").as_bytes());
        ask(&bytes).await;
        if round % 10 == 0 {
            ask(&gzip(&bytes)).await;
        }
    }
}
