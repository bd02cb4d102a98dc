//! Fills a database with invented published agents, for `bench/market.sh`: `cargo run --release -p api --example fill
//! -- FOLDER [AGENTS]`. Deterministic except for IDs.
#![allow(clippy::print_stdout, clippy::expect_used, reason = "a measurement, for people")]

use std::path::PathBuf;
use std::time::Instant;

use domain::agent::{AgentFields, AgentType, TextForm as _};
use domain::claim::{ClaimKind, Method};
use domain::email::Email;
use store::Store;
use store::seed::{self, SeedAgent, SeedClaim, SeedOrganization};

const AGENTS: u64 = 100_000;
/// Agents per organization.
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

/// Deterministic random numbers.
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

    /// Returns an invented word, distributed as in texts: few frequent, most rare.
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
        let kind = self.of(AgentType::TEXTS).1;
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

/// Creates an agent of an age, one in four with a verified domain.
fn agent(random: &mut Random, number: u64, now: i64) -> SeedAgent {
    let created_at = now - i64::try_from(random.below(400)).expect("small") * DAY_MS;
    let profile = random.fields(number).register("Bench").expect("an agent");
    let domain = SeedClaim {
        kind: ClaimKind::Domain,
        target: "bench.example".to_owned(),
        method: Method::Dns,
        checked_at: now,
        evidence_url: None,
    };
    let claims = if random.below(4) == 0 { vec![domain] } else { Vec::new() };
    SeedAgent { profile, created_at, claims }
}

#[tokio::main]
async fn main() {
    let mut arguments = std::env::args().skip(1);
    let folder = PathBuf::from(arguments.next().expect("the folder of the database"));
    let count = arguments.next().map_or(AGENTS, |text| text.parse().expect("how many agents"));
    let store = Store::open(&folder, None).await.expect("a database");
    let (start, now) = (Instant::now(), jiff::Timestamp::now());
    let mut random = Random(88_172_645_463_325_252);
    for number in 0..count.div_ceil(EACH) {
        let numbers = number * EACH..count.min((number + 1) * EACH);
        let organization = SeedOrganization {
            name: format!("Publisher {number}"),
            display_name: None,
            slug: format!("publisher-{number}"),
            email: Email::parse(&format!("publisher-{number}@bench.example")).expect("an address"),
            created_at: now.as_millisecond(),
            agents: numbers.map(|number| agent(&mut random, number, now.as_millisecond())).collect(),
        };
        seed::insert(&store, "bench.example".to_owned(), vec![organization], now).await.expect("written");
    }
    println!("{count} agents in {:?}", start.elapsed());
}
