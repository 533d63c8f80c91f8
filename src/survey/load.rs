//! From JSON text to a survey: reading the parts and giving them their places.

mod reader;

use sha2::{Digest, Sha256};

use super::address::check_addresses;
use super::compile::compile;
use super::names::{Names, Slot};
use super::path::Layout;
use super::scoring::read_scoring;
use super::source::{PageMode, SurveySource};
use super::{Loaded, Page, Question, Rule, Survey, Target};
use crate::definition::{Log, Place, as_object, check_fields};
use crate::diagnostic::{Diagnostic, Severity};
use crate::value::{Sorted, Value};
use reader::Reader;

pub fn load(json: &str, functions: &[&str]) -> Result<Loaded, Vec<Diagnostic>> {
    let value = parse(json).map_err(|diagnostic| vec![diagnostic])?;
    let log = Log::default();
    let survey = read(&value, functions, &log);
    let diagnostics = log.into_diagnostics();
    // Warnings after errors: what keeps the survey from loading comes first.
    let (errors, warnings): (Vec<_>, Vec<_>) =
        diagnostics.into_iter().partition(|diagnostic| diagnostic.severity == Severity::Error);
    match survey {
        Some(survey) if errors.is_empty() => Ok(Loaded { survey, warnings }),
        _ => Err(errors.into_iter().chain(warnings).collect()),
    }
}

/// Reads JSON text; where it is none, a diagnostic says where.
///
/// # Errors
/// Where the text is no JSON.
pub fn parse(json: &str) -> Result<Value, Diagnostic> {
    let json = json.strip_prefix('\u{feff}').unwrap_or(json);
    // The smaller engine says only that it is none.
    if cfg!(lean) {
        let unsound = || Diagnostic::error("syntax", Vec::new(), "no JSON");
        return Value::from_json(json).ok_or_else(unsound);
    }
    serde_json::from_str(json).map_err(|error| {
        let lines = json.split_inclusive('\n').take(error.line().saturating_sub(1));
        let start: usize = lines.map(str::len).sum();
        let mut at = (start + error.column().saturating_sub(1)).min(json.len());
        while !json.is_char_boundary(at) {
            at -= 1;
        }
        let text = error.to_string();
        let message = text.split(" at line ").next().unwrap_or(&text).to_owned();
        Diagnostic::error("syntax", Vec::new(), message).spanning(at..at + 1)
    })
}

fn read(value: &Value, functions: &[&str], log: &Log) -> Option<Survey> {
    let place = &Place::ROOT;
    let map = as_object(value, place, log)?;
    check_fields(map, &[SurveySource::FIELDS, &["$schema", "pages", "scoring"]], place, log);
    let source = SurveySource::read_fields(map, place, log);
    if let Some(format) = source.as_ref().map(|source| source.askwell).filter(|f| *f != 1) {
        let message =
            format_args!("this is format {format}; this version of Askwell reads format 1");
        log.error("format", &place.key("askwell"), message);
    }
    let mut reader =
        Reader::new(log, map.get("tidyAnswers").and_then(Value::as_bool) == Some(true));
    reader.read_pages(map, place);
    let Reader { pages, mut questions, mut blocks, mut names, .. } = reader;
    let source = source?;
    names.functions.clone_from(&source.functions);
    names.functions.extend(functions.iter().map(|name| (*name).to_owned()));
    check_addresses(&source, log);
    check_time_limits(&source, &pages, log);
    check_columns(&pages, log);
    name_the_rest(&source, &mut names, log);
    let shared = name_the_shared(&questions, &mut names);
    let variables = name_the_variables(&source, &mut names);
    let scoring = read_scoring(map.get("scoring"), &questions, &mut names, log);
    let layout = Layout { pages: &pages, questions: &questions, blocks: &blocks };
    let compiled = compile(&source, layout, &names, &scoring, log)?;
    let all = std::iter::once(&mut questions).chain(blocks.iter_mut().map(|b| &mut b.questions));
    for (questions, compiled) in all.zip(compiled.questions) {
        for (question, compiled) in questions.iter_mut().zip(compiled) {
            question.conditions = compiled.validators;
            question.offer = compiled.offer;
            question.totals = compiled.totals;
        }
    }
    let is_conditioned = |index: &usize| questions[*index].conditions.iter().any(Option::is_some);
    let conditioned = (0..questions.len()).filter(is_conditioned).collect();
    let always = always(&compiled.rules, &questions);
    let digest = Sha256::digest(value.to_json().as_bytes());
    let hex: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
    Some(Survey {
        source,
        pages,
        questions,
        blocks,
        variables,
        shared,
        runs: compiled.runs,
        scoring,
        outcomes: compiled.outcomes,
        screen_outs: compiled.screen_outs,
        closings: compiled.closings,
        names,
        steady: steady(&compiled.rules),
        always,
        conditioned,
        rules: compiled.rules,
        rule_readers: compiled.rule_readers,
        text_readers: compiled.text_readers,
        hash: format!("sha256:{hex}"),
    })
}

