//! Members of a key, as the contract describes them.

use utoipa::openapi::{ObjectBuilder, RefOr, Schema, Type};
use utoipa::{PartialSchema, ToSchema};

use super::KID;

/// A coordinate on P-256, P-384 or P-521: 32, 48 or 66 bytes (RFC 7518, section 6.2.1.2).
const COORDINATE: &str = "^([A-Za-z0-9_-]{43}|[A-Za-z0-9_-]{64}|[A-Za-z0-9_-]{88})$";
/// A modulus of 2,048 to 8,192 bits.
const MODULUS: &str = "^[A-Za-z0-9_-]{342,1366}$";

/// A coordinate of a key, as the contract has it.
#[derive(Debug)]
pub(super) struct Coordinate;

/// A modulus of a key, as the contract has it.
#[derive(Debug)]
pub(super) struct Modulus;

/// A name in a key, as the contract has it.
#[derive(Debug)]
pub(super) struct KeyWord;

impl PartialSchema for Coordinate {
    fn schema() -> RefOr<Schema> {
        ObjectBuilder::new().schema_type(Type::String).pattern(Some(COORDINATE)).into()
    }
}

impl PartialSchema for Modulus {
    fn schema() -> RefOr<Schema> {
        ObjectBuilder::new().schema_type(Type::String).pattern(Some(MODULUS)).into()
    }
}

impl PartialSchema for KeyWord {
    fn schema() -> RefOr<Schema> {
        ObjectBuilder::new().schema_type(Type::String).max_length(Some(200)).pattern(Some(KID)).into()
    }
}

impl ToSchema for Coordinate {}
impl ToSchema for Modulus {}
impl ToSchema for KeyWord {}
