//! From JSON text to a survey: reading the parts and giving them their places.

use sha2::{Digest, Sha256};

use super::compile::{Compiler, compile};
use super::names::{Names, Slot};
use super::scoring::read_scoring;
use super::source::{PageSource, QuestionSource, SurveySource};
use super::{Loaded, Page, Question, Survey};
use crate::definition::{Log, Place, Read, as_object, check_fields};
use crate::diagnostic::{Diagnostic, Severity, Step};
use crate::questions;
use crate::value::{Map, Value};

/// How deep panels may nest; far beyond any use, and well before a stack overflows.
const DEEPEST_NESTING: usize = 32;

pub fn load(json: &str) -> Result<Loaded, Vec<Diagnostic>> {
    let value = parse(json).map_err(|diagnostic| vec![diagnostic])?;
    let log = Log::default();
    let survey = read(&value, &log);
    let mut diagnostics = log.into_diagnostics();
    // Warnings after errors: what keeps the survey from loading comes first.
    diagnostics.sort_by_key(|diagnostic| diagnostic.severity == Severity::Warning);
    match survey {
        Some(survey) if diagnostics.iter().all(|d| d.severity == Severity::Warning) => {
            Ok(Loaded { survey, warnings: diagnostics })
        }
        _ => Err(diagnostics),
    }
}

fn parse(json: &str) -> Result<Value, Diagnostic> {
    let json = json.strip_prefix('\u{feff}').unwrap_or(json);
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

fn read(value: &Value, log: &Log) -> Option<Survey> {
    let place = &Place::ROOT;
    let map = as_object(value, place, log)?;
    check_fields(map, &[SurveySource::FIELDS, &["$schema", "pages", "scoring"]], place, log);
    let source = SurveySource::read_fields(map, place, log);
    if let Some(format) = source.as_ref().map(|source| source.askwell).filter(|f| *f != 1) {
        let message = format!("this is format {format}; this version of Askwell reads format 1");
        log.error("format", &place.key("askwell"), message);
    }
    let mut reader =
        Reader { log, pages: Vec::new(), questions: Vec::new(), names: Names::default() };
    reader.read_pages(map, place);
    let Reader { pages, mut questions, mut names, .. } = reader;
    let source = source?;
    name_the_rest(&source, &mut names, log);
    let scoring = read_scoring(map.get("scoring"), &questions, &mut names, log);
    let compiler = Compiler { names: &names, log };
    let compiled = compile(&compiler, &source, &pages, &mut questions, &scoring)?;
    let digest = Sha256::digest(value.to_json().as_bytes());
    let hex: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
    Some(Survey {
        source,
        pages,
        questions,
        scoring,
        outcomes: compiled.outcomes,
        names,
        rules: compiled.rules,
        rule_readers: compiled.rule_readers,
        text_readers: compiled.text_readers,
        hash: format!("sha256:{hex}"),
    })
}

fn name_the_rest(source: &SurveySource, names: &mut Names, log: &Log) {
    names.add("context", Slot::Context);
    let list = Place::ROOT.key("calculated");
    for (index, calculated) in source.calculated.iter().enumerate() {
        if names.add(&calculated.id, Slot::Calculated(index)).is_some() {
            let message = format!("the name `{}` stands twice", calculated.id);
            log.error("duplicate", &list.index(index).key("id"), message);
        }
    }
}

/// Where the definition holds question `index`: needed once expressions are compiled.
pub fn question_path(questions: &[Question], pages: &[Page], index: usize) -> Vec<Step> {
    let question = &questions[index];
    let (mut path, siblings_from) = match question.parent {
        Some(parent) => (question_path(questions, pages, parent), parent + 1),
        None => {
            let page = vec![Step::Key("pages".to_owned()), Step::Index(question.page)];
            (page, pages[question.page].questions.start)
        }
    };
    let before = questions[siblings_from..index].iter().filter(|q| q.parent == question.parent);
    path.push(Step::Key("questions".to_owned()));
    path.push(Step::Index(before.count()));
    path
}

struct Reader<'a> {
    log: &'a Log,
    pages: Vec<Page>,
    questions: Vec<Question>,
    names: Names,
}

