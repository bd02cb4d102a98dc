//! `POST /api/v1/marketplace/agents/{agentId}/reports`

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use domain::agent::Word as _;
use domain::field::Text;
use domain::id::AgentId;
use domain::moderation::Reason;
use domain::rejection::FieldError;
use domain::secret::Secret;
use http::StatusCode;
use serde::{Deserialize, Serialize};
use store::records::ReportRecord;
use store::{marketplace, moderation};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::error::ApiError;
use crate::extract::address::ClientAddress;
use crate::extract::body::Body;
use crate::extract::idempotent::Idempotent;
use crate::extract::path::Id;
use crate::extract::query::{NoParams, Query};
use crate::keys::Keys;
use crate::limits::Key;
use crate::registry::Registry;
use crate::throttle::Throttle;

/// What is wrong with an agent.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "reason": "impersonation", "text": "It is not by the company that it names." }))]
pub struct NewReport {
    /// The class of the reason.
    #[schema(value_type = Reason)]
    pub reason: Option<String>,
    /// What the operators should know.
    #[schema(inline, value_type = Option<domain::field::Text<1000>>)]
    pub text: Option<String>,
}

/// A report that was taken.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(example = json!({ "reportId": "01993b6e-9d4c-7e90-b1f5-2f6f3a4e5d60" }))]
pub struct ReportTaken {
    /// Its identifier, to be named when asking about it.
    #[schema(format = Uuid)]
    pub report_id: String,
}

/// Report an agent
///
/// The operators read it and decide. No number of reports hides an agent by itself.
#[utoipa::path(post, path = "/marketplace/agents/{agentId}/reports", tag = "Marketplace", operation_id = "reportAgent", security(()),
    params(("agentId" = uuid::Uuid, Path, description = "The agent's identifier.")),
    request_body(content = NewReport),
    responses((status = 202, description = "The report is taken.", body = ReportTaken)))]
pub async fn report(
    State(registry): State<Registry>,
    State(keys): State<Arc<Keys>>,
    State(throttle): State<Throttle>,
    Idempotent(call): Idempotent,
    Id(id): Id<AgentId>,
    ClientAddress(address): ClientAddress,
    Query(NoParams {}): Query<NoParams>,
    Body(new): Body<NewReport>,
) -> Result<(StatusCode, Json<ReportTaken>), ApiError> {
    let (reason, text) = check(&new)?;
    throttle.take(Key::Report(address))?;
    marketplace::get(&registry.store, id).await?;
    let report_id = Uuid::now_v7().to_string();
    let report = ReportRecord {
        id: report_id.clone(),
        agent_id: id.to_string(),
        reason: reason.word().to_owned(),
        text,
        reporter: keys.pepper().hash(&Secret::given(format!("reporter {address}"))),
        state: "open".to_owned(),
        created_at: registry.now_ms(),
    };
    moderation::report(&registry.store, report, call).await?;
    Ok((StatusCode::ACCEPTED, Json(ReportTaken { report_id })))
}

fn check(new: &NewReport) -> Result<(Reason, String), ApiError> {
    let mut fields = Vec::new();
    let mut fault = |field: &str, reason: String| fields.push(FieldError { field: field.to_owned(), reason });
    let reason = match new.reason.as_deref().map(Reason::read) {
        Some(Ok(reason)) => reason,
        Some(Err(refusal)) => {
            fault("reason", refusal.0);
            Reason::Other
        }
        None => {
            fault("reason", "is missing".to_owned());
            Reason::Other
        }
    };
    let text = Text::<1000>::read(new.text.as_deref().unwrap_or_default())
        .map_err(|refusal| fault("text", refusal.0))
        .unwrap_or_default();
    if fields.is_empty() { Ok((reason, text.into_string())) } else { Err(ApiError::Validation { fields }) }
}
