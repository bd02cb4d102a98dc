//! What a list of agents is narrowed by and sorted by: a query in any order and with anything in it becomes one value, and
//! that has one way to be written. So the number of pages that can be asked for is bounded by what is meant.

use app::model::marketplace::ClaimKind;
use url::form_urlencoded;

/// Longest text that is looked for, in characters: as the API takes it.
const LONGEST_TEXT: usize = 200;
/// Most capabilities at once.
const MOST_CAPABILITIES: usize = 10;
/// The last page that the API reaches by number: 10,000 agents of 20 a page.
const LAST_PAGE: u64 = 500;
/// Agents on a page.
pub(super) const PER_PAGE: u64 = 20;

/// Types of agents, as the API writes them.
const AGENT_TYPES: [&str; 8] =
    ["screener", "classifier", "orchestrator", "extractor", "summarizer", "router", "monitor", "custom"];

/// An order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SortBy {
    /// What fits best.
    Relevance,
    /// What was published last.
    Recent,
    /// By name.
    Name,
    /// What was changed last.
    Updated,
}

impl SortBy {
    /// All of them, as they are sent and shown.
    pub const ALL: [(Self, &'static str, &'static str); 4] = [
        (Self::Relevance, "relevance", "Relevance"),
        (Self::Recent, "recent", "Newest"),
        (Self::Name, "name", "Name"),
        (Self::Updated, "updated", "Last updated"),
    ];

    /// As it is sent.
    pub fn word(self) -> &'static str {
        Self::ALL.iter().find(|(sort, _, _)| *sort == self).map_or("", |(_, word, _)| word)
    }
}

/// What is asked.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Question {
    /// Words, in lower case and with single spaces.
    pub text: String,
    /// Kinds of claims that have to count, all of them; as indices of [`ClaimKind::ALL`], in order.
    pub checked: Vec<usize>,
    /// Capabilities that it has to have, all of them; in order.
    pub capabilities: Vec<String>,
    /// Its type.
    pub agent_type: Option<&'static str>,
    /// Its publisher, by slug.
    pub publisher: Option<String>,
    /// The order, if it is not the usual one.
    pub sort: Option<SortBy>,
    /// Pages before this one.
    pub skipped: u64,
}

/// Something that was asked and can't be meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note(pub String);

impl Question {
    /// Reads a query. Parameters that are not known mean nothing here; values that can't be meant are told.
    pub fn read(query: &str) -> (Self, Vec<Note>) {
        let mut question = Self::default();
        let mut notes = Vec::new();
        for (name, value) in form_urlencoded::parse(query.as_bytes()) {
            let value = value.trim();
            if !value.is_empty()
                && let Err(wanted) = question.take(&name, value)
            {
                let value: String = value.chars().take(60).collect();
                notes.push(Note(format!("Ignored {name} “{value}”: {wanted}.")));
            }
        }
        question.checked.sort_unstable();
        question.checked.dedup();
        question.capabilities.sort_unstable();
        question.capabilities.dedup();
        if question.capabilities.len() > MOST_CAPABILITIES {
            question.capabilities.truncate(MOST_CAPABILITIES);
            notes.push(Note(format!("Only the first {MOST_CAPABILITIES} capabilities are used.")));
        }
        if question.sort == Some(question.usual_sort())
            || (question.sort == Some(SortBy::Relevance) && question.text.is_empty())
        {
            question.sort = None;
        }
        (question, notes)
    }

