//! Levels against what a role requires: a sentence, bars for each group, strengths before gaps.

use std::cmp::Ordering;

use super::tiles::scale;
use super::{Element, name_of, share, shown, text};
use crate::metrics::{Detail, ItemGap, Score};
use crate::questions::Kind;
use crate::survey::Scoring;
use crate::ui::controller::Controller;
use crate::ui::kit::element;
use crate::value::Value;

/// How many statements the short lists name.
const LISTED: usize = 5;

type Entry = (Scoring, Score);

pub fn gaps(controller: Controller, entries: &[Entry]) -> Element {
    let groups: Vec<&Entry> =
        entries.iter().filter(|entry| !holds_another(entry, entries)).collect();
    let items: Vec<&ItemGap> = groups.iter().flat_map(|(_, score)| items(score)).collect();
    let strengths = ranked(&items, |item| {
        item.gap.filter(|gap| *gap <= 0.0).map(|gap| (gap, -item.rated.unwrap_or(0.0)))
    });
    let lacking = ranked(&items, |item| {
        item.priority().zip(item.gap).filter(|(_, gap)| *gap > 0.0).map(|(rank, gap)| (-rank, -gap))
    });
    let weighed = items.iter().any(|item| item.importance.is_some());
    let order = if weighed { "results.gap.weighed" } else { "results.gap.largest" };
    let bars = groups.iter().map(|(scoring, score)| bar(controller, scoring, score));
    let gap_list = if lacking.is_empty() {
        text("p", "no-gaps", controller.word("results.gap.no-gaps"))
    } else {
        table(controller, &lacking, controller.word(order))
    };
    element("div")
        .part("gaps")
        .child(text("h4", "gaps-title", controller.word("results.gap.title")))
        .child(summary(controller, &items, lacking.first().copied()))
        .child(element("ul").part("gap-bars").children(bars))
        .child(scale_note(controller, &groups))
        .child(
            (!strengths.is_empty())
                .then(|| table(controller, &strengths, controller.word("results.gap.strengths"))),
        )
        .child(gap_list)
        .child(everything(controller, &groups))
        .child(super::framework::framework(controller))
        .child(caution(controller))
}

/// Whether an entry is computed from all that another one rests on, and more: a total, no group.
fn holds_another(entry: &Entry, entries: &[Entry]) -> bool {
    let own = &entry.0.items;
    entries.iter().any(|(other, _)| {
        let mut ids = other.items.iter().map(|item| &item.id);
        other.items.len() < own.len() && ids.all(|id| own.iter().any(|item| item.id == *id))
    })
}

fn items(score: &Score) -> &[ItemGap] {
    match &score.detail {
        Detail::Gap { items, .. } => items,
        _ => &[],
    }
}

/// The items that have a rank, the lowest first; equal ones in the order of the survey.
fn ranked<'a>(
    items: &[&'a ItemGap],
    rank: impl Fn(&ItemGap) -> Option<(f64, f64)>,
) -> Vec<&'a ItemGap> {
    let mut ranked: Vec<((f64, f64), &ItemGap)> =
        items.iter().filter_map(|item| Some((rank(item)?, *item))).collect();
    ranked.sort_by(|(a, _), (b, _)| a.partial_cmp(b).unwrap_or(Ordering::Equal));
    ranked.into_iter().take(LISTED).map(|(_, item)| item).collect()
}

/// One sentence that says where one stands and where to begin.
fn summary(controller: Controller, items: &[&ItemGap], largest: Option<&ItemGap>) -> Element {
    let compared = items.iter().filter_map(|item| item.gap);
    let (met, of) = compared.fold((0, 0), |(met, of), gap| (met + usize::from(gap <= 0.0), of + 1));
    let numbers = |name: String| [("met", met.to_string()), ("of", of.to_string()), ("name", name)];
    let words = match (of, largest) {
        (0, _) => controller.word("results.reason.no-required-level"),
        (_, None) => controller.words("results.gap.summary-met", &numbers(String::new())),
        (_, Some(item)) => {
            let name = statement(controller, item);
            // It stands in the middle of a sentence.
            let name = name.trim_end_matches(['.', '。']).to_owned();
            controller.words("results.gap.summary", &numbers(name))
        }
    };
    text("p", "gap-summary", words)
}

/// A group: its name, its figures in words, and the same as a bar.
fn bar(controller: Controller, scoring: &Scoring, score: &Score) -> Element {
    let name = text("span", "gap-name", name_of(controller, scoring));
    let Detail::Gap { rated, required, .. } = &score.detail else {
        return element("li").child(name);
    };
    let Some(rated) = *rated else {
        let open = text("span", "gap-figures", controller.word("results.gap.not-rated"));
        return element("li").child(name).child(open);
    };
    let (min, max) = scale(scoring);
    let mut figures =
        element("span").part("gap-figures").child(figure(controller, "results.gap.rated", rated));
    let mut bar = element("span")
        .part("gap-bar")
        .set("aria-hidden", "true")
        .variable("--rated", share(rated, min, max))
        .child(element("span").part("gap-rated"));
    if let Some(required) = *required {
        let lacks = rated < required;
        let between = if lacks { "gap-lacking" } else { "gap-surplus" };
        bar = bar
            .variable("--required", share(required, min, max))
            .child(element("span").part(between))
            .child(element("span").part("gap-required"));
        let difference = (required - rated).abs();
        let key = if lacks { "results.gap.gap" } else { "results.gap.surplus" };
        figures = figures.child(figure(controller, "results.gap.required", required)).child(
            if shown(difference) == "0" {
                text("span", "gap-verdict", controller.word("results.gap.met"))
            } else {
                figure(controller, key, difference)
            },
        );
    }
    element("li").child(name).child(figures).child(bar)
}

