//! What submissions are told apart by, and which of them count.

use super::Plan;
use crate::diagnostic::nearest;
use crate::report::settings::Wave;

/// What submissions are told apart by.
#[derive(Clone, Debug, PartialEq)]
pub enum Subject {
    List(usize),
    Rating(usize),
    Channel,
    Locale,
    Status,
    Version,
    /// An entry of `context` or `device`, by its place among those that are read.
    Entry(usize),
    Time(Wave),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    Context,
    Device,
}

/// Submissions by one thing that they are told apart by.
#[derive(Debug)]
pub struct Group {
    pub name: String,
    pub subject: Subject,
    /// Whether it is left out where nobody says anything about it.
    pub optional: bool,
}

/// A question of more choices is no group by itself.
const MOST_CHOICES: usize = 12;

impl Plan {
    pub(super) fn add_filters(&mut self) -> Result<(), String> {
        for condition in self.settings.conditions.clone() {
            let subject = self.subject(&condition.name)?;
            self.filters.push((subject, condition));
        }
        Ok(())
    }

    pub(super) fn add_groups(&mut self) -> Result<(), String> {
        let by = self.settings.by.clone();
        for name in &by {
            self.add_group(name, false)?;
        }
        if by.is_empty() {
            self.add_group("submission.channel", false)?;
            for list in 0..self.lists.len() {
                let Some(list) = self.lists.get(list) else { continue };
                if !list.several && (2..=MOST_CHOICES).contains(&list.choices.len()) {
                    let question = self.survey.questions.get(list.question);
                    let name = question.map(|question| question.source.id.clone());
                    self.add_group(&name.unwrap_or_default(), true)?;
                }
            }
            for name in ["context.branch", "context.team", "context.route"] {
                self.add_group(name, true)?;
            }
        }
        if let Some(team) = self.settings.team.clone() {
            self.teams = vec![self.add_group(&team, false)?];
        } else if by.is_empty() {
            let at = |name: &str| self.groups.iter().position(|group| group.name == name);
            let usual = ["team", "context.team", "branch", "context.branch", "context.route"];
            self.teams = usual.into_iter().filter_map(at).collect();
        } else {
            self.teams = (0..self.groups.len()).collect();
        }
        self.waves = self.add_group(self.settings.wave.name(), false)?;
        Ok(())
    }

    fn add_group(&mut self, name: &str, optional: bool) -> Result<usize, String> {
        let subject = self.subject(name)?;
        if let Some(known) = self.groups.iter().position(|group| group.subject == subject) {
            return Ok(known);
        }
        if matches!(subject, Subject::Rating(_)) {
            return Err(format!("`{name}` is a rating; figures are broken down by choices"));
        }
        if matches!(subject, Subject::List(list) if self.lists.get(list).is_some_and(|l| l.several))
        {
            return Err(format!("several choices of `{name}` may be in one submission"));
        }
        self.groups.push(Group { name: name.to_owned(), subject, optional });
        Ok(self.groups.len() - 1)
    }

    pub(super) fn subject(&mut self, name: &str) -> Result<Subject, String> {
        let questions = &self.survey.questions;
        let is = |question: usize| questions.get(question).is_some_and(|q| q.source.id == name);
        if let Some(list) = self.lists.iter().position(|list| is(list.question)) {
            return Ok(Subject::List(list));
        }
        if let Some(rating) = self.ratings.iter().position(|rating| rating.id == name) {
            return Ok(Subject::Rating(rating));
        }
        if let Some(wave) = Wave::from_name(name) {
            return Ok(Subject::Time(wave));
        }
        for (prefix, place) in [("context.", Place::Context), ("device.", Place::Device)] {
            if let Some(entry) = name.strip_prefix(prefix) {
                let wanted = (place, entry.to_owned());
                let known = self.entries.iter().position(|known| *known == wanted);
                return Ok(Subject::Entry(known.unwrap_or_else(|| {
                    self.entries.push(wanted);
                    self.entries.len() - 1
                })));
            }
        }
        match name.strip_prefix("submission.").unwrap_or(name) {
            "channel" => Ok(Subject::Channel),
            "locale" => Ok(Subject::Locale),
            "status" => Ok(Subject::Status),
            "version" => Ok(Subject::Version),
            _ => {
                let ids = questions.iter().map(|question| question.source.id.as_str());
                let known = ids.chain(["channel", "locale", "status", "version"]);
                let known = known.chain(Wave::ALL.map(Wave::name));
                let hint = nearest(name, known);
                let hint = hint.map(|hint| format!("; did you mean `{hint}`?"));
                Err(format!(
                    "`{name}` is neither a choice nor a rating of the survey, nor channel, locale, \
                     status, version, context.…, device.… or a wave{}",
                    hint.unwrap_or_default()
                ))
            }
        }
    }
}
