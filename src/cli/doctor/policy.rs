//! What a page's content security policy lets a survey do.

use super::exchange::{Answer, Exchange};
use super::{Finding, origin_of};

/// Looks at a page that shows a survey.
pub fn look(exchange: &Exchange, page: &str, endpoint: &str) -> Vec<Finding> {
    let Some(own) = origin_of(page) else {
        let mend = "give its whole address, with https://";
        return vec![Finding::wrong("page", format!("`{page}` is no address"), mend)];
    };
    let answer = match exchange.send("GET", page, &[], "") {
        Ok(answer) if answer.status == 200 => answer,
        Ok(answer) => {
            let says = format!("it answers with {}", answer.status);
            return vec![Finding::wrong("page", says, "give the address that visitors end up at")];
        }
        Err(error) => {
            let says = format!("it cannot be fetched ({error})");
            return vec![Finding::wrong("page", says, "is the address right?")];
        }
    };
    let mut findings = Vec::new();
    if page.starts_with("https://") && endpoint.starts_with("http://") {
        let says = "the page is https, the endpoint http: browsers block that";
        findings.push(Finding::wrong("page", says, "serve the endpoint with https"));
    }
    let policies = policies(&answer);
    if policies.is_empty() {
        findings.push(Finding::fine("csp", "the page has no policy"));
        return findings;
    }
    // Every policy has to agree.
    for policy in &policies {
        findings.extend(judge(policy, &own, endpoint));
    }
    if findings.is_empty() {
        findings.push(Finding::fine("csp", "the policy lets surveys run and send"));
    }
    findings
}

/// What in one policy stands in the way.
fn judge(policy: &str, own: &str, endpoint: &str) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut wrong = |directive: &str, needs: &str| {
        let says = format!("`{directive}` of the policy does not allow {needs}");
        let mend = format!("add {needs} to `{directive}`");
        findings.push(Finding::wrong("csp", says, mend));
    };
    if let Some(sources) = sources(policy, "connect-src")
        && !allows(&sources, endpoint, own)
    {
        let needs = if endpoint == own { "'self'" } else { endpoint };
        wrong("connect-src", needs);
    }
    if let Some(sources) = sources(policy, "script-src") {
        let wasm = ["'wasm-unsafe-eval'", "'unsafe-eval'"];
        if !sources.iter().any(|source| wasm.contains(&source.as_str())) {
            wrong("script-src", "'wasm-unsafe-eval'");
        }
    }
    findings
}

/// The policies of a page, from its headers and its own words.
fn policies(answer: &Answer) -> Vec<String> {
    let headers = answer.headers("content-security-policy").flat_map(|value| value.split(','));
    let mut policies: Vec<String> = headers.map(str::to_owned).collect();
    let lower = answer.body.to_lowercase();
    for (at, _) in lower.match_indices("http-equiv=\"content-security-policy\"") {
        let tag = answer.body.get(at..).and_then(|rest| rest.split('>').next());
        let content = tag.and_then(|tag| tag.split_once("content=\"")?.1.split('"').next());
        policies.extend(content.map(str::to_owned));
    }
    policies
}

/// What a directive, or the one that stands in for it, lists; nothing where there is no limit.
fn sources(policy: &str, directive: &str) -> Option<Vec<String>> {
    let find = |wanted: &str| {
        policy.split(';').find_map(|entry| {
            let mut words = entry.split_whitespace();
            let is_it = words.next().is_some_and(|name| name.eq_ignore_ascii_case(wanted));
            is_it.then(|| words.map(str::to_lowercase).collect())
        })
    };
    find(directive).or_else(|| find("default-src"))
}

fn allows(sources: &[String], origin: &str, own: &str) -> bool {
    let (scheme, host) = origin.split_once("://").unwrap_or_default();
    sources.iter().any(|source| {
        let source = source.as_str();
        let bare = source.split_once("://").map_or(source, |(_, rest)| rest);
        let bare = bare.split('/').next().unwrap_or_default();
        let scheme_fits = match source.split_once("://") {
            Some((given, _)) => given == scheme || (given == "http" && scheme == "https"),
            None => true,
        };
        source == "*"
            || (source == "'self'" && origin == own)
            || source == format!("{scheme}:")
            || (scheme_fits && bare == host)
            || (scheme_fits
                && bare
                    .strip_prefix('*')
                    .is_some_and(|end| end.starts_with('.') && host.ends_with(end)))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wrong(policy: &str) -> usize {
        judge(policy, "https://www.example.com", "https://collect.example.com").len()
    }

    #[test]
    fn policies_are_read_as_browsers_read_them() {
        assert_eq!(wrong("img-src 'self'"), 0);
        assert_eq!(wrong("default-src 'self'"), 2);
        assert_eq!(wrong("default-src 'self' 'wasm-unsafe-eval'; connect-src *"), 0);
        assert_eq!(wrong("connect-src https://collect.example.com; script-src 'self'"), 1);
        assert_eq!(wrong("connect-src https://*.example.com/"), 0);
        assert_eq!(wrong("Connect-Src HTTPS:"), 0);
        assert_eq!(wrong("connect-src 'none'"), 1);
        assert_eq!(wrong("connect-src https://collect.example.com.evil.test"), 1);
    }
}
