//! The forms of `/account`: one a file.

pub mod agent;
pub mod claim;
pub mod credential;
pub mod end;
pub mod names;
pub mod session;

use axum::response::Response;
use client::{AgentId, Client, Error};
use http::StatusCode;

use super::onboarding::{ended, not_done};
use crate::error::PageError;
use crate::onboarding::{Kept, Onboarding, Sender, Told};
use crate::routes::account::page;
use crate::session::Session;
use crate::site_paths::ACCOUNT;

/// What was typed into which form: label, name and value. Buttons have none.
#[derive(Clone, Debug, Default)]
struct Typed {
    /// Where what was typed can be sent again.
    path: &'static str,
    /// The heading of what it changes, to which it leads back; none where that stands at the page's top.
    heading: Option<&'static str>,
    fields: Kept,
}

impl Typed {
    /// A button below a heading.
    fn below(heading: &'static str) -> Self {
        Self { heading: Some(heading), ..Self::default() }
    }
}

/// Does something with the reader's session, keeps what becomes of it, and leads back to the page that the form was on: that of
/// an agent, or of the organization. Where it is not taken, that page says why, with what was typed. Forms are not counted here:
/// the API limits what an organization does.
async fn act<F: Future<Output = Result<Option<Session>, Error>>>(
    desk: &Onboarding,
    sender: &Sender,
    about: Option<AgentId>,
    typed: Typed,
    what: impl FnOnce(Client, Session) -> F,
) -> Result<Response, PageError> {
    let has_typed = typed.fields.iter().any(|(.., value)| !value.is_empty());
    let Some(session) = desk.session(sender) else {
        if has_typed {
            return ended(desk, sender, typed.path, typed.fields).await;
        }
        return desk.lead_to(ACCOUNT, None);
    };
    let api = desk.api_for(sender).with_bearer(session.handle.clone());
    match what(api, session).await {
        Ok(changed) => {
            let to = about.map_or_else(|| ACCOUNT.to_owned(), |id| format!("{ACCOUNT}/agents/{id}"));
            let cookie = changed.map(|session| desk.seal.set(&session)).transpose()?;
            desk.lead_below(&to, typed.heading, cookie)
        }
        Err(error) if error.is_unauthorized() && has_typed => ended(desk, sender, typed.path, typed.fields).await,
        // The page says that the session is over.
        Err(error) if error.is_unauthorized() => desk.lead_to(ACCOUNT, None),
        Err(error) if error.is_not_found() => {
            let notice =
                "This item no longer exists: it was revoked or removed elsewhere. This page shows the current state.";
            page(desk, sender, about, Told::notice(StatusCode::CONFLICT, notice)).await
        }
        Err(error) if error.is_unavailable() => not_done(desk, sender, typed.path, typed.fields, &error).await,
        Err(error) => page(desk, sender, about, Told::refused(&error, &typed.fields)).await,
    }
}
