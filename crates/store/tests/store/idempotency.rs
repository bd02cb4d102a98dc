//! Atomicity of an idempotent call and its effect.

use domain::agent::AgentFields;
use serde_json::json;
use store::agents;
use store::idempotency::{self, IdempotentCall, SealedCall};

use crate::support::TestStore;

/// A call whose stored response is `[7]`.
fn call<T>(id: &[u8]) -> SealedCall<T> {
    SealedCall::new(IdempotentCall { id: id.to_vec(), body_hash: vec![1], at: i64::MAX }, |_| Ok(vec![7]))
}

fn fields(email: &str) -> AgentFields {
    let fields = json!({ "name": "A", "agentType": "custom", "capabilities": ["a:b"], "email": email });
    serde_json::from_value(fields).expect("fields")
}

#[tokio::test]
async fn calls_are_recorded_if_they_succeed_and_not_if_they_are_rejected() {
    let test = TestStore::new().await;
    let (store, actor) = (&test.store, test.organization().await);
    let register = async |id: &[u8]| {
        let profile = fields("a@example.com").register("o").expect("a profile");
        let now = jiff::Timestamp::now();
        agents::register(store, actor.clone(), profile, "localhost".to_owned(), now, Some(call(id))).await
    };
    register(b"first").await.expect("an agent");
    let recorded = idempotency::find(store, b"first").await.expect("read").expect("a call");
    assert_eq!((recorded.body_hash, recorded.response), (vec![1], Some(vec![7])));
    register(b"second").await.expect_err("the email address is taken");
    assert_eq!(idempotency::find(store, b"second").await.expect("read"), None);
}

#[tokio::test]
async fn failing_to_record_a_call_rolls_back_its_changes() {
    let test = TestStore::new().await;
    let (store, actor) = (&test.store, test.organization().await);
    test.sql()
        .await
        .run("CREATE TRIGGER full BEFORE INSERT ON idempotent_answers BEGIN SELECT RAISE(ABORT, 'no'); END")
        .await;
    let profile = fields("a@example.com").register("o").expect("a profile");
    let now = jiff::Timestamp::now();
    let registered =
        agents::register(store, actor.clone(), profile, "localhost".to_owned(), now, Some(call(b"x"))).await;
    registered.expect_err("not recorded");
    assert_eq!(agents::count(store, actor.organization_id).await.expect("a number"), 0);
}

#[tokio::test]
async fn a_response_that_cannot_be_built_rolls_back_the_changes_of_its_call() {
    let test = TestStore::new().await;
    let (store, actor) = (&test.store, test.organization().await);
    let profile = fields("a@example.com").register("o").expect("a profile");
    let now = jiff::Timestamp::now();
    let call = IdempotentCall { id: vec![1], body_hash: vec![1], at: i64::MAX };
    let broken = SealedCall::new(call, |_| Err("no randomness".to_owned()));
    let registered = agents::register(store, actor.clone(), profile, "localhost".to_owned(), now, Some(broken)).await;
    registered.expect_err("no response");
    assert_eq!(agents::count(store, actor.organization_id).await.expect("a number"), 0);
    assert_eq!(idempotency::find(store, &[1]).await.expect("read"), None);
}
