//! What the tests of all other crates stand on: images with true digests, a registry in this process
//! that can be told to misbehave, and a certificate authority.
//!
//! ```
//! use testkit::{Auth, Fault, ImageBuilder, IndexBuilder, Registry, When};
//!
//! let arm = ImageBuilder::new("linux/arm64").file("bin/app", b"arm").label("maintainer", "me").build();
//! let amd = ImageBuilder::new("linux/amd64").file("bin/app", b"amd").build();
//! let index = IndexBuilder::new().entry(&arm).entry(&amd).attested().build();
//!
//! // As a folder:
//! let folder = tempfile::tempdir().unwrap();
//! index.write_layout(folder.path(), "1.0").unwrap();
//!
//! // Over HTTP on 127.0.0.1, on a thread of its own, until `registry` is dropped:
//! let registry = Registry::builder()
//!     .image("demo/app", "1.0", &index)
//!     .auth(Auth::basic("alice", "wonderland"))
//!     .start();
//! registry.when(When::get().path("/manifests/1.0")).times(1).fault(Fault::status(503).header("retry-after", "1"));
//! println!("docker pull {}", registry.reference("demo/app", "1.0")); // 127.0.0.1:PORT/demo/app:1.0
//!
//! // ... the code under test asks ...
//!
//! assert_eq!(registry.seen().len(), 0);
//! ```
//!
//! The server has two listeners: [`Registry::host`] is the registry, [`Registry::other_host`] another
//! host (port) with the same content and without authentication: the target of redirects
//! ([`RegistryBuilder::redirect_blobs`]) and, if wanted, the place of the token server
//! ([`Bearer::on_other_host`]). Every request on either is recorded as [`Seen`].

#![expect(clippy::unwrap_used, reason = "a test that cannot set its stage has to stop")]

mod auth;
mod authority;
mod fault;
mod gate;
mod image;
mod index;
mod lists;
mod registry;
mod server;

pub use auth::{Auth, Bearer};
pub use authority::{Authority, Leaf};
pub use fault::{Fault, Scripted, When};
pub use image::{Content, Image, ImageBuilder, media};
pub use index::{IndexBuilder, ten_platforms};
pub use lists::Link;
pub use registry::{Registry, RegistryBuilder};
pub use server::Seen;
