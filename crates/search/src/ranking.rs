//! Ranking: pages by relevance, each with its best passages.

use std::collections::HashMap;

use content::NavEntry;
use tantivy::TantivyDocument;
use tantivy::collector::TopDocs;
use tantivy::schema::{Field, Value as _};

use crate::coverage::Coverage;
use crate::error::SearchError;
use crate::excerpt::{best_excerpt, mark_matches};
use crate::query::SearchQuery;
use crate::rarity::Rarity;
use crate::results::{PageHit, PassageHit, ResultGroup, SearchResults};
use crate::snapshot::SearchSnapshot;

/// Maximum pages of a result.
const MAX_PAGES: usize = 20;
/// Candidate pages and passages.
const MAX_CANDIDATES: usize = 100;
/// Maximum passages of a page.
const MAX_PASSAGES: usize = 3;
/// Weight of a page's best passage in the score of the page.
const PASSAGE_WEIGHT: f32 = 0.35;
/// Minimum score of a passage, relative to its page's best.
const MIN_PASSAGE_SCORE: f32 = 0.4;
/// Maximum penalty for missing parts of the query: a reader who types two words wants both.
const MISSING_PENALTY: f32 = 0.5;
/// Minimum score of a page, relative to the best.
const MIN_PAGE_SCORE: f32 = 0.05;
/// Pages of the first group when the results have several kinds.
const BEST_MATCHES: usize = 3;
/// Minimum similarity of a suggested word (Jaro-Winkler).
const MIN_SIMILARITY: f64 = 0.84;
/// Maximum suggested words.
const MAX_SIMILAR_WORDS: usize = 4;

/// A candidate page.
struct Candidate {
    score: f32,
    /// The matching share of the query, from 0 to 1.
    coverage: f32,
    document: TantivyDocument,
    passages: Vec<(f32, TantivyDocument)>,
}

/// Ranks the pages that match a query.
pub(crate) fn rank_pages(snapshot: &SearchSnapshot, text: &str) -> Result<SearchResults, SearchError> {
    let (searchers, fields) = (&snapshot.searchers, &snapshot.fields);
    let query = SearchQuery::parse(text, &snapshot.synonyms, &snapshot.dictionary);
    if query.is_empty() {
        return Ok(SearchResults::default());
    }
    let index_query = query.index_query(fields);
    let rarity = Rarity::new(&searchers.pages, fields);
    let best = TopDocs::with_limit(MAX_CANDIDATES).order_by_score();
    let best = searchers.pages.search_with_statistics_provider(&*index_query, &best, &rarity)?;
    if best.is_empty() {
        return Ok(SearchResults { similar_words: similar_words(snapshot, &query), ..SearchResults::default() });
    }
    let coverage = Coverage::measure(&query, &searchers.pages, fields)?;
    let mut pages: HashMap<String, Candidate> = HashMap::new();
    for (score, address) in best {
        let document: TantivyDocument = searchers.pages.doc(address)?;
        let page = text_of(&document, fields.address).ok_or(SearchError::MissingField("address"))?.to_owned();
        let coverage = coverage.share(address);
        pages.insert(page, Candidate { score, coverage, document, passages: Vec::new() });
    }
    let rarity = Rarity::new(&searchers.passages, fields);
    let best = TopDocs::with_limit(MAX_CANDIDATES).order_by_score();
    for (score, address) in searchers.passages.search_with_statistics_provider(&*index_query, &best, &rarity)? {
        let passage: TantivyDocument = searchers.passages.doc(address)?;
        let Some(found) = text_of(&passage, fields.address).and_then(|page| pages.get_mut(page)) else { continue };
        if found.passages.is_empty() {
            found.score += PASSAGE_WEIGHT * score;
        }
        found.passages.push((score, passage));
    }
    let mut pages: Vec<(String, Candidate)> = pages.into_iter().collect();
    for (page, found) in &mut pages {
        found.score *= 1.0 - MISSING_PENALTY * (1.0 - found.coverage);
        found.score *= snapshot.settings().factor(page).unwrap_or(0.0);
    }
    pages.sort_by(|(a_page, a), (b_page, b)| b.score.total_cmp(&a.score).then_with(|| a_page.cmp(b_page)));
    let least = pages.first().map_or(0.0, |(_, best)| best.score * MIN_PAGE_SCORE);
    pages.retain(|(_, found)| found.score >= least);
    let count = pages.len();
    let mut hits = Vec::new();
    for (page, found) in pages.into_iter().take(MAX_PAGES) {
        let kind = text_of(&found.document, fields.kind).unwrap_or_default().to_owned();
        hits.push((kind, page_hit(snapshot, &query, &page, &found)?));
    }
    Ok(SearchResults { count, groups: group_hits(hits), similar_words: Vec::new() })
}

