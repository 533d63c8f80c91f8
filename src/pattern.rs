//! Regular expressions with the meaning that ECMAScript gives them, in bounded time.
//!
//! Own code, because browsers and servers must agree on what fits, because a pattern must not
//! be able to hang either, and because a regular-expression crate weighs more than the rest of
//! the engine. The language is that of `new RegExp(source)` and `new RegExp(source, "i")`: text
//! is matched by UTF-16 unit, and a match may stand anywhere unless the pattern says otherwise.
//! It differs in three things, each an error when the pattern is read: `\p{…}`, which means
//! just `p{…}` there; patterns that unfold to more than some ten thousand steps; and patterns
//! that nest deeper than a hundred groups. Of letters that differ in case, those that are
//! variants of a letter for symbols or old prints (`ϐ`, `ẛ`) are letters of their own.

mod classes;
mod machine;
mod parser;
mod program;

use std::ops::Range;

use program::Program;

/// A compiled pattern.
///
/// ```
/// use askwell::pattern::Pattern;
/// let postcode = Pattern::new(r"^\d{3}(?:\d{2,3})?$", false).unwrap();
/// assert!(postcode.fits("10617"));
/// assert!(!postcode.fits("1061"));
/// let error = Pattern::new("(a|b", false).unwrap_err();
/// assert_eq!(error.span, 0..1);
/// ```
#[derive(Clone, Debug)]
pub struct Pattern {
    program: Program,
}

/// Why a text is no pattern.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PatternError {
    pub message: &'static str,
    /// The bytes of the source that are meant.
    pub span: Range<usize>,
}

impl Pattern {
    /// Reads a pattern; `ignore_case` is the flag `i`.
    ///
    /// # Errors
    /// Where ECMAScript refuses it too, and in the cases that the module lists.
    pub fn new(source: &str, ignore_case: bool) -> Result<Pattern, PatternError> {
        let tree = parser::parse(source)?;
        let program = program::compile(&tree, ignore_case).ok_or(PatternError {
            message: "this unfolds to too many steps",
            span: 0..source.len(),
        })?;
        Ok(Pattern { program })
    }

    /// Whether the pattern is found anywhere in the text.
    ///
    /// A search that takes a million steps is given up and counts as found: a respondent must
    /// not be held up by a pattern that cannot be decided.
    pub fn fits(&self, text: &str) -> bool {
        let units: Vec<u16> = text.encode_utf16().collect();
        machine::is_found(&self.program, &units)
    }
}

#[cfg(test)]
mod tests {
    use super::Pattern;

    #[track_caller]
    fn check(source: &str, ignore_case: bool, fits: &[&str], fails: &[&str]) {
        let pattern = Pattern::new(source, ignore_case).unwrap();
        for text in fits {
            assert!(pattern.fits(text), "/{source}/ should fit {text}");
        }
        for text in fails {
            assert!(!pattern.fits(text), "/{source}/ should not fit {text}");
        }
    }

    #[test]
    fn means_what_ecmascript_means() {
        check("", false, &["", "x"], &[]);
        check("^$", false, &[""], &["\n"]);
        check("b+c", false, &["abbc"], &["ac", "b"]);
        check("^.$", false, &["字"], &["\n", "\u{2028}", "😀", ""]);
        check(r"^\s\S$", false, &["\u{3000}字", "\u{feff}x"], &["xx"]);
        check(r"\bcat\b", false, &["a cat", "字cat字"], &["cats"]);
        check(r"^[^\W_]+$", false, &["a1"], &["_", "字"]);
        check(r"^[\]\-a-c\b]+$", false, &["]-b\u{8}"], &["d"]);
        check("^a{2,3}?$", false, &["aa", "aaa"], &["a", "aaaa"]);
        check("^a{,3}$", false, &["a{,3}"], &["aaa"]);
        check("^(?:a|ab)(?:c|bcd)$", false, &["abcd", "ac"], &["abd"]);
        check(r"^(?=.*\d)(?!.*\s).{4,}$", false, &["abc1"], &["abcd", "ab 1"]);
        check(r"(?<=\$)\d+(?<!0)$", false, &["$15"], &["15", "$10"]);
        check(r"(?<y>\d{4})-\k<y>", false, &["2026-2026"], &["2026-2027"]);
        check(r"^(?:(a)|b)*\1$", false, &["ab", "aa"], &["ac"]);
        check(r"^(a\1)$", false, &["a"], &["aa"]);
        check(r"(?<=\1(a))b", false, &["aab"], &["ab"]);
        check(r"^\u5b57\x41\cJ\0\/$", false, &["字A\n\0/"], &["字A"]);
        check(r"^\2(a)\101$", false, &["\u{2}aA"], &["aA"]);
        check(r"^[^]$", false, &["\n"], &[""]);
        check("[]", false, &[], &["", "x"]);
        check(r"^(?=a)*a]}$", false, &["a]}"], &["b"]);
    }

    #[test]
    fn case_may_not_matter() {
        check("^straße$", true, &["STRAßE"], &["STRASSE"]);
        check("^[a-cé-í]σ$", true, &["Bς", "ÊΣ"], &["dσ"]);
        check("^[^k]$", true, &["\u{212a}"], &["K"]);
        check(r"^(x)\1$", true, &["xX"], &["xy"]);
    }

    #[test]
    fn evil_patterns_end() {
        let text = "a".repeat(5000) + "!";
        check("^(a+)+$", false, &[], &[&text]);
        check("^(?:a*)*(?:a|a)*b", false, &[], &[&text]);
        // Undecided within the budget, so nobody is held up.
        check(r"^(a+)+\1\1$", false, &[&text], &[]);
    }

    #[test]
    fn a_set_that_is_repeated_is_prepared_once() {
        let pattern = Pattern::new(r"^[/\D]{1500,2000}$", true).unwrap();
        assert_eq!(pattern.program.sets.len(), 1);
        assert!(pattern.fits(&"x".repeat(1800)) && !pattern.fits("x"));
    }

    #[test]
    fn mistakes_have_a_place() {
        let errors = [
            ("a**", 2..3),
            ("x(", 1..2),
            ("a)", 1..2),
            ("[a", 0..1),
            ("[z-a]", 1..4),
            ("a{3,2}", 1..6),
            (r"a\", 1..2),
            ("字(?x)", 3..6),
            ("(?", 0..2),
            ("(?字)", 0..5),
            (r"(?<n>a)\k<m>", 7..12),
            ("(?<n>a)(?<n>b)", 7..12),
            (r"\p{L}", 0..3),
            ("(?:a{1000}){1000}", 0..17),
            ("?", 0..1),
        ];
        for (source, span) in errors {
            let error = Pattern::new(source, false).expect_err(source);
            assert_eq!(error.span, span, "{source}: {}", error.message);
        }
        let deep = "(".repeat(5000) + &")".repeat(5000);
        assert!(Pattern::new(&deep, false).is_err());
    }
}
