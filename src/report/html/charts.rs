//! Tables whose rows hold a bar each, and the pictures that need two axes.

use super::tree::{Element, element, text};
use crate::value::number_text;

/// A table under a caption for those who do not see it beside its heading.
pub fn table(caption: &str, head: &[&str], rows: Vec<Element>) -> Element {
    let head = head.iter().map(|words| match *words {
        "" => element("td"),
        words => text("th", "", words).set("scope", "col"),
    });
    element("div")
        .class("scroll")
        .set("tabindex", "0")
        .set("role", "group")
        .set("aria-label", caption)
        .child(
            element("table")
                .child(text("caption", "hidden", caption))
                .child(element("thead").child(element("tr").children(head)))
                .child(element("tbody").children(rows)),
        )
}

pub fn row(name: &str, cells: Vec<Element>) -> Element {
    element("tr").child(text("th", "", name).set("scope", "row")).children(cells)
}

pub fn cell(words: impl Into<String>) -> Element {
    text("td", "figure", words)
}

fn picture(width: f64, height: f64) -> Element {
    element("svg")
        .set("viewBox", format!("0 0 {} {}", number_text(width), number_text(height)))
        .set("aria-hidden", "true")
        .set("focusable", "false")
}

fn rectangle(class: &str, x: f64, y: f64, width: f64, height: f64) -> Element {
    element("rect")
        .class(class)
        .number("x", x)
        .number("y", y)
        .number("width", width.max(0.0))
        .number("height", height)
}

fn line(class: &str, x1: f64, y1: f64, x2: f64, y2: f64) -> Element {
    element("line").class(class).number("x1", x1).number("y1", y1).number("x2", x2).number("y2", y2)
}

fn bar_cell(picture: Element) -> Element {
    let picture = picture.set("preserveAspectRatio", "none").class("bar-chart");
    element("td").class("chart").child(picture)
}

/// A bar from the left, by a share from 0 to 1.
pub fn bar(share: f64) -> Element {
    let share = share.clamp(0.0, 1.0);
    bar_cell(
        picture(100.0, 10.0).child(rectangle("track", 0.0, 0.0, 100.0, 10.0)).child(rectangle(
            "fill",
            0.0,
            0.0,
            100.0 * share,
            10.0,
        )),
    )
}

/// A figure on its scale, with its interval as a line: shares from 0 to 1.
pub fn interval(value: f64, ends: Option<[f64; 2]>, zero: f64) -> Element {
    let at = |share: f64| 100.0 * share.clamp(0.0, 1.0);
    let (from, to) = (at(value.min(zero)), at(value.max(zero)));
    let mut bar = picture(100.0, 10.0)
        .child(rectangle("track", 0.0, 0.0, 100.0, 10.0))
        .child(rectangle("fill", from, 0.0, to - from, 10.0));
    if let Some([low, high]) = ends {
        bar = bar
            .child(line("whisker", at(low), 5.0, at(high), 5.0))
            .child(line("whisker", at(low), 2.0, at(low), 8.0))
            .child(line("whisker", at(high), 2.0, at(high), 8.0));
    }
    bar_cell(bar)
}

/// Shares of the steps of a scale, the middle of the scale in the middle of the picture.
pub fn diverging(shares: &[f64]) -> Element {
    let count = shares.len();
    let half = count / 2;
    let below: f64 = shares.iter().take(half).sum();
    let odd = count % 2 == 1;
    let middle = if odd { shares.get(half).copied().unwrap_or_default() / 2.0 } else { 0.0 };
    let mut x = 50.0 - 50.0 * (below + middle);
    let mut bar = picture(100.0, 10.0).child(rectangle("track", 0.0, 0.0, 100.0, 10.0));
    for (at, share) in shares.iter().enumerate() {
        let width = 50.0 * share;
        bar = bar.child(rectangle(step_class(at, count), x, 0.0, width, 10.0));
        x += width;
    }
    bar_cell(bar.child(line("axis", 50.0, 0.0, 50.0, 10.0)))
}

/// The class of a step: how far it lies below or above the middle of its scale.
pub fn step_class(at: usize, count: usize) -> &'static str {
    let half = count / 2;
    if count % 2 == 1 && at == half {
        return "step middle";
    }
    let distance = if at < half { half - at } else { at + 1 - (count - half) };
    match (at < half, 3 * distance > 2 * half.max(1)) {
        (true, true) => "step low far",
        (true, false) => "step low",
        (false, true) => "step high far",
        (false, false) => "step high",
    }
}

