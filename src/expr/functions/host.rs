//! Functions that ask the survey around the expression.

use crate::expr::Scope;
use crate::expr::operand::Operand;
use crate::value::Value;

/// An argument as the name of a question, panel or page.
fn name<'x>(arguments: &'x [Operand]) -> Option<&'x str> {
    match arguments.first()? {
        Operand::Text(text) => Some(text),
        _ => None,
    }
}

fn second(arguments: &[Operand]) -> Option<Value> {
    let second = arguments.get(1).filter(|argument| !argument.is_empty())?;
    Some(second.clone().into_value())
}

fn answer(value: Option<Value>) -> Operand<'static> {
    value.as_ref().map_or(Operand::Undefined, |value| Operand::raw(value).into_owned())
}

/// `displayValue(question[, value])`: the text that a respondent sees for an answer.
pub(super) fn display_value(arguments: &[Operand<'_>], scope: &dyn Scope) -> Operand<'static> {
    let value = second(arguments);
    let text = name(arguments).and_then(|name| scope.display_value(name, value.as_ref()));
    text.map_or(Operand::Undefined, Operand::text)
}

/// `getComment(question[, choice])`: what was typed beside a question or beside one choice.
pub(super) fn get_comment(arguments: &[Operand<'_>], scope: &dyn Scope) -> Operand<'static> {
    let choice = second(arguments);
    answer(name(arguments).and_then(|name| scope.comment(name, choice.as_ref())))
}

/// `isContainerReady(name[, index])`: whether everything in a page, panel or repeat is valid.
pub(super) fn is_container_ready(arguments: &[Operand<'_>], scope: &dyn Scope) -> Operand<'static> {
    let index = arguments.get(1).and_then(Operand::as_number);
    let index = index.filter(|index| *index >= 0.0).map(|index| index as usize);
    Operand::Bool(name(arguments).is_some_and(|name| scope.is_container_ready(name, index)))
}

/// `isDisplayMode()`: whether the survey only shows answers.
pub(super) fn is_display_mode(_: &[Operand<'_>], scope: &dyn Scope) -> Operand<'static> {
    Operand::Bool(scope.is_display_mode())
}

/// `propertyValue(question, property)`, such as `propertyValue('rooms', 'visible')`.
pub(super) fn property_value(arguments: &[Operand<'_>], scope: &dyn Scope) -> Operand<'static> {
    let property = arguments.get(1).map(Operand::to_text);
    answer(
        name(arguments).zip(property).and_then(|(name, property)| scope.property(name, &property)),
    )
}
