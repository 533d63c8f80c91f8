//! When a survey comes: what sets it off, where it may be, and whom it leaves alone.

use serde_json::{Value, json};

use crate::harness::{Respondent, Stage};
use crate::modes;
use crate::short;

/// Timers of a second and more wait until the test lets them ring.
const PATIENT: &str = "
    window.later = [];
    const ring = window.setTimeout.bind(window);
    window.setTimeout = (then, wait, ...rest) =>
        wait >= 1000 && wait < 8000 ? later.push(then) : ring(then, wait, ...rest);
";

/// With a mouse, or with fingers only.
fn points(respondent: &Respondent, with_a_mouse: bool) {
    respondent.before_each_page(&format!(
        "const match = window.matchMedia.bind(window);
         window.matchMedia = (query) =>
            query === '(hover: none)' ? {{ matches: {} }} : match(query)",
        !with_a_mouse
    ));
}

fn stage(name: &str, attributes: &str) -> Option<Stage> {
    modes::stage(name, &format!("mode='slide-in' {attributes}"))
}

/// The survey's element is listened to from when its triggers are watched.
const WATCHED: &str = "{
    const listen = EventTarget.prototype.addEventListener;
    HTMLElement.prototype.addEventListener = function (name, ...rest) {
        if (name === 'askwell-closed' && this.localName === 'askwell-survey') window.watched = true;
        return listen.call(this, name, ...rest);
    };
}";

/// Opens the page and waits until the triggers are watched.
fn opens(respondent: &Respondent, address: &str) {
    respondent.before_each_page(WATCHED);
    respondent.opens(address);
    respondent.waits_until("the triggers are watched", || {
        respondent.runs("return window.watched === true", &[]) == true
    });
    settles(respondent);
}

/// Lets everything that is under way come to its end.
fn settles(respondent: &Respondent) {
    let turns = "let left = 5;
        return new Promise((resolve) => {
            const { port1, port2 } = new MessageChannel();
            port1.onmessage = () => (left-- ? port2.postMessage(0) : resolve());
            port2.postMessage(0);
        })";
    respondent.runs(turns, &[]);
}

fn is_open(respondent: &Respondent) -> bool {
    settles(respondent);
    respondent.runs("return document.querySelector('#short[open]') !== null", &[]) == true
}

fn comes(respondent: &Respondent) {
    respondent.waits_until("the survey comes", || is_open(respondent));
}

fn goes(respondent: &Respondent, address: &str) {
    respondent.runs("history.pushState(null, '', arguments[0])", &[json!(address)]);
}

fn books(respondent: &Respondent) {
    let event = "document.dispatchEvent(new CustomEvent('booked', { detail: { booking: 'B-7', tour() {} } }))";
    respondent.runs(event, &[]);
}

fn configures(respondent: &Respondent, settings: &Value) {
    let script = "return import('/askwell.js').then((it) => it.configure(arguments[0]))";
    respondent.runs(
        &format!("const settings = arguments; {}", script.replace("arguments", "settings")),
        std::slice::from_ref(settings),
    );
}

#[test]
fn a_booking_brings_the_survey_and_goes_along_with_it() {
    let Some(stage) = stage("trigger-event", "trigger='event:booked' except='*?pay*'") else {
        return;
    };
    let respondent = stage.respondent();
    opens(&respondent, "/modes.html?pay=1");
    books(&respondent);
    assert!(!is_open(&respondent), "nobody is disturbed while paying");
    goes(&respondent, "/modes.html?thanks");
    respondent.sees(short::QUESTION);
    respondent.chooses(short::QUESTION, "9");
    respondent.runs("return document.getElementById('short').complete()", &[]);
    respondent.hears("sent");
    assert_eq!(stage.the_only_submission()["context"], json!({ "booking": "B-7" }));
}

#[test]
fn a_function_and_a_data_layer_set_it_off_too() {
    let Some(stage) = stage("trigger-layer", "trigger='event:booked'") else { return };
    let respondent = stage.respondent();
    for way in [
        "return import('/askwell.js').then((it) => it.trigger('booked', { booking: 'B-8' }))",
        "window.tags = [{ event: 'booked', booking: 'B-8' }];
         return import('/askwell.js').then((it) => it.configure({ dataLayer: 'tags' }))",
        "return import('/askwell.js').then((it) => it.configure({ dataLayer: 'tags' }))
            .then(() => { window.tags.push({ event: 'other' }, { event: 'booked', booking: 'B-8' }) })",
    ] {
        opens(&respondent, "/modes.html");
        assert!(!is_open(&respondent));
        respondent.runs(way, &[]);
        comes(&respondent);
        let context = respondent.runs("return document.getElementById('short').context", &[]);
        assert_eq!(context, json!({ "booking": "B-8" }), "{way}");
    }
}

