//! Nothing that axe-core finds, nothing to scroll sideways for, nothing too small to touch and no
//! focus that cannot be seen: on every page, in both languages and themes, on a phone and a desk.

use std::fmt::Write;

use serde_json::{Value, json};

use crate::harness::{Fate, Focus, Key, Line, Respondent, Stage};
use crate::{modes, short};

const PHONE: (u32, u32) = (360, 740);
const DESK: (u32, u32) = (1280, 900);

/// Every pair of language, theme and width is in one of these.
const LOOKS: [(&str, &str, (u32, u32)); 4] = [
    ("zh-Hant", "light", PHONE),
    ("en", "dark", PHONE),
    ("zh-Hant", "dark", DESK),
    ("en", "light", DESK),
];

/// WCAG 2.5.8 asks for 24 pixels, we for a thumb.
const TARGET: u32 = 44;

/// How long a page may move by itself under the focus.
const FRAMES: usize = 30;

const CHECK: &str = "
    return window.axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) =>
        violations.map(({ id, help, nodes }) =>
            `${id}: ${help}\\n` + nodes.map(({ target, failureSummary }) =>
                `      ${target.join(' ')} ${failureSummary?.split('\\n')[1] ?? ''}`).join('\\n')));
";

/// Looks at the page as it is now, in every look, and collects what is wrong.
struct Examiner<'s> {
    respondent: &'s Respondent,
    axe: String,
    findings: String,
}

impl<'s> Examiner<'s> {
    fn new(stage: &Stage, respondent: &'s Respondent) -> Self {
        Examiner { respondent, axe: stage.axe(), findings: String::new() }
    }

    fn examines(&mut self, place: &str) {
        for (language, theme, (width, height)) in LOOKS {
            self.respondent.notes(format!("examines {place}, {language}, {theme}, {width} px"));
            self.respondent.holds_a_screen_of(width, height);
            self.respondent
                .runs(include_str!("harness/looks.js"), &[json!(language), json!(theme)]);
            let mut faults = self.axe();
            faults.extend(self.list("return e2e.sideways()", "sticks out sideways"));
            let small = format!("return e2e.smallTargets({TARGET})");
            faults.extend(self.list(&small, "is too small to touch"));
            for fault in faults {
                let look = format!("{place}, {language}, {theme}, {width} px");
                writeln!(self.findings, "  {look}: {fault}").expect("a text grows");
            }
        }
    }

    fn axe(&self) -> Vec<String> {
        if self.respondent.runs("return !window.axe", &[]) == true {
            self.respondent.runs(&self.axe, &[]);
        }
        self.list(CHECK, "")
    }

    fn list(&self, script: &str, fault: &str) -> Vec<String> {
        let found = self.respondent.runs(script, &[]);
        let found = found.as_array().into_iter().flatten();
        found.map(|it| format!("{} {fault}", it.as_str().unwrap_or_default())).collect()
    }

    fn concludes(self) {
        assert!(self.findings.is_empty(), "what is in somebody's way:\n{}", self.findings);
    }
}

/// Every page of the site as it is when it is opened, with all its widgets loaded.
#[test]
fn every_page_is_accessible() {
    let Some(stage) = Stage::set_with_receiver("axe-pages") else { return };
    let respondent = stage.respondent();
    let mut examiner = Examiner::new(&stage, &respondent);
    for page in pages(&stage) {
        let link =
            if page == "survey.html" { "#src=instruments/tour-satisfaction.json" } else { "" };
        respondent.opens(&format!("/{page}{link}"));
        is_drawn(&respondent, &page);
        examiner.examines(&page);
    }
    respondent.opens("/survey.html?without-a-survey");
    examiner.examines("survey.html without a survey");
    examiner.concludes();
}

/// Every page but the one that is nothing outside a frame.
fn pages(stage: &Stage) -> Vec<String> {
    stage.pages().into_iter().filter(|page| page != "embed.html").collect()
}

fn is_drawn(respondent: &Respondent, page: &str) {
    respondent.sees_every_widget();
    if page == "kiosk.html" {
        respondent.sees("English");
    }
}

