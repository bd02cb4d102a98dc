//! The status page of the registry.

use app::model::status::{Part, StatusPage};
use app::model::{Page, View};
use client::Timestamp;
use client::types::{DetailedHealth, HealthStatus};

use super::frame::frame;
use crate::context::SiteContext;
use crate::paths::STATUS;
use crate::plain_text::plain_text;

/// The last health report of the registry.
#[derive(Clone, Debug)]
pub struct HealthReport {
    /// The report; none if the registry did not respond.
    pub health: Option<DetailedHealth>,
    /// Time of the request.
    pub at: Timestamp,
}

impl HealthReport {
    /// Returns true if the registry reports that emails are delayed.
    pub fn is_email_delayed(&self) -> bool {
        let parts = self.health.iter().flat_map(|health| &health.dependencies);
        parts.into_iter().any(|part| part.name == "mail" && part.status != HealthStatus::Healthy)
    }
}

/// Builds the page.
pub fn status_page(context: &SiteContext, report: &HealthReport) -> View {
    let health = report.health.as_ref();
    let said = match health.map(|health| &health.status) {
        Some(HealthStatus::Healthy) => "All is well: the registry answers, and all it leans on.",
        Some(HealthStatus::Degraded) => "The registry answers, and some of what it leans on is slow or out of reach.",
        Some(_) => "The registry answers, and nothing it leans on can be used: it takes and gives no data now.",
        None => "The registry can’t be reached from here. These pages go on; agents get no tokens meanwhile.",
    };
    let parts = health.map(|health| health.dependencies.as_slice()).unwrap_or_default();
    let page = StatusPage {
        said: said.to_owned(),
        is_well: health.is_some_and(|health| health.status == HealthStatus::Healthy),
        parts: parts
            .iter()
            .map(|part| Part {
                title: title(&part.name),
                said: match part.status {
                    HealthStatus::Healthy => "works",
                    HealthStatus::Degraded => "is slow",
                    _ => "is out of reach",
                },
                milliseconds: format!("{:.1}", part.latency_ms),
            })
            .collect(),
        at: report.at.strftime("%Y-%m-%d %H:%M:%S UTC").to_string(),
    };
    let description = "How the registry stands at this moment, part by part.";
    View { frame: frame(context, "Status", description, Some(STATUS), None), page: Page::Status(page) }
}

/// The display name of a dependency.
fn title(name: &str) -> String {
    match name {
        "database" => "Reading the database".to_owned(),
        "database-writer" => "Writing to the database".to_owned(),
        "mail" => "Sending mail".to_owned(),
        other => plain_text(other),
    }
}
