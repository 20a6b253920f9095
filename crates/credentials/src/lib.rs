//! The accounts that container tools have stored on this machine.
//!
//! [`DockerConfigCredentials`] looks where Docker and Podman put them, in this order:
//!
//! 1. the variable `DOCKER_AUTH_CONFIG`, a config.json as text;
//! 2. the file of `--authfile` or `REGISTRY_AUTH_FILE`; if there is one, nothing after it;
//! 3. `auths` of `$DOCKER_CONFIG/config.json` or `~/.docker/config.json`.
//!
//! Where they are is given as [`Surroundings`]: nothing here reads the environment by itself.
//! Credential helpers (`credHelpers`, `credsStore`) are recognised, see
//! [`DockerConfigCredentials::helper`], and passed over.

mod config;
mod key;
mod provider;

pub use provider::{DockerConfigCredentials, Surroundings};
