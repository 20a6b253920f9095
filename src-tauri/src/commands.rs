//! What the window may ask, one file an area. A command is thin: it finds the image of its job, asks
//! `explorer`, and gives the answer or the problem. Its name stands in `build.rs` and in
//! `capabilities/main.json` too.
#![expect(clippy::needless_pass_by_value, reason = "tauri hands every argument over by value")]

mod about;
mod content;
mod files;
mod inspect;
mod samples;
mod settings;

#[cfg(all(test, feature = "bindings"))]
pub(crate) use about::About;
use tauri::Wry;
use tauri::ipc::Invoke;

/// All of them.
pub(crate) fn all() -> impl Fn(Invoke<Wry>) -> bool + Send + Sync + 'static {
    tauri::generate_handler![
        about::about,
        about::ready,
        content::commands,
        content::document,
        content::report,
        content::statement,
        files::pick_file,
        files::save_file,
        inspect::cancel,
        inspect::close,
        inspect::expand,
        inspect::inspect,
        samples::samples,
        settings::save_settings,
        settings::settings,
    ]
}
