use std::path::Path;

use anatomy::Reference;
use source::ProblemKind;

use crate::made::*;

fn check(path: &Path, expected: &Reference) {
    assert_eq!(local::detect(path).as_ref(), Ok(expected));
}

fn refused(path: &Path) -> ProblemKind {
    let problem = local::detect(path).unwrap_err();
    assert!(problem.evidence[0].attempted.starts_with("open "), "{problem:?}");
    problem.what
}

#[test]
fn layouts_and_archives_are_recognised() {
    let layout = here(&["samples", "hello"]);
    check(&layout, &oci(&layout));
    let bytes = tar(&files(&layout));
    for bytes in [bytes.clone(), gzip(&bytes)] {
        let (_folder, path) = on_disk(&bytes);
        check(&path, &oci_archive(&path));
    }
    for name in ["single-save-20.tar", "single-save-28.tar", "epoch0-save-28.tar"] {
        let path = here(&["tests", "data", name]);
        check(&path, &docker_archive(&path));
        let (_folder, packed) = on_disk(&gzip(&std::fs::read(&path).unwrap()));
        check(&packed, &docker_archive(&packed));
    }
}

#[test]
fn what_is_none_of_them_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let absent = folder.path().join("absent");
    assert_eq!(refused(&absent), ProblemKind::PathNotFound { path: text(&absent) });
    assert_eq!(refused(folder.path()), ProblemKind::NotALayout { path: text(folder.path()) });
    let skopeo = layout(&[file("version", "Directory Transport Version: 1.1\n"), file("manifest.json", "{}")]);
    assert_eq!(refused(skopeo.path()), ProblemKind::TransportUnsupported { transport: "dir".to_owned() });
    for bytes in [Vec::new(), b"text".to_vec(), gzip(b"text"), tar(&[file("readme.txt", "no image")])] {
        let (_folder, path) = on_disk(&bytes);
        assert_eq!(refused(&path), ProblemKind::NotAnArchive { path: text(&path) });
    }
    let whole = std::fs::read(here(&["tests", "data", "single-save-20.tar"])).unwrap();
    let (_folder, path) = on_disk(&whole[..20_000]);
    assert_eq!(refused(&path), ProblemKind::PathUnreadable { path: text(&path) });
}

#[cfg(target_os = "linux")]
#[test]
fn devices_and_names_that_are_no_text_are_refused() {
    use std::os::unix::ffi::OsStrExt as _;

    let device = Path::new("/dev/null");
    assert_eq!(refused(device), ProblemKind::NotAnArchive { path: text(device) });
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(std::ffi::OsStr::from_bytes(b"\xff.tar"));
    std::fs::write(&path, "text").unwrap();
    assert!(matches!(refused(&path), ProblemKind::PathUnreadable { .. }));
}