/// Groups hits by kind, in the order of each kind's best. With several kinds, the best hits come first, of any kind:
/// otherwise the second best would follow all hits of the first one's kind.
fn group_hits(mut hits: Vec<(String, PageHit)>) -> Vec<ResultGroup> {
    let mut groups: Vec<ResultGroup> = Vec::new();
    let are_mixed = hits.iter().any(|(kind, _)| *kind != hits[0].0);
    if are_mixed && hits.len() > BEST_MATCHES {
        let best = hits.drain(..BEST_MATCHES).map(|(kind, hit)| {
            let trail = if hit.trail.is_empty() { kind } else { format!("{kind} / {}", hit.trail) };
            PageHit { trail, ..hit }
        });
        groups.push(ResultGroup { title: "Best matches".to_owned(), hits: best.collect() });
    }
    for (kind, hit) in hits {
        match groups.iter_mut().find(|group| group.title == kind) {
            Some(group) => group.hits.push(hit),
            None => groups.push(ResultGroup { title: kind, hits: vec![hit] }),
        }
    }
    groups
}

fn page_hit(
    snapshot: &SearchSnapshot,
    query: &SearchQuery,
    address: &str,
    found: &Candidate,
) -> Result<PageHit, SearchError> {
    let fields = &snapshot.fields;
    let site = &snapshot.site;
    let page = site.page(address);
    let title = match page {
        Some(page) => page.title(),
        None => text_of(&found.document, fields.title).ok_or(SearchError::MissingField("title"))?,
    };
    let description = page.and_then(|page| page.document().front.description.clone()).unwrap_or_default();
    let mut excerpt = best_excerpt(&description, query);
    if excerpt.is_empty() {
        // Text before the first heading is about the page; text below a heading belongs to the hit of its passage.
        let text = |document, field| text_of(document, field).unwrap_or_default();
        let (intro, below): (Vec<_>, Vec<_>) =
            found.passages.iter().partition(|(_, entry)| text(entry, fields.anchor).is_empty());
        let found = intro.into_iter().chain(below).map(|(_, entry)| best_excerpt(text(entry, fields.text), query));
        excerpt = found.into_iter().find(|excerpt| !excerpt.is_empty()).unwrap_or_default();
    }
    if excerpt.is_empty() {
        excerpt = mark_matches(&description, query);
    }
    let best = found.passages.first().map_or(0.0, |(score, _)| *score);
    let mut passages = Vec::new();
    for (score, entry) in &found.passages {
        let Some(anchor) = text_of(entry, fields.anchor).filter(|anchor| !anchor.is_empty()) else { continue };
        if *score < best * MIN_PASSAGE_SCORE || passages.len() == MAX_PASSAGES {
            break;
        }
        let of = |field| text_of(entry, field).unwrap_or_default();
        let mut part = best_excerpt(of(fields.text), query);
        if part.is_empty() {
            part = best_excerpt(of(fields.code), query);
        }
        passages.push(PassageHit {
            heading: mark_matches(of(fields.heading), query),
            href: format!("{}#{anchor}", site.href(address)),
            excerpt: part,
        });
    }
    let trail = page.map(|page| trail(site.tree(page.section()), site.index_of(address))).unwrap_or_default();
    Ok(PageHit { title: mark_matches(title, query), href: site.href(address), trail, excerpt, passages })
}

/// The titles of the folders above a page.
fn trail(root: &NavEntry, index: Option<usize>) -> String {
    let Some(index) = index else { return String::new() };
    let mut names = Vec::new();
    let mut entry = root;
    while entry.page != Some(index) {
        let Some(next) = entry.children.iter().find(|child| child.pages().contains(&index)) else { break };
        if next.page != Some(index) {
            names.push(next.title.as_str());
        }
        entry = next;
    }
    names.join(" / ")
}

/// Words of titles and headings similar to the typed ones.
fn similar_words(snapshot: &SearchSnapshot, query: &SearchQuery) -> Vec<String> {
    let suggestions = snapshot.dictionary.suggestions();
    let mut similar: Vec<(f64, &str)> = query
        .typed_words()
        .flat_map(|typed| suggestions.iter().map(|word| (strsim::jaro_winkler(&typed.text, word), word.as_str())))
        .filter(|(similarity, _)| *similarity >= MIN_SIMILARITY)
        .collect();
    similar.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(b.1)));
    similar.dedup_by_key(|(_, word)| *word);
    similar.into_iter().take(MAX_SIMILAR_WORDS).map(|(_, word)| word.to_owned()).collect()
}

fn text_of(document: &TantivyDocument, field: Field) -> Option<&str> {
    document.get_first(field)?.as_str()
}
