//! Reading an image, and reading on.

use std::sync::Arc;

use anatomy::{NodeId, Patch};
use explorer::{Explorer, InspectEvent, InspectReport, InspectRequest};
use source::Problem;
use tauri::ipc::Channel;
use tauri::{State, WebviewWindow};

use crate::jobs::{JobId, Jobs};
use crate::relay::{Relay, Watched};

/// Reads an image. From the first patch on its parts can be asked for.
#[tauri::command]
pub(crate) async fn inspect(
    job: JobId,
    request: InspectRequest,
    events: Channel<InspectEvent>,
    window: WebviewWindow,
    explorer: State<'_, Arc<Explorer>>,
    jobs: State<'_, Arc<Jobs>>,
) -> Result<Watched<InspectReport>, Problem> {
    let guard = jobs.begin(job.clone(), window.label());
    let relay = Relay::new(events, guard.token().clone());
    let work = async {
        let inspection = Arc::new(explorer.begin(request).await?);
        jobs.keep(job, window.label(), Arc::clone(&inspection));
        inspection.run(&relay).await
    };
    let report = guard.run(Box::pin(relay.during(work))).await;
    // What is kept for the next time is written while the picture is on the screen already.
    let explorer = Arc::clone(&explorer);
    tauri::async_runtime::spawn(async move { explorer.settle().await });
    Ok(relay.watched(report?))
}

/// Reads a part that was left unread. What it brings comes through the channel, as every patch does.
#[tauri::command]
pub(crate) async fn expand(
    job: JobId,
    node: NodeId,
    events: Channel<InspectEvent>,
    window: WebviewWindow,
    jobs: State<'_, Arc<Jobs>>,
) -> Result<Watched<Vec<Patch>>, Problem> {
    let inspection = jobs.session(&job)?;
    let guard = jobs.begin(job, window.label());
    let relay = Relay::new(events, guard.token().clone());
    guard.run(Box::pin(relay.during(inspection.expand(&node, &relay)))).await?;
    Ok(relay.watched(Vec::new()))
}

/// Stops what runs for a job; what was read stays on the screen.
#[tauri::command]
pub(crate) fn cancel(job: JobId, jobs: State<'_, Arc<Jobs>>) {
    jobs.cancel(job);
}

/// Forgets a job.
#[tauri::command]
pub(crate) fn close(job: JobId, jobs: State<'_, Arc<Jobs>>) {
    jobs.close(&job);
}
