//! What decides which choices, rows and columns a question offers.

use super::path::{Layout, within};
use super::{QuestionId, Slot};
use crate::definition::{ExpressionText, Log};
use crate::diagnostic::{Diagnostic, Step, nearest};
use crate::expr::Expression;
use crate::questions::{CarryMode, Choice, ChoiceList, Items, Order, Part};
use crate::text::{Piece, pieces};

/// What decides which choices, rows and columns a question offers. A question that always offers
/// the same in the same order has none.
#[derive(Clone, Debug)]
pub struct Offer {
    pub lists: Vec<ListRules>,
    pub carry: Option<Carry>,
    /// The address at which the choices lie.
    pub url: Vec<UrlPiece>,
}

/// A stretch of an address, with what is piped in after it.
#[derive(Clone, Debug)]
pub struct UrlPiece {
    pub literal: String,
    pub value: Option<Expression>,
}

/// The conditions on the items of one list.
#[derive(Clone, Debug)]
pub struct ListRules {
    pub part: Part,
    /// Under which an item is offered that has no condition of its own.
    pub visible: Option<Expression>,
    /// Under which an item can be chosen that has no condition of its own.
    pub enabled: Option<Expression>,
    /// The items with conditions of their own, by place in the list.
    pub own: Vec<OwnRules>,
}

/// The conditions of one item.
#[derive(Clone, Debug)]
pub struct OwnRules {
    pub index: usize,
    pub visible: Option<Expression>,
    pub enabled: Option<Expression>,
}

/// The question whose choices or entries are carried forward.
#[derive(Clone, Copy, Debug)]
pub struct Carry {
    /// Whether it stands in the same row; else it stands outside all rows.
    pub beside: bool,
    pub index: usize,
}

impl Carry {
    /// Everything that is carried from there changes with these.
    fn reads(self, mode: CarryMode) -> Vec<Slot> {
        let Carry { beside, index } = self;
        let answer = if beside { Slot::Cell { up: 0, index } } else { Slot::Answer(index) };
        let mut reads = vec![answer, Slot::Offered { beside, index }];
        if mode == CarryMode::Selected && !beside {
            reads.push(Slot::Comment(index));
        }
        reads
    }
}

impl Offer {
    /// Every condition, and what stands in the address.
    pub fn expressions(&self) -> Vec<&Expression> {
        let mut found = Vec::new();
        for rules in &self.lists {
            found.extend(rules.visible.iter().chain(&rules.enabled));
            for own in &rules.own {
                found.extend(own.visible.iter().chain(&own.enabled));
            }
        }
        found.extend(self.url.iter().filter_map(|piece| piece.value.as_ref()));
        found
    }

    /// Everything that the offer changes with; `{item}` is not among it.
    pub fn reads(&self, list: Option<&ChoiceList>) -> Vec<Slot> {
        let mut found: Vec<Slot> = Vec::new();
        for expression in self.expressions() {
            for slot in expression.reads() {
                let slot = Slot::decode(*slot);
                if slot != Slot::Item && !found.contains(&slot) {
                    found.push(slot);
                }
            }
        }
        if let (Some(carry), Some(list)) = (self.carry, list) {
            found.extend(carry.reads(list.carry_mode));
        }
        found
    }
}

/// Compiles an expression that may read `{item}`, and reports what is wrong with it.
pub type Compile<'a> = &'a mut dyn FnMut(&ExpressionText, Vec<Step>) -> Option<Expression>;

/// Compiles what decides the offer of a question; nothing where nothing does.
pub fn compile_offer(
    id: QuestionId,
    layout: Layout,
    compile: Compile,
    log: &Log,
) -> Option<Box<Offer>> {
    let kind = layout.block(id.block)[id.index].kind.as_type();
    let mut lists = Vec::new();
    let mut changes = kind.is_voidable();
    for items in kind.items() {
        changes |= items.order != Order::Given;
        lists.push(list_rules(&items, || layout.path(id), compile));
    }
    let carry = kind.choice_list().and_then(|list| list.carry_from.as_deref());
    let carry = carry.and_then(|from| carry_from(from, id, layout, log));
    let by_url = kind.choice_list().and_then(|list| list.by_url.as_ref());
    let url = by_url.map(|by_url| url_pieces(&by_url.url, || layout.path(id), compile));
    let url = url.unwrap_or_default();
    let conditions = lists
        .iter()
        .any(|list| list.visible.is_some() || list.enabled.is_some() || !list.own.is_empty());
    let changes = changes || conditions || carry.is_some() || !url.is_empty();
    changes.then(|| Box::new(Offer { lists, carry, url }))
}

fn url_pieces(url: &str, path: impl Fn() -> Vec<Step>, compile: Compile) -> Vec<UrlPiece> {
    let mut found = Vec::new();
    let mut literal = String::new();
    for piece in pieces(url) {
        match piece {
            Piece::Literal(text) => literal += text,
            Piece::Name(name) => {
                // As it was answered: "007" stays that.
                let name = ExpressionText(["{#", name.trim_start_matches('#'), "}"].concat());
                let path = within(within(path(), "choicesByUrl"), "url");
                let value = compile(&name, path);
                found.push(UrlPiece { literal: std::mem::take(&mut literal), value });
            }
        }
    }
    found.push(UrlPiece { literal, value: None });
    found
}

fn list_rules(items: &Items, path: impl Fn() -> Vec<Step>, compile: Compile) -> ListRules {
    let [field, visible_field, enabled_field] = items.part.fields();
    let visible = items.visible_if.and_then(|text| compile(text, within(path(), visible_field)));
    let enabled = items.enable_if.and_then(|text| compile(text, within(path(), enabled_field)));
    let mut own = Vec::new();
    for (index, item) in items.list.iter().enumerate() {
        let Choice { visible_if, enable_if, .. } = item;
        if visible_if.is_none() && enable_if.is_none() {
            continue;
        }
        let place = |condition| {
            let mut path = within(path(), field);
            path.push(Step::Index(index));
            within(path, condition)
        };
        let visible = visible_if.as_ref().and_then(|text| compile(text, place("visibleIf")));
        let enabled = enable_if.as_ref().and_then(|text| compile(text, place("enableIf")));
        own.push(OwnRules { index, visible, enabled });
    }
    ListRules { part: items.part, visible, enabled, own }
}

/// The question that choices are carried from: one in the same row, or outside all rows.
fn carry_from(from: &str, id: QuestionId, layout: Layout, log: &Log) -> Option<Carry> {
    let find = |block: usize| layout.block(block).iter().position(|q| q.source.id == from);
    let found = find(id.block).map(|index| Carry { beside: id.block > 0, index });
    let found = found.or_else(|| find(0).map(|index| Carry { beside: false, index }));
    let path = || within(layout.path(id), "choicesFromQuestion");
    let Some(carry) = found else {
        let message = format_args!("there is no question `{from}`");
        let ids = layout.block(id.block).iter().chain(layout.block(0));
        let ids = ids.map(|question| question.source.id.as_str());
        log.report(|| {
            Diagnostic::error("unknown-name", path(), message).suggest(nearest(from, ids))
        });
        return None;
    };
    let block = if carry.beside { id.block } else { 0 };
    let question = &layout.block(block)[carry.index];
    let kind = question.kind.as_type();
    if kind.items().is_empty() && question.rows.is_none() {
        let message = format_args!("`{from}` has neither choices nor rows to carry forward");
        log.report(|| Diagnostic::error("contradiction", path(), message));
    }
    Some(carry)
}
