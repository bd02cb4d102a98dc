//! Dates in front matter.

use jiff::civil::Date;
use serde::{Deserialize, Deserializer, de::Error as _};

/// Parses `YYYY-MM-DD`.
pub(crate) fn day<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Date>, D::Error> {
    let text = String::deserialize(from)?;
    text.parse().map(Some).map_err(|_| D::Error::custom(format!("`{text}` is not a date. Write it as 2026-01-31")))
}
