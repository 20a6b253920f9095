//! The window of Kaibo: the only crate that names tauri. It wires (`compose`), asks the use cases of
//! `explorer` (`commands`), keeps what runs and what is on a screen (`jobs`), and does what an app
//! does on its system: menu, files, settings, one instance.
#![cfg_attr(windows, windows_subsystem = "windows")]

#[cfg(all(test, feature = "bindings"))]
mod bindings;
mod commands;
mod compose;
#[cfg(target_os = "linux")]
mod drawing;
mod jobs;
mod menu;
mod opening;
mod relay;
mod settings;
mod window;

use std::process::ExitCode;

fn main() -> ExitCode {
    #[cfg(target_os = "linux")]
    drawing::suit_the_machine();
    compose::run()
}
