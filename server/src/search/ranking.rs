//! From passages to pages: the best of each, in the order in which they help.

use std::collections::{HashMap, HashSet};

use app::model::{Link, SearchGroup, SearchHit, SearchPassage, SearchResults};
use content::NavEntry;
use tantivy::collector::{DocSetCollector, TopDocs};
use tantivy::schema::{Field, Value as _};
use tantivy::{DocAddress, TantivyDocument};

use super::question::{Question, is_known};
use super::{MOST_PAGES, SearchError, Snapshot, excerpt};

/// Passages that are looked at.
const MOST_PASSAGES: usize = 200;
/// Passages that are shown of a page.
const SHOWN_PASSAGES: usize = 3;
/// What a page's further passages add to its best one.
const FURTHER: f32 = 0.08;
/// A passage is shown if it is at least this good, beside its page's best.
const GOOD_PASSAGE: f32 = 0.35;
/// A word is near another from this likeness on (Jaro and Winkler).
const LIKENESS: f64 = 0.84;
/// Near words that are offered.
const MOST_NEAR: usize = 4;

/// A page on its way into the answer.
struct Found {
    score: f32,
    passages: Vec<(f32, TantivyDocument)>,
}

pub(super) fn answer(snapshot: &Snapshot, text: &str, search: &str) -> Result<SearchResults, SearchError> {
    let (searcher, fields) = (&snapshot.searcher, &snapshot.fields);
    let question =
        Question::read(text, &snapshot.synonyms, |word| is_known(searcher, fields, word).unwrap_or(true));
    if question.is_empty() {
        return Ok(SearchResults::default());
    }
    let collectors = || (TopDocs::with_limit(MOST_PASSAGES).order_by_score(), DocSetCollector);
    let mut found = searcher.search(&*question.query(fields, question.least()), &collectors())?;
    if found.0.is_empty() && question.least() > 1 {
        found = searcher.search(&*question.query(fields, 1), &collectors())?;
    }
    let (best, all) = found;
    if best.is_empty() {
        return Ok(SearchResults { near: near(snapshot, &question, search), ..SearchResults::default() });
    }
    let count = pages(snapshot, &all)?;
    let mut by_page: HashMap<String, Found> = HashMap::new();
    for (score, address) in best {
        let entry: TantivyDocument = searcher.doc(address)?;
        let page = text_of(&entry, fields.address).ok_or(SearchError::Entry("address"))?.to_owned();
        let factor = snapshot.settings().factor(&page).unwrap_or(0.0);
        let found = by_page.entry(page).or_insert(Found { score: 0.0, passages: Vec::new() });
        found.score += factor * if found.passages.is_empty() { score } else { score * FURTHER };
        found.passages.push((score, entry));
    }
    let mut pages: Vec<(String, Found)> = by_page.into_iter().collect();
    pages.sort_by(|(a_page, a), (b_page, b)| b.score.total_cmp(&a.score).then_with(|| a_page.cmp(b_page)));
    let mut groups: Vec<SearchGroup> = Vec::new();
    for (page, found) in pages.into_iter().take(MOST_PAGES) {
        let kind = found.passages.first().and_then(|(_, entry)| text_of(entry, fields.kind)).unwrap_or_default().to_owned();
        let hit = hit(snapshot, &question, &page, &found)?;
        match groups.iter_mut().find(|group| group.title == kind) {
            Some(group) => group.hits.push(hit),
            None => groups.push(SearchGroup { title: kind, hits: vec![hit] }),
        }
    }
    Ok(SearchResults { count, groups, near: Vec::new() })
}

/// How many pages the passages are of.
fn pages(snapshot: &Snapshot, all: &HashSet<DocAddress>) -> Result<usize, SearchError> {
    let columns: Vec<_> = snapshot
        .searcher
        .segment_readers()
        .iter()
        .map(|segment| segment.fast_fields().u64("page"))
        .collect::<Result<_, _>>()?;
    let number = |address: &DocAddress| columns.get(address.segment_ord as usize)?.first(address.doc_id);
    Ok(all.iter().filter_map(number).collect::<HashSet<u64>>().len())
}

fn hit(snapshot: &Snapshot, question: &Question, address: &str, found: &Found) -> Result<SearchHit, SearchError> {
    let fields = &snapshot.fields;
    let site = &snapshot.site;
    let page = site.page(address);
    let beginning = found.passages.iter().find(|(_, entry)| text_of(entry, fields.anchor).is_none_or(str::is_empty));
    let title = match (page, beginning) {
        (Some(page), _) => page.title(),
        (None, Some((_, entry))) => text_of(entry, fields.title).ok_or(SearchError::Entry("title"))?,
        (None, None) => return Err(SearchError::Entry("title")),
    };
    let description = page.and_then(|page| page.document().front.description.clone()).unwrap_or_default();
    let text = beginning.and_then(|(_, entry)| text_of(entry, fields.text)).unwrap_or_default();
    let mut about = excerpt::best(&description, question);
    if about.is_empty() {
        about = excerpt::best(text, question);
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
        .unknown()
        .flat_map(|sought| {
            snapshot.vocabulary.iter().map(|word| (strsim::jaro_winkler(&sought.text, word), word.as_str()))
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
