//! The largest and most awkward input that each operation accepts: responses and processor time stay bounded.

use std::time::Duration;

use reqwest::Method;
use serde_json::{Map, Value, json};

use crate::process::{Process, enterprise};
use crate::support::Caller;

/// Size of a hostile request, in bytes: the limit of a body, and of a request's head.
const SIZE: usize = 60_000;
/// Largest response to a hostile request: body and headers, in bytes.
const MAX_RESPONSE: usize = 12_000;
/// Most processor time of one request, unoptimized. Work that grows with the square of the input takes seconds.
const MAX_TIME: Duration = Duration::from_millis(100);

#[tokio::test]
async fn no_operation_does_more_work_for_more_input() {
    let folder = tempfile::tempdir().expect("a folder");
    let before = "LIMIT_ADDRESS_PER_MINUTE=1000000 LIMIT_DOCUMENTS_PER_MINUTE=1000000 LIMIT_SIGNUP_PER_HOUR=1000000 \
                  LIMIT_FAILURES_PER_HOUR=1000000 LIMIT_REPORTS_PER_HOUR=1000000 LIMIT_CHECKS_PER_HOUR=1000000";
    let process = Process::start(folder.path(), before, "info");
    let (_, _, caller) = enterprise(&process, folder.path()).await;
    let contract = serde_json::to_value(api::openapi::document(&process.url)).expect("JSON");
    let mut failures = Vec::new();
    for (path, operations) in contract["paths"].as_object().expect("paths") {
        for (method, operation) in operations.as_object().expect("operations") {
            let Ok(method) = method.to_uppercase().parse::<Method>() else { continue };
            // Ends the credential that the other requests use.
            if path == "/api/v1/organizations/me" && method == Method::DELETE {
                continue;
            }
            for (name, request) in requests(&caller, &method, path, operation, &contract) {
                let before = processor_time(process.child.id());
                let size = response_size(request).await;
                let time = processor_time(process.child.id()).saturating_sub(before);
                if size > MAX_RESPONSE || time > MAX_TIME {
                    failures.push(format!("{method} {path}, {name}: {size} bytes, {time:?}"));
                }
            }
        }
    }
    assert!(failures.is_empty(), "{failures:#?}");
}

/// Size of a response's headers and body. Zero if the server closes the connection instead.
async fn response_size(request: reqwest::RequestBuilder) -> usize {
    let Ok(response) = request.send().await else { return 0 };
    let headers: usize = response.headers().iter().map(|(name, value)| name.as_str().len() + value.len()).sum();
    headers + response.bytes().await.map_or(0, |body| body.len())
}

/// Processor time of a process so far.
fn processor_time(process: u32) -> Duration {
    let threads = std::fs::read_dir(format!("/proc/{process}/task")).expect("threads");
    let spent = threads.filter_map(|thread| {
        // A thread may end between listing and reading.
        let text = std::fs::read_to_string(thread.ok()?.path().join("schedstat")).ok()?;
        text.split(' ').next()?.parse::<u64>().ok()
    });
    Duration::from_nanos(spent.sum())
}

/// Hostile requests of an operation.
fn requests(
    caller: &Caller,
    method: &Method,
    path: &str,
    operation: &Value,
    contract: &Value,
) -> Vec<(String, reqwest::RequestBuilder)> {
    let path = path
        .replace("{agentId}", "01993b6e-8123-7d11-8a2b-77c1d9a0be55")
        .replace("{credentialId}", "01993b6e-8123-7d11-8a2b-77c1d9a0be55")
        .replace("{claimId}", "01993b6e-8123-7d11-8a2b-77c1d9a0be55")
        .replace("{eventId}", "01993b6e-8123-7d11-8a2b-77c1d9a0be55")
        .replace("{did}", "did:web:example.com")
        .replace("{slug}", "northquay-freight");
    let mut requests = Vec::new();
    for (name, query) in queries(operation) {
        requests.push((name, caller.request(method.clone(), &format!("{path}?{query}"))));
    }
    requests
        .push(("long path".to_owned(), caller.request(method.clone(), &format!("{path}{}", "/a".repeat(SIZE / 2)))));
    let Some(content) = operation["requestBody"]["content"].as_object() else { return requests };
    for (kind, media) in content {
        let is_form = kind == "application/x-www-form-urlencoded";
        let bodies = if is_form { forms(media, contract) } else { bodies(media, contract) };
        for (name, body) in bodies {
            let request =
                caller.request(method.clone(), &path).header("content-type", kind).header("if-match", "\"1\"");
            requests.push((name, request.body(body)));
        }
    }
    requests
}

