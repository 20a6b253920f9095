//! What is remembered.

use source::{Evidence, Problem, ProblemKind};
use tauri::{AppHandle, State};

use crate::menu;
use crate::settings::{Settings, SettingsFile};
use crate::window::{self, Look};

/// What is remembered from earlier starts.
#[tauri::command]
pub(crate) async fn settings(file: State<'_, SettingsFile>) -> Result<Settings, Problem> {
    Ok(file.load())
}

/// Remembers, and lets menu and title bar follow.
#[tauri::command]
pub(crate) async fn save_settings(
    settings: Settings,
    app: AppHandle,
    file: State<'_, SettingsFile>,
    look: State<'_, Look>,
) -> Result<(), Problem> {
    if look.choose(&settings) {
        window::apply_theme(&app, settings.theme);
        menu::install(&app).map_err(Problem::internal)?;
    }
    file.save(settings).map_err(|error| {
        let path = file.path().display().to_string();
        Problem::new(ProblemKind::PathUnreadable { path: path.clone() }).with(Evidence {
            attempted: format!("write {path}"),
            status: None,
            said: Some(error.to_string()),
        })
    })
}
