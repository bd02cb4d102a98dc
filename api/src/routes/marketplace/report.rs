//! `POST /api/v1/marketplace/agents/{agentId}/reports`

use std::sync::Arc;

use axum::extract::State;
use axum::response::Response;
use domain::agent::TextForm as _;
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
use web::client_prefix::client_prefix;

use crate::error::ApiError;
use crate::extract::address::ClientAddress;
use crate::extract::body::Body;
use crate::extract::idempotent::Idempotent;
use crate::extract::path::Id;
use crate::extract::query::{NoParams, Query};
use crate::json_response::JsonResponse;
use crate::keys::Keys;
use crate::limits::Key;
use crate::registry::Registry;
use crate::throttle::Throttle;

/// Report of an agent.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "reason": "impersonation", "text": "It is not published by the company it names." }))]
pub struct NewReport {
    /// Reason of the report.
    #[schema(value_type = Reason)]
    pub reason: Option<String>,
    /// Details for the operators.
    #[schema(inline, value_type = Option<domain::field::Text<1000>>)]
    pub text: Option<String>,
}

/// Receipt of a report.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(example = json!({ "reportId": "01993b6e-9d4c-7e90-b1f5-2f6f3a4e5d60" }))]
pub struct ReportReceipt {
    /// ID of the report, for inquiries.
    #[schema(format = Uuid)]
    pub report_id: String,
}

/// Report an agent
///
/// Operators review reports and decide. Reports alone never hide an agent.
#[utoipa::path(post, path = "/marketplace/agents/{agentId}/reports", tag = "Marketplace", operation_id = "reportAgent", security(()),
    params(("agentId" = uuid::Uuid, Path, description = "ID of the agent.")),
    request_body(content = NewReport),
    responses((status = 202, description = "The report is accepted.", body = ReportReceipt)))]
pub async fn report(
    State(registry): State<Registry>,
    State(keys): State<Arc<Keys>>,
    State(throttle): State<Throttle>,
    idempotent: Idempotent,
    Id(id): Id<AgentId>,
    ClientAddress(address): ClientAddress,
    Query(NoParams {}): Query<NoParams>,
    Body(new): Body<NewReport>,
) -> Result<Response, ApiError> {
    let (reason, text) = validate(&new)?;
    throttle.take(Key::Report(address))?;
    marketplace::get(&registry.store, id).await?;
    let report_id = Uuid::now_v7().to_string();
    let report = ReportRecord {
        id: report_id.clone(),
        agent_id: id.to_string(),
        reason: reason.as_str().to_owned(),
        text,
        reporter: keys.pepper().hash(&Secret::new(format!("reporter {}", client_prefix(address)))),
        state: "open".to_owned(),
        created_at: registry.now_ms(),
    };
    let respond = move |(): &()| JsonResponse::new(StatusCode::ACCEPTED, &ReportReceipt { report_id });
    let work = async |call| Ok(moderation::report(&registry.store, report, call).await?);
    idempotent.run(respond, work).await
}

fn validate(new: &NewReport) -> Result<(Reason, String), ApiError> {
    let mut fields = Vec::new();
    let mut add_error = |field: &str, reason: String| fields.push(FieldError { field: field.to_owned(), reason });
    let reason = match new.reason.as_deref().map(Reason::parse) {
        Some(Ok(reason)) => reason,
        Some(Err(error)) => {
            add_error("reason", error.0);
            Reason::Other
        }
        None => {
            add_error("reason", "is required".to_owned());
            Reason::Other
        }
    };
    let text = Text::<1000>::parse(new.text.as_deref().unwrap_or_default())
        .map_err(|error| add_error("text", error.0))
        .unwrap_or_default();
    if fields.is_empty() { Ok((reason, text.into_string())) } else { Err(ApiError::Validation { fields }) }
}
