//! Filters and order of a list of agents. A query string in any order and with unknown parameters becomes one value with one
//! canonical spelling, so the number of cacheable pages is bounded.

use app::model::marketplace::ClaimKind;
use domain::agent::{AgentType, TextForm as _};
use domain::capability::Capability;
use url::form_urlencoded;

use crate::plain_text::plain_text;

/// Longest search text, in characters: the API's limit.
const MAX_TEXT: usize = 200;
/// Maximum capabilities of a query.
const MAX_CAPABILITIES: usize = 10;
/// Maximum notes on ignored parameters.
const MAX_NOTES: usize = 5;
/// Last page that the API returns by number: 10,000 agents, 20 per page.
const LAST_PAGE: u64 = 500;
/// Agents per page.
pub const PAGE_SIZE: u64 = 20;

/// The order of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SortBy {
    /// Best match first.
    Relevance,
    /// Last published first.
    Recent,
    /// By name.
    Name,
    /// Last changed first.
    Updated,
}

impl SortBy {
    /// All orders, with parameter value and label.
    pub const ALL: [(Self, &'static str, &'static str); 4] = [
        (Self::Relevance, "relevance", "Relevance"),
        (Self::Recent, "recent", "Newest"),
        (Self::Name, "name", "Name"),
        (Self::Updated, "updated", "Last updated"),
    ];

    /// The parameter value.
    pub fn as_str(self) -> &'static str {
        Self::ALL.iter().find(|(sort, _, _)| *sort == self).map_or("", |(_, word, _)| word)
    }
}

/// Filters, order and page of a list.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct MarketplaceQuery {
    /// The search text, in lower case with single spaces.
    pub text: String,
    /// Required kinds of verified claims, as sorted indices of [`ClaimKind::ALL`].
    pub checked: Vec<usize>,
    /// Required capabilities, sorted.
    pub capabilities: Vec<String>,
    /// The agent type.
    pub agent_type: Option<&'static str>,
    /// The publisher's slug.
    pub publisher: Option<String>,
    /// The order, unless it is the default.
    pub sort: Option<SortBy>,
    /// Number of skipped pages.
    pub skipped: u64,
}

/// A note on an ignored parameter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QueryNote(pub String);

impl MarketplaceQuery {
    /// Parses a query string. Unknown parameters are ignored silently, invalid values with a note.
    pub fn parse(query: &str) -> (Self, Vec<QueryNote>) {
        let mut parsed = Self::default();
        let mut notes = Vec::new();
        let mut omitted = 0;
        for (name, value) in form_urlencoded::parse(query.as_bytes()) {
            let value = value.trim();
            if !value.is_empty()
                && let Err(expected) = parsed.set(&name, value)
            {
                if notes.len() == MAX_NOTES {
                    omitted += 1;
                    continue;
                }
                let value: String = value.chars().take(60).collect();
                notes.push(QueryNote(format!("Ignored {name} “{value}”: {expected}.")));
            }
        }
        if omitted > 0 {
            notes.push(QueryNote(format!("Ignored {omitted} other parameters.")));
        }
        parsed.checked.sort_unstable();
        parsed.checked.dedup();
        parsed.capabilities.sort_unstable();
        parsed.capabilities.dedup();
        if parsed.capabilities.len() > MAX_CAPABILITIES {
            parsed.capabilities.truncate(MAX_CAPABILITIES);
            notes.push(QueryNote(format!("Only the first {MAX_CAPABILITIES} capabilities are used.")));
        }
        if parsed.sort == Some(parsed.default_sort())
            || (parsed.sort == Some(SortBy::Relevance) && parsed.text.is_empty())
        {
            parsed.sort = None;
        }
        (parsed, notes)
    }

    fn set(&mut self, name: &str, value: &str) -> Result<(), String> {
        match name {
            "q" => {
                let words = plain_text(value).to_lowercase();
                self.text = words.chars().take(MAX_TEXT).collect();
                self.text.truncate(self.text.trim_end().len());
                if words.chars().count() > MAX_TEXT {
                    return Err(format!("only the first {MAX_TEXT} characters are used"));
                }
            }
            "checked" => {
                let place = |name: &str| ClaimKind::ALL.iter().position(|kind| kind.as_str() == name.trim());
                let places: Option<Vec<usize>> = value.split(',').map(place).collect();
                self.checked.extend(places.ok_or("expected domain, key or repository")?);
            }
            "capability" => {
                let capability = Capability::parse(value).map_err(|_| "expected resource:action")?;
                self.capabilities.push(capability.as_str().to_owned());
            }
            "agentType" => {
                let known = AgentType::TEXTS.iter().map(|(_, known)| *known);
                let expected = || format!("expected one of {}", known.clone().collect::<Vec<_>>().join(", "));
                self.agent_type = Some(known.clone().find(|known| *known == value).ok_or_else(expected)?);
            }
            "publisher" => self.publisher = Some(parse_slug(value).ok_or("expected a publisher’s URL slug")?),
            "sort" => {
                let known = SortBy::ALL.iter().find(|(_, word, _)| *word == value);
                self.sort = Some(known.ok_or("expected relevance, recent, name or updated")?.0);
            }
            "page" => {
                let page: Option<u64> = value.parse().ok().filter(|page| (1..=LAST_PAGE).contains(page));
                self.skipped = page.ok_or_else(|| format!("expected a number from 1 to {LAST_PAGE}"))? - 1;
            }
            _ => {}
        }
        Ok(())
    }