/// Each page of the satisfaction survey, refused and answered, and the thanks.
#[test]
fn the_satisfaction_survey_is_accessible_to_the_end() {
    let Some(stage) = Stage::set_with_receiver("axe-booking") else { return };
    let line = Line::to(stage.receiver.port());
    let respondent = stage.respondent_at(line.port(), &json!({}));
    respondent.expects_trouble("status of 503");
    let mut examiner = Examiner::new(&stage, &respondent);
    respondent.opens("/booking.html?lang=en");
    respondent.goes_to_the_survey();
    calls(&respondent, "next");
    respondent.sees("2 answers need another look");
    examiner.examines("errors");
    respondent.shows("en");
    respondent.chooses("How likely are you to recommend us", "3");
    respondent.chooses("how happy are you with the trip", "Unhappy");
    calls(&respondent, "next");
    examiner.examines("page 2");
    respondent.shows("en");
    respondent.chooses("What was agreed was done", "Mostly");
    calls(&respondent, "next");
    respondent.shows("en");
    respondent.chooses("Tour guide", "4 of 5");
    examiner.examines("page 3");
    calls(&respondent, "next");
    respondent.shows("en");
    respondent.ticks("What went wrong", "Something else");
    respondent.ticks("I agree that Example Travel", "I agree");
    calls(&respondent, "complete");
    respondent.sees("2 answers need another look");
    examiner.examines("page 4, refused");
    respondent.shows("en");
    respondent.writes("Please say what", "The bus");
    respondent.writes("Your e-mail address", "lin@example.com");
    line.submissions_are(Fate::Answered(503));
    calls(&respondent, "complete");
    respondent.sees("Try again");
    examiner.examines("thanks, kept on the device");
    respondent.shows("en");
    line.submissions_are(Fate::Passes);
    calls(&respondent, "flush");
    respondent.sees("Your answers have arrived.");
    examiner.examines("thanks");
    examiner.concludes();
}

#[test]
fn the_assessment_is_accessible_to_its_gaps() {
    let Some(stage) = Stage::set_with_receiver("axe-assessment") else { return };
    let respondent = stage.respondent();
    let mut examiner = Examiner::new(&stage, &respondent);
    respondent.opens("/assessment.html?lang=en");
    respondent.goes_to_the_survey();
    for page in 1..=6 {
        respondent.runs("e2e.all('details').forEach((details) => (details.open = true))", &[]);
        examiner.examines(&format!("page {page}"));
        respondent.shows("en");
        // The keyboard has its own story; here only the picture counts.
        respondent.runs("e2e.chooseLeast()", &[]);
        calls(&respondent, if page == 6 { "complete" } else { "next" });
    }
    respondent.sees("What to work on first, by importance × gap");
    respondent.runs("e2e.all('details').forEach((details) => (details.open = true))", &[]);
    examiner.examines("gaps");
    examiner.concludes();
}

/// Files given to the page of reports, and the report that it makes of them.
#[test]
fn a_report_is_accessible_and_stays_on_the_device() {
    let Some(stage) = Stage::set_with_receiver("axe-report") else { return };
    let respondent = stage.respondent();
    respondent.wants_no_motion();
    let mut examiner = Examiner::new(&stage, &respondent);
    respondent.opens("/report.html?lang=en");
    respondent.runs(
        "
        const lines = Array.from({ length: 60 }, (_, at) => JSON.stringify({
            askwell: 1, submissionId: `id-${at}`, status: 'complete', locale: 'en', channel: at % 2 ? 'kiosk' : 'link',
            survey: { id: 'tour-satisfaction', version: '1', hash: '' }, durationMs: 1000 * at,
            completedAt: `2026-${at % 3 ? '10' : '11'}-02T08:00:00.000Z`,
            answers: {
                recommend: at % 11, overall: 1 + at % 5, guide: 1 + at % 4, meals: 1 + at % 3,
                'went-wrong': at % 11 < 7 ? ['N3.1'] : undefined, comment: `<b>words ${at}</b>`,
                service: { reliability: 1 + at % 5, empathy: 1 + at % 2 }, 'customer-type': 'N1.1',
            },
            context: { branch: at % 2 ? 'Taipei' : 'Tainan' },
        }));
        const given = new DataTransfer();
        given.items.add(new File([lines.join('\\n')], 'answers.ndjson'));
        document.getElementById('files').files = given.files;
        document.getElementById('files').dispatchEvent(new Event('change'));
        ",
        &[],
    );
    respondent.sees("The report is ready.");
    respondent.sees("60 finished submissions");
    respondent.sees("<b>words 59</b>");
    examiner.examines("a report");
    let fetched = respondent.runs(
        "return performance.getEntriesByType('resource').filter((it) => it.name.includes('/v1/')).length",
        &[],
    );
    assert_eq!(fetched, 0);
    examiner.concludes();
}

