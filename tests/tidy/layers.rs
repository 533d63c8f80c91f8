//! Who may use whom.

use std::collections::BTreeSet;

/// Everything that may be used natively: all layers below the DOM line.
pub const ENGINE: &[&str] = &[
    "value",
    "text",
    "issue",
    "order",
    "diagnostic",
    "definition",
    "expr",
    "pattern",
    "validators",
    "questions",
    "survey",
    "flow",
    "validate",
    "metrics",
    "stats",
    "score",
    "session",
    "competency",
    "submission",
    "formats",
    "report",
    "export",
    "convert",
    "instruments",
    "link",
    "seal",
    "locales",
    "outbox",
    "kiosk",
    "translation",
];

/// Who may use whom. A layer is a module of the crate's root, or one of the two special kinds of file
/// at the DOM line: `ui/kit` and the views of question types.
pub const LAYERS: &[(&str, &[&str])] = &[
    ("value", &[]),
    ("text", &[]),
    ("issue", &[]),
    ("order", &[]),
    ("diagnostic", &[]),
    ("definition", &["value", "text", "diagnostic"]),
    ("expr", &["value", "diagnostic"]),
    ("pattern", &[]),
    ("validators", &["value", "text", "issue", "diagnostic", "definition", "pattern"]),
    ("questions", &["value", "text", "issue", "diagnostic", "definition", "validators"]),
    (
        "survey",
        &[
            "value",
            "text",
            "diagnostic",
            "definition",
            "expr",
            "questions",
            "validators",
            "metrics",
        ],
    ),
    ("flow", &["order", "survey", "expr", "questions", "value", "issue"]),
    ("validate", &["survey", "expr", "questions", "value", "issue"]),
    ("metrics", &["value", "definition", "diagnostic"]),
    ("stats", &["value"]),
    ("score", &["metrics", "survey", "expr", "value"]),
    (
        "session",
        &[
            "order",
            "flow",
            "validate",
            "score",
            "survey",
            "expr",
            "questions",
            "metrics",
            "submission",
            "text",
            "value",
            "issue",
        ],
    ),
    ("competency", &["survey", "stats", "text", "definition", "value", "diagnostic"]),
    ("submission", &["value", "survey"]),
    ("formats", &["submission", "value"]),
    ("export", &["survey", "metrics", "questions", "locales", "text", "value"]),
    (
        "report",
        &[
            "export",
            "metrics",
            "stats",
            "submission",
            "survey",
            "questions",
            "session",
            "locales",
            "text",
            "diagnostic",
            "value",
        ],
    ),
    ("convert", &["survey", "text", "value", "diagnostic", "expr"]),
    ("convert", &["survey", "text", "value", "diagnostic"]),
    (
        "translation",
        &[
            "survey",
            "questions",
            "validators",
            "metrics",
            "definition",
            "text",
            "value",
            "diagnostic",
        ],
    ),
    ("instruments", &["survey", "text"]),
    ("link", &["value"]),
    ("seal", &["link", "submission", "value"]),
    ("locales", &["value", "text", "diagnostic"]),
    ("outbox", &["submission", "formats", "value"]),
    ("kiosk", &["value"]),
    // The DOM line.
    ("report_page", &["report", "export", "survey", "value"]),
    ("browser", &["outbox", "submission", "formats", "value"]),
    ("ui/kit", &["survey", "questions", "locales", "text", "issue", "value"]),
    ("questions/view", &["ui/kit", "questions", "locales", "text", "issue", "value"]),
    ("ui", &["*", "ui/kit", "browser"]),
    ("element", &["*", "ui", "ui/kit", "browser"]),
    // Native.
    ("cli", &["*", "server"]),
    ("server", &["*"]),
    ("bin", &["cli"]),
];

const EXCEPTIONS: &[(&str, &str)] = &[
    // The table of question types names the view of each, so it alone looks across the DOM line.
    ("src/questions/mod.rs", "ui/kit"),
    // Macros live at the crate's root, whichever module declares them; these are named in a re-export.
    ("src/definition.rs", "definition_words"),
    ("src/definition.rs", "kinds"),
];

