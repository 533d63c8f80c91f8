//! Figures by time, by category and by team, comments, and the way through the survey.

use super::charts::{bar, cell, heat, row, table, waves};
use super::figures::score_bar;
use super::section;
use super::tree::{Element, element, text};
use super::words::{Words, clock, decimals, percent};
use crate::report::model::{Breakdown, Category, Figure, Report, Score};

/// What a breakdown is by, in words.
fn title_of(by: &str, title: &str, words: Words) -> String {
    // A question is called by its own words, even where its id is that of something else.
    if !title.is_empty() && title != by {
        return title.to_owned();
    }
    let known = words.get(&format!("by.{by}"));
    if known.is_empty() { by.to_owned() } else { known.to_owned() }
}

fn name(category: &Category, words: Words) -> String {
    match &category.value {
        Some(_) => category.label.clone(),
        None => words.get("unsaid").to_owned(),
    }
}

fn figure_of(category: &Category, score: usize) -> Figure {
    category.scores.get(score).cloned().unwrap_or_else(|| Figure::none(None, "no-answers"))
}

pub fn trend(report: &Report, words: Words) -> Option<Element> {
    let time = report.breakdowns.iter().find(|breakdown| breakdown.is_time)?;
    let dated: Vec<&Category> =
        time.categories.iter().filter(|category| category.value.is_some()).collect();
    if dated.len() < 2 {
        return None;
    }
    let mut charts = element("div").class("multiples");
    for (at, score) in report.scores.iter().enumerate() {
        let figures: Vec<Figure> = dated.iter().map(|wave| figure_of(wave, at)).collect();
        let points = dated.iter().zip(&figures).map(|(wave, figure)| {
            (wave.label.clone(), figure.value.map(|value| (value, figure.ci95)))
        });
        let points: Vec<_> = points.collect();
        let mut told = points.iter().filter_map(|(name, point)| Some((name, point.as_ref()?.0)));
        let summary = match (told.next(), told.next_back()) {
            (Some((from, first)), Some((to, last))) => {
                let (first, last) = (words.value(score, first), words.value(score, last));
                let values = [
                    ("title", score.title.as_str()),
                    ("from", from),
                    ("first", &first),
                    ("to", to),
                    ("last", &last),
                ];
                words.fill("trend.summary", &values)
            }
            _ => continue,
        };
        charts = charts.child(
            element("div")
                .class("small-multiple")
                .child(text("h3", "", score.title.clone()))
                .child(text("p", "summary", summary))
                .child(waves(&points)),
        );
    }
    let all = section(words.get("trend"), "").child(charts);
    Some(all.child(scores_table(report, time, words)))
}

/// Every score of every category.
fn scores_table(report: &Report, breakdown: &Breakdown, words: Words) -> Element {
    let rows = breakdown.categories.iter().map(|category| {
        let n = category
            .n
            .map_or_else(|| words.reason(Some("suppressed")).to_owned(), |n| n.to_string());
        let mut cells = vec![cell(n)];
        for (at, score) in report.scores.iter().enumerate() {
            cells.push(cell(words.figure(score, &figure_of(category, at))));
        }
        row(&name(category, words), cells)
    });
    let title = title_of(&breakdown.by, &breakdown.title, words);
    let mut heads = vec![title.as_str(), words.get("n.head")];
    heads.extend(report.scores.iter().map(|score| score.title.as_str()));
    table(&words.fill("breakdown", &[("title", &title)]), &heads, rows.collect())
}

pub fn breakdowns(report: &Report, words: Words) -> Option<Element> {
    let score = report.scores.first()?;
    let mut all = element("section");
    let shown = report.breakdowns.iter().filter(|breakdown| !breakdown.is_time);
    let mut any = false;
    for breakdown in shown {
        any = true;
        let title = title_of(&breakdown.by, &breakdown.title, words);
        all = all
            .child(text("h2", "", words.fill("breakdown", &[("title", &title)])))
            .child(text("p", "summary", extremes(score, breakdown, words)))
            .child(first_score(score, breakdown, &title, words))
            .child(scores_table(report, breakdown, words));
    }
    any.then_some(all)
}

fn extremes(score: &Score, breakdown: &Breakdown, words: Words) -> String {
    let told = breakdown
        .categories
        .iter()
        .filter_map(|category| Some((name(category, words), figure_of(category, 0).value?)));
    let mut told: Vec<(String, f64)> = told.collect();
    told.sort_by(|one, other| one.1.total_cmp(&other.1));
    let (Some(worst), Some(best)) = (told.first(), told.last()) else {
        return words.reason(Some("suppressed")).to_owned();
    };
    let show = |(name, value): &(String, f64)| format!("{name} {}", words.value(score, *value));
    let values = [("title", score.title.as_str()), ("best", &show(best)), ("worst", &show(worst))];
    words.fill("breakdown.summary", &values)
}

fn first_score(score: &Score, breakdown: &Breakdown, title: &str, words: Words) -> Element {
    let rows = breakdown.categories.iter().map(|category| {
        let figure = figure_of(category, 0);
        let bar = score_bar(score, figure.value, figure.ci95);
        row(&name(category, words), vec![bar, cell(words.figure(score, &figure))])
    });
    let caption = words.fill("breakdown.chart", &[("title", &score.title)]);
    table(&caption, &[title, words.get("chart"), &score.title], rows.collect())
}

