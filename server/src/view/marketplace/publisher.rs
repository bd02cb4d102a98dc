//! A publisher.

use app::model::marketplace::PublisherPage;
use app::model::{About, Page, View};

use super::cards::{day, row};
use super::list::pages;
use super::{Shown, crumbs, href};
use crate::marketplace::{Form, Publisher, Question, Subject, plain};

/// A publisher with a page of its agents.
pub(super) fn view(shown: &Shown<'_>, publisher: &Publisher) -> View {
    let (generation, detail) = (shown.generation, &publisher.detail);
    let name = plain(&detail.display_name);
    let description = format!("Agents published by {name}, with their verifications.");
    let question = Question { publisher: Some(detail.slug.clone()), ..Question::default() };
    let other = |page: u64| Subject::Publisher(detail.slug.clone(), page - 1);
    let page = PublisherPage {
        crumbs: crumbs(generation),
        name: name.clone(),
        slug: detail.slug.clone(),
        total: publisher.page.total_count,
        since: day(detail.since),
        agents: publisher.page.data.iter().map(|card| row(generation, card)).collect(),
        pages: pages(&publisher.page, |page| href(generation, &other(page), Form::Html)),
        search: href(generation, &Subject::List(question), Form::Html),
        json: shown.here(Form::Json),
        stale: shown.stale(),
    };
    View { frame: shown.frame(&name, &description, About::List), page: Page::Publisher(Box::new(page)) }
}
