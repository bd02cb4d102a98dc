use reqwest::Method;
use reqwest::header::ACCEPT;
use serde_json::Value;

use crate::support::{Portal, Setup, page, until};

fn tokens() -> Setup {
    Setup::new()
        .file("docs/tokens.md", &page("Tokens and scopes", "A token ends soon.\n\n## How long `agent_id` lives\n\nSome minutes <b>.\n\n```bash\nportal serve --listen\n```\n"))
        .file("docs/other.md", &page("Other things", "Here a token is named once.\n"))
        .file("search.toml", "synonyms = [[\"token\", \"jwt\"]]\n")
}

async fn hits(portal: &Portal, term: &str) -> Vec<String> {
    let query: String = url::form_urlencoded::Serializer::new(String::new()).append_pair("q", term).finish();
    let text = portal.text(&format!("/search.json?{query}")).await;
    let response: Value = serde_json::from_str(&text).unwrap_or_else(|error| panic!("{error}: {text}"));
    let hits =
        response["groups"].as_array().expect("groups").iter().flat_map(|group| group["hits"].as_array().expect("hits"));
    hits.map(|hit| hit["href"].as_str().expect("an address").to_owned()).collect()
}

#[tokio::test]
async fn search_matches_word_forms_typos_synonyms_and_identifiers() {
    let portal = tokens().start().await;
    for term in [
        "token",
        "tokens",
        "TOKENS",
        "toke",
        "tokne",
        "jwt",
        "agent id",
        "agentId",
        "agentid",
        "agent_id",
        "--listen",
        "scope of a token",
    ] {
        assert_eq!(hits(&portal, term).await.first().map(String::as_str), Some("/docs/tokens"), "{term}");
    }
    assert_eq!(hits(&portal, "token").await, ["/docs/tokens", "/docs/other"], "a match in the title ranks first");
    assert_eq!(hits(&portal, "token lives").await[0], "/docs/tokens", "a page with both words ranks first");
    assert_eq!(hits(&portal, "did web address").await, ["/tools/did-web"]);
    assert!(hits(&portal, "zzzzqqq").await.is_empty() && hits(&portal, " ").await.is_empty());
}

#[tokio::test]
async fn the_search_page_works_without_javascript() {
    let portal = tokens().start().await;
    let html = portal.text("/search?q=token+lives").await;
    for part in [
        "2 results for “token lives”",
        "<h2>Docs</h2>",
        "<mark>Token",
        "href=\"/docs/tokens#how-long-agent_id-lives\"",
        "value=\"token lives\"",
        "noindex",
    ] {
        assert!(html.contains(part), "{part} is missing in {html}");
    }
    let html = portal.text("/search?q=%3Cscript%3Ealert(1)%3C/script%3E").await;
    assert!(!html.contains("<script>alert"), "{html}");
    let nothing = portal.text("/search?q=tokn3zzz").await;
    assert!(nothing.contains("No results") && nothing.contains("Need more help?"), "{nothing}");
    let near = portal.text("/search?q=scopezzz").await;
    assert!(near.contains("Similar searches") && near.contains("href=\"/search?q=scopes\""), "{near}");
    assert_eq!(portal.get("/search?q=x").await.headers()["cache-control"], "no-store");
    assert!(portal.get("/search").await.headers()["cache-control"].to_str().unwrap().contains("s-maxage"));
}

#[tokio::test]
async fn search_results_are_markdown_if_the_request_prefers_it() {
    let portal = tokens().start().await;
    let response = portal
        .request(Method::GET, "/search?q=token")
        .header(ACCEPT, "text/markdown")
        .send()
        .await
        .expect("a response");
    assert_eq!(response.headers()["content-type"], "text/markdown; charset=utf-8");
    let text = response.text().await.expect("text");
    assert!(text.contains("## Docs") && text.contains("](http://localhost:3000/docs/tokens)"), "{text}");
}

#[tokio::test]
async fn drafts_and_excluded_pages_are_not_in_search_results() {
    let portal = tokens()
        .file("docs/draft.md", "---\ntitle: Token draft\ndescription: D.\ndraft: true\n---\ntoken\n")
        .file("docs/hidden.md", &page("Token hidden", "token\n"))
        .file("search.toml", "exclude = [\"/docs/hidden\"]\n")
        .start()
        .await;
    assert_eq!(hits(&portal, "token").await, ["/docs/tokens", "/docs/other"]);
}

#[tokio::test]
async fn a_changed_page_is_found_only_by_its_new_text() {
    let portal = tokens().start().await;
    assert!(hits(&portal, "zebra").await.is_empty());
    portal.write("docs/other.md", &page("Other things", "Now a zebra.\n"));
    until("the new word is found", || async { hits(&portal, "zebra").await == ["/docs/other"] }).await;
    assert_eq!(hits(&portal, "token").await, ["/docs/tokens"]);
}

#[tokio::test]
async fn hostile_search_queries_cause_no_server_error() {
    let portal = tokens().start().await;
    let mut terms: Vec<String> = [
        "\"",
        "'",
        "a AND (b OR",
        "title:token",
        "token~9",
        "tok*",
        "^token$",
        "[a TO z]",
        "\\",
        "+-&&||!(){}[]^\"~*?:\\/",
        "токен",
        "トークン",
        "رمز",
        "🜁🜂🜃",
        "a\u{0}b",
        "\u{202e}nekot",
        "%",
        "%%%",
        "<script>",
        "a_b_c_d_e_f_g_h_i_j_k",
        "....",
        "did:web:a:b:c",
    ]
    .map(str::to_owned)
    .to_vec();
    terms.push("token ".repeat(2000));
    terms.push("x".repeat(10_000));
    terms.push("a-".repeat(5000));
    terms.push("ü".repeat(10_000));
    // Every query and every pair of queries, repeated up to 2000 requests.
    let pairs: Vec<String> =
        terms.iter().flat_map(|one| terms.iter().map(move |other| format!("{one} {other}"))).collect();
    for term in terms.iter().chain(&pairs).cycle().take(2000) {
        let query: String = url::form_urlencoded::Serializer::new(String::new()).append_pair("q", term).finish();
        // The connection rejects a query that doesn't fit into the request head, which is acceptable.
        if query.len() > 60_000 {
            continue;
        }
        let status = portal.get(&format!("/search.json?{query}")).await.status();
        assert!(status == 200 || status == 414 || status == 431, "{term:.60}: {status}");
    }
    assert_eq!(portal.get("/search?q=%ff%fe").await.status().as_u16() / 100, 2);
    assert_eq!(hits(&portal, "token").await.len(), 2);
}
