//! Report form for an agent. Works without script; an invalid form keeps its values.

use leptos::prelude::*;

use crate::components::textarea::textarea;
use crate::markdown;
use crate::model::Frame;
use crate::model::marketplace::{Reason, ReportPage as Model, ReportState};

/// Maximum length of a report in characters; the API's limit.
const MAX_LENGTH: usize = 1000;
const LEAD: &str =
    "Operators review each report. Reports alone never hide an agent. You don’t need an account or an email address.";
const RECEIVED: &str = "Report received";
const NEXT: &str = "An operator will review it. Keep the report ID for reference:";
const EXPLAINED: &str = "How reports are reviewed";

fn title(report: &Model) -> String {
    format!("Report {}", report.agent.title)
}

/// Form or confirmation.
#[component]
pub(crate) fn ReportPage(report: Model) -> impl IntoView {
    let title = title(&report);
    let Model { agent, action, reasons, text, state, explained } = report;
    let explained = explained.map(|href| view! { <p class="note"><a href=href>{EXPLAINED}</a></p> });
    let body = match state {
        ReportState::Received(id) => view! {
            <h1>{RECEIVED}</h1>
            <p class="lead">{NEXT}</p>
            <p class="did"><code>{id}</code><button type="button" data-copy="">"Copy"</button></p>
            {explained}
            <p class="actions"><a class="button" href=agent.href>"Back to agent"</a></p>
        }
        .into_any(),
        ReportState::Open | ReportState::Rejected(_) => {
            let rejected = match state {
                ReportState::Rejected(reason) => Some(view! { <p class="notice bad" role="alert">{reason}</p> }),
                _ => None,
            };
            view! {
                <h1 class="said"><bdi>{title}</bdi></h1>
                <p class="lead">{LEAD}</p>
                {rejected}
                <form class="report-form" method="post" action=action>
                    <fieldset>
                        <legend>"What is wrong?"</legend>
                        {reasons.iter().map(reason).collect_view()}
                    </fieldset>
                    <label for="report--text">"Details for the operators"</label>
                    {textarea("report--text", "text", 5, MAX_LENGTH, &text)}
                    <p class="actions">
                        <button class="button" type="submit">"Send report"</button>
                        <a class="button quiet" href=agent.href>"Back to agent"</a>
                    </p>
                </form>
                {explained}
            }
            .into_any()
        }
    };
    view! { <main id="page--main" class="single">{body}</main> }.into_any()
}

fn reason(reason: &Reason) -> AnyView {
    let Reason { value, title, is_chosen } = *reason;
    view! { <label><input type="radio" name="reason" value=value checked=is_chosen required/>{title}</label> }
        .into_any()
}

/// Markdown form: instructions for reporting without the form.
pub(crate) fn markdown(report: &Model, frame: &Frame) -> String {
    let mut out = match &report.state {
        ReportState::Received(id) => markdown::head(RECEIVED, NEXT) + &format!("`{id}`\n\n"),
        ReportState::Open => markdown::head(&title(report), LEAD),
        ReportState::Rejected(reason) => markdown::head(&title(report), reason),
    };
    if !matches!(report.state, ReportState::Received(_)) {
        let words: Vec<String> = report.reasons.iter().map(|one| format!("`{}` ({})", one.value, one.title)).collect();
        let action = markdown::absolute(frame, &report.action);
        out.push_str(&format!(
            "Post a form with `reason` and `text` to `{action}`, with the header `Origin: {origin}`. Reasons: {}.\n\n",
            words.join(", "),
            origin = frame.origin
        ));
    }
    if let Some(href) = &report.explained {
        out.push_str(&format!("{}\n\n", markdown::link(frame, EXPLAINED, href)));
    }
    out + &markdown::link(frame, "Back to agent", &report.agent.href) + "\n"
}
