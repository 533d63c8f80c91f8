//! Somebody in front of a real browser: what tests say about them reads like a story.

use std::cell::RefCell;
use std::path::PathBuf;
use std::thread;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::evidence;
use super::webdriver::Browser;

/// How long anything may take. Nothing waits longer than it must.
const PATIENCE: Duration = Duration::from_secs(20);
/// More stops than any page has between two questions.
const STOPS: usize = 60;
/// More choices than any question has.
const CHOICES: usize = 15;

pub struct Respondent {
    browser: Browser,
    site: String,
    evidence: PathBuf,
    steps: RefCell<Vec<String>>,
    expected_trouble: RefCell<Vec<String>>,
}

#[derive(Clone, Copy, Debug)]
pub enum Key {
    Tab,
    Enter,
    Space,
    Up,
    Down,
    End,
    Escape,
}

impl Key {
    /// As WebDriver names it.
    fn code(self) -> char {
        match self {
            Key::Tab => '\u{e004}',
            Key::Enter => '\u{e007}',
            Key::Space => ' ',
            Key::Up => '\u{e013}',
            Key::Down => '\u{e015}',
            Key::End => '\u{e010}',
            Key::Escape => '\u{e00c}',
        }
    }
}

/// Where the keyboard is, as assistive technology would tell it.
#[derive(Debug)]
pub struct Focus {
    pub name: String,
    pub role: String,
    /// The names of the groups around it, the innermost first.
    pub groups: Vec<String>,
    pub tag: String,
    pub value: String,
    pub checked: bool,
    /// Whether the focus can be seen.
    pub outlined: bool,
    /// Whether something lies over it.
    pub covered: bool,
}

impl Focus {
    /// Whether it belongs to a question: its own name or the name of a group around it says so.
    pub fn is_about(&self, words: &str) -> bool {
        self.name.contains(words) || self.groups.iter().any(|group| group.contains(words))
    }
}

impl Respondent {
    pub fn new(browser: Browser, site: String, evidence: PathBuf) -> Respondent {
        let respondent = Respondent {
            browser,
            site,
            evidence,
            steps: RefCell::default(),
            expected_trouble: RefCell::default(),
        };
        respondent.before_each_page(include_str!("page.js"));
        respondent
    }

    // ── the page ──

    /// Opens a page of the site, or of another one by its whole address.
    pub fn opens(&self, address: &str) {
        self.notes(format!("opens {address}"));
        let site = if address.starts_with("http") { "" } else { &self.site };
        self.command("url", &json!({ "url": format!("{site}{address}") }));
    }

    pub fn reloads(&self) {
        self.notes("reloads the page");
        self.command("refresh", &json!({}));
    }

    /// The browser is gone from one moment to the next.
    pub fn loses_the_browser(self) {
        self.browser.crash();
    }

    /// A script that runs in every page before the page's own.
    pub fn before_each_page(&self, script: &str) {
        self.chromium("Page.addScriptToEvaluateOnNewDocument", &json!({ "source": script }));
    }

    /// Scroll bars take no room, as on a phone.
    pub fn holds_a_screen_of(&self, width: u32, height: u32) {
        let metrics = json!({
            "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false
        });
        self.chromium("Emulation.setDeviceMetricsOverride", &metrics);
        self.chromium("Emulation.setScrollbarsHidden", &json!({ "hidden": true }));
    }

    pub fn wants_no_motion(&self) {
        let calm = json!({ "name": "prefers-reduced-motion", "value": "reduce" });
        self.chromium("Emulation.setEmulatedMedia", &json!({ "features": [calm] }));
    }

    /// Without a network, or with one again.
    pub fn is_offline(&self, offline: bool) {
        self.notes(if offline { "goes offline" } else { "is online again" });
        let network = json!({
            "offline": offline, "latency": 0, "download_throughput": -1, "upload_throughput": -1
        });
        self.command("chromium/network_conditions", &json!({ "network_conditions": network }));
    }

    /// What follows happens in a frame, given as a script returned it.
    pub fn goes_into_the_frame(&self, frame: &Value) {
        self.command("frame", &json!({ "id": frame }));
    }

    pub fn goes_out_of_the_frame(&self) {
        self.command("frame", &json!({ "id": null }));
    }

    /// The body of a function, run in the page; `arguments` are its parameters.
    pub fn runs(&self, script: &str, arguments: &[Value]) -> Value {
        self.browser.run(script, arguments).unwrap_or_else(|error| panic!("{error}\nin {script}"))
    }

    /// Shows the page in a language, by its own buttons.
    pub fn shows(&self, language: &str) {
        self.runs(include_str!("looks.js"), &[json!(language), json!("light")]);
    }

