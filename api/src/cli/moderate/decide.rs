//! `api moderate flag`, `hide` and `restore`

use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveModelTrait as _, ActiveValue, ColumnTrait as _, DatabaseTransaction, EntityTrait as _, IntoActiveModel as _,
    QueryFilter as _,
};
use serde_json::json;

use super::Decision;
use crate::clock::Clock;
use crate::domain::agent::Word as _;
use crate::domain::email::Email;
use crate::domain::id::AgentId;
use crate::domain::moderation::{Moderation, Reason};
use crate::domain::organization::State;
use crate::error::ApiError;
use crate::identity::stored;
use crate::mail::Letter;
use crate::mail::Mailer;
use crate::store::audit::{self, Entry};
use crate::store::entity::{agent, report};
use crate::store::{Store, agents, organizations};

/// What was done, for the mail about it.
struct Done {
    name: String,
    email: Option<String>,
    /// Whether anything is different for those who see the agent.
    is_changed: bool,
    closed_reports: u64,
}

/// Decides, and mails the publisher where something changed: a report that is dismissed is no news to them.
#[expect(clippy::print_stdout, reason = "this is the command line")]
pub(super) async fn run(decision: Decision, to: Moderation, clock: &Clock) -> Result<(), String> {
    let Decision { agent_id, reason, data, mail } = decision;
    let store = Store::existing(&data.data_dir).await.map_err(|error| error.to_string())?;
    let folder = mail.mail_dir.clone().unwrap_or_else(|| data.data_dir.join("mail"));
    // Before anything is written: a decision that nobody can be told of is none.
    let mailer = Mailer::start(&mail, folder, false).map_err(|error| error.to_string())?;
    let now = clock.now();
    let done = store
        .writer
        .run(move |tx| Box::pin(async move { apply(tx, agent_id, to, reason, now).await }))
        .await
        .map_err(|error| error.to_string())?;
    println!(
        "{} is {}{}; {} closed",
        agent_id,
        to.word(),
        if done.is_changed { "" } else { " as before, so nobody is mailed" },
        if done.closed_reports == 1 { "1 report".to_owned() } else { format!("{} reports", done.closed_reports) },
    );
    if !done.is_changed {
        return Ok(());
    }
    let Some(email) = done.email.as_deref().and_then(|email| Email::read(email).ok()) else { return Ok(()) };
    let letter = words(&done.name, agent_id, to, reason);
    if mailer.deliver(&email, &letter).await {
        Ok(())
    } else {
        Err("done, but the mail to the publisher could not be sent".to_owned())
    }
}

async fn apply(
    tx: &DatabaseTransaction,
    id: AgentId,
    to: Moderation,
    reason: Reason,
    now: jiff::Timestamp,
) -> Result<Done, ApiError> {
    let row = agent::Entity::find_by_id(id.to_string()).one(tx).await?.ok_or(ApiError::NO_AGENT)?;
    let organization = stored(&row.organization_id)?;
    let publisher = organizations::get(tx, organization).await?;
    let state = State::read(&publisher.state).ok_or_else(|| ApiError::internal("a state that is none"))?;
    let was = agents::is_published(&row, state);
    let mut active = row.clone().into_active_model();
    active.moderation = ActiveValue::Set(to.word().to_owned());
    active.moderation_reason = ActiveValue::Set((to != Moderation::Visible).then(|| reason.word().to_owned()));
    let after = active.update(tx).await?;
    let is = agents::is_published(&after, state);
    agents::tell(tx, &row.id, was, is, now.as_millisecond()).await?;
    let closed = report::Entity::update_many()
        .col_expr(report::Column::State, Expr::value("closed"))
        .filter(report::Column::AgentId.eq(row.id.clone()))
        .filter(report::Column::State.eq("open"))
        .exec(tx)
        .await?;
    let metadata = json!({
        "moderation": to, "before": row.moderation, "reason": reason, "closedReports": closed.rows_affected,
    });
    let entry = Entry {
        actor: "operator".to_owned(),
        agent_id: Some(id),
        ..Entry::of(organization, "agent.moderated", metadata)
    };
    audit::append(tx, now, entry).await?;
    let is_changed = row.moderation != after.moderation || row.moderation_reason != after.moderation_reason;
    Ok(Done { name: row.name, email: publisher.email, is_changed, closed_reports: closed.rows_affected })
}

/// The mail.
fn words(name: &str, id: AgentId, to: Moderation, reason: Reason) -> Letter {
    let (subject, done) = match to {
        Moderation::Hidden => (
            "Your agent was taken out of the marketplace",
            "was taken out of the marketplace. It keeps its identifier, its credentials and its DID",
        ),
        Moderation::Flagged => {
            ("Your agent has a warning in the marketplace", "is shown in the marketplace with a warning")
        }
        Moderation::Visible => (
            "Your agent is shown in the marketplace again",
            "is shown in the marketplace without a warning, as any other",
        ),
    };
    Letter::new(subject)
        .text(format!("Your agent {name} ({id}) {done}."))
        .text(format!("Class of the reason: {}.", reason.word()))
        .text(
            "If you think that this is wrong, answer this mail: a person reads it and decides again. It is an event of your \
             audit trail (agent.moderated).",
        )
}
