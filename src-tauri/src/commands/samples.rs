//! The images that the program carries.

use std::sync::Arc;

use explorer::{Explorer, SampleCard};
use tauri::State;

/// All of them, in the order in which they teach.
#[tauri::command]
pub(crate) fn samples(explorer: State<'_, Arc<Explorer>>) -> Vec<SampleCard> {
    explorer.samples()
}
