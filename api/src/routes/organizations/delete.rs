//! `DELETE /api/v1/organizations/me`

use axum::Json;
use axum::extract::State;
use domain::email::Email as EmailAddress;
use domain::organization::State as OrganizationState;
use domain::retention::DELETION_GRACE_MS;
use domain::secret::{Purpose, Secret};
use http::StatusCode;
use store::organizations;
use store::records::OrganizationRecord;
use store::signup::{LinkPurpose, NewLink};

use crate::error::ApiError;
use crate::extract::caller::{AdminOrgs, Caller, InAnyStatus};
use crate::extract::query::{NoParams, Query};
use crate::limits::Key;
use crate::mail::notices;
use crate::services::SignupService;
use crate::view::organization::OrganizationView;

/// Delete your organization
///
/// Takes effect at once: the organization and its agents are no longer listed, their tokens and credentials are refused,
/// and their DIDs are deactivated. After 7 days, all data is deleted except the head of the audit trail. Until then, the
/// admin credential can restore the organization; so can a link, which is emailed to a verified address.
#[utoipa::path(delete, path = "/organizations/me", tag = "Organizations", operation_id = "deleteOrganization",
    security(("bearer" = ["admin:orgs"])), responses((status = 202, description = "The organization ended, and is scheduled for deletion.", body = OrganizationView)))]
pub async fn delete(
    State(service): State<SignupService>,
    caller: Caller<InAnyStatus<AdminOrgs>>,
    Query(NoParams {}): Query<NoParams>,
) -> Result<(StatusCode, Json<OrganizationView>), ApiError> {
    caller.require_organization()?;
    let (store, now) = (&service.registry.store, service.registry.now());
    let row = organizations::get(store, caller.organization_id).await?;
    let link = restoring_link(&service, &caller, &row, now.as_millisecond() + DELETION_GRACE_MS)?;
    let row = organizations::request_deletion(store, caller.actor(), link, now).await?;
    service.mailer.wake();
    Ok((StatusCode::ACCEPTED, Json(row.into())))
}

/// Builds the link that restores the organization, for its verified email address.
fn restoring_link(
    service: &SignupService,
    caller: &Caller<InAnyStatus<AdminOrgs>>,
    row: &OrganizationRecord,
    deletion_at: i64,
) -> Result<Option<NewLink>, ApiError> {
    let is_verified = row.state == OrganizationState::Verified.as_str();
    let Some(email) = row.email.clone().filter(|_| is_verified).map(EmailAddress::stored) else { return Ok(None) };
    // With a stolen token, somebody could delete and restore the organization again and again.
    let is_allowed = service.throttle.take(Key::Recipient(LinkPurpose::Restore.as_str(), email.mailbox_key())).is_ok();
    let code = Secret::generate(Purpose::Link)?;
    let page = service.origins.portal_page(&format!("/restore/{}", code.reveal()));
    let message = notices::deletion(&row.name, deletion_at, &page);
    Ok(Some(NewLink {
        organization_id: caller.organization_id,
        code_hash: service.keys.pepper().hash(&code),
        purpose: LinkPurpose::Restore,
        message: is_allowed
            .then(|| service.mailer.seal(caller.organization_id, Some(&email), message))
            .transpose()
            .map_err(ApiError::internal)?,
        email,
    }))
}
