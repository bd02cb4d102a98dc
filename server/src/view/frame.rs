//! What surrounds a page.

use app::model::{Assets, Feed, Frame, Meta, Place, SiteLinks};

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
    Frame {
        meta: Meta {
            title: title.to_owned(),
            description: description.to_owned(),
            canonical: address.map(|address| canonical(generation, address)),
            noindex: address.is_none(),
            feed,
        },
        assets: Assets {
            style: asset(names::STYLE),
            early_script: asset(names::EARLY),
            site_script: asset(names::SITE),
            islands_script: asset(names::ISLANDS),
            module: asset(names::MODULE),
            wasm: asset(names::WASM),
            icon: asset(names::ICON),
        },
        links: SiteLinks {
            home: home(generation),
            docs: site.href(site_paths::DOCS),
            quickstarts: site.href(site_paths::QUICKSTARTS),
            changelog: site.href(site_paths::CHANGELOG),
            feed: site.href(site_paths::FEED),
            did_web: site.href(site_paths::DID_WEB),
        },
        place,
    }
}

/// The home page's address.
fn home(generation: &Generation) -> String {
    match generation.config.public.base_path.as_str() {
        "" => "/".to_owned(),
        base => base.to_owned(),
    }
}

/// The absolute address of a site path.
pub(super) fn canonical(generation: &Generation, address: &str) -> String {
    let href = if address == site_paths::HOME { home(generation) } else { generation.site.href(address) };
    generation.config.absolute(&href)
}