#[test]
fn eligibility_is_asked_when_it_would_be_shown() {
    let Some(stage) = stage("trigger-delay", "trigger='delay:2'") else { return };
    let respondent = stage.respondent();
    respondent.before_each_page(PATIENT);
    for may in [false, true] {
        opens(&respondent, "/modes.html");
        let asks = "document.getElementById('short').eligible = async () => window.may";
        respondent.runs(&format!("window.may = {}; {asks}", !may), &[]);
        respondent.runs(&format!("window.may = {may}; later.forEach((ring) => ring())"), &[]);
        assert_eq!(is_open(&respondent), may);
    }
    // Another route ended what began before it.
    opens(&respondent, "/modes.html");
    respondent.runs("window.early = later.splice(0)", &[]);
    goes(&respondent, "/modes.html?elsewhere");
    respondent.runs("early.forEach((ring) => ring())", &[]);
    settles(&respondent);
    respondent.runs("later.forEach((ring) => ring())", &[]);
    comes(&respondent);
}

#[test]
fn scrolling_far_enough_brings_it() {
    let Some(stage) = stage("trigger-scroll", "trigger='scroll:50'") else { return };
    let respondent = stage.respondent();
    opens(&respondent, "/modes.html");
    respondent.runs("document.body.style.minHeight = '5000px'; scrollTo(0, 500)", &[]);
    assert!(!is_open(&respondent));
    respondent.runs("scrollTo(0, 2400)", &[]);
    comes(&respondent);
}

#[test]
fn leaving_brings_it_and_on_touch_screens_the_next_page_does() {
    let Some(stage) = stage("trigger-exit", "trigger='exit' pages='/modes.html'") else { return };
    let respondent = stage.respondent();
    points(&respondent, true);
    opens(&respondent, "/modes.html");
    let leave = "document.body.dispatchEvent(new MouseEvent('mouseout', { bubbles: true, clientY: arguments[0] }))";
    respondent.runs(leave, &[json!(300)]);
    assert!(!is_open(&respondent));
    respondent.runs(leave, &[json!(-1)]);
    comes(&respondent);

    let touch = stage.respondent();
    points(&touch, false);
    opens(&touch, "/modes.html");
    touch.runs(leave, &[json!(-1)]);
    assert!(!is_open(&touch));
    goes(&touch, "/tours");
    comes(&touch);
    // Another page, which has the survey again; only with the visitor's consent is it remembered.
    opens(&touch, "/modes.html");
    configures(&touch, &json!({ "storage": "session" }));
    assert!(!is_open(&touch), "nothing was remembered without consent");
    touch.opens("/modes.html?next");
    configures(&touch, &json!({ "storage": "session" }));
    touch.runs("return import('/askwell.js').then((it) => it.routeChanged())", &[]);
    comes(&touch);
}

#[test]
fn any_element_can_open_it_also_in_a_shadow_root() {
    let Some(stage) = stage("trigger-click", "trigger='click' target='.opener' show-limit='0'")
    else {
        return;
    };
    let respondent = stage.respondent();
    opens(&respondent, "/modes.html");
    respondent.runs(
        "const host = document.createElement('div');
         const button = document.createElement('button');
         button.className = 'opener';
         button.append(document.createElement('span'));
         host.attachShadow({ mode: 'open' }).append(button);
         document.body.append(host);
         window.inner = button.firstChild;
         document.getElementById('before').click()",
        &[],
    );
    assert!(!is_open(&respondent));
    respondent.runs("inner.click()", &[]);
    comes(&respondent);
}

#[test]
fn caps_count_all_surveys_and_only_where_storage_is_granted() {
    let Some(stage) = stage("trigger-caps", "trigger='load' recontact-days='30'") else { return };
    let respondent = stage.respondent();
    for _ in 0..2 {
        opens(&respondent, "/modes.html");
        comes(&respondent);
        assert!(!respondent.keeps("shown"), "nothing is kept without consent");
    }
    respondent.runs(
        "return document.querySelector('#short').shadowRoot.querySelector('.close').click()",
        &[],
    );
    goes(&respondent, "/modes.html?further");
    assert!(!is_open(&respondent), "who closed it is left alone");

    configures(&respondent, &json!({ "storage": "local" }));
    assert!(respondent.keeps("shown"));
    // A page grants it at its beginning; another survey then counts as well.
    let other = include_str!("pages/modes.html")
        .replace("MODE", "mode='slide-in' trigger='delay:1' recontact-days='30'")
        .replace("id=\"short\"", "id=\"another\"");
    stage.puts("modes.html", &other);
    respondent.before_each_page(PATIENT);
    opens(&respondent, "/modes.html");
    configures(&respondent, &json!({ "storage": "local" }));
    respondent.runs("later.forEach((ring) => ring())", &[]);
    settles(&respondent);
    let open = "return document.querySelector('askwell-survey[open]') !== null";
    assert_eq!(respondent.runs(open, &[]), false, "another one came 30 days ago at most");
    configures(&respondent, &json!({ "storage": "none" }));
    assert!(!respondent.keeps("shown"), "consent that is taken back deletes what was kept");
}

