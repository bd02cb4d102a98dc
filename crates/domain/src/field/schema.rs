//! Text types, as the contract describes them.

use std::borrow::Cow;

use utoipa::openapi::{ObjectBuilder, RefOr, Schema, Type};
use utoipa::{PartialSchema, ToSchema};

use super::{JOINING, Line, Text, UNSEEN};

/// Characters in a class of a regular expression (ECMA-262; those beyond what `\u` can spell in all engines stand there
/// themselves).
fn class(ranges: &[(char, char)]) -> String {
    let spelt = |letter: char| {
        let code = u32::from(letter);
        if code > 0xFFFF { letter.to_string() } else { format!("\\u{code:04X}") }
    };
    let range = |(first, last): &(char, char)| {
        if first == last { spelt(*first) } else { format!("{}-{}", spelt(*first), spelt(*last)) }
    };
    ranges.iter().map(range).collect()
}

impl<const MOST: usize> PartialSchema for Line<MOST> {
    fn schema() -> RefOr<Schema> {
        let (unseen, joining) = (class(&UNSEEN), class(&JOINING));
        let pattern = format!("^[^{unseen}]*[^{unseen}{joining}\\s][^{unseen}]*$");
        text_schema().min_length(Some(1)).max_length(Some(MOST)).pattern(Some(pattern)).into()
    }
}

impl<const MOST: usize> ToSchema for Line<MOST> {
    fn name() -> Cow<'static, str> {
        Cow::Owned(format!("Line{MOST}"))
    }
}

impl<const MOST: usize> PartialSchema for Text<MOST> {
    fn schema() -> RefOr<Schema> {
        let pattern = format!("^([^{}]|[\\n\\t]|\\r\\n)*$", class(&UNSEEN));
        text_schema().max_length(Some(MOST)).pattern(Some(pattern)).into()
    }
}

impl<const MOST: usize> ToSchema for Text<MOST> {
    fn name() -> Cow<'static, str> {
        Cow::Owned(format!("Text{MOST}"))
    }
}

fn text_schema() -> ObjectBuilder {
    ObjectBuilder::new().schema_type(Type::String)
}

#[cfg(test)]
mod tests {
    use serde::Serialize;

    use super::*;

    /// The contract's pattern of a type.
    fn pattern(schema: impl Serialize) -> regex::Regex {
        let schema = serde_json::to_value(schema).expect("JSON");
        regex::Regex::new(schema["pattern"].as_str().expect("a pattern")).expect("an expression")
    }

    proptest::proptest! {
        #[test]
        fn the_contract_says_what_the_code_does(text in "[\\x00-\\u{2100}]{0,3}[\u{200C}-\u{200F}\u{2060}-\u{2070}\u{2800}\u{3164}\u{FE00}-\u{FE0F}\u{FEFF}\u{FFF0}-\u{FFFF}\u{1BC9F}-\u{1BCA4}\u{1D172}-\u{1D17B}\u{E0001}\u{E00FF}-\u{E0101}\u{E01EF}\u{E01F0}\u{E0FFF}\u{E1000}\r\n\t ]{0,3}") {
            let (line, lines) = (pattern(Line::<10>::schema()), pattern(Text::<10>::schema()));
            proptest::prop_assert_eq!(line.is_match(&text), Line::<10>::read(&text).is_ok());
            proptest::prop_assert_eq!(lines.is_match(&text), Text::<10>::read(&text).is_ok());
        }
    }
}
