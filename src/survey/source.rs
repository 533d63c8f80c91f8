//! A survey as its author writes it: the fields of every part of a definition.

use super::framework::Framework;
use crate::definition::{ExpressionText, definition, definition_words};
use crate::questions::QuestionOrder;
use crate::text::Text;
use crate::validators::Validator;
use crate::value::Value;

definition! {
    /// A survey.
    pub struct SurveySource {
        /// The version of this format: 1.
        pub askwell "askwell": u32,
        /// A short name that stays the same over all versions.
        pub id "id": String,
        /// The version of this survey, in any form.
        pub version "version": String = String::from("1"),
        /// The languages it is written in, as BCP 47 tags, the default first.
        pub locales "locales": Vec<String>,
        /// What respondents see as its name.
        pub title "title": Option<Text>,
        /// An introduction below the title.
        pub description "description": Option<Text>,
        /// What is collected, by whom and why.
        pub notice "notice": Option<Notice>,
        /// What happens to the answer of a question that is hidden.
        pub hidden_answers rare "clearInvisibleValues": HiddenAnswers = HiddenAnswers::OnComplete,
        /// What happens when a condition comes true.
        pub triggers rare "triggers": Vec<Trigger>,
        /// When issues are shown.
        pub check_errors rare "checkErrorsMode": CheckErrors = CheckErrors::OnNextPage,
        /// Whether everything can only be read.
        pub read_only "readOnly": bool,
        /// How much of a page is shown at once.
        pub page_mode rare "questionsOnPageMode": PageMode = PageMode::Standard,
        /// In which order the questions of a page or panel are asked that says nothing about it.
        pub question_order rare "questionOrder": QuestionOrder = QuestionOrder::Default,
        /// In which order the pages come: those of a block stay together, and a start page stays first.
        pub page_order rare "pageOrder": QuestionOrder = QuestionOrder::Default,
        /// Whether the first page comes before the survey proper: it is not counted, and left for good.
        pub start_page rare "firstPageIsStartPage": bool,
        /// Whether all answers are shown once more before the survey is finished.
        pub preview rare "showPreviewBeforeComplete": bool,
        /// Which questions are shown then.
        pub preview_mode rare "previewMode": PreviewMode = PreviewMode::All,
        /// Whether the pages are listed beside the questions, to go to.
        pub contents rare "showTOC": bool,
        /// Whether there are buttons to go on and back.
        pub navigation "showNavigationButtons": bool = true,
        /// Whether a page is left by itself once all on it is answered by a click.
        pub auto_advance rare "autoAdvanceEnabled": bool,
        /// Whether that finishes the survey too.
        pub auto_complete rare "autoAdvanceAllowComplete": bool = true,
        /// Whether it is shown how far one has come.
        pub progress "showProgressBar": bool = true,
        /// What that is counted in.
        pub progress_type "progressBarType": ProgressType = ProgressType::Pages,
        /// How many seconds there are for all of it; 0 for no limit.
        pub time_limit rare "timeLimit": u32 = 0,
        /// How many seconds there are for a page that says nothing about it; 0 for no limit.
        pub page_time_limit rare "timeLimitPerPage": u32 = 0,
        /// Whether respondents see how much time is left.
        pub timer rare "showTimer": bool = true,
        /// Whether the limits are part of what is measured, so that nobody may take more time.
        pub essential_time rare "timeLimitEssential": bool,
        /// Conditions under which it ends early, the first that holds.
        pub screen_outs rare "screenOuts": Vec<ScreenOut>,
        /// Whether answers are brought into the form that their questions give: a number written
        /// as text becomes one, and what is no choice goes when answers are looked at. What lies
        /// beyond the limits of a question waits, refused, beside the last answer that fits; and
        /// what no control lets through, such as a choice too many, is no error. Computed
        /// values stand still where everything can only be read.
        pub tidy rare "tidyAnswers": bool,
        /// The names of functions that the host adds to the expression language.
        pub functions rare "functions": Vec<String>,
        /// Values computed from answers.
        pub calculated "calculated": Vec<Calculated>,
        /// Texts after the last page that depend on scores; the first that holds is shown.
        pub outcomes "outcomes": Vec<Outcome>,
        /// What comes after the last page.
        pub completion "completion": Option<Completion>,
        /// The competency framework that it is built from.
        pub framework "framework": Option<Framework>,
        /// Where an instrument comes from and who holds rights in it.
        pub citation "citation": Option<Text>,
        /// The licence of the wording.
        pub license "license": Option<String>,
    }
}

definition_words! {
    /// What happens to the answer of a question that is hidden.
    pub enum HiddenAnswers {
        /// It is kept and submitted.
        None "none",
        /// It is kept while the survey is answered, and dropped at the end.
        OnComplete "onComplete",
        /// It is dropped as soon as the question's own condition hides it.
        OnHidden "onHidden",
        /// It is dropped as soon as the question, or what it stands in, is hidden.
        OnHiddenContainer "onHiddenContainer",
    }
}