    /// Scrolls to every widget, so that all of them load.
    pub fn sees_every_widget(&self) {
        self.notes("looks at every widget");
        let script = "
            const waiting = [...document.querySelectorAll('askwell-survey')]
                .filter((survey) => survey.checkVisibility())
                .filter((survey) => !e2e.events.some(({ type, target }) =>
                    type === 'askwell-ready' && target === survey.id));
            waiting[0]?.scrollIntoView();
            return waiting.length";
        self.waits_until("every widget is there", || self.runs(script, &[]) == 0);
        self.runs("scrollTo(0, 0)", &[]);
    }

    // ── the keyboard ──

    pub fn presses(&self, key: Key) {
        self.notes(format!("presses {key:?}"));
        self.keys(&[key.code()]);
    }

    pub fn types(&self, text: &str) {
        self.notes(format!("types {text}"));
        self.keys(&text.chars().collect::<Vec<char>>());
    }

    fn keys(&self, codes: &[char]) {
        let press =
            |code: &char| ["keyDown", "keyUp"].map(|kind| json!({ "type": kind, "value": code }));
        let actions: Vec<Value> = codes.iter().flat_map(press).collect();
        let keyboard = json!({ "type": "key", "id": "keyboard", "actions": actions });
        self.command("actions", &json!({ "actions": [keyboard] }));
    }

    /// Where the focus is; `None` where nothing has it.
    pub fn focus(&self) -> Option<Focus> {
        let focus = self.browser.run("return window.e2e?.focus()", &[]).ok()?;
        let element = focus["element"].as_object()?.values().next()?.as_str()?.to_owned();
        let ask = |what: &str| self.browser.get(&format!("element/{element}/{what}")).ok();
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let groups = focus["groups"].as_array().map(|groups| groups.iter().map(text).collect());
        Some(Focus {
            name: text(&ask("computedlabel")?),
            role: text(&ask("computedrole")?),
            groups: groups.unwrap_or_default(),
            tag: text(&focus["tag"]),
            value: text(&focus["value"]),
            checked: focus["checked"] == true,
            outlined: focus["outlined"] == true,
            covered: focus["covered"] == true,
        })
    }

    /// Presses Tab until the focus is where it should be.
    pub fn tabs_until(&self, what: &str, is_it: impl Fn(&Focus) -> bool) -> Focus {
        let mut passed = Vec::new();
        for _ in 0..STOPS {
            if let Some(focus) = self.focus() {
                if is_it(&focus) {
                    return focus;
                }
                passed.push(format!("{} “{}”", focus.role, focus.name));
            }
            self.presses(Key::Tab);
        }
        panic!("Tab does not lead to {what}, only to\n  {}", passed.join("\n  "));
    }

    /// Picks one of several with the arrow keys.
    pub fn chooses(&self, question: &str, choice: &str) {
        let in_question = |focus: &Focus| focus.role == "radio" && focus.is_about(question);
        let mut focus = self.tabs_until(question, in_question);
        for _ in 0..CHOICES {
            if focus.name.contains(choice) {
                if !focus.checked {
                    self.presses(Key::Space);
                    focus = self.focus().expect("the focus stays on the choice");
                }
                assert!(focus.checked, "“{choice}” is not chosen: {focus:?}");
                return;
            }
            self.presses(Key::Down);
            focus = self.focus().expect("the focus stays in the question");
            assert!(in_question(&focus), "the arrow keys left “{question}” for {focus:?}");
        }
        panic!("“{question}” offers no “{choice}”");
    }

    /// Ticks a box, or unticks it.
    pub fn ticks(&self, question: &str, choice: &str) {
        let before = self.tabs_until(choice, |focus| {
            let is_box = ["checkbox", "switch"].contains(&focus.role.as_str());
            is_box && focus.is_about(question) && focus.is_about(choice)
        });
        self.presses(Key::Space);
        let after = self.focus().expect("the focus stays on the box");
        assert_ne!(before.checked, after.checked, "Space changes “{choice}”: {after:?}");
    }

    pub fn writes(&self, question: &str, text: &str) {
        let is_text =
            |focus: &Focus| ["textbox", "searchbox", "spinbutton"].contains(&&*focus.role);
        self.tabs_until(question, |focus| is_text(focus) && focus.is_about(question));
        self.types(text);
        let focus = self.focus().expect("the focus stays in the text");
        assert_eq!(focus.value, text, "what was typed into “{question}”");
    }

    /// In place of what is there.
    pub fn pastes(&self, question: &str, text: &str) {
        self.tabs_until(question, |focus| focus.role == "textbox" && focus.is_about(question));
        let paste = "const input = e2e.active();
            input.value = arguments[0];
            input.dispatchEvent(new InputEvent('input', { bubbles: true }))";
        self.runs(paste, &[json!(text)]);
    }

    /// Goes to a button by its name and presses it.
    pub fn uses(&self, button: &str) {
        self.tabs_until(button, |focus| focus.role == "button" && focus.name.contains(button));
        self.presses(Key::Enter);
    }

