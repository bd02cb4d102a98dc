//! Errors, as pages.

use app::model::{ErrorPage, NotFound, Page, View};

use super::frame::frame;
use super::listed;
use crate::error::PageError;
use crate::generation::Generation;

/// Longest path that is shown again, in characters.
const MAX_PATH: usize = 200;
/// How many near pages are suggested.
const MOST_NEAR: usize = 5;

/// A 404 that suggests near pages. `path` is decoded, without base path.
pub fn not_found(generation: &Generation, path: &str) -> View {
    let path: String = path.chars().take(MAX_PATH).collect();
    let near = generation.site.near(&path, MOST_NEAR).into_iter();
    let near = near
        .filter_map(|page| generation.site.index_of(page.address()))
        .map(|index| listed(generation, index))
        .collect();
    View {
        frame: frame(generation, "Page not found", "The requested page doesn’t exist.", None, None),
        page: Page::NotFound(NotFound { path, near }),
    }
}

/// Any other error.
pub fn problem(generation: &Generation, error: &PageError, request_id: &str) -> View {
    let text = error.to_string();
    let mut letters = text.chars();
    let title: String = letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect();
    let page = ErrorPage {
        status: error.status().as_u16(),
        title: title.clone(),
        advice: error.advice().to_owned(),
        request_id: request_id.to_owned(),
    };
    View { frame: frame(generation, &title, error.advice(), None, None), page: Page::Error(page) }
}
