//! What the window may ask, one file an area. A command is thin: it finds the image of its job, asks
//! `explorer`, and gives the answer or the problem. Its name stands in `build.rs` and in
//! `capabilities/main.json` too.
#![expect(clippy::needless_pass_by_value, reason = "tauri hands every argument over by value")]

mod about;
mod accounts;
mod browse;
mod content;
mod files;
mod inspect;
mod probe;
mod samples;
mod settings;

#[cfg(all(test, feature = "bindings"))]
pub(crate) use about::About;
pub(crate) use accounts::SignInPages;
use tauri::Wry;
use tauri::ipc::Invoke;

/// All of them.
pub(crate) fn all() -> impl Fn(Invoke<Wry>) -> bool + Send + Sync + 'static {
    tauri::generate_handler![
        about::about,
        about::ready,
        accounts::accounts,
        accounts::aws_sign_in,
        accounts::login,
        accounts::logout,
        accounts::open_sign_in_page,
        accounts::pick_certificate,
        accounts::registry_settings,
        accounts::save_registry_settings,
        accounts::test_account,
        accounts::why,
        browse::referrers,
        browse::repositories,
        browse::tags,
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
        probe::probe,
        samples::samples,
        settings::save_settings,
        settings::settings,
    ]
}
