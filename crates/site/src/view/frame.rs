//! What surrounds a page.

use app::model::{Assets, Feed, Frame, Link, Meta, Place, SiteLinks, Structured};

use crate::edge::assets::names;
use crate::generation::Generation;
use crate::site_paths;

/// The frame of a page. `address` is its site path; an error has none.
pub(super) fn frame(
    generation: &Generation,
    title: &str,
    description: &str,
    address: Option<&str>,
    place: Option<Place>,
) -> Frame {
    let site = &generation.site;
    let asset = |name| site.href(generation.assets.address(name));
    let feed = matches!(place, Some(Place::Changelog))
        .then(|| Feed { title: "SentryAgent changelog".to_owned(), href: site.href(site_paths::FEED) });
    let markdown = address.map(|address| site.href(&site_paths::markdown(address)));
    let structured =
        address.map(|address| Structured { way: way(generation, address, title), ..Structured::default() });
    Frame {
        origin: generation.config.origin(),
        meta: Meta {
            title: title.to_owned(),
            description: description.to_owned(),
            canonical: address.map(|address| canonical(generation, address)),
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
            home: home(generation),
            docs: site.href(site_paths::DOCS),
            marketplace: site.href(site_paths::MARKETPLACE),
            quickstarts: site.href(site_paths::QUICKSTARTS),
            changelog: site.href(site_paths::CHANGELOG),
            feed: site.href(site_paths::FEED),
            did_web: site.href(site_paths::DID_WEB),
            get_started: site.href(site_paths::GET_STARTED),
            account: site.href(site_paths::ACCOUNT),
            status: site.href(site_paths::STATUS),
            search: site.href(site_paths::SEARCH),
            search_json: site.href(site_paths::SEARCH_JSON),
            llms: site.href(site_paths::LLMS),
            about: about(generation),
        },
        place,
    }
}

/// Pages that the footer names, as far as the content folder has them.
const ABOUT: [&str; 4] = ["/docs/security", "/docs/security/privacy", "/docs/accessibility", "/docs/operate"];

fn about(generation: &Generation) -> Vec<Link> {
    let page = |address: &&str| generation.site.index_of(address).map(|index| super::link(generation, index));
    ABOUT.iter().filter_map(page).collect()
}

/// The way to a page by absolute addresses, itself included: its section's first page stands between it and the home page.
fn way(generation: &Generation, address: &str, title: &str) -> Vec<Link> {
    let step = |title: &str, address: &str| Link { title: title.to_owned(), href: canonical(generation, address) };
    let mut way = vec![step("SentryAgent", site_paths::HOME)];
    let mut end = 0;
    while let Some(next) = address[end + 1..].find('/') {
        end += 1 + next;
        if let Some(page) = generation.site.page(&address[..end]) {
            way.push(step(page.title(), page.address()));
        }
    }
    if address != site_paths::HOME {
        way.push(step(title, address));
    }
    way
}

/// The home page's address.
fn home(generation: &Generation) -> String {
    match generation.config.public.base_path.as_str() {
        "" => "/".to_owned(),
        base => base.to_owned(),
    }
}

/// The absolute address of a site path.
pub fn canonical(generation: &Generation, address: &str) -> String {
    let href = if address == site_paths::HOME { home(generation) } else { generation.site.href(address) };
    generation.config.absolute(&href)
}
