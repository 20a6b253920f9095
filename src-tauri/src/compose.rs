//! The one place of wiring.

use std::process::ExitCode;
use std::sync::Arc;
use std::time::Instant;

use explorer::{Explorer, Options};
use tauri::{App, DragDropEvent, Manager as _, Window, WindowEvent};
use tauri_plugin_window_state::StateFlags;

use crate::jobs::Jobs;
use crate::opening::{self, Waiting};
use crate::settings::SettingsFile;
use crate::window::{self, Look};
use crate::{commands, menu};

/// The window, until it is closed.
pub(crate) fn run() -> ExitCode {
    let began = Instant::now();
    let ended = tauri::Builder::default()
        // First, so that a second start ends before it opens anything.
        .plugin(tauri_plugin_single_instance::init(|app, arguments, folder| {
            window::raise(app);
            opening::arguments(app, arguments.into_iter().map(Into::into), folder.as_ref());
        }))
        .plugin(
            tauri_plugin_window_state::Builder::new()
                // Whether it is visible is not remembered: it is made hidden and shown when drawn.
                .with_state_flags(
                    StateFlags::SIZE | StateFlags::POSITION | StateFlags::MAXIMIZED | StateFlags::FULLSCREEN,
                )
                .build(),
        )
        .plugin(tauri_plugin_dialog::init())
        .invoke_handler(commands::all())
        .on_menu_event(|app, event| menu::chosen(app, event.id().as_ref()))
        .on_window_event(heard)
        .setup(move |app| set_up(app, began))
        .run(tauri::generate_context!());
    match ended {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            #[expect(clippy::print_stderr, reason = "there is no window to say it in")]
            {
                eprintln!("kaibo-app: the window cannot be opened: {error}");
            }
            ExitCode::from(70)
        }
    }
}

fn set_up(app: &App, began: Instant) -> Result<(), Box<dyn std::error::Error>> {
    let handle = app.handle();
    let settings_file = SettingsFile::in_folder(&app.path().app_config_dir()?);
    let look = Look::new(began);
    look.choose(&settings_file.load());
    app.manage(look);
    app.manage(settings_file);
    app.manage(Arc::new(Explorer::new(options())?));
    app.manage(Arc::new(Jobs::default()));
    app.manage(Waiting::default());
    app.manage(commands::SignInPages::default());

    menu::install(handle)?;
    window::open(handle)?;
    let folder = std::env::current_dir().unwrap_or_default();
    opening::arguments(handle, std::env::args_os(), &folder);
    Ok(())
}

/// How the window asks: as the terminal does without any option, and from the same cache.
fn options() -> Options {
    Options { cache_dir: Options::usual_cache_dir(), ..Options::default() }
}

fn heard(window: &Window, event: &WindowEvent) {
    match event {
        WindowEvent::Destroyed => window.state::<Arc<Jobs>>().close_window(window.label()),
        WindowEvent::DragDrop(DragDropEvent::Drop { paths, .. }) => {
            // One image at a time: of several files the first is opened.
            if let Some(path) = paths.first() {
                opening::path(window.app_handle(), path.clone());
            }
        }
        _ => {}
    }
}
