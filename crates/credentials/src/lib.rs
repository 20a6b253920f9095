//! The accounts that this machine has for registries, and Kaibo's own.
//!
//! [`Accounts`] has the links of the chain, in the order in which they are asked:
//!
//! 1. the file of `--authfile`;
//! 2. what was typed since the program was started ([`Session`]);
//! 3. Kaibo's own entries in the store of the operating system ([`Keychain`]);
//! 4. the variable `DOCKER_AUTH_CONFIG`, a config.json as text;
//! 5. the file of `REGISTRY_AUTH_FILE`; without one (and without `--authfile`) the files of Docker
//!    (config.json, `.dockercfg`) and of containers' tools (auth.json), with the credential helpers
//!    that they name ([`Helpers`]).
//!
//! Whoever adds AWS does so at the end. [`Chain`] asks one after the other and tells every look.
//! Where the files are is given as [`Surroundings`]: nothing here reads the environment by itself,
//! but [`config_folder`].

mod accounts;
mod book;
mod chain;
mod config;
mod containers;
mod file;
mod files;
mod helper;
mod key;
mod keychain;
mod own_key;
mod search;
mod session;
mod surroundings;
mod vault;

pub use accounts::Accounts;
pub use book::{Book, config_folder};
pub use chain::Chain;
pub use files::ToolAccount;
pub use helper::Helpers;
pub use keychain::{Keychain, Unkept};
pub use own_key::{NoKey, OwnKey};
pub use session::Session;
pub use surroundings::{Surroundings, Variables};
