//! What an address of the marketplace asks for.

use client::AgentId;
use http::HeaderMap;

use super::question::{self, Note, Question};
use crate::edge::negotiate::{self, Encoding};
use crate::site_paths::MARKETPLACE;

/// What is kept under one key.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Subject {
    /// A page of agents.
    List(Question),
    /// An agent.
    Agent(AgentId),
    /// An agent's papers, checked.
    Check(AgentId),
    /// A publisher, by its slug, and how many pages of its agents come before.
    Publisher(String, u64),
}

impl Subject {
    /// Whether it shows agents that it does not name, so that any change can change it.
    pub fn shows_others(&self) -> bool {
        !matches!(self, Self::Check(_))
    }

    /// Its site path, without the query and the form's ending.
    pub fn path(&self) -> String {
        match self {
            Self::List(_) => MARKETPLACE.to_owned(),
            Self::Agent(id) => format!("{MARKETPLACE}/{id}"),
            Self::Check(id) => format!("{MARKETPLACE}/{id}/check"),
            Self::Publisher(slug, _) => format!("{MARKETPLACE}/publishers/{slug}"),
        }
    }

    /// The query of its address, with its question mark; or nothing.
    pub fn query(&self) -> String {
        match self {
            Self::List(question) => question.query(),
            Self::Publisher(_, skipped @ 1..) => format!("?page={}", skipped + 1),
            _ => String::new(),
        }
    }

    /// Its site path in a form, with the query.
    pub fn address(&self, form: Form) -> String {
        format!("{}{}{}", self.path(), form.ending(), self.query())
    }
}

/// In which form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// For the browser.
    Html,
    /// For those who read text.
    Markdown,
    /// For programs.
    Json,
}

impl Form {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Html, Self::Markdown, Self::Json];

    /// What its address ends in.
    pub fn ending(self) -> &'static str {
        match self {
            Self::Html => "",
            Self::Markdown => ".md",
            Self::Json => ".json",
        }
    }
}

/// What a request asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ask {
    /// What.
    pub subject: Subject,
    /// In which form.
    pub form: Form,
    /// Packed how.
    pub encoding: Encoding,
    /// Whether the form was asked for by `Accept`, at the page's own address.
    pub in_place: bool,
    /// What can't be meant.
    pub notes: Vec<Note>,
}

impl Ask {
    /// Reads a site path (without base path) in its one spelling, a query and the headers.
    pub fn read(path: &str, query: Option<&str>, headers: &HeaderMap) -> Option<Self> {
        let rest = path.strip_prefix(MARKETPLACE)?;
        if !rest.is_empty() && !rest.starts_with(['/', '.']) {
            return None;
        }
        let (rest, form) = if let Some(rest) = rest.strip_suffix(".md") {
            (rest, Form::Markdown)
        } else if let Some(rest) = rest.strip_suffix(".json") {
            (rest, Form::Json)
        } else {
            (rest, Form::Html)
        };
        let in_place = form == Form::Html && negotiate::prefers_markdown(headers);
        let form = if in_place { Form::Markdown } else { form };
        let query = query.unwrap_or_default();
        let mut notes = Vec::new();
        let subject = match rest.strip_prefix('/') {
            None if rest.is_empty() => {
                let (question, told) = Question::read(query);
                notes = told;
                Subject::List(question)
            }
            None => return None,
            Some(rest) => match rest.strip_prefix("publishers/") {
                Some(slug) => {
                    let (question, told) = Question::read(query);
                    notes = told;
                    Subject::Publisher(question::slug(slug)?, question.skipped)
                }
                None => match rest.strip_suffix("/check") {
                    Some(id) if form != Form::Json => Subject::Check(agent_id(id)?),
                    Some(_) => return None,
                    None => Subject::Agent(agent_id(rest)?),
                },
            },
        };
        Some(Self { subject, form, encoding: negotiate::encoding(headers), in_place, notes })
    }
}

/// An agent's identifier in its one spelling.
pub(super) fn agent_id(text: &str) -> Option<AgentId> {
    let id: AgentId = text.parse().ok()?;
    (id.to_string() == text).then_some(id)
}

#[cfg(test)]
mod tests {
    use super::*;

    const ID: &str = "01993b6e-8123-7d11-8a2b-77c1d9a0be55";

    fn read(path: &str, query: &str) -> Option<Ask> {
        Ask::read(path, Some(query), &HeaderMap::new())
    }

    #[test]
    fn an_address_has_one_spelling() {
        for path in [
            "/marketplace".to_owned(),
            "/marketplace.md".to_owned(),
            "/marketplace.json".to_owned(),
            format!("/marketplace/{ID}"),
            format!("/marketplace/{ID}.json"),
            format!("/marketplace/{ID}/check.md"),
            "/marketplace/publishers/northquay-freight".to_owned(),
        ] {
            let ask = read(&path, "").expect("an address");
            assert_eq!(ask.subject.address(ask.form), path);
        }
        for path in [
            format!("/marketplace/{}", ID.to_uppercase()),
            format!("/marketplace/{{{ID}}}"),
            format!("/marketplace/{ID}/check.json"),
            format!("/marketplace/{ID}/"),
            "/marketplaces".to_owned(),
            "/marketplace/".to_owned(),
            "/marketplace/publishers/A".to_owned(),
            "/docs".to_owned(),
        ] {
            assert_eq!(read(&path, ""), None, "{path}");
        }
    }

    #[test]
    fn what_is_not_known_makes_no_other_page() {
        let plain = read(&format!("/marketplace/{ID}"), "").expect("an address");
        assert_eq!(read(&format!("/marketplace/{ID}"), "utm_source=x&page=3"), Some(plain));
    }

    #[test]
    fn markdown_can_be_asked_for_in_place() {
        let headers: HeaderMap =
            [(http::header::ACCEPT, http::HeaderValue::from_static("text/markdown"))].into_iter().collect();
        let ask = Ask::read("/marketplace", None, &headers).expect("an address");
        assert!(ask.in_place && ask.form == Form::Markdown);
    }
}
