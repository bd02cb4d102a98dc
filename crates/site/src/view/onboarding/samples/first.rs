// set -a; . ./sentryagent.env; set +a; cargo run --quiet
// [dependencies]
// reqwest = { version = "0.12", default-features = false, features = ["blocking", "json", "rustls-tls-native-roots"] }
// serde_json = "1"
use serde_json::Value;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let client = reqwest::blocking::Client::new();
    let issued: Value = client
        .post("API_ORIGIN/api/v1/token")
        .basic_auth(std::env::var("CLIENT_ID")?, Some(std::env::var("CLIENT_SECRET")?))
        .form(&[("grant_type", "client_credentials")])
        .send()?
        .error_for_status()?
        .json()?;
    let token = issued["access_token"].as_str().ok_or("no token")?;
    let agent: Value = client
        .get("API_ORIGIN/api/v1/agents/AGENT_ID")
        .bearer_auth(token)
        .send()?
        .error_for_status()?
        .json()?;
    println!("{agent:#}");
    Ok(())
}
