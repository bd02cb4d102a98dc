//! A database of made-up published agents, for `bench/market.sh`: `cargo run --release -p api --example fill -- FOLDER
//! [AGENTS]`. The same agents every time, but for their identifiers. It writes no audit trail: nothing reads it there.
#![allow(clippy::print_stdout, clippy::expect_used, reason = "a measurement, for people")]

use std::path::PathBuf;
use std::time::Instant;

use api::domain::agent::{AgentFields, AgentType, Word as _};
use api::domain::id::{AgentId, OrganizationId};
use api::domain::organization::{State, read_slug};
use api::domain::tier::Tier;
use api::error::ApiError;
use api::store::entity::{agent, claim, organization};
use api::store::{Store, agents};
use sea_orm::{DatabaseTransaction, EntityTrait as _, IntoActiveModel as _};

const AGENTS: u64 = 100_000;
/// Agents of one organization.
const EACH: u64 = 100;
const DAY_MS: i64 = 86_400_000;
const SYLLABLES: [&str; 32] = [
    "ba", "co", "di", "fu", "ga", "he", "ji", "ko", "la", "me", "ni", "po", "qua", "ri", "su", "ta", "ve", "wi", "xo",
    "ya", "zu", "bra", "cle", "dro", "fli", "gro", "plo", "spe", "sta", "tri", "shi", "cha",
];
const SUBJECTS: [&str; 48] = [
    "invoice",
    "contract",
    "ticket",
    "order",
    "claim",
    "candidate",
    "shipment",
    "payment",
    "lead",
    "incident",
    "alert",
    "patient",
    "tenant",
    "student",
    "grant",
    "patent",
    "policy",
    "recipe",
    "route",
    "sensor",
    "meter",
    "camera",
    "review",
    "survey",
    "receipt",
    "ledger",
    "budget",
    "forecast",
    "calendar",
    "meeting",
    "mail",
    "document",
    "image",
    "video",
    "speech",
    "translation",
    "code",
    "commit",
    "build",
    "deployment",
    "log",
    "metric",
    "inventory",
    "supplier",
    "customer",
    "glossary",
    "weather",
    "energy",
];
const DOINGS: [(&str, &str); 16] = [
    ("screener", "screen"),
    ("classifier", "classify"),
    ("router", "route"),
    ("monitor", "watch"),
    ("summarizer", "summarize"),
    ("extractor", "read"),
    ("orchestrator", "run"),
    ("planner", "plan"),
    ("checker", "check"),
    ("writer", "write"),
    ("translator", "translate"),
    ("matcher", "match"),
    ("reporter", "report"),
    ("scheduler", "schedule"),
    ("auditor", "audit"),
    ("archivist", "archive"),
];

/// The same numbers every time.
struct Random(u64);

impl Random {
    fn below(&mut self, most: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % most
    }

    fn of<T: Copy>(&mut self, all: &[T]) -> T {
        all[usize::try_from(self.below(all.len() as u64)).expect("small")]
    }

    /// Made-up words as in texts: few of them often, most of them seldom.
    fn word(&mut self) -> String {
        let most = 1 << (4 + self.below(13));
        let mut number = self.below(most) + 33;
        let mut word = String::new();
        while number > 0 {
            word.push_str(SYLLABLES[usize::try_from(number % 32).expect("small")]);
            number /= 32;
        }
        word
    }

    fn fields(&mut self, number: u64) -> AgentFields {
        let (subject, (what, does), own) = (self.of(&SUBJECTS), self.of(&DOINGS), self.word());
        let words = (0..18).map(|_| self.word()).collect::<Vec<_>>().join(" ");
        let kind = self.of(AgentType::WORDS).1;
        let resource = if self.below(2) == 0 { subject.to_owned() } else { self.word() };
        AgentFields {
            name: Some(format!("{own} {subject} {what} {number}")),
            description: Some(format!("An agent that can {does} each {subject} for {own}: {words}.")),
            agent_type: Some(kind.to_owned()),
            capabilities: Some(vec![format!("{resource}:{does}"), format!("{subject}:read")]),
            tags: Some(vec![subject.to_owned(), self.word(), self.word()]),
            is_public: Some(true),
            ..AgentFields::default()
        }
    }
}

