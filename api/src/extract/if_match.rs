//! `If-Match`: conditional updates (RFC 9110, section 13.1.1).

use std::sync::LazyLock;

use axum::extract::FromRequestParts;
use domain::version::ExpectedVersion;
use http::header::IF_MATCH;
use http::request::Parts;
use regex::Regex;
use utoipa::openapi::{ObjectBuilder, RefOr, Schema, Type};
use utoipa::{PartialSchema, ToSchema};

use crate::error::ApiError;

/// Pattern of the header in the contract: `*`, or comma-separated entity tags.
const PATTERN: &str = "^(\\*|(W/)?\"[!#-~]*\"( *, *(W/)?\"[!#-~]*\")*)$";

/// Versions that the caller expects; any, without the header.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct IfMatch(pub ExpectedVersion);

impl IfMatch {
    fn parse(text: &str) -> Option<Vec<String>> {
        let (whole, tag) = (WHOLE.as_ref()?, TAG.as_ref()?);
        if text == "*" {
            return Some(vec![text.to_owned()]);
        }
        whole.is_match(text).then(|| tag.find_iter(text).map(|tag| tag.as_str().to_owned()).collect())
    }
}

static WHOLE: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(PATTERN).ok());
static TAG: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new("(W/)?\"[!#-~]*\"").ok());

impl PartialSchema for IfMatch {
    fn schema() -> RefOr<Schema> {
        ObjectBuilder::new().schema_type(Type::String).pattern(Some(PATTERN)).into()
    }
}

impl ToSchema for IfMatch {}

impl<S: Send + Sync> FromRequestParts<S> for IfMatch {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, ApiError> {
        let mut all = Vec::new();
        for value in parts.headers.get_all(IF_MATCH) {
            let tags = value.to_str().ok().and_then(|text| Self::parse(text.trim()));
            all.extend(tags.ok_or_else(|| {
                ApiError::invalid_field(
                    "If-Match",
                    "must be one or more comma-separated ETags, with their quotes, or *",
                )
            })?);
        }
        Ok(Self(ExpectedVersion(parts.headers.contains_key(IF_MATCH).then_some(all))))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_version_matches_one_of_the_tags() {
        let named = |text: &str| ExpectedVersion(IfMatch::parse(text));
        for matches in ["\"a.1\"", "*", "\"b\", \"a.1\"", "\"b,c\",\"a.1\""] {
            assert!(named(matches).check("\"a.1\"").is_ok(), "{matches}");
        }
        for other in ["\"a.2\"", "W/\"a.1\""] {
            assert!(named(other).check("\"a.1\"").is_err(), "{other}");
        }
        assert!(ExpectedVersion::default().check("\"a.1\"").is_ok());
    }

    proptest::proptest! {
        #[test]
        fn the_schema_pattern_matches_the_parser(text in "[*W/\"a1, ]{0,12}") {
            let pattern = regex::Regex::new(PATTERN).expect("an expression");
            proptest::prop_assert_eq!(pattern.is_match(&text), IfMatch::parse(&text).is_some(), "{}", text);
        }
    }
}
