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

fn sound() -> Value {
    json!({ "name": "Invoice screener", "agentType": "screener", "capabilities": ["invoices:read"] })
}

#[test]
fn all_that_is_wrong_is_told_at_once() {
    let registered =
        fields(json!({ "agentType": "robot", "version": "1", "endpointUrl": "http://a.example", "email": "x" }))
            .register("o");
    assert_eq!(wrong(registered), ["name", "capabilities", "email", "agentType", "version", "endpointUrl"]);
}

#[test]
fn what_is_left_out_has_its_default_and_null_empties() {
    let profile = fields(sound()).register("Example Ltd").expect("an agent");
    assert_eq!((profile.version.as_str(), profile.owner.as_str(), profile.is_public), ("0.1.0", "Example Ltd", false));
    let with_mail = fields(json!({ "email": "a@example.com" })).change(profile).expect("a change");
    assert!(with_mail.email.is_some());
    let kept = fields(json!({ "name": "Other" })).change(with_mail).expect("a change");
    assert!(kept.email.is_some() && kept.name == "Other");
    assert_eq!(fields(json!({ "email": null })).change(kept).expect("a change").email, None);
}

#[test]
fn what_is_wrong_in_a_list_is_told_with_its_place() {
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
        let mut agent = sound();
        agent[field] = value.clone();
        assert_eq!(wrong(fields(agent).register("o")), [place], "{field} {value}");
    }
}

#[test]
fn a_status_offers_what_is_taken() {
    let profile = fields(sound()).register("o").expect("an agent");
    let Err(Rejection::InvalidFields(faults)) = fields(json!({ "status": "foo" })).change(profile) else {
        panic!("taken")
    };
    assert_eq!(faults[0].reason, "is none of active, suspended");
}

#[test]
fn a_private_key_is_refused_with_what_to_do() {
    let mut value = sound();
    value["publicKeys"] = json!([{ "kty": "OKP", "crv": "Ed25519", "x": "a", "d": "b" }]);
    let Err(Rejection::InvalidFields(faults)) = fields(value).register("o") else { panic!("taken") };
    assert!(faults[0].reason.contains("private key") && faults[0].reason.contains("new one"), "{faults:?}");
}

#[test]
fn nobody_decommissions_by_a_change() {
    let profile = fields(sound()).register("o").expect("an agent");
    assert_eq!(wrong(fields(json!({ "status": "decommissioned" })).change(profile)), ["status"]);
}
