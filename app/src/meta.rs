//! The document's head: the only place that writes titles, descriptions and URLs, as attributes and text that Leptos
//! escapes.

use leptos::prelude::*;

use crate::model::{About, Frame, Meta, Software};

/// Site name, appended to each page's title.
const SITE: &str = "SentryAgent";

/// Contents of the `head` element.
#[component]
pub(crate) fn Head(frame: Frame, has_island: bool) -> impl IntoView {
    let Frame { meta, assets, links, .. } = frame;
    let structured = structured(&meta);
    let title = format!("{} · {SITE}", meta.title);
    view! {
        <meta charset="utf-8"/>
        <meta name="viewport" content="width=device-width, initial-scale=1"/>
        <title>{title}</title>
        <meta name="description" content=meta.description.clone()/>
        <meta name="color-scheme" content="light dark"/>
        {meta.noindex.then(|| view! { <meta name="robots" content="noindex"/> })}
        <script src=assets.early_script></script>
        <link rel="stylesheet" href=assets.style/>
        <link rel="preload" r#as="font" type="font/woff2" crossorigin="" href=assets.text_font/>
        <link rel="icon" href=assets.icon type="image/svg+xml"/>
        <link rel="apple-touch-icon" href=assets.touch_icon/>
        <link rel="describedby" type="text/plain" href=links.llms/>
        {meta.markdown.map(|href| view! { <link rel="alternate" type="text/markdown" href=href/> })}
        {meta.canonical.map(|address| view! {
            <link rel="canonical" href=address.clone()/>
            {property("og:url", address)}
            {property("og:type", "website".to_owned())}
            {property("og:site_name", SITE.to_owned())}
            {property("og:title", meta.title)}
            {property("og:description", meta.description)}
        })}
        {meta.feed.map(|feed| view! { <link rel="alternate" type="application/atom+xml" title=feed.title href=feed.href/> })}
        {structured.map(|json| view! { <script type="application/ld+json" inner_html=json></script> })}
        <script defer src=assets.site_script></script>
        {meta.script.map(|src| view! { <script defer src=src></script> })}
        {has_island.then(|| view! {
            <script defer src=assets.islands_script data-module=assets.module data-wasm=assets.wasm></script>
        })}
    }
    .into_any()
}

/// Open Graph property: uses an attribute that HTML doesn't define.
fn property(name: &'static str, content: String) -> impl IntoView {
    leptos::html::meta().attr("property", name).attr("content", content)
}

/// Structured data (schema.org, JSON-LD 1.1): a data block that browsers don't execute. `<` is escaped so that no text
/// can close the element.
fn structured(meta: &Meta) -> Option<String> {
    let structured = meta.structured.as_ref()?;
    let mut about = match &structured.about {
        About::Article => serde_json::json!({
            "@type": "TechArticle",
            "headline": meta.title,
            "description": meta.description,
            "url": meta.canonical,
            "inLanguage": "en",
            "publisher": { "@type": "Organization", "name": "SentryAgent.ai" },
        }),
        About::List => serde_json::json!({
            "@type": "CollectionPage",
            "name": meta.title,
            "description": meta.description,
            "url": meta.canonical,
        }),
        About::Software(software) => application(software, meta.canonical.as_deref()),
    };
    if let Some(day) = &structured.modified {
        about["dateModified"] = day.as_str().into();
    }
    let step = |(index, link): (usize, &crate::model::Link)| serde_json::json!({ "@type": "ListItem", "position": index + 1, "name": link.title, "item": link.href });
    let breadcrumbs: Vec<_> = structured.breadcrumbs.iter().enumerate().map(step).collect();
    let graph = [about, serde_json::json!({ "@type": "BreadcrumbList", "itemListElement": breadcrumbs })];
    Some(serde_json::json!({ "@context": "https://schema.org", "@graph": graph }).to_string().replace('<', "\\u003c"))
}

fn application(software: &Software, url: Option<&str>) -> serde_json::Value {
    serde_json::json!({
        "@type": "SoftwareApplication",
        "@id": software.did,
        "identifier": software.agent_id,
        "name": software.name,
        "description": software.description,
        "url": url,
        "softwareVersion": software.version,
        "applicationCategory": "AI agent",
        "applicationSubCategory": software.agent_type,
        "keywords": software.keywords,
        "dateCreated": software.created,
        "datePublished": software.published,
        "dateModified": software.modified,
        "publisher": { "@type": "Organization", "name": software.publisher, "identifier": software.publisher_slug },
        "author": { "@type": "Organization", "name": software.owner },
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Link, Structured};

    #[test]
    fn structured_data_cannot_close_the_script_element() {
        let title = "</script><script>alert(1)</script> \"quoted\"";
        let breadcrumbs = vec![Link { title: title.to_owned(), href: "https://x/".to_owned() }];
        let meta = Meta {
            title: title.to_owned(),
            structured: Some(Structured {
                modified: Some("2026-01-31".to_owned()),
                breadcrumbs,
                ..Structured::default()
            }),
            ..Meta::default()
        };
        let json = structured(&meta).expect("structured data");
        assert!(!json.contains('<'), "{json}");
        let data: serde_json::Value = serde_json::from_str(&json).expect("JSON");
        assert_eq!(data["@graph"][0]["headline"], title);
        assert_eq!(data["@graph"][1]["itemListElement"][0]["name"], title);
    }
}
