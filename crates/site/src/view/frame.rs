//! The frame of a page: head, navigation, footer.

use app::model::{Assets, Feed, Frame, Link, Meta, Place, SiteLinks, Structured};

use super::links::existing_links;
use crate::assets::names;
use crate::context::SiteContext;
use crate::paths;

/// Builds the frame of a page. `address` is its site path; error pages have none.
pub(super) fn frame(
    context: &SiteContext,
    title: &str,
    description: &str,
    address: Option<&str>,
    place: Option<Place>,
) -> Frame {
    let site = &context.site;
    let asset = |name| site.href(context.assets.address(name));
    let feed = matches!(place, Some(Place::Changelog))
        .then(|| Feed { title: "SentryAgent changelog".to_owned(), href: site.href(paths::FEED) });
    let markdown = address.map(|address| site.href(&paths::markdown(address)));
    let structured = address
        .map(|address| Structured { breadcrumbs: breadcrumb_path(context, address, title), ..Structured::default() });
    Frame {
        origin: context.settings.origin.clone(),
        meta: Meta {
            title: title.to_owned(),
            description: description.to_owned(),
            canonical: address.map(|address| context.canonical_url(address)),
            noindex: address.is_none(),
            feed,
            markdown,
            structured,
            script: None,
        },
        assets: Assets {
            style: asset(names::STYLE),
            early_script: asset(names::EARLY),
            site_script: asset(names::SITE),
            islands_script: asset(names::ISLANDS),
            module: asset(names::MODULE),
            wasm: asset(names::WASM),
            search_script: asset(names::SEARCH),
            market_script: asset(names::MARKET),
            check_script: asset(names::CHECK),
            started_script: asset(names::STARTED),
            text_font: asset(names::TEXT_FONT),
            icon: asset(names::ICON),
            touch_icon: asset(names::TOUCH_ICON),
        },
        links: SiteLinks {
            home: context.settings.home_href(),
            docs: site.href(paths::DOCS),
            marketplace: site.href(paths::MARKETPLACE),
            quickstarts: site.href(paths::QUICKSTARTS),
            changelog: site.href(paths::CHANGELOG),
            feed: site.href(paths::FEED),
            did_web: site.href(paths::DID_WEB),
            get_started: site.href(paths::GET_STARTED),
            account: site.href(paths::ACCOUNT),
            status: site.href(paths::STATUS),
            search: site.href(paths::SEARCH),
            search_json: site.href(paths::SEARCH_JSON),
            llms: site.href(paths::LLMS),
            about: existing_links(context, &ABOUT),
        },
        place,
    }
}

/// Content pages in the footer, where they exist.
const ABOUT: [&str; 4] = ["/docs/security", "/docs/security/privacy", "/docs/accessibility", "/docs/operate"];

/// Breadcrumbs with absolute URLs, from the home page to the page itself.
fn breadcrumb_path(context: &SiteContext, address: &str, title: &str) -> Vec<Link> {
    let step = |title: &str, address: &str| Link { title: title.to_owned(), href: context.canonical_url(address) };
    let mut breadcrumbs = vec![step("SentryAgent", paths::HOME)];
    let mut end = 0;
    while let Some(next) = address[end + 1..].find('/') {
        end += 1 + next;
        if let Some(page) = context.site.page(&address[..end]) {
            breadcrumbs.push(step(page.title(), page.address()));
        }
    }
    if address != paths::HOME {
        breadcrumbs.push(step(title, address));
    }
    breadcrumbs
}
