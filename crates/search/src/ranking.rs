//! From passages to pages: the best of each, in the order in which they help.

use std::collections::HashMap;

use app::model::{Link, SearchGroup, SearchHit, SearchPassage, SearchResults};
use content::NavEntry;
use tantivy::TantivyDocument;
use tantivy::collector::TopDocs;
use tantivy::schema::{Field, Value as _};

use super::coverage::Coverage;
use super::question::Question;
use super::rarity::Rarity;
use super::{MOST_PAGES, SearchError, Snapshot, excerpt};

/// Pages and passages that are looked at.
const MOST_LOOKED_AT: usize = 100;
/// Passages that are shown of a page.
const SHOWN_PASSAGES: usize = 3;
/// What a page's best passage adds to what the page as a whole is worth.
const BEST_PASSAGE: f32 = 0.35;
/// A passage is shown if it is at least this good, beside its page's best.
const GOOD_PASSAGE: f32 = 0.4;
/// How much less a page is worth that has none of the question's other parts: who types two words wants both.
const MISSING: f32 = 0.5;
/// A page is shown if it is at least this good, beside the best.
const GOOD_PAGE: f32 = 0.05;
/// Where pages of several kinds are found, so many are shown first, whatever their kind.
const BEST_MATCHES: usize = 3;
/// A word is near another from this likeness on (Jaro and Winkler).
const LIKENESS: f64 = 0.84;
/// Near words that are offered.
const MOST_NEAR: usize = 4;

/// A page on its way into the answer.
struct Found {
    score: f32,
    /// The share of the question that it has, from 0 to 1.
    covered: f32,
    entry: TantivyDocument,
    passages: Vec<(f32, TantivyDocument)>,
}

pub(super) fn answer(snapshot: &Snapshot, text: &str, search: &str) -> Result<SearchResults, SearchError> {
    let (searchers, fields) = (&snapshot.searchers, &snapshot.fields);
    let question = Question::read(text, &snapshot.synonyms, &snapshot.vocabulary);
    if question.is_empty() {
        return Ok(SearchResults::default());
    }
    let query = question.query(fields);
    let rarity = Rarity::new(&searchers.pages, fields);
    let best = TopDocs::with_limit(MOST_LOOKED_AT).order_by_score();
    let best = searchers.pages.search_with_statistics_provider(&*query, &best, &rarity)?;
    if best.is_empty() {
        return Ok(SearchResults { near: near(snapshot, &question, search), ..SearchResults::default() });
    }
    let coverage = Coverage::of(&question, &searchers.pages, fields)?;
    let mut pages: HashMap<String, Found> = HashMap::new();
    for (score, address) in best {
        let entry: TantivyDocument = searchers.pages.doc(address)?;
        let page = text_of(&entry, fields.address).ok_or(SearchError::Entry("address"))?.to_owned();
        pages.insert(page, Found { score, covered: coverage.share(address), entry, passages: Vec::new() });
    }
    let rarity = Rarity::new(&searchers.passages, fields);
    let best = TopDocs::with_limit(MOST_LOOKED_AT).order_by_score();
    for (score, address) in searchers.passages.search_with_statistics_provider(&*query, &best, &rarity)? {
        let entry: TantivyDocument = searchers.passages.doc(address)?;
        let Some(found) = text_of(&entry, fields.address).and_then(|page| pages.get_mut(page)) else { continue };
        if found.passages.is_empty() {
            found.score += BEST_PASSAGE * score;
        }
        found.passages.push((score, entry));
    }
    let mut pages: Vec<(String, Found)> = pages.into_iter().collect();
    for (page, found) in &mut pages {
        found.score *= 1.0 - MISSING * (1.0 - found.covered);
        found.score *= snapshot.settings().factor(page).unwrap_or(0.0);
    }
    pages.sort_by(|(a_page, a), (b_page, b)| b.score.total_cmp(&a.score).then_with(|| a_page.cmp(b_page)));
    let least = pages.first().map_or(0.0, |(_, best)| best.score * GOOD_PAGE);
    pages.retain(|(_, found)| found.score >= least);
    let count = pages.len();
    let mut hits = Vec::new();
    for (page, found) in pages.into_iter().take(MOST_PAGES) {
        let kind = text_of(&found.entry, fields.kind).unwrap_or_default().to_owned();
        hits.push((kind, hit(snapshot, &question, &page, &found)?));
    }
    Ok(SearchResults { count, groups: groups(hits), near: Vec::new() })
}