fn check_time_limits(source: &SurveySource, pages: &[Page], log: &Log) {
    if cfg!(lean) {
        return;
    }
    let per_page = source.page_time_limit > 0 || pages.iter().any(|p| p.source.time_limit > 0);
    if per_page && source.page_mode == PageMode::SinglePage {
        let place = Place::ROOT.key("questionsOnPageMode");
        log.error("contradiction", &place, "a page has no time of its own among others");
    }
    if source.essential_time && !per_page && source.time_limit == 0 {
        let place = Place::ROOT.key("timeLimitEssential");
        log.error("contradiction", &place, "there is no `timeLimit` that could be essential");
    }
}

fn check_columns(pages: &[Page], log: &Log) {
    let list = Place::ROOT.key("pages");
    for (index, page) in pages.iter().enumerate() {
        if !(1..=12).contains(&page.source.columns) {
            let place = list.index(index);
            log.error("contradiction", &place.key("columns"), "there are 1 to 12 columns");
        }
    }
}

fn always(rules: &[Rule], questions: &[Question]) -> Vec<usize> {
    let is_always = |rule: &Rule| match rule.target {
        Target::Offer(index) => {
            rule.block == 0
                && questions.get(index).is_some_and(Question::has_choices_beside_carried)
        }
        Target::Default(_) => true,
        Target::Computed(_) => rule.reads().next().is_none(),
        _ => false,
    };
    (0..rules.len()).filter(|index| is_always(&rules[*index])).collect()
}

fn steady(rules: &[Rule]) -> Vec<usize> {
    let is_steady = |rule: &Rule| {
        let constant = rule.expression.as_ref().is_some_and(|e| e.reads().is_empty());
        matches!(rule.target, Target::Value(_)) && constant
    };
    (0..rules.len()).filter(|index| is_steady(&rules[*index])).collect()
}

fn name_the_rest(source: &SurveySource, names: &mut Names, log: &Log) {
    names.add("context", Slot::Context);
    let list = Place::ROOT.key("calculated");
    for (index, calculated) in source.calculated.iter().enumerate() {
        if names.add(&calculated.id, Slot::Calculated(index)).is_some() {
            let message = format_args!("the name `{}` stands twice", calculated.id);
            log.error("duplicate", &list.index(index).key("id"), message);
        }
    }
}

/// The questions that share an answer, by its name; the name is known like an id.
fn name_the_shared(questions: &[Question], names: &mut Names) -> Sorted<String, Vec<usize>> {
    if cfg!(lean) {
        return Sorted::new();
    }
    let mut shared: Sorted<String, Vec<usize>> = Sorted::new();
    for (index, question) in questions.iter().enumerate() {
        if let Some(name) = &question.source.value_name {
            names.add_shared(name, index);
            shared.or_insert_with(name.clone(), Vec::new).push(index);
        }
    }
    // A question whose id others have as the name of their answer shares it too.
    for (index, question) in questions.iter().enumerate() {
        let source = &question.source;
        if let Some(sharing) = shared.get_mut(&source.id).filter(|_| source.value_name.is_none()) {
            sharing.push(index);
            sharing.sort_unstable();
        }
    }
    shared
}

/// The names that triggers set although no question has them.
fn name_the_variables(source: &SurveySource, names: &mut Names) -> Vec<String> {
    if cfg!(lean) {
        return Vec::new();
    }
    let mut variables = Vec::new();
    for name in source.triggers.iter().filter_map(|trigger| trigger.to.as_ref()) {
        if names.get(name).is_none() {
            names.add(name, Slot::Variable(variables.len()));
            variables.push(name.clone());
        }
    }
    variables
}
