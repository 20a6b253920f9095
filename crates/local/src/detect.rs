use std::path::Path;

use anatomy::Reference;
use source::{Problem, ProblemKind};

use crate::apart::Stop;
use crate::fault::{Fault, opened, unopened};
use crate::store::{Folder, Store as _};
use crate::tarball::{Tarball, Wrapping};

/// What a dropped file or folder is: a layout, an archive of one, or what `docker save` wrote.
///
/// Reads the headers of a tar; one in gzip is unpacked for that, so call it where waiting is allowed.
///
/// # Errors
/// [`ProblemKind::PathNotFound`], [`ProblemKind::PathUnreadable`] (also for a path that is no
/// Unicode text), [`ProblemKind::NotALayout`], [`ProblemKind::NotAnArchive`];
/// [`ProblemKind::TransportUnsupported`] for a folder as `skopeo copy … dir:` writes it.
pub fn detect(path: &Path) -> Result<Reference, Problem> {
    let facts = std::fs::metadata(path).map_err(|error| unopened(path, &error))?;
    let shown = path.display().to_string();
    let problem = |kind| Problem::new(kind).with(opened(path));
    let Some(text) = path.to_str().map(str::to_owned) else {
        return Err(problem(ProblemKind::PathUnreadable { path: shown }));
    };

    if facts.is_dir() {
        let folder = Folder::new(path).map_err(|error| unopened(path, &error))?;
        let has = |name| folder.size(name).is_ok();
        return if has("oci-layout") && has("index.json") {
            Ok(Reference::Oci { path: text, tag: None })
        } else if has("version") && has("manifest.json") {
            Err(problem(ProblemKind::TransportUnsupported { transport: "dir".to_owned() }))
        } else {
            Err(problem(ProblemKind::NotALayout { path: shown }))
        };
    }

    let not_an_archive = ProblemKind::NotAnArchive { path: shown.clone() };
    let wrapping = if facts.is_file() { Wrapping::of(path).map_err(|error| unopened(path, &error))? } else { None };
    let Some(wrapping) = wrapping else {
        return Err(problem(not_an_archive));
    };
    let whole =
        |fault: &Fault| fault.problem(format!("open {shown}"), &shown, not_an_archive.clone(), not_an_archive.clone());
    let tarball = Tarball::open(path, wrapping, &Stop::default()).map_err(|fault| whole(&fault))?;
    if tarball.has("manifest.json") {
        Ok(Reference::DockerArchive { path: text, tag: None })
    } else if tarball.has("oci-layout") && tarball.has("index.json") {
        Ok(Reference::OciArchive { path: text, tag: None })
    } else {
        let fault = tarball.size("manifest.json").expect_err("the archive has no such name");
        Err(whole(&fault))
    }
}