#[test]
fn a_sample_is_drawn_once() {
    let Some(stage) = stage("trigger-sample", "trigger='load' sample='20'") else { return };
    let respondent = stage.respondent();
    opens(&respondent, "/modes.html");
    let verdict = |visitor: &str| {
        let script = "return Promise.all([import('/askwell-rules.js'), import('/askwell.js')])
            .then(([rules, it]) => it.configure({ visitor: VISITOR })
                .then(() => rules.isSampled(document.querySelector('#short'))))";
        respondent.runs(&script.replace("VISITOR", &json!(visitor).to_string()), &[])
    };
    let first: Vec<Value> = (0..40).map(|number| verdict(&format!("visitor {number}"))).collect();
    let again: Vec<Value> = (0..40).map(|number| verdict(&format!("visitor {number}"))).collect();
    assert_eq!(first, again);
    assert!(first.contains(&json!(true)) && first.contains(&json!(false)));
    let share = respondent.runs(
        "return import('/askwell-rules.js').then(({ draw }) => Array.from({ length: 20000 },
            (_, at) => draw(`visitor-${at}\\ntour\\n`)).filter((it) => it < 0.2).length / 20000)",
        &[],
    );
    assert!((share.as_f64().unwrap_or_default() - 0.2).abs() < 0.01, "{share}");
    // Whoever is not in the sample stays out of it, page after page.
    let out = first.iter().position(|it| *it == json!(false)).unwrap_or_default();
    respondent.runs("document.querySelector('#short').close()", &[]);
    verdict(&format!("visitor {out}"));
    for page in 0..30 {
        goes(&respondent, &format!("/modes.html?{page}"));
    }
    assert!(!is_open(&respondent));
}

#[test]
fn addresses_are_compared_as_people_write_them() {
    let Some(stage) = stage("trigger-addresses", "trigger='manual'") else { return };
    let respondent = stage.respondent();
    opens(&respondent, "/modes.html");
    let cases = json!([
        ["/checkout*", "/checkout/pay", true],
        ["/checkout*", "/checkout", true],
        ["/checkout/*", "/checkout", false],
        ["/tours/*/book", "/tours/7/book", true],
        ["/tours/7", "/tours/7?day=2", true],
        ["/tours/7?day=2*", "/tours/7?day=2&x", true],
        ["/tours/7?day=2", "/tours/7?day=3", false],
        ["/a.b", "/axb", false],
        ["/a, /b", "/b", true],
        ["https://*/thanks", "/thanks", false],
        ["http://*/thanks", "/thanks", true],
        ["*#pay", "/app#pay", true],
        ["", "/app", false]
    ]);
    let wrong = respondent.runs(
        "const cases = arguments[0];
         return import('/askwell-rules.js').then(({ matches }) => cases.filter(([patterns, address, expected]) =>
            matches(patterns, new URL(address, location.origin)) !== expected))",
        &[cases],
    );
    assert_eq!(wrong, json!([]));
}

#[test]
fn what_leaves_the_page_takes_its_listeners_along() {
    let Some(stage) =
        stage("trigger-leaves", "trigger='event:booked exit scroll:10 click delay:3'")
    else {
        return;
    };
    let respondent = stage.respondent();
    points(&respondent, true);
    respondent.before_each_page(
        "window.listening = [];
         for (const target of [Window, Document, window.Navigation ?? Document].map((it) => it.prototype)) {
            const add = EventTarget.prototype.addEventListener;
            target.addEventListener = function (name, listener, options) {
                const entry = [name, options?.signal];
                if (/booked|mouseout|scroll|click|visibilitychange/.test(name)) listening.push(entry);
                return add.call(this, name, listener, options);
            };
         }",
    );
    opens(&respondent, "/modes.html");
    let left = "return listening.filter(([, signal]) => signal && !signal.aborted).map(([name]) => name).sort()";
    assert_eq!(respondent.runs(left, &[]), json!(["booked", "click", "mouseout", "scroll"]));
    respondent.runs("document.getElementById('short').remove()", &[]);
    settles(&respondent);
    assert_eq!(respondent.runs(left, &[]), json!([]));
}