definition_words! {
    /// When issues are shown.
    pub enum CheckErrors {
        /// When a respondent wants to leave the page.
        OnNextPage "onNextPage",
        /// With each answer.
        OnValueChanged "onValueChanged",
        /// When a respondent wants to finish.
        OnComplete "onComplete",
    }
}

definition_words! {
    /// How much is shown at once.
    pub enum PageMode {
        /// One page.
        Standard "standard",
        /// All pages under each other.
        SinglePage "singlePage",
        /// One question.
        QuestionPerPage "questionPerPage",
    }
}

definition_words! {
    /// Which questions are shown once more before the survey is finished.
    pub enum PreviewMode {
        All "all",
        /// Those that have an answer.
        Answered "answered",
    }
}

definition_words! {
    /// What progress is counted in.
    pub enum ProgressType {
        Pages "pages",
        Questions "questions",
        /// Those that need an answer.
        RequiredQuestions "requiredQuestions",
    }
}

definition_words! {
    /// What a trigger does.
    pub enum TriggerType {
        /// Makes this page the last one.
        Complete "complete",
        /// Gives a question the value in `setValue`.
        Set "set",
        /// Gives a question the answer of another.
        Copy "copy",
        /// Gives a question the value of an expression.
        Run "run",
        /// Goes to the page of a question.
        Skip "skip",
    }
}

definition! {
    /// Something that happens when a condition comes true: looked at whenever an answer that
    /// the condition reads changes.
    pub struct Trigger {
        /// What it does.
        pub kind "type": TriggerType,
        /// The condition; a `copy` without one follows every change of its source.
        pub condition "expression": Option<ExpressionText>,
        /// The question that is given a value; for any other name, a value of its own.
        pub to "setToName": Option<String>,
        /// The value that `set` gives; nothing clears.
        pub value "setValue": Option<Value>,
        /// The question that `copy` takes from.
        pub from "fromName": Option<String>,
        /// What `run` computes.
        pub run "runExpression": Option<ExpressionText>,
        /// The question that `skip` goes to.
        pub goto "gotoName": Option<String>,
    }
}

definition! {
    /// What a respondent must be told before anything is collected (Taiwan PDPA art. 8).
    pub struct Notice {
        /// Who collects.
        pub collector "collector": Option<Text>,
        /// What for.
        pub purpose "purpose": Option<Text>,
        /// Which kinds of data.
        pub categories "categories": Option<Text>,
        /// How long, where, by whom and how they are used.
        pub use_of "use": Option<Text>,
        /// Which rights there are and how to use them.
        pub rights "rights": Option<Text>,
        /// What happens if nothing is given.
        pub effect "effect": Option<Text>,
    }
}

definition! {
    /// A page: what is shown at once.
    pub struct PageSource {
        /// A short name.
        pub id "id": String,
        /// The heading.
        pub title "title": Option<Text>,
        /// An introduction below the heading.
        pub description "description": Option<Text>,
        /// The condition under which the page is shown.
        pub visible_if "visibleIf": Option<ExpressionText>,
        /// The condition under which its questions can be answered.
        pub enable_if "enableIf": Option<ExpressionText>,
        /// Whether its questions can only be read.
        pub read_only "readOnly": bool,
        /// In which order its questions are asked.
        pub question_order rare "questionOrder": QuestionOrder = QuestionOrder::Default,
        /// How many seconds there are for it; 0 for what the survey says.
        pub time_limit rare "timeLimit": u32 = 0,
        /// How many columns its questions stand in where there is room.
        pub columns rare "columns": u32 = 1,
        /// The name of the block that it belongs to.
        pub block rare "block": Option<String>,
        /// Whether it, or the block that it begins, changes places where the order is by chance.
        pub randomize "randomize": bool = true,
        /// Whether there are buttons to go on and back on it.
        pub navigation rare "showNavigationButtons": bool = true,
    }
}

