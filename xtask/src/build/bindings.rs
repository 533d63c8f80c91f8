//! The bindings between WebAssembly and JavaScript, made small: what nobody calls goes, names get short.

use std::collections::HashMap;
use std::path::Path;

use anyhow::{Context, Result, anyhow};

use crate::command::{run, step};
use crate::setup::Tools;

/// All that the loader uses. The bindings of streams, which Leptos brings along, go.
const ENTRY: &str = "export { default, initSync, mount, Handle } from \"./askwell.js\";\n";
/// What the whole engine has besides.
const WHOLE: &str = "export { Kiosk } from \"./askwell.js\";\n";

/// Shrinks `askwell.js` and, to match it, `askwell_bg.wasm` in a folder.
pub fn shrink(tools: &Tools, folder: &Path) -> Result<()> {
    let Some(packages) = &tools.packages else {
        return Ok(());
    };
    step("smaller bindings, with esbuild");
    let entry = folder.join("entry.js");
    let script = folder.join("askwell.js");
    let bundle = folder.join("bundle.js");
    let text = std::fs::read_to_string(&script).context("reading the bindings")?;
    let more = if text.contains("class Kiosk") { WHOLE } else { "" };
    std::fs::write(&script, with_idle_classes(&text)).context("writing the bindings")?;
    std::fs::write(&entry, format!("{ENTRY}{more}"))
        .context("writing the entry of the bindings")?;
    let mut esbuild = packages.esbuild();
    esbuild.args(["--bundle", "--minify", "--format=esm", "--log-level=warning"]);
    esbuild.arg(&entry).arg(format!("--outfile={}", bundle.display()));
    run(&mut esbuild)?;
    let bundled = std::fs::read_to_string(&bundle).context("reading the bundled bindings")?;
    std::fs::remove_file(&entry).and_then(|()| std::fs::remove_file(&bundle))?;

    let module = folder.join("askwell_bg.wasm");
    let bytes = std::fs::read(&module).context("reading the WebAssembly")?;
    let (bytes, script_text) = matched(&bytes, &bundled)?;
    std::fs::write(&module, bytes).context("writing the WebAssembly")?;
    std::fs::write(&script, script_text).context("writing the bindings")
}

/// The script without what makes every class look used: that it can be disposed of, which the loader does
/// otherwise, and that the collector of garbage is told of it.
fn with_idle_classes(script: &str) -> String {
    let stays = |line: &&str| !line.starts_with("if (Symbol.dispose)");
    let lines: String = script.split_inclusive('\n').filter(stays).collect();
    lines.replace("new FinalizationRegistry(", "/* @__PURE__ */ new FinalizationRegistry(")
}

/// Takes out the exports that the script does not call and gives the imports short names in both.
fn matched(wasm: &[u8], script: &str) -> Result<(Vec<u8>, String)> {
    let mut module = walrus::Module::from_buffer(wasm)
        .map_err(|error| anyhow!("the WebAssembly cannot be read: {error:#}"))?;
    let called: Vec<&str> = words(script).collect();
    let idle: Vec<_> = module
        .exports
        .iter()
        .filter(|export| !called.contains(&export.name.as_str()))
        .map(|export| export.id())
        .collect();
    idle.into_iter().for_each(|export| module.exports.delete(export));
    walrus::passes::gc::run(&mut module);
    let mut names = HashMap::new();
    for import in module.imports.iter_mut().filter(|import| import.name.starts_with("__wb")) {
        let name = short(names.len());
        names.insert(std::mem::replace(&mut import.name, name.clone()), name);
    }
    Ok((module.emit_wasm(), renamed(script, &names)))
}

fn is_word(character: char) -> bool {
    character.is_ascii_alphanumeric() || character == '_' || character == '$'
}

fn words(script: &str) -> impl Iterator<Item = &str> {
    script.split(|character| !is_word(character)).filter(|word| !word.is_empty())
}

/// The script with whole words replaced.
fn renamed(script: &str, names: &HashMap<String, String>) -> String {
    let mut text = String::with_capacity(script.len());
    let mut rest = script;
    while !rest.is_empty() {
        let word = rest.find(|character| !is_word(character)).unwrap_or(rest.len());
        let (head, tail) = rest.split_at(word);
        text.push_str(names.get(head).map_or(head, String::as_str));
        let other = tail.find(is_word).unwrap_or(tail.len());
        let (between, after) = tail.split_at(other);
        text.push_str(between);
        rest = after;
    }
    text
}

/// `a`, `b` … `z`, `a1`, `b1` …: letters first, so that names need no quotes.
fn short(index: usize) -> String {
    let letter = char::from(b'a' + (index % 26) as u8);
    match index / 26 {
        0 => letter.to_string(),
        round => format!("{letter}{round}"),
    }
}

#[cfg(test)]
mod tests {
    use super::{renamed, short, with_idle_classes};
    use std::collections::HashMap;

    #[test]
    fn names_are_short_and_different() {
        let names: std::collections::HashSet<String> = (0..300).map(short).collect();
        assert_eq!(names.len(), 300);
        assert_eq!((short(0), short(27)), ("a".to_owned(), "b1".to_owned()));
    }

    #[test]
    fn only_whole_words_are_renamed() {
        let names = HashMap::from([("__wbg_new_1".to_owned(), "a".to_owned())]);
        let script = "({__wbg_new_1:e=>e,__wbg_new_12:f})";
        assert_eq!(renamed(script, &names), "({a:e=>e,__wbg_new_12:f})");
    }

    #[test]
    fn a_class_that_nobody_uses_can_go() {
        let script = "class A {}\nif (Symbol.dispose) A.prototype[Symbol.dispose] = A.prototype.free;\n\
                      const AFinalization = new FinalizationRegistry(free);\n";
        let idle =
            "class A {}\nconst AFinalization = /* @__PURE__ */ new FinalizationRegistry(free);\n";
        assert_eq!(with_idle_classes(script), idle);
    }
}
