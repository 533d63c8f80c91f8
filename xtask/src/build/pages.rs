//! What every page in `dist/` must keep to, so that it works under a strict content security policy.

use std::path::Path;

use anyhow::{Context, Result, bail};

use super::markup::{Tag, tags};
use crate::command::step;
use crate::project::files;

/// Clears what Trunk leaves behind and refuses pages that a browser would refuse in part.
pub fn finish(dist: &Path) -> Result<()> {
    step("no page has an inline script or fetches from elsewhere");
    let mut faults = Vec::new();
    for name in files(dist)?.iter().filter(|name| name.ends_with(".html")) {
        let page = dist.join(name);
        let html =
            std::fs::read_to_string(&page).with_context(|| format!("reading dist/{name}"))?;
        let clean = without_trunk_links(&html);
        if clean != html {
            std::fs::write(&page, &clean).with_context(|| format!("writing dist/{name}"))?;
        }
        faults.extend(page_faults(&clean).into_iter().map(|fault| format!("  {name}: {fault}")));
    }
    if !faults.is_empty() {
        bail!("pages that a strict content security policy breaks:\n{}", faults.join("\n"));
    }
    Ok(())
}

/// Trunk keeps its own instruction in the page when it injects nothing.
fn without_trunk_links(html: &str) -> String {
    html.lines()
        .filter(|line| !line.contains("data-trunk"))
        .map(|line| format!("{line}\n"))
        .collect()
}

fn page_faults(html: &str) -> Vec<String> {
    let tags = tags(html);
    let mut faults: Vec<String> = tags.iter().flat_map(tag_faults).collect();
    let embeds = tags.iter().any(|tag| tag.name == "askwell-survey");
    let loads = tags.iter().any(|tag| {
        tag.name == "script" && tag.get("src").is_some_and(|source| source.ends_with("askwell.js"))
    });
    if embeds && !loads {
        faults.push(
            "<askwell-survey> without <script type=\"module\" src=\"askwell.js\">".to_owned(),
        );
    }
    faults
}

fn tag_faults(tag: &Tag) -> Vec<String> {
    let mut faults = Vec::new();
    if tag.name == "script" && tag.get("src").is_none() && !holds_data(tag) {
        faults.push("an inline <script>: move it into a file of its own".to_owned());
    }
    for (name, value) in &tag.attributes {
        if name.starts_with("on") {
            faults.push(format!("<{} {name}=…>: add the listener in a script file", tag.name));
        }
        if value.trim_start().to_ascii_lowercase().starts_with("javascript:") {
            faults.push(format!("<{} {name}=\"javascript:…\">", tag.name));
        }
        let fetched = name == "src" || name == "srcset" || (name == "href" && tag.name == "link");
        let elsewhere =
            value.starts_with("http:") || value.starts_with("https:") || value.starts_with("//");
        if fetched && elsewhere {
            faults.push(format!("<{} {name}=\"{value}\"> is fetched from elsewhere", tag.name));
        }
    }
    faults
}

/// Browsers run neither of these types, so the policy lets them be.
fn holds_data(script: &Tag) -> bool {
    matches!(script.get("type"), Some("application/json" | "application/ld+json"))
}

#[cfg(test)]
mod tests {
    use super::{page_faults, without_trunk_links};

    #[test]
    fn a_page_with_the_loader_is_fine() {
        let page = r#"<!doctype html><!-- <script>old()</script> -->
            <script type="module" src="askwell.js"></script>
            <script type="application/json">{"a": "<b onclick=x>"}</script>
            <a href="https://example.org/">elsewhere</a> <askwell-survey src="x.json"></askwell-survey>"#;
        assert_eq!(page_faults(page), Vec::<String>::new());
    }

    #[test]
    fn whatever_a_strict_policy_refuses_is_a_fault() {
        for page in [
            "<script>start()</script>",
            "<SCRIPT type=module>start()</SCRIPT>",
            "<script type=\"importmap\">{}</script>",
            "<button onclick=\"start()\">",
            "<a href=\" JavaScript:start()\">",
            "<script src=\"https://cdn.example/x.js\"></script>",
            "<link rel=stylesheet href=//fonts.example/x.css>",
            "<askwell-survey></askwell-survey>",
        ] {
            assert_eq!(page_faults(page).len(), 1, "{page}");
        }
    }

    #[test]
    fn instructions_to_trunk_do_not_reach_the_site() {
        let page = "<head>\n<link data-trunk rel=\"rust\">\n<title>x</title>\n</head>\n";
        assert_eq!(without_trunk_links(page), "<head>\n<title>x</title>\n</head>\n");
    }
}
