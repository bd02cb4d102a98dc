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
    let summary = match health.map(|health| &health.status) {
        Some(HealthStatus::Healthy) => "All systems operational.",
        Some(HealthStatus::Degraded) => "Degraded: some components are slow or unavailable.",
        Some(_) => "Down: the registry responds, but can’t read or write data.",
        None => "Down: the registry is unavailable. This site works, but agents can’t get tokens.",
    };
    let parts = health.map(|health| health.dependencies.as_slice()).unwrap_or_default();
    let page = StatusPage {
        summary: summary.to_owned(),
        is_operational: health.is_some_and(|health| health.status == HealthStatus::Healthy),
        parts: parts
            .iter()
            .map(|part| Part {
                title: title(&part.name),
                status: match part.status {
                    HealthStatus::Healthy => "Operational",
                    HealthStatus::Degraded => "Degraded",
                    _ => "Down",
                },
                milliseconds: format!("{:.1}", part.latency_ms),
            })
            .collect(),
        at: report.at.strftime("%Y-%m-%d %H:%M:%S UTC").to_string(),
    };
    let description = "Current status of the registry and its components.";
    View { frame: frame(context, "Status", description, Some(STATUS), None), page: Page::Status(page) }
}

/// The display name of a dependency.
fn title(name: &str) -> String {
    match name {
        "database" => "Database (read)".to_owned(),
        "database-writer" => "Database (write)".to_owned(),
        "mail" => "Email delivery".to_owned(),
        other => plain_text(other),
    }
}
