//! Choices that lie at an address: what is wanted from outside, and what came of it.
//!
//! The session fetches nothing. It says which addresses it wants, and whoever runs it feeds what
//! lies there, or that it could not be had.

use super::recalculate::Queue;
use super::{Aspects, Changes, Session};
use crate::questions::{Choice, Fetched, scalar_text};
use crate::value::Value;

/// What became of an address.
#[derive(Clone)]
pub(super) enum Response {
    Document(Value),
    Failed,
}

impl Session {
    /// The addresses whose documents are wanted and were not fed yet.
    pub fn wanted(&self) -> Vec<String> {
        if cfg!(lean) {
            return Vec::new();
        }
        let mut wanted = Vec::new();
        for question in 0..self.instances.len() {
            let url = self.choices_url(question);
            let url = url.filter(|url| !self.responses.contains_key(url) && !wanted.contains(url));
            wanted.extend(url);
        }
        wanted
    }

    /// Takes in what lies at an address; nothing where it could not be had.
    pub fn feed(&mut self, url: &str, document: Option<Value>) -> Changes {
        if cfg!(lean) {
            return Changes::default();
        }
        let response = document.map_or(Response::Failed, Response::Document);
        self.responses.insert(url.to_owned(), response);
        let mut changes = Changes::default();
        let mut queue = Queue::new();
        for question in 0..self.instances.len() {
            if self.choices_url(question).as_deref() == Some(url) {
                changes.mark(question, Aspects::OFFER);
                self.renew_offer(question, &mut queue, &mut changes);
            }
        }
        self.run(queue, &mut changes);
        if !self.shown_issues.is_empty() {
            self.renew_issues(&mut changes);
        }
        changes
    }

    /// Asks for the choices of a question again after they could not be had.
    pub fn ask_again(&mut self, question: usize) -> Changes {
        if cfg!(lean) {
            return Changes::default();
        }
        let mut changes = Changes::default();
        if self.fetched(question) == Fetched::Failed
            && let Some(url) = self.choices_url(question)
        {
            self.responses.remove(&url);
            changes.mark(question, Aspects::OFFER);
            changes.wants = true;
        }
        changes
    }

    /// How far the choices of a question are.
    pub fn fetched(&self, question: usize) -> Fetched {
        if cfg!(lean) {
            return Fetched::NotAsked;
        }
        let Some(url) = self.choices_url(question) else { return Fetched::NotAsked };
        match self.responses.get(&url) {
            Some(Response::Document(_)) if self.fetched_choices(question).is_some() => {
                Fetched::Here
            }
            Some(_) => Fetched::Failed,
            None if self.replayed => Fetched::Failed,
            None => Fetched::Waiting,
        }
    }

    /// The choices that were fetched for a question.
    pub(super) fn fetched_choices(&self, question: usize) -> Option<Vec<Choice>> {
        if cfg!(lean) {
            return None;
        }
        let url = self.choices_url(question)?;
        let Response::Document(document) = self.responses.get(&url)? else { return None };
        let list = self.question(question)?.kind.as_type().choice_list()?;
        list.by_url.as_ref()?.choices(document)
    }

    /// The address with answers piped in; nothing while one of them is missing.
    fn choices_url(&self, question: usize) -> Option<String> {
        let row = self.row_of(question);
        if row.is_some_and(|row| !self.rows[row].stands) {
            return None;
        }
        let pieces = &self.question(question)?.offer.as_deref()?.url;
        if pieces.is_empty() {
            return None;
        }
        let mut url = String::new();
        for piece in pieces {
            url += &piece.literal;
            if let Some(expression) = &piece.value {
                let value = expression.evaluate(&self.scope(row), &self.environment).ok()?;
                let text = scalar_text(&value);
                if text.is_empty() {
                    return None;
                }
                percent_encode(&text, &mut url);
            }
        }
        Some(url)
    }
}

/// Adds a value to an address so that it stands for nothing but itself.
fn percent_encode(text: &str, url: &mut String) {
    const DIGITS: &[u8; 16] = b"0123456789ABCDEF";
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => {
                url.push(byte.into());
            }
            _ => {
                url.push('%');
                url.push(DIGITS[usize::from(byte >> 4)].into());
                url.push(DIGITS[usize::from(byte & 15)].into());
            }
        }
    }
}