#[test]
fn what_goes_wrong_is_accessible_too() {
    let Some(stage) = short::stage("axe-broken") else { return };
    let respondent = stage.respondent();
    respondent.expects_trouble("status of 404");
    let mut examiner = Examiner::new(&stage, &respondent);
    short::answers(&respondent);
    respondent.reloads();
    respondent.goes_to_the_survey();
    respondent.sees("Welcome back");
    examiner.examines("the offer of a draft");
    stage.puts("short.json", "{ \"askwell\": 2, ");
    respondent.reloads();
    respondent.hears("error");
    respondent.runs("e2e.all('details').forEach((details) => (details.open = true))", &[]);
    examiner.examines("a broken definition");
    stage.removes("wasm/askwell_bg.wasm");
    respondent.reloads();
    respondent.hears("error");
    examiner.examines("no WebAssembly");
    examiner.concludes();
}

#[test]
fn every_mode_is_accessible() {
    let Some(stage) = short::stage("axe-modes") else { return };
    let respondent = stage.respondent();
    respondent.wants_no_motion();
    let mut examiner = Examiner::new(&stage, &respondent);
    for mode in ["dialog", "slide-in", "banner", "tab", "button"] {
        modes::puts_page(&stage, &format!("mode='{mode}'"));
        respondent.opens("/modes.html");
        if ["tab", "button"].contains(&mode) {
            respondent.sees("Feedback");
            examiner.examines(&format!("{mode}, closed"));
            calls(&respondent, "open");
        }
        respondent.sees_every_widget();
        examiner.examines(mode);
    }
    examiner.concludes();
}

#[test]
fn the_kiosk_is_accessible_on_every_screen() {
    let Some(stage) = Stage::set_with_receiver("axe-kiosk") else { return };
    let respondent = stage.respondent();
    let mut examiner = Examiner::new(&stage, &respondent);
    respondent.opens("/kiosk.html");
    let shows = |screen: &str| {
        respondent.waits_until(screen, || {
            respondent.runs("return document.body.dataset.showing", &[]) == *screen
        });
    };
    shows("attract");
    examiner.examines("kiosk, attract");
    respondent.waits_until("it begins", || {
        respondent.runs("e2e.all('#languages button')[0].click()", &[]);
        respondent.runs("return document.body.dataset.showing", &[]) == "survey"
    });
    respondent.sees_every_widget();
    examiner.examines("kiosk, survey");
    let asks = "document.getElementById('corner')
        .dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter' }))";
    respondent.runs(asks, &[]);
    shows("pin");
    examiner.examines("kiosk, number");
    let enters = "document.getElementById('pin-entry').value = '4711';
        document.getElementById('pin-form').requestSubmit()";
    respondent.runs(enters, &[]);
    shows("staff");
    respondent.waits_until("the facts", || respondent.text().contains("ID"));
    examiner.examines("kiosk, staff");
    examiner.concludes();
}

/// Every stop of the Tab key, on a phone and a desk.
#[test]
fn the_focus_can_always_be_seen() {
    let Some(stage) = Stage::set_with_receiver("focus") else { return };
    let respondent = stage.respondent();
    respondent.wants_no_motion();
    let mut unseen: Vec<String> = Vec::new();
    for page in pages(&stage) {
        let link =
            if page == "survey.html" { "#src=instruments/tour-satisfaction.json" } else { "" };
        respondent.opens(&format!("/{page}?lang=en{link}"));
        is_drawn(&respondent, &page);
        respondent.presses(Key::Tab);
        let mut stops = 0;
        while let Some(focus) = settled_focus(&respondent) {
            if !focus.outlined || focus.covered {
                let why = if focus.covered { "covered" } else { "without an outline" };
                unseen.push(format!("{page}: {} “{}” is {why}", focus.role, focus.name));
            }
            stops += 1;
            assert!(stops < 300, "{page}: the Tab key never leaves the page");
            respondent.presses(Key::Tab);
        }
        assert!(stops >= 3, "{page}: {stops} stops");
    }
    assert!(unseen.is_empty(), "the focus cannot be seen on\n  {}", unseen.join("\n  "));
}

/// Where the focus is, after whatever moved under it has come to rest.
fn settled_focus(respondent: &Respondent) -> Option<Focus> {
    let mut focus = respondent.focus()?;
    for _ in 0..FRAMES {
        if !focus.covered {
            break;
        }
        respondent.runs("return new Promise((resolve) => requestAnimationFrame(resolve))", &[]);
        focus = respondent.focus()?;
    }
    Some(focus)
}

fn calls(respondent: &Respondent, method: &str) -> Value {
    respondent.runs(&format!("return document.querySelector('askwell-survey').{method}()"), &[])
}