impl Reader<'_> {
    fn read_pages(&mut self, survey: &Map, place: &Place) {
        let Some(pages) = survey.get("pages") else {
            self.log.error("missing-field", place, "the field `pages` is missing");
            return;
        };
        let place = place.key("pages");
        let Some(pages) = pages.as_list() else {
            self.log.expected("a list", pages, &place);
            return;
        };
        if pages.is_empty() {
            self.log.error("no-pages", &place, "a survey needs at least one page");
        }
        for (index, page) in pages.iter().enumerate() {
            self.read_page(page, index, &place.index(index));
        }
    }

    fn read_page(&mut self, page: &Value, index: usize, place: &Place) {
        let Some(map) = as_object(page, place, self.log) else { return };
        check_fields(map, &[PageSource::FIELDS, &["questions"]], place, self.log);
        let source = PageSource::read_fields(map, place, self.log);
        let start = self.questions.len();
        self.read_questions(map, None, index, 0, place);
        let Some(source) = source else { return };
        if self.pages.iter().any(|page| page.source.id == source.id) {
            let message = format!("the page id `{}` stands twice", source.id);
            self.log.error("duplicate", &place.key("id"), message);
        }
        self.pages.push(Page { source, questions: start..self.questions.len() });
    }

    fn read_questions(
        &mut self,
        map: &Map,
        parent: Option<usize>,
        page: usize,
        depth: usize,
        place: &Place,
    ) {
        let Some(list) = map.get("questions") else {
            self.log.error("missing-field", place, "the field `questions` is missing");
            return;
        };
        let place = place.key("questions");
        if depth > DEEPEST_NESTING {
            self.log.error(
                "too-deep",
                &place,
                format!("panels nest deeper than {DEEPEST_NESTING}"),
            );
            return;
        }
        let Some(items) = list.as_list() else {
            self.log.expected("a list", list, &place);
            return;
        };
        for (index, item) in items.iter().enumerate() {
            self.read_question(item, parent, page, depth, &place.index(index));
        }
    }

    fn read_question(
        &mut self,
        value: &Value,
        parent: Option<usize>,
        page: usize,
        depth: usize,
        place: &Place,
    ) {
        let Some(map) = as_object(value, place, self.log) else { return };
        let row = match map.get("type") {
            Some(name) => String::read(name, &place.key("type"), self.log)
                .and_then(|name| questions::row(&name, &place.key("type"), self.log)),
            None => {
                self.log.error("missing-field", place, "the field `type` is missing");
                None
            }
        };
        let source = QuestionSource::read_fields(map, place, self.log);
        let Some(row) = row else {
            self.name_broken(source.as_ref());
            return;
        };
        check_fields(map, &[QuestionSource::FIELDS, row.field_names, &["type"]], place, self.log);
        let kind = row.read(map, place, self.log);
        let (Some(source), Some(kind)) = (source.clone(), kind) else {
            self.name_broken(source.as_ref());
            return;
        };
        let index = self.questions.len();
        if source.id.trim().is_empty() {
            self.log.error("empty-id", &place.key("id"), "a question needs an id");
        } else if !self.names.add_question(&source.id, index) {
            let message = format!("the id `{}` stands twice", source.id);
            self.log.error("duplicate", &place.key("id"), message);
        }
        if let Some(default) = &source.default_value {
            check_default(&kind, default, &place.key("defaultValue"), self.log);
        }
        let holds_questions = matches!(kind, questions::Kind::Panel(_));
        let validators = Vec::new();
        self.questions.push(Question { source, kind, page, parent, end: index + 1, validators });
        if holds_questions {
            self.read_questions(map, Some(index), page, depth + 1, place);
            self.questions[index].end = self.questions.len();
        }
    }
}

impl Reader<'_> {
    /// Makes the id of an unreadable question known, so that expressions which read it are
    /// not reported on top.
    fn name_broken(&mut self, source: Option<&QuestionSource>) {
        if let Some(source) = source {
            self.names.add(&source.id, Slot::Context);
        }
    }
}

fn check_default(kind: &questions::Kind, default: &Value, place: &Place, log: &Log) {
    let mut issues = Vec::new();
    if !kind.as_type().takes_answer() {
        log.error("contradiction", place, "this type of question has no answer");
    } else if !default.is_empty() {
        kind.as_type().check(default, &mut issues);
    }
    if let Some(issue) = issues.first() {
        log.error("wrong-default", place, format!("this cannot be an answer here: {}", issue.code));
    }
}