    /// The order without the parameter `sort`.
    pub fn default_sort(&self) -> SortBy {
        if self.text.is_empty() { SortBy::Recent } else { SortBy::Relevance }
    }

    /// The page number, from 1.
    pub fn page(&self) -> u64 {
        self.skipped + 1
    }

    /// Returns true without search text and filters.
    pub fn is_unfiltered(&self) -> bool {
        Self { skipped: 0, ..self.clone() } == Self::default()
    }

    /// Returns a changed copy, back on the first page.
    #[must_use]
    pub fn with(&self, change: impl FnOnce(&mut Self)) -> Self {
        let mut other = Self { skipped: 0, ..self.clone() };
        change(&mut other);
        other
    }

    /// Formats the canonical query string with its question mark, or an empty string.
    pub fn to_query_string(&self) -> String {
        let mut out = form_urlencoded::Serializer::new(String::new());
        if !self.text.is_empty() {
            out.append_pair("q", &self.text);
        }
        for kind in &self.checked {
            out.append_pair("checked", ClaimKind::ALL[*kind].as_str());
        }
        for capability in &self.capabilities {
            out.append_pair("capability", capability);
        }
        if let Some(agent_type) = self.agent_type {
            out.append_pair("agentType", agent_type);
        }
        if let Some(publisher) = &self.publisher {
            out.append_pair("publisher", publisher);
        }
        if let Some(sort) = self.sort {
            out.append_pair("sort", sort.as_str());
        }
        if self.skipped > 0 {
            out.append_pair("page", &self.page().to_string());
        }
        let query = out.finish();
        if query.is_empty() { query } else { format!("?{query}") }
    }
}

/// Parses a publisher's slug.
pub(super) fn parse_slug(text: &str) -> Option<String> {
    let is_slug = (1..=40).contains(&text.len())
        && text.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
    is_slug.then(|| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(query: &str) -> MarketplaceQuery {
        MarketplaceQuery::parse(query).0
    }

    #[test]
    fn equivalent_queries_have_one_canonical_url() {
        let one = parse("q=Contracts++%20and&capability=b:c&capability=a:b&checked=key&checked=domain&sort=relevance");
        let other = parse(
            "utm_source=x&checked=domain,key&capability=a:b&capability=b:c&capability=a:b&page=1&q=contracts+and&size=100",
        );
        assert_eq!(one, other);
        assert_eq!(
            one.to_query_string(),
            "?q=contracts+and&checked=domain&checked=key&capability=a%3Ab&capability=b%3Ac"
        );
        assert_eq!(parse("sort=recent&q=&agentType=&page="), MarketplaceQuery::default());
        assert_eq!(parse("sort=relevance").to_query_string(), "");
    }

    #[test]
    fn notes_do_not_grow_with_the_query() {
        let (_, notes) = MarketplaceQuery::parse(&"page=x&".repeat(50));
        assert_eq!(notes.len(), MAX_NOTES + 1);
        assert_eq!(notes.last(), Some(&QueryNote("Ignored 45 other parameters.".to_owned())));
    }

    #[test]
    fn invalid_parameters_are_reported_and_ignored() {
        for query in [
            "page=0",
            "page=x",
            "page=99999",
            "agentType=poet",
            "checked=soul",
            "checked=domain,soul",
            "capability=x",
            "publisher=A!",
            "sort=luck",
        ] {
            let (parsed, notes) = MarketplaceQuery::parse(query);
            assert_eq!(parsed.to_query_string(), "", "{query}");
            assert_eq!(notes.len(), 1, "{query}");
        }
        let long = format!("q={}", "a".repeat(300));
        assert_eq!(parse(&long).text.len(), 200);
    }

    proptest::proptest! {
        #[test]
        fn serialized_queries_parse_to_the_same_query(query in "[ -~äß]{0,120}") {
            let (parsed, _) = MarketplaceQuery::parse(&query);
            let written = parsed.to_query_string();
            let (again, notes) = MarketplaceQuery::parse(written.trim_start_matches('?'));
            proptest::prop_assert_eq!(again, parsed);
            proptest::prop_assert!(notes.is_empty());
        }
    }
}