definition! {
    /// What every question has, whatever its type.
    pub struct QuestionSource {
        /// The name under which the answer is stored: any text, unique in the survey.
        pub id "id": String,
        /// The question as the respondent reads it; the id where absent.
        pub title "title": Option<Text>,
        /// A hint below the title.
        pub description "description": Option<Text>,
        /// More help, unfolded on demand.
        pub help "help": Option<Text>,
        /// Whether an answer is needed to go on.
        pub required "required": bool,
        /// The condition under which an answer is needed.
        pub required_if "requiredIf": Option<ExpressionText>,
        /// Whether it is shown at all; `visibleIf` decides where it is given.
        pub visible "visible": bool = true,
        /// The condition under which it is shown.
        pub visible_if "visibleIf": Option<ExpressionText>,
        /// Whether the answer can only be read.
        pub read_only "readOnly": bool,
        /// The condition under which it can be answered.
        pub enable_if "enableIf": Option<ExpressionText>,
        /// The answer to begin with.
        pub default_value "defaultValue": Option<Value>,
        /// The answer to begin with, computed until the respondent answers.
        pub default_expression rare "defaultValueExpression": Option<ExpressionText>,
        /// The answer, computed whenever what it is computed from changes.
        pub value_expression rare "setValueExpression": Option<ExpressionText>,
        /// The condition under which `setValueExpression` decides the answer.
        pub value_if rare "setValueIf": Option<ExpressionText>,
        /// The condition under which the answer goes back to what it began with.
        pub reset_if rare "resetValueIf": Option<ExpressionText>,
        /// The name under which the answer is stored; questions that share one share the answer.
        pub value_name rare "valueName": Option<String>,
        /// What happens to the answer while it is hidden, where that differs from the survey.
        pub hidden_answer rare "clearIfInvisible": Option<HiddenAnswers>,
        /// What to tell where a required answer is missing.
        pub required_text "requiredErrorText": Option<Text>,
        /// Whether there is a field for a comment; it is stored in `<id>-comment`.
        pub comment rare "showCommentArea": bool,
        /// What that field is called.
        pub comment_text rare "commentText": Option<Text>,
        /// An example inside that field while it is empty.
        pub comment_placeholder rare "commentPlaceholder": Option<Text>,
        /// Whether it changes places where the order is by chance.
        pub randomize "randomize": bool = true,
        /// Whether it stands below what comes before, where there is room beside it.
        pub new_line rare "startWithNewLine": bool = true,
        /// How many columns of its page or panel it takes up.
        pub span rare "colSpan": u32 = 1,
        /// What is asked of an answer beyond its type.
        pub validators rare "validators": Vec<Validator>,
    }
}

definition! {
    /// A value computed from answers, usable in expressions and texts by its id.
    pub struct Calculated {
        /// Its name.
        pub id "id": String,
        /// How it is computed.
        pub expression "expression": ExpressionText,
        /// Whether it is submitted with the answers.
        pub include "includeIntoResult": bool,
    }
}

definition! {
    /// What every scoring entry has, whatever its metric.
    pub struct ScoringSource {
        /// The name of the score.
        pub id "id": String,
        /// What respondents see as its name.
        pub title "title": Option<Text>,
        /// The questions it is computed from; a matrix stands for all its rows.
        pub questions "questions": Vec<String>,
    }
}

definition! {
    /// A text after the last page that is shown under a condition.
    pub struct Outcome {
        /// The condition; scores are read as `{scores.id}`.
        pub condition "if": ExpressionText,
        /// What to tell the respondent.
        pub text "text": Text,
    }
}

definition! {
    /// What comes after the last page.
    pub struct Completion {
        /// The heading of the thank-you page.
        pub title "title": Option<Text>,
        /// Its text.
        pub text "text": Option<Text>,
        /// Whether the respondent's own scores are shown.
        pub show_scores "showScores": bool,
        /// Where to go on, as an `https:` or `http:` address. Of `{names}` only `{context.…}` is
        /// filled in: answers do not go into addresses.
        pub redirect "redirect": Option<String>,
        /// Other headings and texts under conditions; the first that holds is taken.
        pub texts rare "textOnCondition": Vec<CompletionText>,
        /// Other addresses under conditions; the first that holds is taken.
        pub redirects rare "redirectOnCondition": Vec<Redirect>,
    }
}

definition! {
    /// What is said after the last page under a condition.
    pub struct CompletionText {
        /// The condition.
        pub condition "if": ExpressionText,
        /// The heading.
        pub title "title": Option<Text>,
        /// The text.
        pub text "text": Option<Text>,
    }
}

definition! {
    /// Where to go on under a condition.
    pub struct Redirect {
        /// The condition.
        pub condition "if": ExpressionText,
        /// The address.
        pub redirect "redirect": String,
    }
}

definition! {
    /// A condition under which the survey ends when the page is left: this respondent is not
    /// among those who are asked, or enough of their kind have answered.
    pub struct ScreenOut {
        /// A short name; under it stands the count of a quota in `context.quotas`.
        pub id "id": String,
        /// The condition.
        pub condition "if": ExpressionText,
        /// For a quota: from how many on it is full.
        pub limit "limit": Option<u32>,
        /// The heading of the last page; kind words of our own where absent.
        pub title "title": Option<Text>,
        /// Its text.
        pub text "text": Option<Text>,
        /// Where to go on.
        pub redirect "redirect": Option<String>,
    }
}
