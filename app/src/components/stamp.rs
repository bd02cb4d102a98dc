//! Verification badge: kind, target, method, and dates of the check and the expiry.

use leptos::prelude::*;

use crate::markdown;
use crate::model::marketplace::Claim;

/// Text for an agent without verifications.
pub(crate) const NOTHING: &str = "Not verified";

/// All verification badges of an agent.
pub(crate) fn stamps(claims: &[Claim]) -> AnyView {
    if claims.is_empty() {
        return view! { <p class="unchecked">{NOTHING}</p> }.into_any();
    }
    view! { <ul class="stamps">{claims.iter().map(stamp).collect_view()}</ul> }.into_any()
}

fn stamp(claim: &Claim) -> AnyView {
    let class = if claim.is_expired { "stamp expired" } else { "stamp" };
    let kind = claim.kind.title();
    let kind = if claim.is_expired { view! { <s>{kind}</s> }.into_any() } else { kind.into_any() };
    view! {
        <li class=class>
            <strong>{kind}{claim.is_expired.then_some(" expired")}</strong>
            " "<span>{claim.short_target()}</span>
            " "<span>{claim.method_title().to_owned()}</span>
            " "<span class="days">{claim.days()}</span>
        </li>
    }
    .into_any()
}

/// Markdown form of the badges, on one line.
pub(crate) fn line(claims: &[Claim]) -> String {
    if claims.is_empty() {
        return NOTHING.to_owned();
    }
    let one = |claim: &Claim| {
        let (kind, expired) = (claim.kind.title(), if claim.is_expired { " expired" } else { "" });
        let target = markdown::text(&claim.short_target());
        format!("{kind}{expired} {target} {} {}", markdown::text(claim.method_title()), claim.days())
    };
    claims.iter().map(one).collect::<Vec<_>>().join("; ")
}