pub fn layer_faults(path: &str, code: &str) -> Vec<String> {
    let layer = layer_of(path);
    let Some((_, allowed)) = LAYERS.iter().find(|(name, _)| *name == layer) else {
        return vec![format!(
            "{path}: `{layer}` has no row in the table of layers in tests/tidy/layers.rs"
        )];
    };
    let mut faults = BTreeSet::new();
    for used in used_layers(path, code) {
        let allowed = used == layer
            || allowed.contains(&used.as_str())
            || (allowed.contains(&"*") && ENGINE.contains(&used.as_str()))
            || EXCEPTIONS.contains(&(path, used.as_str()));
        if !allowed {
            faults.insert(format!("{path}: `{layer}` may not use `{used}`"));
        }
    }
    faults.into_iter().collect()
}

fn module_of(path: &str) -> Vec<&str> {
    let path = path.trim_start_matches("src/").trim_end_matches(".rs");
    path.trim_end_matches("/mod").split('/').collect()
}

fn layer_of(path: &str) -> String {
    layer_of_module(&module_of(path))
}

fn layer_of_module(module: &[&str]) -> String {
    match module {
        ["ui", "kit", ..] => "ui/kit".to_owned(),
        ["questions", _, "view", ..] => "questions/view".to_owned(),
        [first, ..] => (*first).to_owned(),
        [] => String::new(),
    }
}

/// The layers that a file names through `crate::…`, `askwell::…` (in the program) or a climb by `super::`.
fn used_layers(path: &str, code: &str) -> Vec<String> {
    let module = module_of(path);
    let mut used = Vec::new();
    for prefix in ["crate::", "askwell::", "super::"] {
        for (start, _) in code.match_indices(prefix) {
            let inside_a_name = code[..start].ends_with(|c: char| c.is_alphanumeric() || c == '_');
            let goes_on = code[..start].ends_with("::");
            if inside_a_name || goes_on {
                continue;
            }
            let mut rest = &code[start..];
            let mut climbs = 0;
            while let Some(after) = rest.strip_prefix("super::") {
                climbs += 1;
                rest = after;
            }
            let base: &[&str] = if climbs == 0 {
                rest = &rest[prefix.len()..];
                &[]
            } else if climbs <= module.len() {
                &module[..module.len() - climbs]
            } else {
                &[]
            };
            for names in named(rest) {
                // A view's own module is the question type that it belongs to.
                if climbs == 1 && layer_of(path) == "questions/view" {
                    continue;
                }
                let full: Vec<&str> = base.iter().copied().chain(names).collect();
                // `crate::name` with a capital is an item of the crate's root, such as a re-export.
                if full
                    .first()
                    .is_some_and(|first| first.starts_with(|c: char| c.is_ascii_lowercase()))
                {
                    used.push(layer_of_module(&full));
                }
            }
        }
    }
    used
}

/// The first two names of each path at the start of `text`: `a::b::c` or `{a::b, c::{d, e}}`.
fn named(text: &str) -> Vec<Vec<&str>> {
    let Some(group) = text.strip_prefix('{') else {
        return vec![first_names(text)];
    };
    let mut depth = 0;
    let mut paths = Vec::new();
    let mut start = 0;
    for (at, character) in group.char_indices() {
        match character {
            '{' => depth += 1,
            '}' if depth == 0 => {
                paths.push(first_names(group[start..at].trim()));
                break;
            }
            '}' => depth -= 1,
            ',' if depth == 0 => {
                paths.push(first_names(group[start..at].trim()));
                start = at + 1;
            }
            _ => {}
        }
    }
    paths
}

fn first_names(text: &str) -> Vec<&str> {
    let end =
        text.find(|c: char| !(c.is_alphanumeric() || c == '_' || c == ':')).unwrap_or(text.len());
    text[..end].split("::").filter(|name| !name.is_empty()).take(2).collect()
}
