//! `POST /api/v1/signup/resend`

use axum::Json;
use axum::extract::State;
use http::StatusCode;

use super::{MailNotice, mails};
use crate::domain::email::Email;
use crate::domain::organization::State as Standing;
use crate::domain::secret::{Purpose, Secret};
use crate::error::ApiError;
use crate::extract::caller::{AdminOrgs, Caller};
use crate::extract::query::{NoParams, Query};
use crate::state::Shared;
use crate::store::links::{self, LinkPurpose};
use crate::store::organizations;

/// Send the confirmation again
///
/// For an organization whose address is not confirmed yet. The mail goes to the address that it was made with.
#[utoipa::path(post, path = "/signup/resend", tag = "Sign-up", operation_id = "resendVerification",
    security(("bearer" = ["admin:orgs"])), responses((status = 202, description = "A mail is on its way.", body = MailNotice)))]
pub async fn resend(
    State(app): Shared,
    caller: Caller<AdminOrgs>,
    Query(NoParams {}): Query<NoParams>,
) -> Result<(StatusCode, Json<MailNotice>), ApiError> {
    caller.organization_alone()?;
    let row = organizations::get(&app.store.reader, caller.organization_id).await?;
    let email = row.email.as_deref().map(Email::read).transpose().map_err(|refusal| ApiError::internal(refusal.0))?;
    let Some(email) = email.filter(|_| row.state == Standing::Unverified.as_str()) else {
        return Err(ApiError::wrong("organization", "has no address that waits to be confirmed"));
    };
    if organizations::verified_by(&app.store.reader, &email).await?.is_none() {
        let code = Secret::make(Purpose::Link)?;
        let (hash, id, now, to) =
            (app.keys.pepper().hash(&code), caller.organization_id, app.clock.now(), email.clone());
        app.store
            .writer
            .run(move |tx| Box::pin(async move { links::insert(tx, now, hash, id, LinkPurpose::Verify, &to).await }))
            .await?;
        let page = app.config.portal_page(&format!("/verify/{}", code.reveal()));
        super::send(&app, &email, "Confirm your address for SentryAgent.ai", &mails::verify(&row.name, &page));
    }
    Ok((StatusCode::ACCEPTED, Json(MailNotice::SENT)))
}
