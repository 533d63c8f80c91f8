//! Pages and questions, each at its place.

use crate::definition::{Log, Place, Read, as_object, check_fields};
use crate::questions::{self, Contents};
use crate::survey::names::{Names, Slot};
use crate::survey::source::{PageSource, QuestionSource};
use crate::survey::{Block, Page, Question, QuestionId};
use crate::value::{Map, Value};

/// How deep panels may nest; far beyond any use, and well before a stack overflows.
const DEEPEST_NESTING: usize = 32;

/// What only a question has that somebody answers.
const FOR_ANSWERS: &[&str] = &[
    "required",
    "requiredIf",
    "requiredErrorText",
    "readOnly",
    "enableIf",
    "defaultValue",
    "defaultValueExpression",
    "setValueExpression",
    "setValueIf",
    "resetValueIf",
    "validators",
];

/// Reads pages and questions, and gives each question its place.
pub(super) struct Reader<'a> {
    log: &'a Log,
    /// Whether the survey brings answers into form.
    tidy: bool,
    pub(super) pages: Vec<Page>,
    pub(super) questions: Vec<Question>,
    pub(super) blocks: Vec<Block>,
    pub(super) names: Names,
}

/// What a question is read into.
#[derive(Clone, Copy)]
struct Around {
    page: usize,
    /// 0 outside all rows.
    block: usize,
    /// The panel around it, in the same block.
    parent: Option<usize>,
    depth: usize,
    /// Among the questions that stand together.
    position: usize,
}

impl<'a> Reader<'a> {
    pub(super) fn new(log: &'a Log, tidy: bool) -> Self {
        Reader {
            log,
            tidy,
            pages: Vec::new(),
            questions: Vec::new(),
            blocks: Vec::new(),
            names: Names::default(),
        }
    }

    pub(super) fn read_pages(&mut self, survey: &Map, place: &Place) {
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
        let start = self.questions.len();
        let source = as_object(page, place, self.log).and_then(|map| {
            check_fields(map, &[PageSource::FIELDS, &["questions"]], place, self.log);
            let source = PageSource::read_fields(map, place, self.log);
            let around = Around { page: index, block: 0, parent: None, depth: 0, position: 0 };
            self.read_questions(map, "questions", around, place);
            source
        });
        if let Some(source) = &source
            && self.pages.iter().any(|page| page.source.id == source.id)
        {
            let message = format_args!("the page id `{}` stands twice", source.id);
            self.log.error("duplicate", &place.key("id"), message);
        }
        // A page that cannot be read keeps its place, so that later ones have theirs.
        let nameless = Map::from([("id".to_owned(), "".into())]);
        let nameless = || PageSource::read_fields(&nameless, place, &Log::default());
        if let Some(source) = source.or_else(nameless) {
            self.pages.push(Page { source, questions: start..self.questions.len() });
        }
    }

    fn read_questions(&mut self, map: &Map, field: &'static str, around: Around, place: &Place) {
        let Some(list) = map.get(field) else {
            self.log.error("missing-field", place, format_args!("the field `{field}` is missing"));
            return;
        };
        let place = place.key(field);
        if around.depth > DEEPEST_NESTING {
            let message = format_args!("questions nest deeper than {DEEPEST_NESTING}");
            self.log.error("too-deep", &place, message);
            return;
        }
        let Some(items) = list.as_list() else {
            self.log.expected("a list", list, &place);
            return;
        };
        for (index, item) in items.iter().enumerate() {
            self.read_question(item, Around { position: index, ..around }, &place.index(index));
        }
    }

    fn read_question(&mut self, value: &Value, around: Around, place: &Place) {
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
        let kind = row.and_then(|row| {
            let fields = [&[QuestionSource::FIELDS, &["type"]], row.field_names].concat();
            check_fields(map, &fields, place, self.log);
            questions::read(row, map, place, self.log)
        });
        let Some(source) = source else { return };
        let Some(kind) = kind else {
            // Known all the same, so that expressions which read it are not reported on top.
            self.names.add(&source.id, Slot::Context);
            return;
        };
        let index = self.block_mut(around.block).len();
        self.name(&source, index, around, place);
        if let Some(default) = &source.default_value {
            check_default(&kind, default, self.tidy, &place.key("defaultValue"), self.log);
        }
        if kind.as_type().computed().is_some() {
            for field in map.keys().filter(|field| FOR_ANSWERS.contains(&field.as_str())) {
                let message = format_args!("nobody answers this question, so it has no `{field}`");
                self.log.error("contradiction", &place.key(field), message);
            }
        }
        let contents = kind.as_type().contents();
        let rows = matches!(contents, Contents::Rows { .. }).then(|| {
            let owner = QuestionId { block: around.block, index };
            self.blocks.push(Block { owner, questions: Vec::new() });
            self.blocks.len()
        });
        let Around { page, block, parent, depth, position } = around;
        let (conditions, offer, totals, end) = (Vec::new(), None, Vec::new(), index + 1);
        let question =
            Question { source, kind, page, parent, position, end, rows, conditions, offer, totals };
        self.block_mut(block).push(question);
        let depth = depth + 1;
        match (contents, rows) {
            (Contents::Panel, _) => {
                let inside = Around { parent: Some(index), depth, ..around };
                self.read_questions(map, "questions", inside, place);
                let end = self.block_mut(block).len();
                self.block_mut(block)[index].end = end;
            }
            (Contents::Rows { field, .. }, Some(rows)) => {
                let inside = Around { block: rows, parent: None, depth, ..around };
                self.read_questions(map, field, inside, place);
            }
            _ => {}
        }
    }

    fn block_mut(&mut self, block: usize) -> &mut Vec<Question> {
        match block.checked_sub(1) {
            None => &mut self.questions,
            Some(index) => &mut self.blocks[index].questions,
        }
    }

    /// Makes a question known by its id, which must be its own: in the survey, or in its rows.
    fn name(&mut self, source: &QuestionSource, index: usize, around: Around, place: &Place) {
        let id = &source.id;
        let is_new = match around.block {
            0 => self.names.add_question(id, index),
            block => self.block_mut(block).iter().all(|question| question.source.id != *id),
        };
        if id.trim().is_empty() {
            self.log.error("empty-id", &place.key("id"), "a question needs an id");
        } else if !is_new {
            let message = format_args!("the id `{id}` stands twice");
            self.log.error("duplicate", &place.key("id"), message);
        }
    }
}

/// Where answers are made tidy anyway, an author's are too.
fn check_default(kind: &questions::Kind, default: &Value, tidy: bool, place: &Place, log: &Log) {
    let mut issues = Vec::new();
    if !kind.as_type().takes_answer() {
        log.error("contradiction", place, "this type of question has no answer");
    } else if !tidy && !default.is_empty() {
        kind.as_type().check(default, &mut issues);
    }
    if let Some(issue) = issues.first() {
        log.error(
            "wrong-default",
            place,
            format_args!("this cannot be an answer here: {}", issue.code),
        );
    }
}