async fn organization(tx: &DatabaseTransaction, number: u64, now: i64) -> Result<OrganizationId, ApiError> {
    let id = OrganizationId::new();
    let row = organization::Model {
        id: id.to_string(),
        name: format!("Publisher {number}"),
        display_name: None,
        name_key: api::domain::name::key(&format!("Publisher {number}")),
        slug: read_slug(&format!("publisher-{number}")).map_err(|refusal| ApiError::internal(refusal.0))?,
        email: None,
        email_key: None,
        state: State::Verified.as_str().to_owned(),
        tier: Tier::Free.as_str().to_owned(),
        expires_at: None,
        claim_hash: None,
        deletion_asked_at: None,
        created_at: now,
        updated_at: now,
    };
    organization::Entity::insert(row.into_active_model()).exec_without_returning(tx).await?;
    Ok(id)
}

async fn agent(
    tx: &DatabaseTransaction,
    organization: OrganizationId,
    fields: AgentFields,
    at: i64,
) -> Result<AgentId, ApiError> {
    let id = AgentId::new();
    let mut row = agents::blank(id, organization, "bench.example".to_owned(), at);
    agents::write(fields.register("Bench")?, &mut row)?;
    row.published_at = Some(at);
    agent::Entity::insert(row.into_active_model()).exec_without_returning(tx).await?;
    agents::tell(tx, &id.to_string(), false, true, at).await?;
    Ok(id)
}

/// That a domain was checked.
async fn checked(
    tx: &DatabaseTransaction,
    organization: OrganizationId,
    agent: AgentId,
    now: i64,
) -> Result<(), ApiError> {
    let row = claim::Model {
        id: uuid::Uuid::now_v7().to_string(),
        organization_id: organization.to_string(),
        agent_id: Some(agent.to_string()),
        kind: "domain".to_owned(),
        target: "bench.example".to_owned(),
        nonce: "bench".to_owned(),
        state: "valid".to_owned(),
        method: Some("dns".to_owned()),
        checked_at: Some(now),
        expires_at: Some(now + 30 * DAY_MS),
        next_check_at: None,
        evidence_url: None,
        failures: 0,
        last_failure: None,
        last_tried_at: Some(now),
        created_at: now,
    };
    claim::Entity::insert(row.into_active_model()).exec_without_returning(tx).await?;
    Ok(())
}

#[tokio::main]
async fn main() {
    let mut arguments = std::env::args().skip(1);
    let folder = PathBuf::from(arguments.next().expect("the folder of the database"));
    let count = arguments.next().map_or(AGENTS, |text| text.parse().expect("how many agents"));
    let store = Store::sqlite(&folder).await.expect("a database");
    let (start, now) = (Instant::now(), jiff::Timestamp::now().as_millisecond());
    let mut random = Random(88_172_645_463_325_252);
    for number in 0..count.div_ceil(EACH) {
        let numbers = number * EACH..count.min((number + 1) * EACH);
        let all: Vec<_> = numbers
            .map(|number| {
                let age = i64::try_from(random.below(400)).expect("small") * DAY_MS;
                (random.fields(number), now - age, random.below(4) == 0)
            })
            .collect();
        let written = store.writer.run(move |tx| {
            Box::pin(async move {
                let publisher = organization(tx, number, now).await?;
                for (fields, at, is_checked) in all {
                    let id = agent(tx, publisher, fields, at).await?;
                    if is_checked {
                        checked(tx, publisher, id, now).await?;
                    }
                }
                Ok::<_, ApiError>(())
            })
        });
        written.await.expect("written");
    }
    println!("{count} agents in {:?}", start.elapsed());
}
