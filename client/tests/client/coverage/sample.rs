//! Values of a schema.

use serde_json::{Map, Value, json};

/// Which fields are in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fields {
    /// All of them, and none is null.
    All,
    /// Those alone that have to be there.
    Required,
}

/// A value of a schema of the contract. Words are none that the contract knows: the client keeps them too.
pub(crate) fn of(document: &Value, schema: &Value, fields: Fields) -> Value {
    if let Some(reference) = schema["$ref"].as_str() {
        let named = document.pointer(reference.trim_start_matches('#'));
        return of(document, named.unwrap_or_else(|| panic!("{reference} is missing")), fields);
    }
    if let Some(parts) = schema["allOf"].as_array() {
        let mut all = Map::new();
        for part in parts {
            all.extend(of(document, part, fields).as_object().expect("fields").clone());
        }
        return Value::Object(all);
    }
    if let Some(choice) = schema["oneOf"].as_array() {
        let some = choice.iter().find(|one| one["type"] != "null");
        return of(document, some.expect("something that is not null"), fields);
    }
    match kind(schema) {
        "object" => object(document, schema, fields),
        "array" => json!([of(document, &schema["items"], fields)]),
        "string" => json!(text(schema)),
        "integer" => json!(1),
        "number" => json!(1.5),
        "boolean" => json!(true),
        other => panic!("{other}: {schema:#}"),
    }
}

/// The type, but for null.
fn kind(schema: &Value) -> &str {
    let kinds = &schema["type"];
    let found = match kinds.as_array() {
        Some(kinds) => kinds.iter().filter_map(Value::as_str).find(|kind| *kind != "null"),
        None => kinds.as_str(),
    };
    found.unwrap_or_else(|| panic!("no type: {schema:#}"))
}

fn object(document: &Value, schema: &Value, fields: Fields) -> Value {
    let mut made = Map::new();
    let required = schema["required"].as_array().cloned().unwrap_or_default();
    for (name, of_field) in schema["properties"].as_object().into_iter().flatten() {
        if fields == Fields::All || required.iter().any(|one| one == name) {
            made.insert(name.clone(), of(document, of_field, fields));
        }
    }
    if schema["additionalProperties"].is_object() {
        made.insert("name".to_owned(), of(document, &schema["additionalProperties"], fields));
    }
    Value::Object(made)
}

/// A time or an identifier, which stands for any text: of some texts, a type knows better what they are.
fn text(schema: &Value) -> &'static str {
    if schema["format"] == "date-time" { "2026-11-25T09:40:00Z" } else { "01993b6e-8123-7d11-8a2b-77c1d9a0be55" }
}
