//! Mapping from page kinds to components.

use leptos::prelude::*;

use crate::model::{Frame, Page};
use crate::pages::marketplace::{
    agent::AgentPage, check::CheckPage, gone::GonePage, list::ListPage, off::OffPage, publisher::PublisherPage,
    report::ReportPage,
};
use crate::pages::onboarding::{form::FormPage, get_started::GetStartedPage};
use crate::pages::{
    account::AccountPage, article::ArticlePage, changelog::ChangelogPage, did_web::DidWebPage, error::ErrorPageView,
    home::HomePage, not_found::NotFoundPage, release::ReleasePage, search::SearchPage, status::StatusPage,
    thanks::ThanksPage,
};

/// Renders a page. Each arm ends in `into_any`, so that the document's type doesn't contain every page's type.
pub(crate) fn draw(page: Page, frame: &Frame) -> AnyView {
    let links = frame.links.clone();
    match page {
        Page::Home(home) => view! { <HomePage home links/> }.into_any(),
        Page::Article(article) => {
            view! { <ArticlePage article=*article markdown=frame.meta.markdown.clone()/> }.into_any()
        }
        Page::Changelog(changelog) => view! { <ChangelogPage changelog/> }.into_any(),
        Page::Release(release) => {
            view! { <ReleasePage release=*release markdown=frame.meta.markdown.clone()/> }.into_any()
        }
        Page::DidWeb(tool) => view! { <DidWebPage tool/> }.into_any(),
        Page::AgentList(list) => view! { <ListPage list=*list/> }.into_any(),
        Page::Agent(agent) => view! { <AgentPage agent=*agent/> }.into_any(),
        Page::Check(check) => view! { <CheckPage check=*check/> }.into_any(),
        Page::Report(report) => view! { <ReportPage report=*report/> }.into_any(),
        Page::Publisher(publisher) => view! { <PublisherPage publisher=*publisher/> }.into_any(),
        Page::Gone(gone) => view! { <GonePage gone/> }.into_any(),
        Page::Off(off) => view! { <OffPage off/> }.into_any(),
        Page::Search(search) => view! { <SearchPage search/> }.into_any(),
        Page::GetStarted(page) => view! { <GetStartedPage page/> }.into_any(),
        Page::Form(form) => view! { <FormPage form=*form/> }.into_any(),
        Page::Account(account) => view! { <AccountPage account=*account/> }.into_any(),
        Page::Status(status) => view! { <StatusPage status/> }.into_any(),
        Page::Thanks(thanks) => view! { <ThanksPage thanks links/> }.into_any(),
        Page::NotFound(not_found) => view! { <NotFoundPage not_found links/> }.into_any(),
        Page::Error(error) => view! { <ErrorPageView error links/> }.into_any(),
    }
}
