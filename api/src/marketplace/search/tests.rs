mod approximate;

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::*;
use crate::marketplace::index::IndexEntry;
use crate::marketplace::query::{Facet, Sort, Value};

const NOW: i64 = 1_000_000;

fn listing(number: u128, name: &str) -> IndexEntry {
    IndexEntry {
        id: Uuid::from_u128(number),
        name: name.to_owned(),
        description: String::new(),
        tags: Vec::new(),
        capabilities: vec!["mcp:call".to_owned()],
        owner: "Example".to_owned(),
        agent_type: "custom".to_owned(),
        publisher_id: "p1".to_owned(),
        publisher_slug: "example".to_owned(),
        publisher_name: "Example".to_owned(),
        published_at: i64::try_from(number).expect("small"),
        updated_at: 0,
        checked_until: [0; 3],
    }
}

fn index(listings: Vec<IndexEntry>) -> Index {
    let index = Index::new().expect("an index");
    index.add(listings).expect("added");
    index.commit().expect("committed");
    index
}

fn named(names: &[&str]) -> Index {
    index(names.iter().enumerate().map(|(at, name)| listing(at as u128 + 1, name)).collect())
}

fn text_query(text: &str) -> MarketplaceQuery {
    MarketplaceQuery { text: text.to_owned(), sort: Sort::Relevance, limit: 100, ..MarketplaceQuery::default() }
}

/// Returns the results by number.
fn found(index: &Index, query: &MarketplaceQuery) -> Vec<u128> {
    index.search(query, NOW).expect("a result").ids.iter().map(Uuid::as_u128).collect()
}

fn finds(index: &Index, text: &str) -> Vec<u128> {
    found(index, &text_query(text))
}

#[test]
fn the_exact_name_ranks_first_ignoring_case() {
    let index = named(&["Invoice Invoice Screener", "invoice screener pro", "INVOICE screener", "Screener invoices"]);
    assert_eq!(finds(&index, "Invoice  Screener")[0], 3);
    assert_eq!(finds(&index, "invoice screener").len(), 4);
}

#[test]
fn all_words_must_match_in_any_field_by_prefix_or_typo() {
    let mut screener = listing(1, "Invoice screener");
    screener.description = "Compares invoices with orders.".to_owned();
    screener.tags = vec!["finance".to_owned()];
    screener.capabilities = vec!["ledger:read".to_owned()];
    screener.owner = "Northquay".to_owned();
    let index = index(vec![screener, listing(2, "Invoice archive")]);
    for text in ["screener", "scre", "sc", "s", "compares", "finance", "ledger", "northquay", "ledger:read"] {
        assert_eq!(finds(&index, text), [1], "{text}");
    }
    assert_eq!(finds(&index, "invoice screener"), [1]);
    assert_eq!(finds(&index, "invioce scerener northqauy"), [1], "a typo in every word");
    assert_eq!(finds(&index, "nrothqauy"), [1], "two typos from eight letters");
    assert_eq!(finds(&index, "invoice nothing"), [0; 0]);
    assert_eq!(finds(&index, "invoice").len(), 2);
}

#[test]
fn names_of_any_script_are_found_by_name_and_by_typo() {
    let names = ["io.github.foo/bar-baz", "日本語翻訳エージェント", "وكيل الفواتير", "翻訳機", "io.github.foo/other"];
    let index = named(&names);
    for (at, name) in names.iter().enumerate() {
        let number = at as u128 + 1;
        assert_eq!(finds(&index, name)[0], number, "{name}");
        let letters: Vec<char> = name.chars().collect();
        for place in 0..letters.len() {
            let mut wrong = letters.clone();
            wrong[place] = if wrong[place].is_ascii() { '#' } else { 'あ' };
            let wrong: String = wrong.into_iter().collect();
            let ids = finds(&index, &wrong);
            assert!(ids.iter().take(5).any(|id| *id == number), "{wrong} for {name}: {ids:?}");
        }
        for place in 0..letters.len() - 1 {
            let mut wrong = letters.clone();
            wrong.swap(place, place + 1);
            let wrong: String = wrong.into_iter().collect();
            assert!(finds(&index, &wrong).iter().take(5).any(|id| *id == number), "{wrong} for {name}");
        }
    }
    assert_eq!(finds(&index, "翻訳"), [4, 2], "prefix before infix");
}

