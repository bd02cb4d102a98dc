//! From parameters to a question.

use domain::agent::{AgentType, Word as _};
use domain::capability::Capability;
use domain::field::Refusal;
use domain::rejection::FieldError;
use domain::time::parse_rfc3339;
use store::marketplace;

use super::Search;
use crate::error::ApiError;
use crate::extract::query::read_page;
use crate::marketplace::{CHECKS, Cursor, Facet, Place, Question, Sort};
use crate::services::MarketReader;

/// Longest text that is looked for, in characters.
const LONGEST: usize = 200;
/// Most capabilities that are asked for.
const MOST_CAPABILITIES: usize = 20;
/// How deep pages reach.
pub(super) const DEEPEST: u64 = 10_000;

/// Reads what is asked; all that is wrong is told at once.
pub(super) async fn question(reader: &MarketReader, asked: &Search) -> Result<Question, ApiError> {
    let mut faults: Vec<FieldError> = Vec::new();
    let mut fault = |field: &str, reason: String| faults.push(FieldError { field: field.to_owned(), reason });
    let text = asked.q.as_deref().unwrap_or_default().trim().to_owned();
    if text.chars().count() > LONGEST {
        fault("q", format!("has {} characters; at most {LONGEST} are taken", text.chars().count()));
    }
    let mut question = Question { text, ..Question::default() };
    match capabilities(&asked.capability) {
        Ok(groups) => question.capabilities = groups,
        Err(refusal) => fault("capability", refusal.0),
    }
    if let Some(word) = asked.agent_type.as_deref() {
        match AgentType::read(word) {
            Ok(agent_type) => question.agent_type = Some(agent_type),
            Err(refusal) => fault("agentType", refusal.0),
        }
    }
    match checked(&asked.checked) {
        Ok(groups) => question.checked = groups,
        Err(refusal) => fault("checked", refusal.0),
    }
    if let Some(time) = asked.updated_since.as_deref() {
        match parse_rfc3339(time) {
            Ok(time) => question.updated_since = Some(time.as_millisecond()),
            Err(refusal) => fault("updatedSince", refusal.0),
        }
    }
    question.sort = if question.text.is_empty() { Sort::Recent } else { Sort::Relevance };
    if let Some(word) = asked.sort.as_deref() {
        match listed(&[word.to_owned()], &SORTS).map(|sorts| sorts.first().copied()) {
            Ok(Some(Sort::Relevance)) if question.text.is_empty() => {}
            Ok(Some(sort)) => question.sort = sort,
            Ok(None) => {}
            Err(refusal) => fault("sort", refusal.0),
        }
    }
    match listed(&asked.facets, &Facet::ALL) {
        Ok(facets) => question.facets = facets,
        Err(refusal) => fault("facets", refusal.0),
    }
    if !faults.is_empty() {
        return Err(ApiError::Validation { fields: faults });
    }
    if asked.publisher.as_ref().is_some_and(|slug| slug.chars().count() > 40) {
        return Err(ApiError::wrong("publisher", "is longer than 40 characters, as no slug is"));
    }
    if let Some(slug) = asked.publisher.as_deref() {
        let found = marketplace::find_by_slug(&reader.registry.store, slug).await?;
        // A publisher that is none has no agents.
        question.publisher = Some(found.map_or_else(String::new, |(row, _)| row.id));
    }
    place(asked, &mut question)?;
    Ok(question)
}

const SORTS: [(Sort, &str); 4] =
    [(Sort::Relevance, "relevance"), (Sort::Recent, "recent"), (Sort::Name, "name"), (Sort::Updated, "updated")];

/// Repeated means all, a comma means any.
fn capabilities(texts: &[String]) -> Result<Vec<Vec<String>>, Refusal> {
    let mut groups = Vec::new();
    for text in texts {
        let any = text.split(',').map(|one| Capability::read(one.trim()).map(|one| one.to_string()));
        groups.push(any.collect::<Result<Vec<_>, _>>()?);
    }
    let count: usize = groups.iter().map(Vec::len).sum();
    if count > MOST_CAPABILITIES {
        return Err(Refusal(format!("names {count}; at most {MOST_CAPABILITIES} are taken")));
    }
    Ok(groups)
}

/// The same rule. Sorted and each once, so that a cursor does not depend on the order in which they were written.
fn checked(texts: &[String]) -> Result<Vec<Vec<usize>>, Refusal> {
    let kinds: Vec<(usize, &str)> = CHECKS.into_iter().enumerate().collect();
    let mut groups = Vec::new();
    for text in texts {
        let mut any = listed(std::slice::from_ref(text), &kinds)?;
        any.sort_unstable();
        groups.push(any);
    }
    groups.retain(|any| !any.is_empty());
    groups.sort_unstable();
    groups.dedup();
    Ok(groups)
}

/// Words between commas, each of which has to be known, each once.
fn listed<T: Copy + PartialEq>(texts: &[String], known: &[(T, &str)]) -> Result<Vec<T>, Refusal> {
    let mut values = Vec::new();
    for word in texts.iter().flat_map(|text| text.split(',')).map(str::trim).filter(|word| !word.is_empty()) {
        let Some((value, _)) = known.iter().find(|(_, name)| *name == word) else {
            let names: Vec<&str> = known.iter().map(|(_, name)| *name).collect();
            return Err(Refusal(format!("is none of {}", names.join(", "))));
        };
        if !values.contains(value) {
            values.push(*value);
        }
    }
    Ok(values)
}

fn place(asked: &Search, question: &mut Question) -> Result<(), ApiError> {
    let page = read_page(asked.page, asked.limit)?;
    let cast = |number: u64| u32::try_from(number).map_err(ApiError::internal);
    question.limit = cast(page.limit)?;
    match asked.cursor.as_deref() {
        Some(_) if asked.page.is_some() => {
            Err(ApiError::wrong("cursor", "can't be used together with page: send one of them"))
        }
        Some(text) => {
            let cursor = Cursor::read(text, question);
            let foreign = || ApiError::wrong("cursor", "is none that this search has given: begin without one");
            question.place = Place::After(cursor.ok_or_else(foreign)?);
            Ok(())
        }
        None if page.number * page.limit > DEEPEST => Err(ApiError::wrong(
            "page",
            format!("reaches beyond the first {DEEPEST}: go on with cursor, which nextCursor of each page gives"),
        )),
        None => {
            question.place = Place::Offset(cast((page.number - 1) * page.limit)?);
            Ok(())
        }
    }
}
