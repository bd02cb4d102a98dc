//! What the API says of the marketplace, as pages.

mod agent;
mod cards;
mod check;
mod examples;
mod found;
mod json_code;
mod list;
mod newest;
mod publisher;
mod report;

use app::model::marketplace::{GonePage, OffPage, Stale};
use app::model::{About, Link, Page, Place, View};
use bytes::Bytes;
use http::header::LOCATION;
use http::{HeaderValue, StatusCode};
use serde_json::{Value, json};

use super::frame::frame;
use crate::edge::finished::Draft;
use crate::edge::policy::CachePolicy;
use crate::edge::security::Sandbox;
use crate::error::PageError;
use crate::generation::Generation;
use crate::marketplace::{Answer, Ask, Form, Kept, Note, Subject, agent_json, list_json, publisher_json};
use crate::routes::markdown;
use crate::site_paths::MARKETPLACE;

pub use found::found;
pub use newest::newest;
pub use report::{REASONS, report};

/// Pages of the content folder that these name, where they exist.
pub(super) const EXPLAINED: [&str; 4] = [CLAIMS, MODERATION, PUBLISH, ABOUT];
const CLAIMS: &str = "/docs/concepts/claims";
const MODERATION: &str = "/docs/operate/api-moderation";
const PUBLISH: &str = "/docs/guides/publish-an-agent";
const ABOUT: &str = "/docs/concepts/marketplace";

/// What is shown: where, when it was said, whether that is long ago.
#[derive(Clone, Copy)]
struct Shown<'a> {
    generation: &'a Generation,
    subject: &'a Subject,
    kept: &'a Kept,
    is_old: bool,
}

impl Shown<'_> {
    fn stale(&self) -> Option<Stale> {
        self.is_old.then(|| Stale { since: self.kept.since() })
    }

    /// The address of what is shown, in a form.
    fn here(&self, form: Form) -> String {
        href(self.generation, self.subject, form)
    }

    /// Title, description and canonical address around a page of the marketplace.
    fn frame(&self, title: &str, description: &str, about: About) -> app::model::Frame {
        let mut frame =
            frame(self.generation, title, description, Some(&self.subject.path()), Some(Place::Marketplace));
        let query = self.subject.query();
        if !query.is_empty() {
            frame.meta.canonical = frame.meta.canonical.map(|address| address + &query);
            frame.meta.markdown = Some(self.here(Form::Markdown));
        }
        if let Some(structured) = &mut frame.meta.structured {
            structured.about = about;
        }
        frame
    }
}

/// The address of something in a form, base path and query included.
pub fn href(generation: &Generation, subject: &Subject, form: Form) -> String {
    let path = format!("{}{}", subject.path(), form.ending());
    generation.site.href(&path) + &subject.query()
}

/// Where what is asked for in place stands by itself.
pub fn place(generation: &Generation, ask: &Ask) -> Option<HeaderValue> {
    HeaderValue::try_from(href(generation, &ask.subject, ask.form)).ok()
}

/// A form of what the API said, as an answer.
///
/// # Errors
///
/// [`PageError::NotFound`] where there is nothing that is shown; [`PageError::Internal`] where it can't be drawn.
pub async fn draft(
    generation: &Generation,
    subject: &Subject,
    kept: &Kept,
    form: Form,
    is_old: bool,
    notes: &[Note],
) -> Result<Draft, PageError> {
    let shown = Shown { generation, subject, kept, is_old };
    let mut draft = match (&kept.answer, form) {
        (Answer::Missing, _) => return Err(PageError::NotFound),
        (Answer::Moved(slug), form) => {
            let Subject::Publisher(_, skipped) = subject else { return Err(PageError::NotFound) };
            return moved(&href(generation, &Subject::Publisher(slug.clone(), *skipped), form));
        }
        (answer, Form::Json) => json_draft(&shown, answer)?,
        (answer, form) => {
            let view = view(&shown, answer, notes)?;
            match form {
                Form::Markdown => markdown::draft(&view),
                _ => generation.page_draft(view).await?,
            }
        }
    };
    if !notes.is_empty() {
        draft.policy = CachePolicy::NoStore;
    } else if draft.policy == CachePolicy::Page {
        draft.policy = if is_old { CachePolicy::Stale } else { CachePolicy::Agents };
    }
    Ok(draft)
}

