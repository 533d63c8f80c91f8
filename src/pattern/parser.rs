//! From a pattern's text to its tree.

mod escapes;

use std::ops::Range;

use super::PatternError;
use super::classes::{LINE_ENDS, Set};

#[derive(Clone, Debug)]
pub enum Node {
    Unit(u16),
    Set(Set),
    Sequence(Vec<Node>),
    Either(Vec<Node>),
    Group(usize, Box<Node>),
    Repeat(Box<Node>, Count),
    Start,
    End,
    /// `\b`, or `\B` where false.
    WordEdge(bool),
    Look {
        ahead: bool,
        negated: bool,
        node: Box<Node>,
    },
    Back(usize),
}

/// How often something is repeated.
#[derive(Clone, Debug)]
pub struct Count {
    pub min: u32,
    pub max: Option<u32>,
    pub greedy: bool,
    /// The groups inside, which each round begins without.
    pub groups: Range<usize>,
}

/// How deep groups may nest, well before a stack overflows.
const DEEPEST: usize = 100;

type Parsed<T> = Result<T, PatternError>;

pub fn parse(source: &str) -> Parsed<Node> {
    let mut parser = Parser {
        source,
        at: 0,
        depth: 0,
        groups: 0,
        all_groups: count_groups(source),
        names: Vec::new(),
        wanted: Vec::new(),
        has_names: source.contains("(?<") && names_a_group(source),
    };
    let mut tree = parser.either()?;
    if parser.peek() == Some(')') {
        return Err(error("this `)` closes nothing", parser.at..parser.at + 1));
    }
    for (name, span) in &parser.wanted {
        if !parser.names.iter().any(|(known, _)| known == name) {
            return Err(error("no group has this name", span.clone()));
        }
    }
    resolve(&mut tree, &parser.wanted, &parser.names);
    Ok(tree)
}

/// A reference by name stands for `NAMED` and its place in the list until all names are known.
const NAMED: usize = usize::MAX / 2;

fn resolve(node: &mut Node, wanted: &[(String, Range<usize>)], names: &[(String, usize)]) {
    match node {
        Node::Back(index) if *index >= NAMED => {
            let name = wanted.get(*index - NAMED).map(|(name, _)| name);
            let known = names.iter().find(|(known, _)| Some(known) == name);
            *index = known.map_or(0, |(_, group)| *group);
        }
        Node::Sequence(nodes) | Node::Either(nodes) => {
            nodes.iter_mut().for_each(|node| resolve(node, wanted, names));
        }
        Node::Group(_, node) | Node::Repeat(node, _) | Node::Look { node, .. } => {
            resolve(node, wanted, names);
        }
        _ => {}
    }
}

fn error(message: &'static str, span: Range<usize>) -> PatternError {
    PatternError { message, span }
}

/// Every `(` that captures: `\12` is a reference only where there are twelve.
fn count_groups(source: &str) -> usize {
    let (mut count, mut in_class) = (0, false);
    let bytes = source.as_bytes();
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'\\' => at += 1,
            b'[' => in_class = true,
            b']' => in_class = false,
            b'(' if !in_class => {
                let rest = source.get(at + 1..).unwrap_or_default();
                let names =
                    rest.starts_with("?<") && !rest.starts_with("?<=") && !rest.starts_with("?<!");
                count += usize::from(!rest.starts_with('?') || names);
            }
            _ => {}
        }
        at += 1;
    }
    count
}

fn names_a_group(source: &str) -> bool {
    source.match_indices("(?<").any(|(at, _)| {
        let next = source.as_bytes().get(at + 3);
        !matches!(next, None | Some(b'=' | b'!'))
    })
}

struct Parser<'a> {
    source: &'a str,
    at: usize,
    depth: usize,
    groups: usize,
    all_groups: usize,
    names: Vec<(String, usize)>,
    wanted: Vec<(String, Range<usize>)>,
    /// Whether any group has a name: only then does `\k` refer to one.
    has_names: bool,
}

