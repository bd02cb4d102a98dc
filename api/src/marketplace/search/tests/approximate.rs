//! Approximate results: matches of similar words only.

use super::*;

#[test]
fn results_of_similar_words_only_are_marked_approximate() {
    let mut reader = listing(1, "Letter reader");
    reader.description = "Fills in language and contact. 日本語".to_owned();
    let mut planner = listing(2, "Letter planner");
    planner.publisher_id = "p2".to_owned();
    let index = index(vec![reader, planner]);
    let approximate = |query: &MarketplaceQuery| index.search(query, NOW).expect("a result").approximate;
    for (text, expected) in [
        ("contract", true),
        ("letter contract", true),
        ("lettre raeder", true),
        ("contact", false),
        ("cont", false),
        ("letter contact", false),
        ("letter", false),
        ("本語", false),
        ("nothing", false),
        ("", false),
    ] {
        assert_eq!(approximate(&text_query(text)), expected, "{text}");
    }
    let narrowed = |text: &str| MarketplaceQuery { publisher: Some("p2".to_owned()), ..text_query(text) };
    assert!(!approximate(&narrowed("planner")));
    assert!(approximate(&narrowed("plannre")));
    assert!(!approximate(&narrowed("contract")), "no results are not approximate");
}
