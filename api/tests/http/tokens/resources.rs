//! Resources that tokens are for (RFC 8707).

use super::oauth;
use crate::support::TestApp;

#[tokio::test]
async fn a_token_is_for_one_resource_with_a_harmless_uri() {
    let app = TestApp::start().await;
    let tenant = app.provisional().await;
    for resources in [
        vec!["not an address"],
        vec!["javascript:alert(1)"],
        vec!["https://a.example/#part"],
        vec!["https://a.example", "https://b.example"],
    ] {
        let mut fields =
            vec![("grant_type", "client_credentials"), ("client_id", &tenant.id), ("client_secret", &tenant.secret)];
        fields.extend(resources.iter().map(|resource| ("resource", *resource)));
        oauth(app.anonymous().form("/api/v1/token", &fields).await, 400, "invalid_target");
    }
}
