//! The section's pages.

use leptos::prelude::*;

use crate::model::NavNode;

/// The sidebar: a column where there is room, a popover on a phone.
#[component]
pub(crate) fn Sidebar(nav: Vec<NavNode>) -> impl IntoView {
    (!nav.is_empty()).then(|| {
        view! {
            <button class="sidebar-button" type="button" popovertarget="page--nav">"All pages"</button>
            <nav class="sidebar" id="page--nav" popover="auto" aria-label="Pages">
                <ul>{nav.into_iter().map(group).collect_view()}</ul>
            </nav>
        }
    })
}

/// A group on the first level: its title stands above its pages.
fn group(node: NavNode) -> AnyView {
    let NavNode { title, href, current, children, .. } = node;
    let title = match href {
        Some(href) => link(title, href, current),
        None => view! { <span>{title}</span> }.into_any(),
    };
    view! { <li class="group">{title}{list(children)}</li> }.into_any()
}

/// An entry below a group. Recursion is as deep as the folders are.
fn entry(node: NavNode) -> AnyView {
    let NavNode { title, href, current, children, .. } = node;
    let title = match href {
        Some(href) => link(title, href, current),
        None => view! { <span>{title}</span> }.into_any(),
    };
    view! { <li>{title}{list(children)}</li> }.into_any()
}

fn list(children: Vec<NavNode>) -> AnyView {
    if children.is_empty() {
        return ().into_any();
    }
    view! { <ul>{children.into_iter().map(entry).collect_view()}</ul> }.into_any()
}

fn link(title: String, href: String, current: bool) -> AnyView {
    let current = current.then_some("page");
    view! { <a href=href aria-current=current>{title}</a> }.into_any()
}