#[test]
fn facets_count_all_matches_and_filters_narrow_them() {
    let agents = (1..=60_u128).map(|number| {
        let mut one = listing(number, &format!("Agent {number}"));
        one.capabilities = vec![format!("c{number}:do"), "all:do".to_owned()];
        if number % 2 == 0 {
            one.capabilities.push("even:do".to_owned());
            one.publisher_id = "p2".to_owned();
            one.publisher_slug = "second".to_owned();
            one.publisher_name = "Second".to_owned();
        }
        one.agent_type = if number % 3 == 0 { "router" } else { "custom" }.to_owned();
        one.updated_at = i64::try_from(number).expect("small");
        one.checked_until = [if number <= 10 { NOW + 1 } else { 0 }, NOW, if number == 60 { NOW + 1 } else { 0 }];
        one
    });
    let index = index(agents.collect());
    let facets = Facet::ALL.map(|(facet, _)| facet).to_vec();
    let query = MarketplaceQuery { limit: 1, facets, ..MarketplaceQuery::default() };
    let all = index.search(&query, NOW).expect("a result");
    assert_eq!((all.total, all.ids.len()), (60, 1));
    let labeled = |value: &str, label: Option<&str>, count| Value {
        value: value.to_owned(),
        label: label.map(str::to_owned),
        count,
    };
    let value = |value: &str, count| labeled(value, None, count);
    assert_eq!(all.facets[0].1[..2], [value("all:do", 60), value("even:do", 30)]);
    assert_eq!((all.facets[0].1.len(), &all.facets[0].1[2]), (50, &value("c10:do", 1)), "ties are sorted by name");
    assert_eq!(all.facets[1].1, [value("custom", 40), value("router", 20)]);
    let publishers = [labeled("example", Some("Example"), 30), labeled("second", Some("Second"), 30)];
    assert_eq!(all.facets[2].1, publishers);
    assert_eq!(all.facets[3].1, [value("domain", 10), value("repository", 1)], "a claim that expires now is expired");
    let total = |query: MarketplaceQuery| index.search(&query, NOW).expect("a result").total;
    let any = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>();
    let of = |capabilities| MarketplaceQuery { capabilities, limit: 1, ..MarketplaceQuery::default() };
    assert_eq!(total(of(vec![any(&["c1:do", "c2:do"])])), 2);
    assert_eq!(total(of(vec![any(&["c1:do", "c2:do"]), any(&["even:do"])])), 1);
    assert_eq!(total(of(vec![any(&["none:do"])])), 0);
    let query = MarketplaceQuery { limit: 1, ..MarketplaceQuery::default() };
    assert_eq!(total(MarketplaceQuery { publisher: Some("p2".to_owned()), ..query.clone() }), 30);
    assert_eq!(total(MarketplaceQuery { agent_type: Some(AgentType::Router), ..query.clone() }), 20);
    for (checked, count) in [
        (vec![vec![0, 2]], 11),
        (vec![vec![0], vec![2]], 0),
        (vec![vec![0], vec![0, 2]], 10),
        (vec![vec![1]], 0),
        (vec![vec![0, 1, 2], vec![1]], 0),
    ] {
        assert_eq!(total(MarketplaceQuery { checked: checked.clone(), ..query.clone() }), count, "{checked:?}");
    }
    assert_eq!(total(MarketplaceQuery { updated_since: Some(51), ..query }), 10);
}

#[test]
fn updated_agents_are_found_by_new_words_and_removed_agents_not_at_all() {
    let index = named(&["Alpha", "Beta"]);
    index.replace([(Uuid::from_u128(1), Some(listing(1, "Gamma"))), (Uuid::from_u128(2), None)]).expect("replaced");
    index.commit().expect("committed");
    assert_eq!((finds(&index, "alpha"), finds(&index, "beta"), finds(&index, "gamma")), (vec![], vec![], vec![1]));
    assert_eq!(finds(&index, ""), [1]);
}

#[test]
fn a_renamed_publisher_is_renamed_for_earlier_agents() {
    let index = named(&["Alpha", "Beta"]);
    let mut renamed = listing(2, "Beta");
    (renamed.publisher_slug, renamed.publisher_name) = ("other".to_owned(), "Other".to_owned());
    index.replace([(renamed.id, Some(renamed))]).expect("replaced");
    index.commit().expect("committed");
    let query = MarketplaceQuery { facets: vec![Facet::Publisher], limit: 1, ..MarketplaceQuery::default() };
    let found = index.search(&query, NOW).expect("a result");
    let expected = Value { value: "other".to_owned(), label: Some("Other".to_owned()), count: 2 };
    assert_eq!(found.facets, [(Facet::Publisher, vec![expected])]);
}

#[test]
fn a_query_without_words_matches_names_only() {
    let index = named(&["!!!", "Alpha"]);
    assert_eq!(finds(&index, "!!!"), [1]);
    assert_eq!(finds(&index, "???"), [0; 0]);
}

