//! What the integration tests share: where things lie, a reader of OCI layouts that knows nothing
//! of Kaibo's own, a real registry on loopback with images pushed to it, and a way to run `kaibo`.
//!
//! The code here checks Kaibo from outside, so it uses none of its crates: what it believes about
//! an image it reads itself from the image-spec's JSON.

pub mod aws;
pub mod guarded;
pub mod http;
pub mod kaibo;
pub mod keyring;
pub mod layout;
pub mod place;
pub mod planted;
pub mod registry;
pub mod tokens;
pub mod walk;

pub use place::skip;
