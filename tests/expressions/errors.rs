//! What an author reads when an expression is wrong: kind, place, words, suggestion.

use askwell::expr::{ErrorKind, Expression, ExpressionError, Names};

struct Nothing;

impl Names for Nothing {
    fn slot(&self, _: &str) -> Option<u32> {
        None
    }
}

fn error(source: &str) -> ExpressionError {
    Expression::compile(source, &Nothing).expect_err(source)
}

#[test]
fn each_error_has_its_kind_and_place() {
    for (source, kind, place) in [
        ("", ErrorKind::Empty, ""),
        ("  ", ErrorKind::Empty, "  "),
        ("{a} =", ErrorKind::MissingValue, ""),
        ("{a} = = 5", ErrorKind::MissingValue, "="),
        ("sum(1, )", ErrorKind::MissingValue, ")"),
        ("{a} = “yes”", ErrorKind::MissingValue, "“"),
        ("{a} = 是", ErrorKind::MissingValue, "是"),
        ("-{a}", ErrorKind::MissingValue, "-"),
        ("{a} {b}", ErrorKind::UnexpectedText, "{b}"),
        ("1 + 2)", ErrorKind::UnexpectedText, ")"),
        ("sum({a}) empty", ErrorKind::UnexpectedText, "empty"),
        ("{a} = 'yes", ErrorKind::Unclosed, "'yes"),
        ("{a = 1", ErrorKind::Unclosed, "{a = 1"),
        ("{}", ErrorKind::Unclosed, "{}"),
        ("{a} anyof [1, 2", ErrorKind::Unclosed, "[1, 2"),
        ("{a} = 05", ErrorKind::BadNumber, "05"),
        ("{a} = 0x1F", ErrorKind::BadNumber, "0x1F"),
        ("summ({a})", ErrorKind::UnknownFunction, "summ"),
    ] {
        let error = error(source);
        assert_eq!((error.kind, &source[error.span.clone()]), (kind, place), "{source}");
        assert!(error.message.ends_with('.') || error.message.contains('\''), "{error}");
    }
}

#[test]
fn functions_are_suggested() {
    for (source, suggestion) in [
        ("summ({a})", Some("sum")),
        ("IIF({a}, 1, 2)", Some("iif")),
        ("dateDif({a}, {b})", Some("dateDiff")),
        ("suminarray({a}, 'b')", Some("sumInArray")),
        ("frobnicate({a})", None),
    ] {
        assert_eq!(error(source).suggestion.as_deref(), suggestion, "{source}");
    }
    assert_eq!(
        error("roud(2.5)").to_string(),
        "There is no function `roud`. Did you mean `round`?"
    );
}

#[test]
fn a_condition_inside_text_is_checked_too() {
    let source = "1 + sumInArray({rows}, 'n', '{n} >')";
    let error = error(source);
    assert_eq!(error.kind, ErrorKind::MissingValue);
    assert_eq!(&source[error.span], "sumInArray({rows}, 'n', '{n} >')");
}
