//! Pages of the marketplace, from data of the API.

mod agent;
mod cards;
mod check;
mod data_page;
mod examples;
mod found;
mod json_code;
mod list;
mod newest;
mod publisher;
mod report;

use app::model::marketplace::{GonePage, OffPage};
use app::model::{Page, Place, View};

use crate::error::SiteError;
use crate::marketplace::{MarketplaceData, PageKey, QueryNote};
use crate::paths::MARKETPLACE;
use crate::plain_text::plain_text;
use crate::view::frame::frame;

pub use data_page::DataPage;
pub(crate) use data_page::LINKED_PAGES;
pub use found::agent_results;
pub use newest::newest_agents;
pub use report::{REASONS, report};

use data_page::{ABOUT_PAGE, MODERATION_PAGE, existing_page};

/// Builds the page for marketplace data.
///
/// # Errors
///
/// [`SiteError::Internal`] when data and key don't match.
pub fn marketplace_page(page: DataPage<'_>, data: &MarketplaceData, notes: &[QueryNote]) -> Result<View, SiteError> {
    Ok(match (data, page.key) {
        (MarketplaceData::List(list), PageKey::List(query)) => list::list_page(&page, query, list, notes),
        (MarketplaceData::Agent(agent), _) => agent::agent_page(&page, agent),
        (MarketplaceData::Check(check), _) => check::check_page(&page, check),
        (MarketplaceData::Publisher(publisher), _) => publisher::publisher_page(&page, publisher),
        (MarketplaceData::Gone(reason), _) => gone_page(&page, reason),
        (MarketplaceData::Off, _) => off_page(&page),
        _ => return Err(SiteError::Internal("marketplace data of another key".to_owned())),
    })
}

fn gone_page(page: &DataPage<'_>, reason: &str) -> View {
    let context = page.context;
    let mut page = GonePage { reason: plain_text(reason), list: context.site.href(MARKETPLACE), explained: None };
    page.explained = existing_page(context, MODERATION_PAGE).filter(|_| page.is_moderated());
    let (title, description) = page.title();
    let frame = frame(context, title, description, None, Some(Place::Marketplace));
    View { frame, page: Page::Gone(page) }
}

fn off_page(page: &DataPage<'_>) -> View {
    let context = page.context;
    let frame = frame(
        context,
        "Marketplace disabled",
        "The marketplace is disabled on this installation.",
        None,
        Some(Place::Marketplace),
    );
    View { frame, page: Page::Off(OffPage { explained: existing_page(context, ABOUT_PAGE) }) }
}
