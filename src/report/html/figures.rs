//! Figures over all respondents: scores, map, drivers, issues, distributions.

use super::charts::{bar, cell, diverging, interval, map, row, step_class, table};
use super::section;
use super::tree::{Element, element, text};
use super::words::{Words, decimals, percent};
use crate::report::model::{
    Choices, Distribution, Figure, ImportanceMap, Reliability, Report, Score, Unit,
};

pub fn scores(report: &Report, words: Words) -> Option<Element> {
    let tiles: Vec<Element> = report.scores.iter().map(|score| tile(score, words)).collect();
    let empty = tiles.is_empty();
    let tiles = element("div").class("tiles").children(tiles);
    (!empty).then(|| section(words.get("scores"), "").child(tiles))
}

fn tile(score: &Score, words: Words) -> Element {
    let mut tile = element("section").class("tile").child(text("h3", "", score.title.clone()));
    let Some(value) = score.value else {
        return tile.child(text("p", "value", "–")).child(text(
            "p",
            "",
            words.reason(score.reason),
        ));
    };
    tile = tile.child(text("p", "value", words.value(score, value)));
    let mut about = vec![words.fill("n", &[("n", &score.n.unwrap_or_default().to_string())])];
    if let Some([low, high]) = score.ci95 {
        let (low, high) = (words.value(score, low), words.value(score, high));
        about.push(words.fill("interval", &[("low", &low), ("high", &high)]));
    }
    tile = tile.child(text("p", "about", about.join(" · ")));
    if score.small {
        tile = tile.child(text("p", "flag", words.get("small")));
    }
    if let Some(target) = score.target {
        let mut target = words.fill("target", &[("target", &words.value(score, target))]);
        if let Some(reached) = score.reached {
            target = words.named(&target, words.get(&format!("target.{reached}")));
        }
        tile = tile.child(text("p", "about", target));
    }
    if let Some(change) = &score.change {
        let line = match change.value {
            Some(value) => {
                let sign = match value {
                    _ if change.beyond_noise != Some(true) => "→",
                    value if value > 0.0 => "▲",
                    _ => "▼",
                };
                let size = words.difference(score, value);
                let size = words.fill("change", &[("change", &size), ("wave", &change.from)]);
                let sure = match (change.beyond_noise, change.p) {
                    (Some(true), Some(p)) => {
                        let p = if p < 0.001 { "< 0.001".to_owned() } else { decimals(p, 3) };
                        words.fill("change.real", &[("p", &p)]).replace("= <", "<")
                    }
                    (Some(false), _) => words.get("change.noise").to_owned(),
                    _ => words.get("change.untested").to_owned(),
                };
                format!("{sign} {size}{}{sure}", words.get("comma"))
            }
            None => {
                let why = words.reason(change.reason);
                words.fill("change", &[("change", why), ("wave", &change.from)])
            }
        };
        tile = tile.child(text("p", "change", line));
    }
    if score.parts.is_empty() {
        return tile;
    }
    let rows = score.parts.iter().map(|part| {
        let name = words.get(&format!("part.{}", part.id));
        let name = if name.is_empty() { part.id.as_str() } else { name };
        let counted = matches!(score.unit, Unit::Points) || part.id == "easy";
        let (share, shown) = match part.figure.value {
            None => (0.0, words.reason(part.figure.reason).to_owned()),
            Some(value) if counted => (value, percent(value)),
            Some(value) => ((value - score.min) / (score.max - score.min), decimals(value, 2)),
        };
        row(name, vec![bar(share), cell(shown)])
    });
    let heads = ["", words.get("chart"), words.get("share")];
    tile.child(table(&score.title, &heads, rows.collect()))
}

/// What a map says is to be worked on first.
pub fn first_to_act(map: &ImportanceMap) -> Option<&str> {
    let act = map.attributes.iter().filter(|one| one.quadrant == "concentrate-here");
    let first = act.max_by(|one, other| one.importance.total_cmp(&other.importance));
    first.map(|first| first.title.as_str())
}

pub fn maps(report: &Report, words: Words) -> Option<Element> {
    let mut all = element("section").child(text("h2", "", words.get("map")));
    for found in &report.maps {
        let crosshair = words.get(&format!("crosshair.{}", found.crosshair));
        let about = [("title", found.title.as_str()), ("crosshair", crosshair)];
        let about = words.fill(&format!("map.{}", found.importance), &about);
        let first = match first_to_act(found) {
            Some(first) => words.fill("map.summary", &[("first", first)]),
            None => words.get("map.nothing").to_owned(),
        };
        let points: Vec<(f64, f64)> =
            found.attributes.iter().map(|one| (one.importance, one.performance)).collect();
        let corners = ["concentrate-here", "keep-up", "low-priority", "possible-overkill"];
        let corners = corners.map(|corner| words.get(&format!("quadrant.{corner}")));
        let names = [words.get("importance"), words.get("performance")];
        let places = if found.importance == "derived" { 0 } else { 2 };
        let rows = found.attributes.iter().enumerate().map(|(number, one)| {
            let mut cells = vec![
                cell(decimals(one.importance, places)),
                cell(decimals(one.performance, places)),
            ];
            if let Some(gap) = one.gap {
                cells.push(cell(decimals(gap, 2)));
            }
            cells.push(cell(one.n.to_string()));
            cells.push(text("td", "figure", words.get(&format!("quadrant.{}", one.quadrant))));
            row(&format!("{}. {}", number + 1, one.title), cells)
        });
        let mut heads = vec!["", words.get("importance"), words.get("performance")];
        if found.importance == "asked" {
            heads.push(words.get("gap"));
        }
        heads.extend([words.get("n.head"), words.get("quadrant")]);
        all = all
            .child(text("p", "summary", first))
            .child(text("p", "about", about))
            .child(map(&points, found.lines, names, corners))
            .child(table(&found.title, &heads, rows.collect()));
    }
    (!report.maps.is_empty()).then_some(all)
}

