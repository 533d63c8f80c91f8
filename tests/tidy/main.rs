//! Keeps the source in the shape that ARCHITECTURE.md describes: who may use whom, how long a file
//! may be, and what never appears. Each rule is shown to refuse something, further below.

mod layers;
mod rules;
mod source;

use std::collections::BTreeSet;

use layers::{ENGINE, LAYERS, layer_faults};
use rules::{left_overs, length_faults, origins, promises, table_faults, word_faults};
use source::{code, each_source, root, tracked_files};

#[test]
fn layers_use_only_what_they_may() {
    let faults = each_source(layer_faults);
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn no_layer_rests_on_itself() {
    // Taking away what rests on nothing that is left ends with nothing, unless layers go round in a circle.
    let mut left: Vec<_> = LAYERS.to_vec();
    loop {
        let names: Vec<&str> = left.iter().map(|(name, _)| *name).collect();
        let before = left.len();
        left.retain(|(_, uses)| {
            uses.iter().any(|used| {
                names.contains(used)
                    || *used == "*" && names.iter().any(|name| ENGINE.contains(name))
            })
        });
        if left.len() == before {
            break;
        }
    }
    assert!(left.is_empty(), "layers that go round in a circle: {left:?}");
}

#[test]
fn source_holds_nothing_that_panics_or_writes_html() {
    let faults = each_source(word_faults);
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn tracked_files_are_short_finished_and_name_no_machine() {
    let faults: Vec<String> = tracked_files()
        .iter()
        .filter_map(|path| Some((path, std::fs::read_to_string(root().join(path)).ok()?)))
        .flat_map(|(path, text)| {
            [length_faults(path, &text), left_overs(path, &text), origins(path, &text)].concat()
        })
        .collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn each_failure_of_others_has_the_tests_that_its_row_names() {
    let is_test = |path: &&String| path.starts_with("tests/") || path.ends_with("tests.rs");
    let tests: String = tracked_files()
        .iter()
        .filter(is_test)
        .filter_map(|path| std::fs::read_to_string(root().join(path)).ok())
        .collect();
    let table = std::fs::read_to_string(root().join("docs/failures.md")).unwrap();
    let promised = promises(&table);
    assert!(promised.len() > 40, "{promised:?}");
    // A crate unpacked from a registry has no list of its files.
    if !tests.is_empty() {
        let missing: Vec<&&str> =
            promised.iter().filter(|name| !tests.contains(&format!("fn {name}("))).collect();
        assert!(missing.is_empty(), "no such test: {missing:?}");
    }
}

#[test]
fn each_question_type_is_a_folder_and_a_row() {
    let folder = root().join("src/questions");
    let table = std::fs::read_to_string(folder.join("mod.rs")).unwrap();
    let folders: BTreeSet<String> = std::fs::read_dir(&folder)
        .unwrap()
        .map(|entry| entry.unwrap())
        .filter(|entry| entry.path().is_dir())
        .map(|entry| entry.file_name().into_string().unwrap())
        .collect();
    let mut faults = table_faults(&table, &folders);
    for name in &folders {
        for file in ["mod.rs", "view.rs", "examples.json"] {
            if !folder.join(name).join(file).is_file() {
                faults.push(format!("src/questions/{name} has no {file}"));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

// ---- each rule refuses something ----

#[test]
fn the_loader_knows_what_only_the_whole_engine_has() {
    let listed = |names: BTreeSet<&str>| names.into_iter().collect::<Vec<_>>().join("|");
    let (words, functions) = (askwell::survey::rare_words(), askwell::survey::rare_functions());
    assert!(words.contains("table") && !words.contains("visibleIf"));
    let line = format!("const RARE = /\"({})\"|\\b({})\\(/;", listed(words), listed(functions));
    let loader = std::fs::read_to_string(root().join("www/askwell.js")).unwrap();
    assert!(loader.lines().any(|known| known == line), "www/askwell.js lacks\n{line}");
}

#[test]
fn a_layer_that_reaches_too_far_is_refused() {
    for (path, code) in [
        ("src/value.rs", "use crate::text::Text;"),
        ("src/expr/parser.rs", "use super::super::survey::Survey;"),
        ("src/session/save.rs", "fn f(x: &crate::ui::Field) {}"),
        ("src/session.rs", "use crate::{value::Value, element::{A, B}, issue};"),
        ("src/questions/nps/mod.rs", "use crate::ui::kit::Field;"),
        ("src/questions/nps/view.rs", "use crate::session::Session;"),
        ("src/ui/kit/field.rs", "use crate::ui::survey::Page;"),
        ("src/outbox.rs", "use crate::browser::Fetch;"),
        ("src/bin/askwell.rs", "use askwell::server;"),
        ("src/novelty.rs", ""),
    ] {
        assert_eq!(layer_faults(path, code).len(), 1, "{path}: {code}");
    }
    for (path, code) in [
        (
            "src/expr/parser.rs",
            "use super::lexer::Lexer; use crate::value::Value; use crate::expr::error;",
        ),
        ("src/questions/mod.rs", "fn view(field: crate::ui::kit::Field) {}"),
        ("src/questions/nps/view.rs", "use super::Nps; use crate::ui::kit::Field;"),
        ("src/element/mod.rs", "use crate::ui; use crate::session::Session; use crate::browser;"),
        ("src/value.rs", "mod inner { use super::Value; }"),
    ] {
        assert_eq!(layer_faults(path, code), Vec::<String>::new(), "{path}: {code}");
    }
}

#[test]
fn panics_and_html_are_refused_outside_comments_and_tests() {
    let text = "/// x.unwrap()\nlet a = b.unwrap();\nnode.set_inner_html(c);\n#[cfg(test)]\nmod tests {\n  x.unwrap();\n}";
    let faults = word_faults("src/x.rs", &code(text));
    assert_eq!(word_faults("src/x.rs", "format!(\"{value:?}\")").len(), 1);
    assert_eq!(word_faults("src/cli/x.rs", "format!(\"{value:?}\")").len(), 0);
    assert_eq!(faults.len(), 2, "{faults:?}");
    assert!(faults[0].starts_with("src/x.rs:2:"));
}

#[test]
fn long_unfinished_and_local_files_are_refused() {
    assert_eq!(length_faults("www/askwell.js", &"x\n".repeat(601)).len(), 1);
    assert_eq!(length_faults("src/x.rs", &"x\n".repeat(600)).len(), 0);
    assert_eq!(length_faults("ARCHITECTURE.md", &"x\n".repeat(151)).len(), 1);
    assert_eq!(left_overs("src/x.rs", concat!("// TO", "DO: later")).len(), 1);
    assert_eq!(left_overs("src/x.rs", concat!("#[ig", "nore] fn f() {}")).len(), 1);
    assert_eq!(origins("package-lock.json", concat!("\"resol", "ved\": \"https://x\"")).len(), 1);
    assert_eq!(origins("README.md", concat!("cd /ro", "ot/askwell")).len(), 1);
}

#[test]
fn question_types_without_row_or_folder_are_refused() {
    let folders = ["nps", "rating"].map(str::to_owned).into();
    let table = "table! {\n    \"nps\" nps Nps \"…\"\n    \"slider\" slider Slider \"…\"\n}";
    assert_eq!(table_faults(table, &folders).len(), 2);
}