#[test]
fn large_and_small_result_sets_are_counted_and_sorted_alike() {
    let agents: Vec<IndexEntry> = (1..=3000_u128)
        .map(|number| {
            let mut one = listing(number, &format!("Agent {}", number * 7919 % 3000));
            one.agent_type = if number % 100 == 0 { "router" } else { "custom" }.to_owned();
            one.capabilities = vec![format!("c{}:do", number % 7)];
            one.updated_at = i64::try_from(number * 31 % 50).expect("small");
            one
        })
        .collect();
    let index = index(agents.clone());
    let is_gone = |one: &IndexEntry| one.id.as_u128() % 10 == 3;
    index.replace(agents.iter().filter(|one| is_gone(one)).map(|one| (one.id, None))).expect("replaced");
    index.commit().expect("committed");
    let of = |text: &str, agent_type, sort| MarketplaceQuery {
        text: text.to_owned(),
        agent_type,
        sort,
        facets: vec![Facet::Capability, Facet::AgentType],
        limit: 10,
        ..MarketplaceQuery::default()
    };
    for sort in [Sort::Recent, Sort::Updated, Sort::Name] {
        for agent_type in [None, Some(AgentType::Router)] {
            for text in ["", "agent", "a", "agent 12"] {
                let is_found = |one: &&IndexEntry| {
                    let number = one.name.trim_start_matches("Agent ");
                    !is_gone(one)
                        && (agent_type.is_none() || one.agent_type == "router")
                        && (text != "agent 12" || number.starts_with("12"))
                };
                let mut expected: Vec<&IndexEntry> = agents.iter().filter(is_found).collect();
                match sort {
                    Sort::Recent => expected.sort_by_key(|one| (-one.published_at, one.id)),
                    Sort::Updated => expected.sort_by_key(|one| (-one.updated_at, one.id)),
                    _ => expected.sort_by_key(|one| (one.name.to_lowercase(), one.id)),
                }
                let found = index.search(&of(text, agent_type, sort), NOW).expect("a result");
                let ids: Vec<Uuid> = expected.iter().take(10).map(|one| one.id).collect();
                assert_eq!((found.total, found.ids), (expected.len() as u64, ids), "{text:?} {sort:?}");
                for value in found.facets.iter().flat_map(|(_, values)| values) {
                    let has = |one: &&&IndexEntry| one.capabilities[0] == value.value || one.agent_type == value.value;
                    let count = expected.iter().filter(has).count() as u64;
                    assert_eq!(value.count, count, "{text:?} {}", value.value);
                }
            }
        }
    }
}

/// Returns all pages, by cursor and by page number.
fn pages(index: &Index, query: &MarketplaceQuery) -> (Vec<u128>, Vec<u128>) {
    let (mut by_cursor, mut by_number) = (Vec::new(), Vec::new());
    let mut page_query = query.clone();
    // Bounded: a broken cursor would loop forever.
    for _ in 0..100 {
        let page = index.search(&page_query, NOW).expect("a result");
        by_cursor.extend(page.ids.iter().map(Uuid::as_u128));
        let Some(next) = page.next else { break };
        let text = next.encode(&page_query);
        page_query.place = PageStart::After(Cursor::decode(&text, query).expect("a cursor of this query"));
    }
    for offset in (0..).step_by(query.limit as usize) {
        let page = index
            .search(&MarketplaceQuery { place: PageStart::Offset(offset), ..query.clone() }, NOW)
            .expect("a result");
        by_number.extend(page.ids.iter().map(Uuid::as_u128));
        if page.next.is_none() {
            break;
        }
    }
    (by_cursor, by_number)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn pages_neither_repeat_nor_skip(
        agents in proptest::collection::vec(("[ab]{1,3}( [ab]{1,2})?", 0_i64..4, 1_usize..4), 1..40),
        limit in 1_u32..7,
        text in prop_oneof![Just(""), Just("a"), Just("ab"), Just("b a")],
    ) {
        let index = Index::new().expect("an index");
        // Several segments: names and ranks differ between them.
        for (number, (name, time, segment)) in agents.iter().enumerate() {
            let mut one = listing(number as u128 + 1, name);
            (one.published_at, one.updated_at) = (*time, 4 - *time);
            index.add([one]).expect("added");
            if number % segment == 0 {
                index.commit().expect("committed");
            }
        }
        index.commit().expect("committed");
        for sort in [Sort::Relevance, Sort::Recent, Sort::Name, Sort::Updated] {
            let query = MarketplaceQuery { text: text.to_owned(), sort, limit, ..MarketplaceQuery::default() };
            let whole = found(&index, &MarketplaceQuery { limit: 1000, ..query.clone() });
            let (by_cursor, by_number) = pages(&index, &query);
            prop_assert_eq!(&by_cursor, &whole, "{:?}", sort);
            prop_assert_eq!(&by_number, &whole, "{:?}", sort);
            prop_assert_eq!(whole.iter().collect::<BTreeSet<_>>().len(), whole.len());
            if text.is_empty() {
                prop_assert_eq!(whole.len(), agents.len());
            }
            if sort == Sort::Name {
                let mut sorted = whole.clone();
                sorted.sort_by_key(|number| (agents[usize::try_from(*number).expect("small") - 1].0.clone(), *number));
                prop_assert_eq!(sorted, whole);
            }
        }
    }
}
