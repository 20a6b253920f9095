//! The steps to an image, one by one.

use std::sync::Arc;

use explorer::{Explorer, ProbeReport, ProbeRequest, ProbeSink, ProbeStep};
use source::Problem;
use tauri::ipc::Channel;
use tauri::{State, WebviewWindow};

use crate::jobs::{JobId, Jobs};
use crate::relay::{Line, Watched};

/// Takes the steps. Each comes through the channel as it ends; the answer has them all.
#[tauri::command]
pub(crate) async fn probe(
    job: JobId,
    request: ProbeRequest,
    events: Channel<ProbeStep>,
    window: WebviewWindow,
    explorer: State<'_, Arc<Explorer>>,
    jobs: State<'_, Arc<Jobs>>,
) -> Result<Watched<ProbeReport>, Problem> {
    let guard = jobs.begin(job, window.label());
    let steps = Steps(Line::new(events, guard.token().clone()));
    let report = guard.run(Box::pin(explorer.probe(request, &steps))).await?;
    Ok(steps.0.watched(report))
}

/// Sends every step: there are a dozen.
struct Steps(Line<ProbeStep>);

impl ProbeSink for Steps {
    fn on(&self, step: &ProbeStep) {
        self.0.send(step.clone());
    }
}
