//! What is in an image that is open.

use std::sync::Arc;

use anatomy::{NodeId, Statement};
use explorer::{Command, DocumentText, ReportFormat, ReportOptions};
use source::Problem;
use tauri::{Manager as _, State, WebviewWindow};

use crate::jobs::{JobId, Jobs};

/// The exact bytes of a part's document.
#[tauri::command]
pub(crate) async fn document(
    job: JobId,
    node: NodeId,
    window: WebviewWindow,
    jobs: State<'_, Arc<Jobs>>,
) -> Result<DocumentText, Problem> {
    let inspection = jobs.session(&job)?;
    jobs.begin(job, window.label()).run(async { inspection.document(&node) }).await
}

/// What an attestation states, read now.
#[tauri::command]
pub(crate) async fn statement(
    job: JobId,
    node: NodeId,
    window: WebviewWindow,
    jobs: State<'_, Arc<Jobs>>,
) -> Result<Statement, Problem> {
    let inspection = jobs.session(&job)?;
    jobs.begin(job, window.label()).run(Box::pin(inspection.statement(&node))).await
}

/// Lines for a terminal that fetch the same bytes.
#[tauri::command]
pub(crate) async fn commands(
    job: JobId,
    node: NodeId,
    window: WebviewWindow,
    jobs: State<'_, Arc<Jobs>>,
) -> Result<Vec<Command>, Problem> {
    let inspection = jobs.session(&job)?;
    jobs.begin(job, window.label()).run(async { inspection.commands(&node) }).await
}

/// The picture as text, for a file or an issue.
#[tauri::command]
pub(crate) async fn report(
    job: JobId,
    format: ReportFormat,
    options: ReportOptions,
    window: WebviewWindow,
    jobs: State<'_, Arc<Jobs>>,
) -> Result<String, Problem> {
    let inspection = jobs.session(&job)?;
    let words = crate::window::words(window.app_handle());
    jobs.begin(job, window.label()).run(async { inspection.export(format, options, &words) }).await
}