pub fn drivers(report: &Report, words: Words) -> Option<Element> {
    let found = report.drivers.as_ref()?;
    let title = words.fill("drivers", &[("title", &found.title)]);
    let (Some(r2), Some(first)) = (found.r2, found.drivers.first()) else {
        return Some(section(title, words.reason(found.reason)));
    };
    let n = found.n.unwrap_or_default().to_string();
    let values = [("r2", &percent(r2)), ("n", &n), ("first", &first.title)];
    let summary =
        words.fill("drivers.summary", &values.map(|(name, value)| (name, value.as_str())));
    let figure = |figure: Option<f64>| figure.map_or_else(|| "–".to_owned(), |f| decimals(f, 2));
    let most = first.share.unwrap_or(1.0).max(1e-9);
    let rows = found.drivers.iter().map(|driver| {
        let share = driver.share.unwrap_or_default();
        let shown = match driver.shapley_error {
            Some(error) if r2 > 0.0 => {
                format!("{} ± {}", percent(share), percent(2.0 * error / r2))
            }
            _ => percent(share),
        };
        let cells = vec![
            bar(share / most),
            cell(shown),
            cell(figure(driver.pearson)),
            cell(figure(driver.beta)),
        ];
        row(&driver.title, cells)
    });
    let heads = ["", words.get("chart"), words.get("share"), words.get("correlation"), "β"];
    let table = table(&title, &heads, rows.collect());
    let mut about = vec![words.get("drivers.caveat").to_owned()];
    if let Some(orders) = found.orders {
        about.push(words.fill("drivers.sampled", &[("orders", &orders.to_string())]));
    }
    if found.left_out > 0 {
        let (taken, left) = (found.drivers.len().to_string(), found.left_out.to_string());
        about.push(words.fill("drivers.left-out", &[("taken", &taken), ("left", &left)]));
    }
    let about = about.into_iter().map(|words| text("p", "about", words));
    Some(section(title, summary).child(table).children(about))
}

pub fn reliability(report: &Report, words: Words) -> Option<Element> {
    let of_alpha = |one: &&Reliability, other: &&Reliability| {
        let of = |one: &Reliability| one.alpha.value.unwrap_or(f64::MIN);
        of(one).total_cmp(&of(other))
    };
    let name = |one: &Reliability| match &one.dimension {
        Some(dimension) => words.named(&one.title, dimension),
        None => one.title.clone(),
    };
    let first = name(report.reliability.iter().max_by(of_alpha)?);
    let figure = |figure: &Figure| match (figure.value, figure.ci95) {
        (Some(value), Some([low, high])) => {
            format!("{} ({} – {})", decimals(value, 2), decimals(low, 2), decimals(high, 2))
        }
        (Some(value), None) => decimals(value, 2),
        (None, _) => words.reason(figure.reason).to_owned(),
    };
    let rows = report.reliability.iter().map(|one| {
        let n = one.n.map_or_else(String::new, |n| n.to_string());
        let items = one.k.to_string();
        let cells = vec![
            bar(one.alpha.value.unwrap_or_default().max(0.0)),
            cell(items),
            cell(n),
            cell(figure(&one.alpha)),
            cell(figure(&one.omega)),
        ];
        row(&name(one), cells)
    });
    let heads = ["scale", "chart", "items", "n.head", "alpha", "omega"].map(|key| words.get(key));
    let table = table(words.get("reliability"), &heads, rows.collect());
    let summary = words.fill("reliability.summary", &[("first", &first)]);
    let below = |one: &Reliability| one.alpha.value.is_some_and(|alpha| alpha < 0.0);
    let negative = report.reliability.iter().any(below).then_some("reliability.negative");
    let about = ["reliability.method"].into_iter().chain(negative);
    let about = about.map(|key| text("p", "about", words.get(key)));
    Some(section(words.get("reliability"), summary).child(table).children(about))
}

