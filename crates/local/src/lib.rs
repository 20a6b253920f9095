//! Images that lie on this machine or in this program, read where they lie.
//!
//! [`LocalSource`] is a [`source::ContentSource`] over an OCI image layout (a folder, image-spec
//! image-layout.md), a tar of one, what `docker save` writes in its older and its newer form
//! (both plain or in gzip), and the [samples](samples()) that the program carries.
//!
//! Nothing is extracted or cached and everything that is read has a cap. These files come from
//! anywhere: a link in a layout that leads out of it is not followed, links and names in a tar
//! never leave the tar, and a damaged archive gives what it has and says that it is damaged.
//!
//! - [`open`] for a [`Reference`] that was typed, [`detect()`] for a file or folder that was dropped.
//! - An archive of the older form has no manifest. One is made of what it holds, and
//!   [`LocalSource::manifest_made_here`] says so.
//! - A layout whose images have no names is shown as the index that its `index.json` is.

mod apart;
mod contents;
mod detect;
mod docker_archive;
mod fault;
mod local_source;
mod members;
mod names;
mod samples;
mod store;
mod tarball;

use std::sync::Arc;

use anatomy::Reference;
use source::{ContentSource, Problem};

pub use detect::detect;
pub use local_source::LocalSource;
pub use samples::{Sample, samples};

/// Opens what `reference` names on this machine or in this program. [`LocalSource::open`] gives the
/// same with its type.
///
/// # Errors
/// As [`LocalSource::open`].
pub fn open(reference: &Reference) -> Result<Arc<dyn ContentSource>, Problem> {
    LocalSource::open(reference).map(|source| Arc::new(source) as Arc<dyn ContentSource>)
}
