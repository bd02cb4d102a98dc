use serde_json::json;

use super::*;

fn fields(value: Value) -> AgentFields {
    serde_json::from_value(value).expect("fields")
}

fn wrong(result: Result<Profile, Rejection>) -> Vec<String> {
    match result {
        Err(Rejection::InvalidFields(fields)) => fields.into_iter().map(|field| field.field).collect(),
        other => panic!("{other:?}"),
    }
}

fn valid() -> Value {
    json!({ "name": "Invoice screener", "agentType": "screener", "capabilities": ["invoices:read"] })
}

#[test]
fn all_invalid_fields_are_reported_at_once() {
    let registered =
        fields(json!({ "agentType": "robot", "version": "1", "endpointUrl": "http://a.example", "email": "x" }))
            .register("o");
    assert_eq!(wrong(registered), ["name", "capabilities", "email", "agentType", "version", "endpointUrl"]);
}

#[test]
fn absent_fields_have_defaults_and_null_clears() {
    let profile = fields(valid()).register("Example Ltd").expect("an agent");
    assert_eq!((profile.version.as_str(), profile.owner.as_str(), profile.is_public), ("0.1.0", "Example Ltd", false));
    let with_mail = fields(json!({ "email": "a@example.com" })).update(profile).expect("a change");
    assert!(with_mail.email.is_some());
    let kept = fields(json!({ "name": "Other" })).update(with_mail).expect("a change");
    assert!(kept.email.is_some() && kept.name == "Other");
    assert_eq!(fields(json!({ "email": null })).update(kept).expect("a change").email, None);
}

#[test]
fn errors_in_lists_name_the_item() {
    let skill = |id: &str| json!({ "id": id, "name": "Screen" });
    let key = json!({ "kty": "OKP", "crv": "Ed25519", "x": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo", "kid": "a" });
    for (field, value, place) in [
        ("tags", json!(["a", ""]), "tags[1]"),
        ("tags", json!(vec!["a"; 51]), "tags"),
        ("capabilities", json!(["a:b", "a"]), "capabilities[1]"),
        ("capabilities", json!([]), "capabilities"),
        ("publicKeys", json!([{ "kty": "EC", "d": "b" }]), "publicKeys[0]"),
        ("publicKeys", json!([key, key]), "publicKeys[1].kid"),
        ("skills", json!([skill("a"), 5]), "skills[1]"),
        ("skills", json!([{ "id": "a" }]), "skills[0].name"),
        ("skills", json!([{ "id": "a", "name": "" }]), "skills[0].name"),
        ("skills", json!([{ "id": "a", "name": "b", "tags": ["a", 5] }]), "skills[0].tags[1]"),
        ("skills", json!([{ "id": "a", "name": "b", "examples": ["a", "\0"] }]), "skills[0].examples[1]"),
        ("skills", json!([{ "id": "a", "name": "b", "nam": 5 }]), "skills[0].nam"),
        ("skills", json!([skill("a"), skill("b"), skill(" a ")]), "skills[2].id"),
    ] {
        let mut agent = valid();
        agent[field] = value.clone();
        assert_eq!(wrong(fields(agent).register("o")), [place], "{field} {value}");
    }
}

#[test]
fn a_status_error_lists_the_allowed_values() {
    let profile = fields(valid()).register("o").expect("an agent");
    let Err(Rejection::InvalidFields(errors)) = fields(json!({ "status": "foo" })).update(profile) else {
        panic!("accepted")
    };
    assert_eq!(errors[0].reason, "must be one of active, suspended");
}

#[test]
fn a_private_key_is_rejected_with_advice() {
    let mut value = valid();
    value["publicKeys"] = json!([{ "kty": "OKP", "crv": "Ed25519", "x": "a", "d": "b" }]);
    let Err(Rejection::InvalidFields(errors)) = fields(value).register("o") else { panic!("accepted") };
    assert!(errors[0].reason.contains("private key") && errors[0].reason.contains("new key"), "{errors:?}");
}

#[test]
fn an_update_cannot_decommission() {
    let profile = fields(valid()).register("o").expect("an agent");
    assert_eq!(wrong(fields(json!({ "status": "decommissioned" })).update(profile)), ["status"]);
}