fn choices_table(choices: &Choices, words: Words, cumulative: bool) -> Element {
    let most = choices.choices.iter().map(|choice| choice.share).fold(1e-9, f64::max);
    let rows = choices.choices.iter().map(|choice| {
        let mut cells = vec![
            bar(choice.share / most.max(0.25)),
            cell(choice.n.to_string()),
            cell(percent(choice.share)),
        ];
        if cumulative {
            cells.push(cell(percent(choice.cumulative)));
        }
        row(&choice.label, cells)
    });
    let mut heads = vec!["", words.get("chart"), words.get("count"), words.get("share")];
    if cumulative {
        heads.push(words.get("cumulative"));
    }
    table(&choices.title, &heads, rows.collect())
}

fn choices_block(choices: &Choices, words: Words, cumulative: bool) -> Element {
    let block = element("div").class("block").child(text("h3", "", choices.title.clone()));
    let Some((first, n)) = choices.choices.first().zip(choices.n) else {
        return block.child(text("p", "about", words.reason(choices.reason)));
    };
    let (n, share) = (n.to_string(), percent(first.share));
    let values = [("first", first.label.as_str()), ("share", &share), ("n", &n)];
    block
        .child(text("p", "summary", words.fill("issues.summary", &values)))
        .child(choices_table(choices, words, cumulative))
}

pub fn issues(report: &Report, words: Words) -> Option<Element> {
    let blocks = report.issues.iter().map(|choices| choices_block(choices, words, true));
    let section = section(words.get("issues"), "").children(blocks);
    (!report.issues.is_empty()).then_some(section)
}

pub fn choices(report: &Report, words: Words) -> Option<Element> {
    let blocks = report.choices.iter().map(|choices| choices_block(choices, words, false));
    let section = section(words.get("choices"), "").children(blocks);
    (!report.choices.is_empty()).then_some(section)
}

pub fn distributions(report: &Report, words: Words) -> Option<Element> {
    let reach =
        |one: &&Distribution| one.mean.value.map(|mean| (mean - one.min) / (one.max - one.min));
    let rated: Vec<&Distribution> =
        report.distributions.iter().filter(|one| reach(one).is_some()).collect();
    let by_reach = |one: &&&Distribution, other: &&&Distribution| {
        reach(one).unwrap_or_default().total_cmp(&reach(other).unwrap_or_default())
    };
    let (best, worst) = (rated.iter().max_by(by_reach)?, rated.iter().min_by(by_reach)?);
    let summary =
        words.fill("distributions.summary", &[("best", &best.title), ("worst", &worst.title)]);
    let mut all = section(words.get("distributions"), summary).child(legend(words));
    let mut at = 0;
    // Rows of one matrix stand together, and so do questions on the same scale.
    while let Some(first) = report.distributions.get(at) {
        let rest = report.distributions.iter().skip(at);
        let same = |one: &&Distribution| {
            one.group == first.group
                && (one.min, one.max, one.steps.len()) == (first.min, first.max, first.steps.len())
        };
        let block: Vec<&Distribution> = rest.take_while(same).collect();
        at += block.len();
        if let Some(group) = &first.group {
            all = all.child(text("h3", "", group.clone()));
        }
        all = all.child(ratings(&block, words));
    }
    Some(all)
}

/// Ratings on one scale: a bar for each, then the share of every step.
fn ratings(block: &[&Distribution], words: Words) -> Element {
    let steps = block.first().map_or(&[][..], |first| &first.steps);
    let mut heads = vec!["", words.get("chart"), words.get("mean"), words.get("n.head")];
    heads.extend(steps.iter().map(|step| step.label.as_str()));
    let rows = block.iter().map(|one| {
        let mean = one.mean.value.map(|mean| decimals(mean, 2));
        let mean = mean.unwrap_or_else(|| words.reason(one.mean.reason).to_owned());
        let n = one.mean.n.map(|n| n.to_string()).unwrap_or_default();
        let shares: Vec<f64> = one.steps.iter().map(|step| step.share).collect();
        let mut cells = vec![diverging(&shares), cell(mean), cell(n)];
        cells.extend(shares.iter().map(|share| cell(percent(*share))));
        row(&one.title, cells)
    });
    let caption = block.first().map_or("", |first| first.group.as_ref().unwrap_or(&first.title));
    table(caption, &heads, rows.collect())
}

fn legend(words: Words) -> Element {
    let key = |at: usize, name: &str| {
        let swatch = element("svg")
            .set("viewBox", "0 0 12 12")
            .set("aria-hidden", "true")
            .child(element("rect").class(step_class(at, 5)).set("width", "12").set("height", "12"));
        element("span").child(swatch).words(words.get(name))
    };
    element("p").class("legend").children([key(0, "low"), key(2, "middle"), key(4, "high")])
}

/// A score on its scale as a bar with its interval.
pub fn score_bar(score: &Score, value: Option<f64>, ci95: Option<[f64; 2]>) -> Element {
    let at = |value: f64| (value - score.min) / (score.max - score.min);
    let zero = if score.min < 0.0 { at(0.0) } else { 0.0 };
    match value {
        Some(value) => interval(at(value), ci95.map(|ends| ends.map(at)), zero),
        None => interval(zero, None, zero),
    }
}