impl Parser<'_> {
    fn rest(&self) -> &str {
        self.source.get(self.at..).unwrap_or_default()
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    fn next(&mut self) -> Option<char> {
        let next = self.peek()?;
        self.at += next.len_utf8();
        Some(next)
    }

    fn take(&mut self, text: &str) -> bool {
        let found = self.rest().starts_with(text);
        if found {
            self.at += text.len();
        }
        found
    }

    fn either(&mut self) -> Parsed<Node> {
        let mut branches = vec![self.sequence()?];
        while self.take("|") {
            branches.push(self.sequence()?);
        }
        Ok(if branches.len() > 1 { Node::Either(branches) } else { branches.remove(0) })
    }

    fn sequence(&mut self) -> Parsed<Node> {
        let mut nodes = Vec::new();
        while !matches!(self.peek(), None | Some('|' | ')')) {
            let groups = self.groups;
            let start = nodes.len();
            let repeatable = self.atom(&mut nodes)?;
            let at = self.at;
            let Some((min, max)) = self.count()? else { continue };
            if !repeatable {
                return Err(error("there is nothing to repeat here", at..at + 1));
            }
            let greedy = !self.take("?");
            let count = Count { min, max, greedy, groups: groups + 1..self.groups + 1 };
            // A character beyond U+FFFF is two units, of which the second is repeated.
            if let Some(last) = nodes.pop() {
                nodes.truncate(nodes.len().max(start));
                nodes.push(Node::Repeat(Box::new(last), count));
            }
        }
        Ok(Node::Sequence(nodes))
    }

    /// Reads `*`, `+`, `?` or `{…}`. Braces that are no count stand for themselves.
    fn count(&mut self) -> Parsed<Option<(u32, Option<u32>)>> {
        let start = self.at;
        if self.take("*") {
            return Ok(Some((0, None)));
        }
        if self.take("+") {
            return Ok(Some((1, None)));
        }
        if self.take("?") {
            return Ok(Some((0, Some(1))));
        }
        let Some((min, max)) = self.braces() else {
            self.at = start;
            return Ok(None);
        };
        if max.is_some_and(|max| max < min) {
            return Err(error("the smaller number comes first", start..self.at));
        }
        Ok(Some((min, max)))
    }

    fn braces(&mut self) -> Option<(u32, Option<u32>)> {
        if !self.take("{") {
            return None;
        }
        let min = self.number()?;
        let max = match self.take(",") {
            false => Some(min),
            true if self.peek() == Some('}') => None,
            true => Some(self.number()?),
        };
        self.take("}").then_some((min, max))
    }

    fn number(&mut self) -> Option<u32> {
        let digits = self.rest().bytes().take_while(u8::is_ascii_digit).count();
        let text = self.rest().get(..digits).filter(|text| !text.is_empty())?;
        let number = text.parse().unwrap_or(u32::MAX);
        self.at += digits;
        Some(number)
    }

    /// Reads one thing; false where it cannot be repeated.
    fn atom(&mut self, nodes: &mut Vec<Node>) -> Parsed<bool> {
        let start = self.at;
        if let Some(length) = self.count()?.map(|_| self.at - start) {
            return Err(error("there is nothing to repeat here", start..start + length));
        }
        let node = match self.next() {
            Some('^') => Node::Start,
            Some('$') => Node::End,
            Some('.') => Node::Set(Set::of(LINE_ENDS, true)),
            Some('(') => return self.group(start, nodes),
            Some('[') => Node::Set(self.class(start)?),
            Some('\\') => self.escape(start)?,
            Some(letter) => {
                let mut units = [0; 2];
                nodes.extend(letter.encode_utf16(&mut units).iter().map(|unit| Node::Unit(*unit)));
                return Ok(true);
            }
            None => return Ok(false),
        };
        let repeatable = !matches!(node, Node::Start | Node::End | Node::WordEdge(_));
        nodes.push(node);
        Ok(repeatable)
    }

    fn group(&mut self, start: usize, nodes: &mut Vec<Node>) -> Parsed<bool> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err(error("groups nest too deep", start..start + 1));
        }
        let look =
            [("?=", true, false), ("?!", true, true), ("?<=", false, false), ("?<!", false, true)];
        let look = look.into_iter().find(|(sign, ..)| self.take(sign));
        let node = if let Some((_, ahead, negated)) = look {
            Node::Look { ahead, negated, node: Box::new(self.inside(start)?) }
        } else if self.take("?:") {
            self.inside(start)?
        } else {
            if self.take("?<") {
                let name = self.name(start)?;
                if self.names.iter().any(|(known, _)| *known == name) {
                    return Err(error("another group has this name", start..self.at));
                }
                self.names.push((name, self.groups + 1));
            } else if self.take("?") {
                self.next();
                return Err(error("no group begins like this", start..self.at));
            }
            self.groups += 1;
            let index = self.groups;
            Node::Group(index, Box::new(self.inside(start)?))
        };
        self.depth -= 1;
        // As in browsers, looking ahead may be repeated and looking behind may not.
        let repeatable = !matches!(node, Node::Look { ahead: false, .. });
        nodes.push(node);
        Ok(repeatable)
    }

    fn inside(&mut self, start: usize) -> Parsed<Node> {
        let node = self.either()?;
        if self.take(")") {
            Ok(node)
        } else {
            Err(error("this group is not closed", start..start + 1))
        }
    }

    fn name(&mut self, start: usize) -> Parsed<String> {
        let end = self.rest().find('>').unwrap_or(0);
        let name = self.rest().get(..end).unwrap_or_default().to_owned();
        let fine = |letter: char| letter.is_alphanumeric() || letter == '_' || letter == '$';
        if name.is_empty()
            || name.starts_with(|c: char| c.is_ascii_digit())
            || !name.chars().all(fine)
        {
            return Err(error("this is no name for a group", start..self.at));
        }
        self.at += end + 1;
        Ok(name)
    }
}
