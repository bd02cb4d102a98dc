//! Schemas of the text types.

use std::borrow::Cow;

use utoipa::openapi::{ObjectBuilder, RefOr, Schema, Type};
use utoipa::{PartialSchema, ToSchema};

use super::{INVISIBLE, JOINERS, Line, Text};

/// Builds a character class of a regular expression (ECMA-262). Characters beyond what `\u` can express in every engine
/// are literal.
fn character_class(ranges: &[(char, char)]) -> String {
    let escape = |letter: char| {
        let code = u32::from(letter);
        if code > 0xFFFF { letter.to_string() } else { format!("\\u{code:04X}") }
    };
    let range = |(first, last): &(char, char)| {
        if first == last { escape(*first) } else { format!("{}-{}", escape(*first), escape(*last)) }
    };
    ranges.iter().map(range).collect()
}

impl<const MAX: usize> PartialSchema for Line<MAX> {
    fn schema() -> RefOr<Schema> {
        let (invisible, joiners) = (character_class(&INVISIBLE), character_class(&JOINERS));
        let pattern = format!("^[^{invisible}]*[^{invisible}{joiners}\\s][^{invisible}]*$");
        text_schema().min_length(Some(1)).max_length(Some(MAX)).pattern(Some(pattern)).into()
    }
}

impl<const MAX: usize> ToSchema for Line<MAX> {
    fn name() -> Cow<'static, str> {
        Cow::Owned(format!("Line{MAX}"))
    }
}

impl<const MAX: usize> PartialSchema for Text<MAX> {
    fn schema() -> RefOr<Schema> {
        let pattern = format!("^([^{}]|[\\n\\t]|\\r\\n)*$", character_class(&INVISIBLE));
        text_schema().max_length(Some(MAX)).pattern(Some(pattern)).into()
    }
}

impl<const MAX: usize> ToSchema for Text<MAX> {
    fn name() -> Cow<'static, str> {
        Cow::Owned(format!("Text{MAX}"))
    }
}

fn text_schema() -> ObjectBuilder {
    ObjectBuilder::new().schema_type(Type::String)
}

#[cfg(test)]
mod tests {
    use serde::Serialize;

    use super::*;

    /// Returns the pattern of a schema.
    fn pattern(schema: impl Serialize) -> regex::Regex {
        let schema = serde_json::to_value(schema).expect("JSON");
        regex::Regex::new(schema["pattern"].as_str().expect("a pattern")).expect("an expression")
    }

    proptest::proptest! {
        #[test]
        fn the_schema_pattern_matches_the_parser(text in "[\\x00-\\u{2100}]{0,3}[\u{200C}-\u{200F}\u{2060}-\u{2070}\u{2800}\u{3164}\u{FE00}-\u{FE0F}\u{FEFF}\u{FFF0}-\u{FFFF}\u{1BC9F}-\u{1BCA4}\u{1D172}-\u{1D17B}\u{E0001}\u{E00FF}-\u{E0101}\u{E01EF}\u{E01F0}\u{E0FFF}\u{E1000}\r\n\t ]{0,3}") {
            let (line, lines) = (pattern(Line::<10>::schema()), pattern(Text::<10>::schema()));
            proptest::prop_assert_eq!(line.is_match(&text), Line::<10>::parse(&text).is_ok());
            proptest::prop_assert_eq!(lines.is_match(&text), Text::<10>::parse(&text).is_ok());
        }
    }
}