fn figure(controller: Controller, key: &str, number: f64) -> Element {
    let name = element("span").child(controller.word(key) + " ");
    element("span").part("gap-figure").child(name).child(element("b").child(shown(number)))
}

/// What the bars run over, with the words of both ends.
fn scale_note(controller: Controller, groups: &[&Entry]) -> Option<Element> {
    let (scoring, _) = groups.first()?;
    let (min, max) = scale(scoring);
    let question = scoring.items.first()?.question;
    let end = |number: f64| match level_words(controller, question, number) {
        Some(words) => format!("{} ({words})", shown(number)),
        None => shown(number),
    };
    let ends = [("min", end(min)), ("max", end(max))];
    Some(text("p", "gap-scale", controller.words("results.gap.scale", &ends)))
}

/// A level as its number, with the words that the respondent chose it by.
fn level(controller: Controller, question: usize, number: Option<f64>) -> String {
    let Some(number) = number else { return controller.word("results.gap.not-rated") };
    match level_words(controller, question, number) {
        Some(words) => shown(number) + " · " + &words,
        None => shown(number),
    }
}

fn level_words(controller: Controller, question: usize, number: f64) -> Option<String> {
    let words = controller.session(|session| {
        let question = session.survey().questions.get(question)?;
        Some(question.kind.as_type().display(&Value::Number(number), &session.language()))
    });
    words.flatten().filter(|words| !words.is_empty() && *words != shown(number))
}

/// The question that an item is about, and its row in a matrix.
fn place(controller: Controller, item: &ItemGap) -> Option<(usize, Option<String>)> {
    controller.session(|session| {
        let survey = session.survey();
        let sources = survey.scoring.iter().flat_map(|scoring| &scoring.items);
        let source = sources.into_iter().find(|source| source.id == item.id)?;
        Some((source.question, source.row.clone()))
    })?
}

/// A statement in the words that the respondent rated.
fn statement(controller: Controller, item: &ItemGap) -> String {
    let Some((question, row)) = place(controller, item) else { return item.id.clone() };
    let text = controller.session(|session| {
        let question = session.survey().questions.get(question)?;
        match (&question.kind, row) {
            (Kind::Matrix(matrix), Some(row)) => {
                let named = |choice: &&crate::questions::Choice| {
                    crate::questions::scalar_text(&choice.value) == row
                };
                Some(session.text(&matrix.rows.iter().find(named)?.text))
            }
            _ => Some(session.text(question.source.title.as_ref()?)),
        }
    });
    text.flatten().unwrap_or_else(|| item.id.clone())
}

fn table(controller: Controller, items: &[&ItemGap], caption: String) -> Element {
    let weighed = items.iter().any(|item| item.importance.is_some());
    let mut heads = vec![
        "results.gap.statement",
        "results.gap.rated",
        "results.gap.required",
        "results.gap.gap",
    ];
    if weighed {
        heads.push("results.gap.importance");
    }
    let heads = heads.into_iter();
    let heads = heads.map(|key| element("th").set("scope", "col").child(controller.word(key)));
    element("table")
        .part("gap-table")
        .child(element("caption").child(caption))
        .child(element("thead").child(element("tr").children(heads)))
        .child(element("tbody").children(items.iter().map(|item| row(controller, item, weighed))))
}

fn row(controller: Controller, item: &ItemGap, weighed: bool) -> Element {
    let question = place(controller, item).map(|(question, _)| question).unwrap_or(usize::MAX);
    let cell = |key: &str, words: String| {
        element("td").set("data-label", controller.word(key)).child(words)
    };
    let gap = match item.gap {
        None => "–".to_owned(),
        Some(0.0) => controller.word("results.gap.met"),
        Some(gap) if gap < 0.0 => {
            format!("{} {}", controller.word("results.gap.surplus"), shown(-gap))
        }
        Some(gap) => shown(gap),
    };
    let required =
        item.required.map_or_else(|| "–".to_owned(), |n| level(controller, question, Some(n)));
    let state = match item.gap {
        Some(gap) if gap > 0.0 => "lacking",
        Some(_) => "met",
        None => "open",
    };
    element("tr")
        .set("data-state", state)
        .child(element("th").set("scope", "row").child(statement(controller, item)))
        .child(cell("results.gap.rated", level(controller, question, item.rated)))
        .child(cell("results.gap.required", required))
        .child(cell("results.gap.gap", gap).set("class", "gap-cell"))
        .child(weighed.then(|| {
            let importance = item.importance.map_or_else(|| "–".to_owned(), shown);
            cell("results.gap.importance", importance)
        }))
}

/// Every statement, group by group, folded.
fn everything(controller: Controller, groups: &[&Entry]) -> Element {
    let tables = groups.iter().map(|(scoring, score)| {
        let items: Vec<&ItemGap> = items(score).iter().collect();
        table(controller, &items, name_of(controller, scoring))
    });
    element("details")
        .part("gap-details")
        .child(element("summary").child(controller.word("results.gap.show-statements")))
        .children(tables)
}

fn caution(controller: Controller) -> Element {
    element("aside")
        .part("caution")
        .child(text("h5", "caution-title", controller.word("results.caution.title")))
        .child(element("p").child(controller.word("results.caution.text")))
}
