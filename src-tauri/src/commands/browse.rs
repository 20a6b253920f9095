//! What registries hold: repositories, tags, and what refers to an image.

use std::sync::Arc;

use explorer::{
    Explorer, InspectEvent, RepositoriesEvent, RepositoriesReport, RepositoriesRequest, TagsEvent, TagsReport,
    TagsRequest,
};
use source::Problem;
use tauri::ipc::Channel;
use tauri::{State, WebviewWindow};

use crate::jobs::{JobId, Jobs};
use crate::relay::{Relay, Watched};

/// Lists repositories, page by page.
#[tauri::command]
pub(crate) async fn repositories(
    job: JobId,
    request: RepositoriesRequest,
    events: Channel<RepositoriesEvent>,
    window: WebviewWindow,
    explorer: State<'_, Arc<Explorer>>,
    jobs: State<'_, Arc<Jobs>>,
) -> Result<Watched<RepositoriesReport>, Problem> {
    let guard = jobs.begin(job, window.label());
    let relay = Relay::new(events, guard.token().clone());
    let report = guard.run(Box::pin(relay.during(explorer.repositories(request, &relay)))).await?;
    // What is in it came in pages; a long list need not cross twice.
    Ok(relay.watched(RepositoriesReport { repositories: Vec::new(), ..report }))
}

/// Lists tags, page by page, with their digests where these are asked for.
#[tauri::command]
pub(crate) async fn tags(
    job: JobId,
    request: TagsRequest,
    events: Channel<TagsEvent>,
    window: WebviewWindow,
    explorer: State<'_, Arc<Explorer>>,
    jobs: State<'_, Arc<Jobs>>,
) -> Result<Watched<TagsReport>, Problem> {
    let guard = jobs.begin(job, window.label());
    let relay = Relay::new(events, guard.token().clone());
    let report = guard.run(Box::pin(relay.during(explorer.tags(request, &relay)))).await?;
    Ok(relay.watched(TagsReport { tags: Vec::new(), groups: Vec::new(), ..report }))
}

/// Looks for what refers to the image of an open picture. What it finds comes as patches; the answer
/// is how many there are.
#[tauri::command]
pub(crate) async fn referrers(
    job: JobId,
    events: Channel<InspectEvent>,
    window: WebviewWindow,
    jobs: State<'_, Arc<Jobs>>,
) -> Result<Watched<u32>, Problem> {
    let inspection = jobs.session(&job)?;
    let guard = jobs.begin(job, window.label());
    let relay = Relay::new(events, guard.token().clone());
    let found = guard.run(Box::pin(relay.during(inspection.referrers(&relay)))).await?;
    Ok(relay.watched(found))
}
