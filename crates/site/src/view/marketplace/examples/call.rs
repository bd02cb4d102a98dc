// [dependencies]
// reqwest = { version = "0.12", default-features = false, features = ["blocking", "json", "rustls-tls-native-roots"] }
// serde_json = "1"
// uuid = { version = "1", features = ["v4"] }
use serde_json::{Value, json};

const ENDPOINT: &str = "AGENT_ENDPOINT";

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let client = reqwest::blocking::Client::new();
    let issued: Value = client
        .post("AGENT_API/api/v1/token")
        .basic_auth(std::env::var("CLIENT_ID")?, Some(std::env::var("CLIENT_SECRET")?))
        .form(&[
            ("grant_type", "client_credentials"),
            ("scope", "agents:read"),
            ("resource", ENDPOINT),
        ])
        .send()?
        .error_for_status()?
        .json()?;
    let token = issued["access_token"].as_str().ok_or("no token")?;
    let call = json!({
        "jsonrpc": "2.0",
        "id": 1,
        "method": "SendMessage",
        "params": { "message": {
            "messageId": uuid::Uuid::new_v4().to_string(),
            "role": "ROLE_USER",
            "parts": [{ "text": "Hello" }],
        } },
    });
    let answer: Value = client
        .post(ENDPOINT)
        .bearer_auth(token)
        .header("A2A-Version", "1.0")
        .json(&call)
        .send()?
        .json()?;
    println!("{answer:#}");
    Ok(())
}