pub fn heatmap(report: &Report, words: Words) -> Option<Element> {
    let found = report.heatmap.as_ref()?;
    let title = title_of(&found.by, &found.title, words);
    let rows = found.statements.iter().map(|statement| {
        let cells = statement.cells.iter().map(|figure| {
            let share =
                figure.value.map(|value| (value - statement.min) / (statement.max - statement.min));
            let shown = figure.value.map(|value| decimals(value, 1));
            heat(shown.unwrap_or_else(|| words.reason(figure.reason).to_owned()), share)
        });
        row(&statement.title, cells.collect())
    });
    let title = words.fill("heatmap", &[("title", &title)]);
    let unsaid =
        |team: &String| if team.is_empty() { words.get("unsaid").to_owned() } else { team.clone() };
    let teams: Vec<String> = found.teams.iter().map(unsaid).collect();
    let mut heads = vec![words.get("statement")];
    heads.extend(teams.iter().map(String::as_str));
    let table = table(&title, &heads, rows.collect());
    Some(section(title, words.get("heatmap.summary")).child(table))
}

pub fn policies(report: &Report, words: Words) -> Option<Element> {
    let mut all = element("section");
    for grid in &report.policies {
        let title = words.fill("policies", &[("title", &grid.title)]);
        let shown = |figure: &Figure| {
            let share = figure.value.map(percent);
            heat(share.unwrap_or_else(|| words.reason(figure.reason).to_owned()), figure.value)
        };
        let mut heads = vec![String::new()];
        heads.extend(grid.columns.iter().cloned());
        for team in &grid.teams {
            heads.extend(grid.columns.iter().map(|column| words.named(&team.label, column)));
        }
        let rows = grid.rows.iter().enumerate().map(|(at, one)| {
            let own = one.cells.iter();
            let teams = grid.teams.iter().filter_map(|team| team.rows.get(at)).flatten();
            row(&one.title, own.chain(teams).map(shown).collect())
        });
        let heads: Vec<&str> = heads.iter().map(String::as_str).collect();
        let table = table(&title, &heads, rows.collect());
        all = all
            .child(text("h2", "", title))
            .child(text("p", "summary", words.get("policies.summary")))
            .child(table);
    }
    (!report.policies.is_empty()).then_some(all)
}

/// So many comments of a band are printed (`report.css`), and how many more there are.
const ON_PAPER: u64 = 20;

pub fn comments(report: &Report, words: Words) -> Option<Element> {
    let mut all = section(words.get("comments"), words.get("comments.latest"));
    let mut any = false;
    for question in &report.comments {
        if question.bands.is_empty() {
            continue;
        }
        any = true;
        all = all.child(text("h3", "", question.title.clone()));
        for band in &question.bands {
            let name = words.get(&format!("band.{}", band.band));
            let n = band.n.map(|n| n.to_string());
            let n = n.as_deref().unwrap_or_else(|| words.reason(band.reason));
            let title = words.fill("comments.band", &[("band", name), ("n", n)]);
            let more = band.n.unwrap_or_default().saturating_sub(ON_PAPER);
            let quotes = band.comments.iter().map(|comment| text("li", "", comment.clone()));
            let mut quotes = element("ul").class("quotes").children(quotes);
            if more > 0 {
                quotes = quotes.set("data-more", format!("+ {more}"));
            }
            let details = element("details").set("open", "");
            all = all.child(details.child(text("summary", "", title)).child(quotes));
        }
    }
    any.then_some(all)
}

pub fn funnel(report: &Report, words: Words) -> Option<Element> {
    let all: u64 = report.funnel.statuses.iter().map(|stage| stage.n).sum();
    let complete = report.funnel.statuses.iter().find(|stage| stage.id == "complete");
    let complete = complete.map_or(0, |stage| stage.n).to_string();
    let summary =
        words.fill("funnel.summary", &[("complete", &complete), ("all", &all.to_string())]);
    let pages = report
        .funnel
        .pages
        .iter()
        .map(|page| (words.fill("page", &[("title", &page.title)]), page));
    let statuses = report.funnel.statuses.iter();
    let statuses =
        statuses.map(|stage| (words.get(&format!("status.{}", stage.id)).to_owned(), stage));
    let rows = pages.chain(statuses).map(|(name, stage)| {
        row(&name, vec![bar(stage.share), cell(stage.n.to_string()), cell(percent(stage.share))])
    });
    let heads = ["", words.get("chart"), words.get("count"), words.get("share")];
    let title = words.get("funnel");
    Some(section(title, summary).child(table(title, &heads, rows.collect())))
}

pub fn duration(report: &Report, words: Words) -> Option<Element> {
    let found = report.duration.as_ref()?;
    let [from, to] = found.quartiles.map(clock);
    let values = [("median", clock(found.median)), ("from", from), ("to", to)];
    let values = values.each_ref().map(|(name, value)| (*name, value.as_str()));
    let most = found.classes.iter().map(|class| class.n).max().unwrap_or(1).max(1);
    let rows = found.classes.iter().map(|class| {
        let name = match class.up_to {
            Some(seconds) => words.fill("duration.up-to", &[("time", &clock(seconds))]),
            None => words.get("duration.longer").to_owned(),
        };
        let share = class.n as f64 / found.n as f64;
        let bar = bar(class.n as f64 / most as f64);
        row(&name, vec![bar, cell(class.n.to_string()), cell(percent(share))])
    });
    let heads = ["", words.get("chart"), words.get("count"), words.get("share")];
    let title = words.get("duration");
    let table = table(title, &heads, rows.collect());
    Some(section(title, words.fill("duration.summary", &values)).child(table))
}
