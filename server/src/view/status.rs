//! How the registry stands, in words.

use app::model::status::{Part, StatusPage};
use app::model::{Page, View};
use client::types::HealthStatus;

use super::frame::frame;
use crate::generation::Generation;
use crate::routes::status::Checked;
use crate::site_paths::STATUS;

/// The page; without an answer, the registry can't be reached.
pub fn health(generation: &Generation, checked: &Checked) -> View {
    let health = checked.health.as_ref();
    let said = match health.map(|health| &health.status) {
        Some(HealthStatus::Healthy) => "All systems operational.",
        Some(HealthStatus::Degraded) => "Degraded: some components are slow or unavailable.",
        Some(_) => "Down: the registry responds, but can’t read or write data.",
        None => "Down: the registry is unavailable. This site works, but agents can’t get tokens.",
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
                    HealthStatus::Healthy => "Operational",
                    HealthStatus::Degraded => "Degraded",
                    _ => "Down",
                },
                milliseconds: format!("{:.1}", part.latency_ms),
            })
            .collect(),
        at: checked.at.strftime("%Y-%m-%d %H:%M:%S UTC").to_string(),
    };
    let description = "Current status of the registry and its components.";
    View { frame: frame(generation, "Status", description, Some(STATUS), None), page: Page::Status(page) }
}

/// What a part is called among people.
fn title(name: &str) -> String {
    match name {
        "database" => "Database (read)".to_owned(),
        "database-writer" => "Database (write)".to_owned(),
        "mail" => "Email delivery".to_owned(),
        other => crate::marketplace::plain(other),
    }
}