    fn take(&mut self, name: &str, value: &str) -> Result<(), String> {
        match name {
            "q" => {
                let words = super::plain(value).to_lowercase();
                self.text = words.chars().take(LONGEST_TEXT).collect();
                self.text.truncate(self.text.trim_end().len());
                if words.chars().count() > LONGEST_TEXT {
                    return Err(format!("only the first {LONGEST_TEXT} characters are used"));
                }
            }
            "checked" => {
                let place = |word: &str| ClaimKind::ALL.iter().position(|kind| kind.word() == word.trim());
                let places: Option<Vec<usize>> = value.split(',').map(place).collect();
                self.checked.extend(places.ok_or("expected domain, key or repository")?);
            }
            "capability" => self.capabilities.push(capability(value).ok_or("expected resource:action")?),
            "agentType" => {
                let known = AGENT_TYPES.into_iter().find(|known| *known == value);
                self.agent_type = Some(known.ok_or_else(|| format!("expected one of {}", AGENT_TYPES.join(", ")))?);
            }
            "publisher" => self.publisher = Some(slug(value).ok_or("expected a publisher’s URL slug")?),
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

    /// The order that it has when none is asked for.
    pub fn usual_sort(&self) -> SortBy {
        if self.text.is_empty() { SortBy::Recent } else { SortBy::Relevance }
    }

    /// Which page it is, from 1 on.
    pub fn page(&self) -> u64 {
        self.skipped + 1
    }

    /// Whether it narrows nothing and looks for nothing: a page of all agents.
    pub fn is_all(&self) -> bool {
        Self { skipped: 0, ..self.clone() } == Self::default()
    }

    /// The same from its first page on, otherwise changed.
    #[must_use]
    pub fn with(&self, change: impl FnOnce(&mut Self)) -> Self {
        let mut other = Self { skipped: 0, ..self.clone() };
        change(&mut other);
        other
    }

    /// As it stands behind an address: with its question mark, or empty.
    pub fn query(&self) -> String {
        let mut out = form_urlencoded::Serializer::new(String::new());
        if !self.text.is_empty() {
            out.append_pair("q", &self.text);
        }
        for kind in &self.checked {
            out.append_pair("checked", ClaimKind::ALL[*kind].word());
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
            out.append_pair("sort", sort.word());
        }
        if self.skipped > 0 {
            out.append_pair("page", &self.page().to_string());
        }
        let query = out.finish();
        if query.is_empty() { query } else { format!("?{query}") }
    }
}

/// A capability, if it can be one: what the API takes beyond that is its own to say.
fn capability(text: &str) -> Option<String> {
    let (resource, action) = text.split_once(':')?;
    let is_word = |word: &str| {
        !word.is_empty()
            && word.bytes().all(|byte| {
                byte.is_ascii_lowercase() || byte.is_ascii_digit() || matches!(byte, b'-' | b'_' | b'.' | b'*')
            })
    };
    (text.len() <= 100 && is_word(resource) && is_word(action)).then(|| text.to_owned())
}

/// A publisher's name in addresses, if it can be one.
pub(super) fn slug(text: &str) -> Option<String> {
    let is_slug = (1..=40).contains(&text.len())
        && text.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
    is_slug.then(|| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(query: &str) -> Question {
        Question::read(query).0
    }

    #[test]
    fn one_question_has_one_address_however_it_is_asked() {
        let one = read("q=Contracts++%20and&capability=b:c&capability=a:b&checked=key&checked=domain&sort=relevance");
        let other = read(
            "utm_source=x&checked=domain,key&capability=a:b&capability=b:c&capability=a:b&page=1&q=contracts+and&size=100",
        );
        assert_eq!(one, other);
        assert_eq!(one.query(), "?q=contracts+and&checked=domain&checked=key&capability=a%3Ab&capability=b%3Ac");
        assert_eq!(read("sort=recent&q=&agentType=&page="), Question::default());
        assert_eq!(read("sort=relevance").query(), "");
    }

    #[test]
    fn what_cannot_be_meant_is_told_and_left_out() {
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
            let (question, notes) = Question::read(query);
            assert_eq!(question.query(), "", "{query}");
            assert_eq!(notes.len(), 1, "{query}");
        }
        let long = format!("q={}", "a".repeat(300));
        assert_eq!(read(&long).text.len(), 200);
    }

    proptest::proptest! {
        #[test]
        fn what_is_written_reads_as_the_same(query in "[ -~äß]{0,120}") {
            let (question, _) = Question::read(&query);
            let written = question.query();
            let (again, notes) = Question::read(written.trim_start_matches('?'));
            proptest::prop_assert_eq!(again, question);
            proptest::prop_assert!(notes.is_empty());
        }
    }
}