/// Repeats a numbered part until it fills a request.
fn fill(separator: &str, part: impl Fn(usize) -> String) -> String {
    let mut text = part(0);
    for number in 1.. {
        let part = part(number);
        if text.len() + separator.len() + part.len() > SIZE {
            break;
        }
        text.push_str(separator);
        text.push_str(&part);
    }
    text
}

/// The largest allowed number of parameters.
fn fifty(parameter: impl Fn(usize) -> String) -> String {
    (0..50).map(parameter).collect::<Vec<_>>().join("&")
}

fn queries(operation: &Value) -> Vec<(String, String)> {
    let mut queries = vec![
        ("distinct parameters".to_owned(), fill("&", |number| format!("p{number}="))),
        ("fifty parameters".to_owned(), fifty(|number| format!("parameter-{number}=x"))),
        ("long parameter".to_owned(), format!("q={}", "a".repeat(4000))),
    ];
    for parameter in operation["parameters"].as_array().into_iter().flatten().filter(|one| one["in"] == "query") {
        let name = parameter["name"].as_str().expect("a name");
        queries.push((format!("{name} repeated"), fill("&", |number| format!("{name}=a{number}"))));
        queries.push((format!("{name} fifty times"), fifty(|number| format!("{name}=a{number}:b"))));
        queries.push((format!("{name} with commas"), format!("{name}={}", "a:b,".repeat(1000))));
    }
    queries
}

fn bodies(media: &Value, contract: &Value) -> Vec<(String, String)> {
    let mut bodies = vec![
        ("unknown fields".to_owned(), format!("{{{}}}", fill(",", |number| format!("\"f{number}\":1")))),
        ("depth".to_owned(), "[".repeat(SIZE)),
        ("depth in an object".to_owned(), "{\"a\":".repeat(SIZE / 5)),
    ];
    let properties = resolve(&media["schema"], contract)["properties"].as_object().cloned().unwrap_or_default();
    let usual = json!({ "name": "Agent", "agentType": "custom", "capabilities": ["tasks:run"] });
    for name in properties.keys() {
        let with = |value: &str| {
            let mut body: Map<String, Value> = usual.as_object().expect("an object").clone();
            body.retain(|key, _| key != name && properties.contains_key(key));
            let others = serde_json::to_string(&body).expect("JSON");
            let others = others.trim_start_matches('{').trim_end_matches('}');
            let comma = if others.is_empty() { "" } else { "," };
            format!("{{{others}{comma}\"{name}\":{value}}}")
        };
        let list = |part: &dyn Fn(usize) -> String| with(&format!("[{}]", fill(",", part)));
        bodies.push((format!("{name}: text"), with(&format!("\"{}\"", "a".repeat(SIZE)))));
        bodies.push((format!("{name}: words"), with(&format!("\"{}\"", fill(" ", |number| format!("a{number}:b"))))));
        bodies.push((format!("{name}: list"), list(&|number| format!("\"a{number}:b\""))));
        bodies.push((format!("{name}: equal items"), list(&|_| "\"agents:read\"".to_owned())));
        bodies.push((format!("{name}: objects"), list(&|number| format!("{{\"id\":\"a{number}\",\"name\":\"n\"}}"))));
        bodies.push((format!("{name}: wrong objects"), list(&|_| "{}".to_owned())));
        bodies.push((format!("{name}: depth"), with(&format!("{}{}", "[".repeat(100), "]".repeat(100)))));
        bodies.push((format!("{name}: digits"), with(&"9".repeat(SIZE))));
        bodies.push((format!("{name}: escapes"), with(&format!("\"{}\"", "\\u0430".repeat(SIZE / 6)))));
    }
    bodies
}

fn forms(media: &Value, contract: &Value) -> Vec<(String, String)> {
    let mut forms = vec![("distinct fields".to_owned(), fill("&", |number| format!("p{number}=a")))];
    let properties = resolve(&media["schema"], contract)["properties"].as_object().cloned().unwrap_or_default();
    for name in properties.keys() {
        forms.push((format!("{name}: words"), format!("{name}={}", fill("+", |number| format!("a{number}:b")))));
        forms.push((format!("{name}: repeated"), fill("&", |number| format!("{name}=a{number}"))));
        forms.push((
            format!("{name}: equal words"),
            format!("grant_type=client_credentials&{name}={}", "agents:read+".repeat(5000)),
        ));
    }
    forms
}

fn resolve<'a>(schema: &'a Value, contract: &'a Value) -> &'a Value {
    match schema["$ref"].as_str() {
        Some(name) => &contract["components"]["schemas"][name.rsplit('/').next().expect("a name")],
        None => schema,
    }
}
