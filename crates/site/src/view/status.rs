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
        at: checked.at.strftime("%Y-%m-%d %H:%M:%S UTC").to_string(),
    };
    let description = "How the registry stands at this moment, part by part.";
    View { frame: frame(generation, "Status", description, Some(STATUS), None), page: Page::Status(page) }
}

/// What a part is called among people.
fn title(name: &str) -> String {
    match name {
        "database" => "Reading the database".to_owned(),
        "database-writer" => "Writing to the database".to_owned(),
        "mail" => "Sending mail".to_owned(),
        other => crate::marketplace::plain(other),
    }
}
