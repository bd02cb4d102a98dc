//! `If-Match`: only what is still as it was read is changed (RFC 9110, section 13.1.1).

use std::sync::LazyLock;

use axum::extract::FromRequestParts;
use domain::version::ExpectedVersion;
use http::header::IF_MATCH;
use http::request::Parts;
use regex::Regex;
use utoipa::openapi::{ObjectBuilder, RefOr, Schema, Type};
use utoipa::{PartialSchema, ToSchema};

use crate::error::ApiError;

/// What it may look like, as the contract has it: `*`, or entity tags between commas.
const PATTERN: &str = "^(\\*|(W/)?\"[!#-~]*\"( *, *(W/)?\"[!#-~]*\")*)$";

/// The versions that the caller expects; without the header, any.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct IfMatch(pub ExpectedVersion);

impl IfMatch {
    fn read(text: &str) -> Option<Vec<String>> {
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
            let tags = value.to_str().ok().and_then(|text| Self::read(text.trim()));
            all.extend(tags.ok_or_else(|| {
                ApiError::wrong(
                    "If-Match",
                    "has to be an ETag as it was answered, with its quotes, or several with commas between",
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
    fn a_version_is_one_of_those_that_are_named() {
        let named = |text: &str| ExpectedVersion(IfMatch::read(text));
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
        fn the_contract_says_what_the_code_does(text in "[*W/\"a1, ]{0,12}") {
            let pattern = regex::Regex::new(PATTERN).expect("an expression");
            proptest::prop_assert_eq!(pattern.is_match(&text), IfMatch::read(&text).is_some(), "{}", text);
        }
    }
}
