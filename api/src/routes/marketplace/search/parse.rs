//! Conversion of parameters to a query.

use domain::agent::{AgentType, TextForm as _};
use domain::capability::Capability;
use domain::field::InvalidValue;
use domain::rejection::FieldError;
use domain::time::parse_rfc3339;
use store::marketplace;

use super::Search;
use crate::error::ApiError;
use crate::extract::query::parse_page;
use crate::marketplace::{CHECKS, Cursor, Facet, MarketplaceQuery, PageStart, Sort};
use crate::services::MarketReader;

/// Maximum length of the search text, in characters.
const MAX_TEXT_LENGTH: usize = 200;
/// Maximum number of requested capabilities.
const MAX_CAPABILITIES: usize = 20;
/// Maximum depth of page numbers, in results.
pub(super) const MAX_DEPTH: u64 = 10_000;

/// Parses the parameters. Reports all invalid ones at once.
pub(super) async fn query(reader: &MarketReader, parameters: &Search) -> Result<MarketplaceQuery, ApiError> {
    let mut errors: Vec<FieldError> = Vec::new();
    let mut add_error = |field: &str, reason: String| errors.push(FieldError { field: field.to_owned(), reason });
    let text = parameters.q.as_deref().unwrap_or_default().trim().to_owned();
    if text.chars().count() > MAX_TEXT_LENGTH {
        add_error("q", format!("has {} characters; the maximum is {MAX_TEXT_LENGTH}", text.chars().count()));
    }
    let mut query = MarketplaceQuery { text, ..MarketplaceQuery::default() };
    match parse_capabilities(&parameters.capability) {
        Ok(groups) => query.capabilities = groups,
        Err(error) => add_error("capability", error.0),
    }
    if let Some(word) = parameters.agent_type.as_deref() {
        match AgentType::parse(word) {
            Ok(agent_type) => query.agent_type = Some(agent_type),
            Err(error) => add_error("agentType", error.0),
        }
    }
    match parse_checks(&parameters.checked) {
        Ok(groups) => query.checked = groups,
        Err(error) => add_error("checked", error.0),
    }
    if let Some(time) = parameters.updated_since.as_deref() {
        match parse_rfc3339(time) {
            Ok(time) => query.updated_since = Some(time.as_millisecond()),
            Err(error) => add_error("updatedSince", error.0),
        }
    }
    query.sort = if query.text.is_empty() { Sort::Recent } else { Sort::Relevance };
    if let Some(word) = parameters.sort.as_deref() {
        match parse_list(&[word.to_owned()], &SORTS).map(|sorts| sorts.first().copied()) {
            Ok(Some(Sort::Relevance)) if query.text.is_empty() => {}
            Ok(Some(sort)) => query.sort = sort,
            Ok(None) => {}
            Err(error) => add_error("sort", error.0),
        }
    }
    match parse_list(&parameters.facets, &Facet::ALL) {
        Ok(facets) => query.facets = facets,
        Err(error) => add_error("facets", error.0),
    }
    if !errors.is_empty() {
        return Err(ApiError::Validation { fields: errors });
    }
    if parameters.publisher.as_ref().is_some_and(|slug| slug.chars().count() > 40) {
        return Err(ApiError::invalid_field("publisher", "has more than 40 characters"));
    }
    if let Some(slug) = parameters.publisher.as_deref() {
        let found = marketplace::find_by_slug(&reader.registry.store, slug).await?;
        // An unknown publisher has no agents.
        query.publisher = Some(found.map_or_else(String::new, |(row, _)| row.id));
    }
    set_place(parameters, &mut query)?;
    Ok(query)
}

const SORTS: [(Sort, &str); 4] =
    [(Sort::Relevance, "relevance"), (Sort::Recent, "recent"), (Sort::Name, "name"), (Sort::Updated, "updated")];

/// Parses capabilities: repeated means all, a comma means any.
fn parse_capabilities(texts: &[String]) -> Result<Vec<Vec<String>>, InvalidValue> {
    let mut groups = Vec::new();
    for text in texts {
        let any = text.split(',').map(|one| Capability::parse(one.trim()).map(|one| one.to_string()));
        groups.push(any.collect::<Result<Vec<_>, _>>()?);
    }
    let count: usize = groups.iter().map(Vec::len).sum();
    if count > MAX_CAPABILITIES {
        return Err(InvalidValue(format!("has {count} capabilities; the maximum is {MAX_CAPABILITIES}")));
    }
    Ok(groups)
}

/// Parses kinds of claims by the same rule, sorted and deduplicated, so that cursors don't depend on their order.
fn parse_checks(texts: &[String]) -> Result<Vec<Vec<usize>>, InvalidValue> {
    let kinds: Vec<(usize, &str)> = CHECKS.into_iter().enumerate().collect();
    let mut groups = Vec::new();
    for text in texts {
        let mut any = parse_list(std::slice::from_ref(text), &kinds)?;
        any.sort_unstable();
        groups.push(any);
    }
    groups.retain(|any| !any.is_empty());
    groups.sort_unstable();
    groups.dedup();
    Ok(groups)
}

/// Parses comma-separated known values and removes duplicates.
fn parse_list<T: Copy + PartialEq>(texts: &[String], known: &[(T, &str)]) -> Result<Vec<T>, InvalidValue> {
    let mut values = Vec::new();
    for word in texts.iter().flat_map(|text| text.split(',')).map(str::trim).filter(|word| !word.is_empty()) {
        let Some((value, _)) = known.iter().find(|(_, name)| *name == word) else {
            let names: Vec<&str> = known.iter().map(|(_, name)| *name).collect();
            return Err(InvalidValue(format!("must be one of {}", names.join(", "))));
        };
        if !values.contains(value) {
            values.push(*value);
        }
    }
    Ok(values)
}

fn set_place(parameters: &Search, query: &mut MarketplaceQuery) -> Result<(), ApiError> {
    let page = parse_page(parameters.page, parameters.limit)?;
    let cast = |number: u64| u32::try_from(number).map_err(ApiError::internal);
    query.limit = cast(page.limit)?;
    match parameters.cursor.as_deref() {
        Some(_) if parameters.page.is_some() => {
            Err(ApiError::invalid_field("cursor", "can't be combined with page; send one of them"))
        }
        Some(text) => {
            let cursor = Cursor::decode(text, query);
            let foreign = || ApiError::invalid_field("cursor", "is invalid for this search; start without one");
            query.place = PageStart::After(cursor.ok_or_else(foreign)?);
            Ok(())
        }
        None if page.number * page.limit > MAX_DEPTH => Err(ApiError::invalid_field(
            "page",
            format!("exceeds the first {MAX_DEPTH} results; use cursor with the nextCursor of the previous page"),
        )),
        None => {
            query.place = PageStart::Offset(cast((page.number - 1) * page.limit)?);
            Ok(())
        }
    }
}