    pub fn follows(&self, link: &str) {
        self.tabs_until(link, |focus| focus.role == "link" && focus.name.contains(link));
        self.presses(Key::Enter);
    }

    /// To the first widget on the page, by the page's own link where there is one.
    pub fn goes_to_the_survey(&self) {
        self.runs("document.querySelector('askwell-survey').scrollIntoView()", &[]);
        self.hears("ready");
    }

    // ── the eyes ──

    /// The ids of all radio buttons and boxes that are chosen on this page.
    pub fn chosen(&self) -> Vec<String> {
        let ids = self.runs("return e2e.all('input:checked').map((input) => input.id)", &[]);
        let ids = ids.as_array().into_iter().flatten();
        ids.map(|id| id.as_str().unwrap_or_default().to_owned()).collect()
    }

    /// Everything that can be seen, on one line.
    pub fn text(&self) -> String {
        let text = self.browser.run("return window.e2e?.text() ?? ''", &[]).unwrap_or_default();
        text.as_str().unwrap_or_default().to_owned()
    }

    /// Waits until the words are on the page.
    pub fn sees(&self, words: &str) {
        self.notes(format!("looks for “{words}”"));
        self.waits_until(&format!("“{words}” is on the page"), || self.text().contains(words));
    }

    pub fn sees_no(&self, words: &str) {
        self.notes(format!("looks for no “{words}”"));
        self.waits_until(&format!("“{words}” is gone"), || !self.text().contains(words));
    }

    pub fn waits_until(&self, what: &str, mut holds: impl FnMut() -> bool) {
        let began = Instant::now();
        while !holds() {
            assert!(began.elapsed() < PATIENCE, "waited in vain until {what}");
            thread::sleep(Duration::from_millis(15));
        }
    }

    /// Waits until the focus is where it should be without a key being pressed.
    pub fn finds_the_focus(&self, what: &str, is_it: impl Fn(&Focus) -> bool) {
        self.waits_until(&format!("the focus is on {what}"), || {
            self.focus().is_some_and(|focus| is_it(&focus))
        });
    }

    // ── the host page ──

    /// Whether these words are anywhere in what the site keeps in this browser.
    pub fn keeps(&self, words: &str) -> bool {
        let kept = self.runs("return e2e.kept()", &[]);
        kept.as_str().unwrap_or_default().contains(words)
    }

    /// The events that the page's widgets sent since it was opened.
    pub fn events(&self) -> Vec<Value> {
        let events = self.runs("return e2e.events", &[]);
        events.as_array().cloned().unwrap_or_default()
    }

    /// Waits for an event and returns what it tells.
    pub fn hears(&self, event: &str) -> Value {
        let event = format!("askwell-{event}");
        let find = || self.events().into_iter().find(|heard| heard["type"] == *event);
        self.waits_until(&event, || find().is_some());
        find().unwrap_or_default()["detail"].clone()
    }

    // ── the end ──

    /// Something in the browser's log that belongs to the story, such as a request that fails.
    pub fn expects_trouble(&self, words: &str) {
        self.expected_trouble.borrow_mut().push(words.to_owned());
    }

    fn trouble(&self) -> Vec<String> {
        let log = self.browser.post("se/log", &json!({ "type": "browser" })).unwrap_or_default();
        let entries = log.as_array().cloned().unwrap_or_default();
        let severe = entries.iter().filter(|entry| entry["level"] == "SEVERE");
        let messages = severe.map(|entry| entry["message"].as_str().unwrap_or_default().to_owned());
        let expected = self.expected_trouble.borrow();
        messages.filter(|message| !expected.iter().any(|words| message.contains(words))).collect()
    }

    pub fn notes(&self, step: impl Into<String>) {
        self.steps.borrow_mut().push(step.into());
    }

    fn command(&self, command: &str, body: &Value) {
        self.browser.post(command, body).unwrap_or_else(|error| panic!("{command}: {error}"));
    }

    pub fn chromium(&self, command: &str, parameters: &Value) -> Value {
        let reply = self.browser.chromium(command, parameters);
        reply.unwrap_or_else(|error| panic!("{command}: {error}"))
    }
}

impl Drop for Respondent {
    /// The story is over: whatever the browser complained about fails it.
    fn drop(&mut self) {
        let trouble = self.trouble();
        if !thread::panicking() && trouble.is_empty() {
            return;
        }
        let screenshot = self.browser.get("screenshot").unwrap_or_default();
        evidence::keep(
            &self.evidence,
            &evidence::Evidence {
                screenshot: screenshot.as_str().unwrap_or_default(),
                steps: &self.steps.borrow(),
                trouble: &trouble,
                text: &self.text(),
                focus: &format!("{:?}", self.focus()),
            },
        );
        assert!(thread::panicking(), "the browser complained:\n  {}", trouble.join("\n  "));
    }
}
