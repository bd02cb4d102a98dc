//! Navigation within a section.

use leptos::prelude::*;

use crate::model::NavNode;

/// Sidebar: a column on wide screens, a popover on a phone.
#[component]
pub(crate) fn Sidebar(nav: Vec<NavNode>) -> impl IntoView {
    (!nav.is_empty()).then(|| {
        view! {
            <button class="sidebar-button" type="button" popovertarget="page--nav">"All pages"</button>
            <nav class="sidebar" id="page--nav" popover="auto" aria-label="Documentation">
                <ul>{nav.into_iter().map(group).collect_view()}</ul>
            </nav>
        }
    })
}

/// Top-level group: a title above its pages.
fn group(node: NavNode) -> AnyView {
    let NavNode { title, href, current, children, .. } = node;
    let title = match href {
        Some(href) => link(title, href, current),
        None => view! { <span>{title}</span> }.into_any(),
    };
    view! { <li class="group">{title}{list(children)}</li> }.into_any()
}

/// Entry below a group. Recursion is as deep as the folders.
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
