//! The program itself.

use serde::Serialize;
use tauri::{AppHandle, State, WebviewWindow};

use crate::opening::{self, Waiting};
use crate::window::{self, Look};

/// Which program this is.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields))]
pub(crate) struct About {
    /// Of the program.
    version: String,
    /// Of this machine: `linux x86_64`.
    platform: String,
    /// From the start of the program to the window on the screen.
    #[serde(skip_serializing_if = "Option::is_none")]
    start_ms: Option<u32>,
}

/// Which program this is.
#[tauri::command]
pub(crate) fn about(app: AppHandle, look: State<'_, Look>) -> About {
    About {
        version: app.package_info().version.to_string(),
        platform: format!("{} {}", std::env::consts::OS, std::env::consts::ARCH),
        start_ms: look.start().map(|start| u32::try_from(start.as_millis()).unwrap_or(u32::MAX)),
    }
}

/// The page is drawn and listens: the window is shown, and what waited for it is opened.
#[tauri::command]
pub(crate) fn ready(window: WebviewWindow, app: AppHandle, waiting: State<'_, Waiting>) {
    window::show(&window);
    for opened in waiting.listening() {
        opening::tell(&app, opened);
    }
}
