//! A problem with an agent is reported. Works without script; what was typed stays when something is wrong.

use leptos::prelude::*;

use crate::components::textarea::textarea;
use crate::markdown;
use crate::model::Frame;
use crate::model::marketplace::{Reason, ReportPage as Model, ReportState};

/// Longest text of a report, in characters: as the API takes it.
const MOST: usize = 1000;
const LEAD: &str = "Operators read reports and decide. No number of reports hides an agent by itself. You need no account, and no address of yours is asked for.";
const TAKEN: &str = "Your report was taken";
const NEXT: &str = "An operator will look at it. Keep its number, should you want to come back to it:";
const EXPLAINED: &str = "How reports are decided";

fn title(report: &Model) -> String {
    format!("Report {}", report.agent.title)
}

/// The form, or what came of it.
#[component]
pub(crate) fn ReportPage(report: Model) -> impl IntoView {
    let title = title(&report);
    let Model { agent, action, reasons, text, state, explained } = report;
    let explained = explained.map(|href| view! { <p class="note"><a href=href>{EXPLAINED}</a></p> });
    let body = match state {
        ReportState::Taken(id) => view! {
            <h1>{TAKEN}</h1>
            <p class="lead">{NEXT}</p>
            <p class="did"><code>{id}</code><button type="button" data-copy="">"Copy"</button></p>
            {explained}
            <p class="actions"><a class="button" href=agent.href>"Back to the agent"</a></p>
        }
        .into_any(),
        ReportState::Open | ReportState::Refused(_) => {
            let refused = match state {
                ReportState::Refused(reason) => Some(view! { <p class="notice bad" role="alert">{reason}</p> }),
                _ => None,
            };
            view! {
                <h1 class="said"><bdi>{title}</bdi></h1>
                <p class="lead">{LEAD}</p>
                {refused}
                <form class="report-form" method="post" action=action>
                    <fieldset>
                        <legend>"What is wrong?"</legend>
                        {reasons.iter().map(reason).collect_view()}
                    </fieldset>
                    <label for="report--text">"What operators should know"</label>
                    {textarea("report--text", "text", 5, MOST, &text)}
                    <p class="actions">
                        <button class="button" type="submit">"Send the report"</button>
                        <a class="button quiet" href=agent.href>"Back to the agent"</a>
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

/// The same as Markdown: how to report by the API's words.
pub(crate) fn markdown(report: &Model, frame: &Frame) -> String {
    let mut out = match &report.state {
        ReportState::Taken(id) => markdown::head(TAKEN, NEXT) + &format!("`{id}`\n\n"),
        ReportState::Open => markdown::head(&title(report), LEAD),
        ReportState::Refused(reason) => markdown::head(&title(report), reason),
    };
    if !matches!(report.state, ReportState::Taken(_)) {
        let words: Vec<String> = report.reasons.iter().map(|one| format!("`{}` ({})", one.value, one.title)).collect();
        let action = markdown::absolute(frame, &report.action);
        out.push_str(&format!(
            "Post a form to `{action}` with `reason` and `text`, and the header `Origin: {origin}`. Reasons: {}.\n\n",
            words.join(", "),
            origin = frame.origin
        ));
    }
    if let Some(href) = &report.explained {
        out.push_str(&format!("{}\n\n", markdown::link(frame, EXPLAINED, href)));
    }
    out + &markdown::link(frame, "Back to the agent", &report.agent.href) + "\n"
}