/// Hits by kind, in the order of each kind's best. Where there are several kinds, the best come first, whatever their
/// kind: the second best would else stand below all that are like the best.
fn groups(mut hits: Vec<(String, SearchHit)>) -> Vec<SearchGroup> {
    let mut groups: Vec<SearchGroup> = Vec::new();
    let are_mixed = hits.iter().any(|(kind, _)| *kind != hits[0].0);
    if are_mixed && hits.len() > BEST_MATCHES {
        let best = hits.drain(..BEST_MATCHES).map(|(kind, hit)| {
            let trail = if hit.trail.is_empty() { kind } else { format!("{kind} / {}", hit.trail) };
            SearchHit { trail, ..hit }
        });
        groups.push(SearchGroup { title: "Best matches".to_owned(), hits: best.collect() });
    }
    for (kind, hit) in hits {
        match groups.iter_mut().find(|group| group.title == kind) {
            Some(group) => group.hits.push(hit),
            None => groups.push(SearchGroup { title: kind, hits: vec![hit] }),
        }
    }
    groups
}

fn hit(snapshot: &Snapshot, question: &Question, address: &str, found: &Found) -> Result<SearchHit, SearchError> {
    let fields = &snapshot.fields;
    let site = &snapshot.site;
    let page = site.page(address);
    let title = match page {
        Some(page) => page.title(),
        None => text_of(&found.entry, fields.title).ok_or(SearchError::Entry("title"))?,
    };
    let description = page.and_then(|page| page.document().front.description.clone()).unwrap_or_default();
    let mut about = excerpt::best(&description, question);
    if about.is_empty() {
        // What stands before the first heading is about the page; what stands below one is shown with it.
        let of = |entry, field| text_of(entry, field).unwrap_or_default();
        let (intro, below): (Vec<_>, Vec<_>) =
            found.passages.iter().partition(|(_, entry)| of(entry, fields.anchor).is_empty());
        let found = intro.into_iter().chain(below).map(|(_, entry)| excerpt::best(of(entry, fields.text), question));
        about = found.into_iter().find(|about| !about.is_empty()).unwrap_or_default();
    }
    if about.is_empty() {
        about = excerpt::whole(&description, question);
    }
    let best = found.passages.first().map_or(0.0, |(score, _)| *score);
    let mut passages = Vec::new();
    for (score, entry) in &found.passages {
        let Some(anchor) = text_of(entry, fields.anchor).filter(|anchor| !anchor.is_empty()) else { continue };
        if *score < best * GOOD_PASSAGE || passages.len() == SHOWN_PASSAGES {
            break;
        }
        let of = |field| text_of(entry, field).unwrap_or_default();
        let mut part = excerpt::best(of(fields.text), question);
        if part.is_empty() {
            part = excerpt::best(of(fields.code), question);
        }
        passages.push(SearchPassage {
            heading: excerpt::whole(of(fields.heading), question),
            href: format!("{}#{anchor}", site.href(address)),
            excerpt: part,
        });
    }
    let trail = page.map(|page| trail(site.tree(page.section()), site.index_of(address))).unwrap_or_default();
    Ok(SearchHit { title: excerpt::whole(title, question), href: site.href(address), trail, excerpt: about, passages })
}

/// The names of the folders above a page.
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

/// Words of titles and headings that are near those that stand nowhere, as links that ask for them.
fn near(snapshot: &Snapshot, question: &Question, search: &str) -> Vec<Link> {
    let mut near: Vec<(f64, &str)> = question
        .typed()
        .flat_map(|sought| {
            snapshot.vocabulary.shown().iter().map(|word| (strsim::jaro_winkler(&sought.text, word), word.as_str()))
        })
        .filter(|(likeness, _)| *likeness >= LIKENESS)
        .collect();
    near.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(b.1)));
    near.dedup_by_key(|(_, word)| *word);
    let ask = |word: &str| {
        let query: String = url::form_urlencoded::Serializer::new(String::new()).append_pair("q", word).finish();
        Link { title: word.to_owned(), href: format!("{search}?{query}") }
    };
    near.into_iter().take(MOST_NEAR).map(|(_, word)| ask(word)).collect()
}

fn text_of(entry: &TantivyDocument, field: Field) -> Option<&str> {
    entry.get_first(field)?.as_str()
}
