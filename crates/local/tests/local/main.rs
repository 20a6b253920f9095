//! The public face of the crate against real layouts (its own samples), real `docker save`
//! archives (`tests/data`), and archives made and broken here.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod archive;
mod damage;
mod detect;
mod docker_archive;
mod layout;
mod made;
mod sample;
