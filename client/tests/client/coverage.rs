//! The client covers the contract: `openapi.json`, which `api/tests/http/contract.rs` keeps equal to the code of the API.

mod answers;
mod operations;
mod requests;
mod sample;

use serde_json::Value;

/// The contract.
fn document() -> Value {
    serde_json::from_str(include_str!("../../openapi.json")).expect("JSON")
}

/// Its operations: path, method, what is said of it.
fn operations_of(document: &Value) -> impl Iterator<Item = (&str, &str, &Value)> {
    let paths = document["paths"].as_object().expect("paths").iter();
    paths.flat_map(|(path, item)| {
        let methods = item.as_object().expect("methods").iter();
        methods.map(move |(method, operation)| (path.as_str(), method.as_str(), operation))
    })
}

/// The name of the schema that a part of the contract refers to.
fn schema_name(content: &Value) -> Option<&str> {
    content["schema"]["$ref"].as_str().and_then(|reference| reference.strip_prefix("#/components/schemas/"))
}