fn view(shown: &Shown<'_>, answer: &Answer, notes: &[Note]) -> Result<View, PageError> {
    Ok(match (answer, shown.subject) {
        (Answer::List(list), Subject::List(question)) => list::view(shown, question, list, notes),
        (Answer::Agent(agent), _) => agent::view(shown, agent),
        (Answer::Check(check), _) => check::view(shown, check),
        (Answer::Publisher(publisher), _) => publisher::view(shown, publisher),
        (Answer::Gone(reason), _) => gone(shown, reason),
        (Answer::Off, _) => off(shown),
        _ => return Err(PageError::Internal("the response doesn't match the request".to_owned())),
    })
}

fn gone(shown: &Shown<'_>, reason: &str) -> View {
    let generation = shown.generation;
    let frame = frame(generation, "Agent removed", "An operator removed this agent.", None, Some(Place::Marketplace));
    let page = GonePage {
        reason: crate::marketplace::plain(reason),
        list: generation.site.href(MARKETPLACE),
        explained: page(generation, MODERATION),
    };
    View { frame, page: Page::Gone(page) }
}

fn off(shown: &Shown<'_>) -> View {
    let generation = shown.generation;
    let frame = frame(
        generation,
        "Marketplace disabled",
        "The marketplace is disabled on this installation.",
        None,
        Some(Place::Marketplace),
    );
    View { frame, page: Page::Off(OffPage { explained: page(generation, ABOUT) }) }
}

/// The address of a page of the content folder, where it exists.
fn page(generation: &Generation, address: &str) -> Option<String> {
    generation.site.page(address).map(|page| generation.site.href(page.address()))
}

/// The way to an agent or a publisher.
fn crumbs(generation: &Generation) -> Vec<Link> {
    vec![Link { title: "Marketplace".to_owned(), href: generation.site.href(MARKETPLACE) }]
}

fn json_draft(shown: &Shown<'_>, answer: &Answer) -> Result<Draft, PageError> {
    let address = |subject: &Subject| shown.generation.config.absolute(&href(shown.generation, subject, Form::Html));
    let (status, mut value) = match (answer, shown.subject) {
        (Answer::List(list), Subject::List(question)) => (StatusCode::OK, list_json(list, question, &address)),
        (Answer::Agent(agent), _) => (StatusCode::OK, agent_json(agent, &address)),
        (Answer::Publisher(publisher), Subject::Publisher(_, skipped)) => {
            (StatusCode::OK, publisher_json(publisher, *skipped, &address))
        }
        (Answer::Gone(reason), _) => (StatusCode::GONE, json!({ "error": "AGENT_REMOVED", "reason": reason })),
        (Answer::Off, _) => {
            (StatusCode::NOT_FOUND, json!({ "error": "NOT_FOUND", "reason": "the marketplace is disabled" }))
        }
        _ => return Err(PageError::NotFound),
    };
    if let (true, Value::Object(object)) = (shown.is_old, &mut value) {
        object.insert("staleSince".to_owned(), shown.kept.at.to_string().into());
    }
    let body = serde_json::to_vec(&value).map_err(|error| PageError::Internal(error.to_string()))?;
    Ok(Draft {
        status,
        content_type: HeaderValue::from_static("application/json"),
        body: Bytes::from(body),
        policy: if status == StatusCode::OK { CachePolicy::Page } else { CachePolicy::NoStore },
        sandbox: Sandbox::File,
        varies_by_accept: false,
        extra: Vec::new(),
    })
}

/// For good: the API does not give a name in addresses to another.
fn moved(to: &str) -> Result<Draft, PageError> {
    let location = HeaderValue::try_from(to).map_err(|error| PageError::Internal(error.to_string()))?;
    Ok(Draft {
        status: StatusCode::MOVED_PERMANENTLY,
        content_type: HeaderValue::from_static("text/plain; charset=utf-8"),
        body: Bytes::from(format!("Moved to {to}\n")),
        policy: CachePolicy::Redirect,
        sandbox: Sandbox::File,
        varies_by_accept: false,
        extra: vec![(LOCATION, location)],
    })
}