/// Points by importance and performance, numbered, with the lines between high and low.
pub fn map(
    points: &[(f64, f64)],
    lines: [f64; 2],
    names: [&str; 2],
    corners: [&str; 4],
) -> Element {
    const SIZE: f64 = 300.0;
    let reach = |values: &mut dyn Iterator<Item = f64>| {
        let (low, high) = values
            .fold((f64::MAX, f64::MIN), |(low, high), value| (low.min(value), high.max(value)));
        let margin = ((high - low) * 0.12).max(0.05);
        (low - margin, high + margin)
    };
    let xs = reach(&mut points.iter().map(|point| point.1).chain([lines[1]]));
    let ys = reach(&mut points.iter().map(|point| point.0).chain([lines[0]]));
    let x = |value: f64| 30.0 + SIZE * (value - xs.0) / (xs.1 - xs.0);
    let y = |value: f64| 10.0 + SIZE - SIZE * (value - ys.0) / (ys.1 - ys.0);
    let (left, right, top, bottom) = (30.0, 30.0 + SIZE, 10.0, 10.0 + SIZE);
    let corner = |words: &str, at_x: f64, at_y: f64, anchor: &'static str| {
        text("text", "corner", words).number("x", at_x).number("y", at_y).set("text-anchor", anchor)
    };
    let mut map = picture(340.0, 345.0)
        .class("map")
        .child(rectangle("plane", left, top, SIZE, SIZE))
        .child(rectangle("act", left, top, x(lines[1]) - left, y(lines[0]) - top))
        .child(line("axis", x(lines[1]), top, x(lines[1]), bottom))
        .child(line("axis", left, y(lines[0]), right, y(lines[0])))
        .child(corner(corners[0], left + 6.0, top + 14.0, "start"))
        .child(corner(corners[1], right - 6.0, top + 14.0, "end"))
        .child(corner(corners[2], left + 6.0, bottom - 6.0, "start"))
        .child(corner(corners[3], right - 6.0, bottom - 6.0, "end"))
        .child(
            text("text", "label", format!("{} →", names[1]))
                .number("x", right)
                .number("y", bottom + 20.0)
                .set("text-anchor", "end"),
        )
        .child(
            text("text", "label", format!("{} →", names[0]))
                .set("transform", format!("translate(18 {}) rotate(-90)", number_text(top)))
                .set("text-anchor", "end"),
        );
    for (number, (importance, performance)) in points.iter().enumerate() {
        let (x, y) = (x(*performance), y(*importance));
        map = map
            .child(element("circle").class("point").number("cx", x).number("cy", y).set("r", "9"))
            .child(
                text("text", "number", (number + 1).to_string())
                    .number("x", x)
                    .number("y", y + 4.0)
                    .set("text-anchor", "middle"),
            );
    }
    element("figure").child(map)
}

/// A figure, where there is one, with its interval, where that is known.
type Point = Option<(f64, Option<[f64; 2]>)>;

/// A line through the waves with the interval of each, on a scale from `low` to `high`.
pub fn waves(points: &[(String, Point)]) -> Element {
    const WIDTH: f64 = 340.0;
    let values = points.iter().filter_map(|(_, point)| point.as_ref());
    let ends = values.flat_map(|(value, ends)| {
        let [low, high] = ends.unwrap_or([*value, *value]);
        [low, high, *value]
    });
    let (low, high) =
        ends.fold((f64::MAX, f64::MIN), |(low, high), value| (low.min(value), high.max(value)));
    let span = (high - low).max(1e-9);
    let y = |value: f64| 12.0 + 96.0 - 96.0 * (value - low) / span;
    let step = WIDTH / points.len().max(1) as f64;
    let mut chart = picture(WIDTH, 132.0).class("waves");
    let mut before: Option<(f64, f64)> = None;
    // So many names fit beside each other.
    let every = points.len().div_ceil(6).max(1);
    for (at, (name, point)) in points.iter().enumerate() {
        let x = step * (at as f64 + 0.5);
        if at % every == 0 {
            chart = chart.child(
                text("text", "label", name.clone())
                    .number("x", x)
                    .set("y", "128")
                    .set("text-anchor", "middle"),
            );
        }
        let Some((value, ends)) = point else {
            before = None;
            continue;
        };
        if let Some([low, high]) = ends {
            chart = chart.child(line("whisker", x, y(*low), x, y(*high)));
        }
        if let Some((before_x, before_y)) = before {
            chart = chart.child(line("trend", before_x, before_y, x, y(*value)));
        }
        before = Some((x, y(*value)));
    }
    for (at, (_, point)) in points.iter().enumerate() {
        let Some((value, _)) = point else { continue };
        let x = step * (at as f64 + 0.5);
        let dot = element("circle").class("point").number("cx", x).number("cy", y(*value));
        chart = chart.child(dot.set("r", "4"));
    }
    element("figure").child(chart)
}

/// A cell of a heatmap: the figure on a ground that is the darker the higher its share is.
pub fn heat(words: impl Into<String>, share: Option<f64>) -> Element {
    let class = match share {
        None => "heat",
        Some(share) => match (share.clamp(0.0, 1.0) * 5.0) as u32 {
            0 => "heat h0",
            1 => "heat h1",
            2 => "heat h2",
            3 => "heat h3",
            _ => "heat h4",
        },
    };
    text("td", class, words)
}
