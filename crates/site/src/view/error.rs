//! Error pages.

use app::model::{ErrorPage, NotFound, Page, View};
use http::StatusCode;

use super::frame::frame;
use super::links::page_listing;
use crate::context::SiteContext;

/// Longest quoted path, in characters.
const MAX_PATH: usize = 200;
/// Maximum suggested pages.
const MAX_SUGGESTIONS: usize = 5;

/// Builds a 404 page that suggests similar pages. `path` is decoded, without base path.
pub fn not_found(context: &SiteContext, path: &str) -> View {
    let path: String = path.chars().take(MAX_PATH).collect();
    let near = context.site.near(&path, MAX_SUGGESTIONS).into_iter();
    let near = near
        .filter_map(|page| context.site.index_of(page.address()))
        .map(|index| page_listing(context, index))
        .collect();
    View {
        frame: frame(context, "Page not found", "The requested page doesn’t exist.", None, None),
        page: Page::NotFound(NotFound { path, near }),
    }
}

/// Builds the page of any other error, from its status, message and advice.
pub fn error_page(context: &SiteContext, status: StatusCode, message: &str, advice: &str, request_id: &str) -> View {
    let mut letters = message.chars();
    let title: String = letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect();
    let page = ErrorPage {
        status: status.as_u16(),
        title: title.clone(),
        advice: advice.to_owned(),
        request_id: request_id.to_owned(),
    };
    View { frame: frame(context, &title, advice, None, None), page: Page::Error(page) }
}
