//! Verification badge: kind, target, method, and dates of the check and the expiry.

use leptos::prelude::*;

use crate::markdown;
use crate::model::marketplace::Claim;

/// Text for an agent without verifications.
pub(crate) const NOTHING: &str = "Not verified";

/// Verification badges of an agent, and the number of further ones.
pub(crate) fn stamps(claims: &[Claim], more: usize) -> AnyView {
    if claims.is_empty() {
        return view! { <p class="unchecked">{NOTHING}</p> }.into_any();
    }
    view! {
        <ul class="stamps">
            {claims.iter().map(stamp).collect_view()}
            {(more > 0).then(|| view! { <li class="more">{format!("{more} more")}</li> })}
        </ul>
    }
    .into_any()
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
pub(crate) fn line(claims: &[Claim], more: usize) -> String {
    if claims.is_empty() {
        return NOTHING.to_owned();
    }
    let one = |claim: &Claim| {
        let (kind, expired) = (claim.kind.title(), if claim.is_expired { " expired" } else { "" });
        let target = markdown::text(&claim.short_target());
        format!("{kind}{expired} {target} {} {}", markdown::text(claim.method_title()), claim.days())
    };
    let more = (more > 0).then(|| format!("{more} more"));
    claims.iter().map(one).chain(more).collect::<Vec<_>>().join("; ")
}
