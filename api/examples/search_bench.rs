//! Benchmark of searches over 100,000 invented agents: `cargo run --release -p api --example search_bench`.
//!
//! Prints, for each query, the number of matches and the times of 200 sequential searches.
#![allow(clippy::print_stdout, clippy::expect_used, reason = "a measurement, for people")]

use std::time::{Duration, Instant};

use api::marketplace::{Facet, Index, IndexEntry, MarketplaceQuery, PageStart, Sort};
use uuid::Uuid;

const AGENTS: u64 = 100_000;
const TIMES: usize = 200;
const SYLLABLES: [&str; 32] = [
    "ba", "co", "di", "fu", "ga", "he", "ji", "ko", "la", "me", "ni", "po", "qua", "ri", "su", "ta", "ve", "wi", "xo",
    "ya", "zu", "bra", "cle", "dro", "fli", "gro", "plo", "spe", "sta", "tri", "shi", "cha",
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

    /// Returns a word, distributed as in texts: few frequent, most rare.
    fn word(&mut self) -> String {
        let most = 1 << (3 + self.below(13));
        let mut number = self.below(most) + 7;
        let mut word = String::new();
        while number > 0 {
            word.push_str(SYLLABLES[usize::try_from(number % 32).expect("small")]);
            number /= 32;
        }
        word
    }

    fn words(&mut self, count: u64) -> String {
        (0..count).map(|_| self.word()).collect::<Vec<_>>().join(" ")
    }
}

fn listing(number: u64, random: &mut Random) -> IndexEntry {
    let types = ["screener", "classifier", "orchestrator", "extractor", "summarizer", "router", "monitor", "custom"];
    let publisher = random.below(5_000);
    IndexEntry {
        id: Uuid::from_u128(u128::from(number) << 64 | u128::from(random.0)),
        name: format!("{} {} {number}", random.word(), random.word()),
        description: format!("An agent that {}.", random.words(25)),
        tags: (0..3).map(|_| random.word()).collect(),
        capabilities: (0..3).map(|_| format!("{}:read", random.word())).collect(),
        owner: format!("Owner {publisher}"),
        agent_type: types[usize::try_from(random.below(8)).expect("small")].to_owned(),
        publisher_id: format!("p{publisher}"),
        publisher_slug: format!("publisher-{publisher}"),
        publisher_name: format!("Publisher {publisher}"),
        published_at: i64::try_from(number).expect("small"),
        updated_at: i64::try_from(random.below(1 << 40)).expect("small"),
        checked_until: [i64::MAX * i64::from(number.is_multiple_of(4)), 0, 0],
    }
}

fn main() {
    let index = Index::new().expect("an index");
    let mut random = Random(88_172_645_463_325_252);
    let listings: Vec<IndexEntry> = (0..AGENTS).map(|number| listing(number, &mut random)).collect();
    let some = listings[50_000].clone();
    let start = Instant::now();
    index.add(listings).expect("added");
    index.commit().expect("committed");
    println!("indexed in {:?}", start.elapsed());
    index.merge_segments().expect("merged");
    println!("merged into one segment after {:?}", start.elapsed());
    let typo: String = some.name.char_indices().map(|(at, letter)| if at == 3 { 'x' } else { letter }).collect();
    let facets: Vec<Facet> = Facet::ALL.iter().map(|(facet, _)| *facet).collect();
    let of = |text: &str| MarketplaceQuery {
        text: text.to_owned(),
        sort: if text.is_empty() { Sort::Recent } else { Sort::Relevance },
        facets: facets.clone(),
        limit: 20,
        ..MarketplaceQuery::default()
    };
    let by_name = MarketplaceQuery { sort: Sort::Name, ..of("") };
    let deep = MarketplaceQuery { place: PageStart::Offset(9_980), ..of("") };
    let narrow = MarketplaceQuery { capabilities: vec![vec![some.capabilities[0].clone()]], ..of("") };
    for (what, query) in [
        ("everything", of("")),
        ("everything by name", by_name),
        ("everything, last page", deep),
        ("a capability", narrow),
        ("a word of all agents", of("agent")),
        ("a prefix of one letter", of("b")),
        ("a prefix of three letters", of("cob")),
        ("a rare word", of(&some.tags[0])),
        ("two words", of("agent bala")),
        ("five words", of("agent that shicha quame trista")),
        ("a name", of(&some.name)),
        ("a name with a typo", of(&typo)),
        ("nothing", of("xylophonistically unfindable")),
    ] {
        let mut times: Vec<Duration> = Vec::new();
        let mut total = 0;
        for _ in 0..TIMES {
            let start = Instant::now();
            total = index.search(&query, 1).expect("a result").total;
            times.push(start.elapsed());
        }
        times.sort();
        println!("{what:30} {total:6} match  p50 {:?}  p99 {:?}", times[TIMES / 2], times[TIMES * 99 / 100]);
    }
    let start = Instant::now();
    index.replace([(some.id, Some(some))]).expect("replaced");
    index.commit().expect("committed");
    println!("one updated in {:?}", start.elapsed());
}
