//! The page of a publisher.

use app::model::marketplace::PublisherPage;
use app::model::{About, Page, View};

use super::cards::{agent_row, day};
use super::data_page::{DataPage, breadcrumbs};
use super::list::pager;
use crate::marketplace::{Format, MarketplaceQuery, PageKey, PublisherData, page_href};
use crate::plain_text::plain_text;

/// Builds the page of a publisher with a page of its agents.
pub(super) fn publisher_page(data_page: &DataPage<'_>, publisher: &PublisherData) -> View {
    let (context, detail) = (data_page.context, &publisher.detail);
    let name = plain_text(&detail.display_name);
    let description = format!("Agents published by {name}, with their verifications.");
    let query = MarketplaceQuery { publisher: Some(detail.slug.clone()), ..MarketplaceQuery::default() };
    let other = |page: u64| PageKey::Publisher(detail.slug.clone(), page - 1);
    let page = PublisherPage {
        crumbs: breadcrumbs(context),
        name: name.clone(),
        slug: detail.slug.clone(),
        total: publisher.page.total_count,
        since: day(detail.since),
        agents: publisher.page.data.iter().map(|card| agent_row(context, card)).collect(),
        pages: pager(&publisher.page, |page| page_href(context, &other(page), Format::Html)),
        search: page_href(context, &PageKey::List(query), Format::Html),
        json: data_page.href(Format::Json),
        stale: data_page.stale_notice(),
    };
    View { frame: data_page.frame(&name, &description, About::List), page: Page::Publisher(Box::new(page)) }
}
