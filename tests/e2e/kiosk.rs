//! A tablet at a counter: one person after the other, days without a network, and the staff behind it.

use std::ffi::OsStr;
use std::path::Path;
use std::process::Command;

use serde_json::{Value, json};

use crate::harness::{Key, Respondent, Stage};
use crate::short;

/// Time runs ten times as fast, so that nobody waits for the counter.
const HASTE: &str = "
    const [now, every] = [Date.now.bind(Date), setInterval.bind(window)];
    const start = now();
    Date.now = () => start + (now() - start) * 10;
    window.setInterval = (then, wait, ...rest) => every(then, wait / 10, ...rest);
";

fn stage(name: &str, settings: &Value) -> Option<Stage> {
    let stage = short::stage(name)?;
    let mut configuration = json!({
        "survey": "short.json", "endpoint": "/v1/submissions", "languages": ["zh-Hant", "en"]
    });
    for (name, value) in settings.as_object().into_iter().flatten() {
        configuration[name] = value.clone();
    }
    stage.puts("kiosk.json", &configuration.to_string());
    Some(stage)
}

fn shows(respondent: &Respondent, screen: &str) {
    respondent.waits_until(&format!("the screen is {screen}"), || {
        respondent.runs("return document.body.dataset.showing", &[]) == *screen
    });
}

/// Taps, unlike the keyboard, need no way there.
fn taps(respondent: &Respondent, selector: &str) {
    respondent.runs("window.e2e?.all(arguments[0])[0]?.click()", &[json!(selector)]);
}

fn begins(respondent: &Respondent) {
    shows(respondent, "attract");
    respondent.waits_until("a tap on the language begins", || {
        taps(respondent, "#languages button[lang=en]");
        respondent.runs("return document.body.dataset.showing", &[]) == "survey"
    });
    respondent.sees(short::QUESTION);
}

fn finishes(respondent: &Respondent, words: &str) {
    respondent.chooses(short::QUESTION, "9");
    respondent.uses("Next");
    respondent.writes("Why is that?", words);
    respondent.uses("Finish");
}

#[test]
fn each_person_begins_anew_in_their_language() {
    let Some(stage) = stage("kiosk", &json!({})) else { return };
    let respondent = stage.respondent();
    respondent.before_each_page(HASTE);
    respondent.opens("/kiosk.html");
    respondent.waits_until("it has asked for the time", || respondent.keeps("clockOffsetMs"));
    begins(&respondent);
    finishes(&respondent, "The trains were on time.");
    respondent.sees("Ready for the next person");
    shows(&respondent, "attract");
    assert_eq!(respondent.runs("return document.documentElement.lang", &[]), "zh-Hant");
    begins(&respondent);
    assert_eq!(respondent.chosen(), Vec::<String>::new());
    finishes(&respondent, "So-so.");
    respondent.uses("Next person");
    shows(&respondent, "attract");
    respondent.waits_until("both have arrived", || stage.receiver.submissions().len() == 2);
    let submissions = stage.receiver.submissions();
    let sessions: Vec<&Value> = submissions.iter().map(|it| &it["device"]["session"]).collect();
    assert_eq!(sessions, [&json!(1), &json!(2)]);
    for submission in &submissions {
        assert_eq!(submission["channel"], "kiosk");
        assert!(submission["device"]["clockOffsetMs"].is_number(), "{}", submission["device"]);
        assert!(submission["device"]["id"].is_string());
    }
}

#[test]
fn who_walks_away_is_asked_and_then_handed_in_and_forgotten() {
    for (policy, status) in [("keep", "partial"), ("submit", "complete"), ("discard", "")] {
        let name = format!("kiosk-{policy}");
        let Some(stage) = stage(&name, &json!({ "partial": policy })) else { return };
        let respondent = stage.respondent();
        respondent.before_each_page(HASTE);
        respondent.opens("/kiosk.html");
        begins(&respondent);
        respondent.chooses(short::QUESTION, "3");
        respondent.sees("Are you still there?");
        respondent.uses("I am here, go on");
        shows(&respondent, "survey");
        assert_eq!(respondent.chosen().len(), 1);
        respondent.sees("Are you still there?");
        shows(&respondent, "attract");
        if status.is_empty() {
            assert!(stage.receiver.submissions().is_empty());
        } else {
            respondent.waits_until("it arrives", || !stage.receiver.submissions().is_empty());
            let submission = stage.the_only_submission();
            assert_eq!(submission["status"], status, "{policy}");
            assert_eq!(submission["device"]["end"], "idle");
            assert_eq!(submission["answers"], json!({ "recommend": 3 }));
        }
        respondent.waits_until("nothing is kept", || !respondent.keeps("recommend"));
        begins(&respondent);
        assert_eq!(respondent.chosen(), Vec::<String>::new());
        respondent.sees_no("Welcome back");
    }
}

/// Lets some people answer one after the other, and after each looks wherever one can look for what they
/// wrote. All within the page, since a driver leaves something of each call behind.
const PEOPLE: &str = r"
    const [first, count] = arguments;
    const until = async (holds) => {
        const began = performance.now();
        for (;;) {
            const found = await holds();
            if (found) return found;
            if (performance.now() - began > 20000) throw new Error(`in vain: ${holds}`);
            await new Promise((resolve) => setTimeout(resolve, 5));
        }
    };
    const showing = (screen) => () => document.body.dataset.showing === screen;
    const button = (label) => () =>
        e2e.all('button').find((it) => it.textContent.includes(label) && it.checkVisibility());
    const survey = document.querySelector('askwell-survey').getRootNode();

    async function answers(words) {
        await until(() => {
            if (showing('attract')()) e2e.all('#languages button[lang=en]')[0].click();
            return showing('survey')();
        });
        (await until(() => e2e.all('input[type=radio]')[9])).click();
        (await until(button('Next'))).click();
        const text = await until(() => e2e.all('textarea, input:not([type])[id], input[type=text]')
            .find((it) => it.getRootNode() !== survey));
        text.focus();
        text.value = words;
        text.dispatchEvent(new InputEvent('input', { bubbles: true }));
        (await until(button('Finish'))).click();
        (await until(button('Next person'))).click();
        await until(showing('attract'));
        e2e.events.length = 0;
        await until(async () => !(await e2e.kept()).includes(words));
    }

    function traces(words) {
        const markup = e2e.roots().map((root) =>
            root === document ? root.documentElement.outerHTML : root.innerHTML);
        const places = {
            page: markup.join() + e2e.all('input, textarea').map((it) => it.value).join(),
            session: JSON.stringify([Object.entries(sessionStorage), history.state, location.href, document.title]),
            selection: String(getSelection()) + e2e.active()?.outerHTML,
        };
        const found = Object.keys(places).filter((place) => places[place].includes(words));
        if (e2e.all('input:checked').length) found.push('choice');
        const bytes = new Uint8Array(window.memory.buffer);
        const sought = new TextEncoder().encode(words);
        for (let at = bytes.indexOf(sought[0]); at >= 0; at = bytes.indexOf(sought[0], at + 1)) {
            if (sought.every((byte, index) => bytes[at + index] === byte)) return [...found, 'memory'];
        }
        return found;
    }

    return (async () => {
        const found = [];
        for (let number = first; number < first + count; number++) {
            const words = `secret-${number}-of-mine`;
            await answers(words);
            // What was on its way to the endpoint is let go of a moment after storage has let go.
            const began = performance.now();
            let left = traces(words);
            while (left.length && performance.now() - began < 5000) {
                await new Promise((resolve) => setTimeout(resolve, 5));
                left = traces(words);
            }
            found.push(...left.map((place) => `${place} of ${number}`));
        }
        return found;
    })()";

/// Catches the engine's memory as it is made.
const MEMORY: &str = "
    for (const name of ['instantiate', 'instantiateStreaming']) {
        const make = WebAssembly[name];
        WebAssembly[name] = async (...given) => {
            const made = await make(...given);
            window.memory = (made.instance ?? made).exports.memory;
            return made;
        };
    }
";

fn heap(respondent: &Respondent) -> f64 {
    for _ in 0..2 {
        respondent.chromium("HeapProfiler.collectGarbage", &json!({}));
    }
    // What pages can ask for themselves is rounded and old.
    respondent.chromium("Performance.enable", &json!({}));
    let metrics = respondent.chromium("Performance.getMetrics", &json!({}));
    let mut metrics = metrics["metrics"].as_array().into_iter().flatten();
    let used = metrics.find(|it| it["name"] == "JSHeapUsedSize").expect("the heap is measured");
    let engine = respondent.runs("return window.memory.buffer.byteLength", &[]);
    used["value"].as_f64().unwrap_or_default() + engine.as_f64().unwrap_or_default()
}

/// A thousand with `ASKWELL_RESPONDENTS=1000`, as `cargo xtask bench` has it.
#[test]
fn nobody_finds_a_trace_of_the_one_before() {
    let settings = json!({ "ghostSeconds": 0 });
    let Some(stage) = stage("kiosk-traces", &settings) else { return };
    let count = std::env::var("ASKWELL_RESPONDENTS").ok().and_then(|it| it.parse().ok());
    let count: usize = count.unwrap_or(60);
    let respondent = stage.respondent();
    respondent.before_each_page(HASTE);
    respondent.before_each_page(MEMORY);
    respondent.opens("/kiosk.html");
    shows(&respondent, "attract");
    let mut settled = 0.0;
    for first in (0..count).step_by(10) {
        let people = json!(10.min(count - first));
        assert_eq!(respondent.runs(PEOPLE, &[json!(first), people]), json!([]));
        if first == 40 {
            settled = heap(&respondent);
        }
    }
    assert_eq!(stage.receiver.submissions().len(), count);
    if settled > 0.0 {
        let grown = heap(&respondent) - settled;
        assert!(grown < 2e6, "the heap grew by {grown} bytes after the first 50");
    }
}

#[test]
fn days_without_a_network_lose_nothing() {
    let Some(stage) = stage("kiosk-offline", &json!({})) else { return };
    let respondent = stage.respondent();
    respondent.expects_trouble("ERR_INTERNET_DISCONNECTED");
    respondent.before_each_page(HASTE);
    respondent.opens("/kiosk.html");
    shows(&respondent, "attract");
    let kept =
        "return caches.open('askwell-kiosk').then((it) => it.keys()).then((it) => it.length)";
    respondent.waits_until("the app is kept", || {
        respondent.runs(kept, &[]).as_u64().is_some_and(|count| count > 10)
    });
    respondent.reloads();
    shows(&respondent, "attract");
    respondent.is_offline(true);
    respondent.reloads();
    for words in ["first day", "second day"] {
        begins(&respondent);
        finishes(&respondent, words);
        respondent.uses("Next person");
        shows(&respondent, "attract");
    }
    assert!(respondent.keeps("second day"));
    // To another device by file, and only once.
    let export = "return import('/kiosk-queue.js').then((it) => it.exported({ id: 'd' }))";
    let file = respondent.runs(export, &[]);
    let other = stage.respondent();
    other.opens("/kiosk.html");
    shows(&other, "attract");
    begins(&other);
    let import = "const [text] = arguments;
        return import('/kiosk-queue.js').then((it) => it.imported(text)).catch(() => 'refused')";
    assert_eq!(other.runs(import, std::slice::from_ref(&file)), json!({ "count": 2, "known": 0 }));
    assert_eq!(other.runs(import, std::slice::from_ref(&file)), json!({ "count": 0, "known": 2 }));
    let damaged = file.as_str().unwrap_or_default().replacen("first day", "worst day", 1);
    assert_eq!(other.runs(import, &[json!(damaged)]), "refused");
    other.runs("return document.querySelector('askwell-survey').flush()", &[]);
    other.waits_until("they have arrived", || stage.receiver.submissions().len() == 2);
    respondent.is_offline(false);
    respondent.waits_until("the first device knows", || !respondent.keeps("second day"));
    assert_eq!(stage.receiver.submissions().len(), 2, "each exactly once");
}

/// What a script for Node.js prints, with the package jose at hand.
fn with_jose(folder: &OsStr, script: &str, given: &Value) -> Option<Value> {
    let file = Path::new(folder).join("askwell-test.mjs");
    std::fs::write(&file, script).expect("a script beside the packages");
    let node = Command::new("node").arg(&file).arg(given.to_string()).output();
    let _ = std::fs::remove_file(&file);
    serde_json::from_slice(&node.ok()?.stdout).ok()
}

#[test]
fn what_waits_is_sealed_and_opens_with_a_library_off_the_shelf_and_the_collectors_key_only() {
    let Some(folder) = std::env::var_os("ASKWELL_JOSE") else {
        eprintln!("SKIPPED: ASKWELL_JOSE names no folder with the npm package jose");
        return;
    };
    let make = "import { generateKeyPair, exportJWK } from 'jose';
        const pair = await generateKeyPair('ECDH-ES', { extractable: true });
        const [open, own] = [await exportJWK(pair.publicKey), await exportJWK(pair.privateKey)];
        console.log(JSON.stringify({ open: { ...open, kid: 'collector-1' }, own }));";
    let keys = with_jose(&folder, make, &json!({})).expect("jose makes a pair of keys");
    // What is queued before there is a key is sealed once there is one.
    let Some(stage) = stage("kiosk-sealed", &json!({})) else { return };
    let respondent = stage.respondent();
    respondent.expects_trouble("ERR_INTERNET_DISCONNECTED");
    respondent.before_each_page(HASTE);
    // The device reaches the site, but for now not the receiver.
    respondent.before_each_page(
        "const reach = window.fetch;
        window.fetch = (...given) => String(given[0]).includes('/v1/') && !localStorage.getItem('open')
            ? Promise.reject(new TypeError('no way')) : reach(...given);",
    );
    respondent.opens("/kiosk.html?lang=en");
    begins(&respondent);
    respondent.is_offline(true);
    finishes(&respondent, "Written before the key.");
    respondent.sees("Ready for the next person");
    assert!(respondent.keeps("Written before the key."));
    let configuration = json!({
        "survey": "short.json", "endpoint": "/v1/submissions", "languages": ["zh-Hant", "en"],
        "collectorKey": keys["open"]
    });
    stage.puts("sealed.json", &configuration.to_string());
    respondent.is_offline(false);
    respondent.opens("/kiosk.html?lang=en&configuration=sealed.json");
    begins(&respondent);
    finishes(&respondent, "Nobody else may read this.");
    respondent.sees("Ready for the next person");
    let (first, second) = ("Written before the key.", "Nobody else may read this.");
    assert!(!respondent.keeps(first) && !respondent.keeps(second), "no answer in clear text");
    let export = "const [key] = arguments;
        return import('/kiosk-queue.js').then((it) => it.exported({ id: 'd' }, key))";
    let file = respondent.runs(export, &[keys["open"].clone()]);
    let file = file.as_str().unwrap_or_default();
    assert_eq!(file.lines().count(), 3);
    assert!(!file.contains(first) && !file.contains(second), "nor in the file");
    let open = "import { compactDecrypt, importJWK } from 'jose';
        const { line, own } = JSON.parse(process.argv[2]);
        const key = await importJWK(own, 'ECDH-ES');
        const { sealed } = JSON.parse(JSON.parse(line).body);
        const { plaintext, protectedHeader } = await compactDecrypt(sealed, key);
        console.log(JSON.stringify({ text: new TextDecoder().decode(plaintext), protectedHeader }));";
    let other = with_jose(&folder, make, &json!({})).expect("another pair");
    let mut texts = String::new();
    for line in file.lines().take(2) {
        let opened = with_jose(&folder, open, &json!({ "line": line, "own": keys["own"] }));
        let opened = opened.expect("jose opens it");
        assert_eq!(opened["protectedHeader"]["kid"], "collector-1");
        texts += opened["text"].as_str().unwrap_or_default();
        let wrong = with_jose(&folder, open, &json!({ "line": line, "own": other["own"] }));
        assert_eq!(wrong, None);
    }
    assert!(texts.contains(first) && texts.contains(second));
    // It is sent as it is, and leaves the device once the receiver has it.
    respondent.runs("localStorage.setItem('open', 'yes')", &[]);
    let waiting = "document.querySelector('askwell-survey')?.flush();
        return import('/kiosk-queue.js').then((it) => it.counts())";
    respondent.waits_until("both have arrived", || {
        let counts = respondent.runs(waiting, &[]);
        counts["waiting"] == 0 && counts["acknowledged"] == 2
    });
    assert!(stage.receiver.submissions().is_empty(), "the receiver cannot read them");
    assert_eq!(stage.receiver.exported(&["--sealed"]).len(), 2);
}

#[test]
fn nobody_begins_where_answers_could_not_be_sealed() {
    let settings = json!({ "collectorKey": { "kty": "EC", "crv": "P-256", "x": "AA", "y": "AA" } });
    let Some(stage) = stage("kiosk-no-seal", &settings) else { return };
    let respondent = stage.respondent();
    respondent.opens("/kiosk.html?lang=en");
    shows(&respondent, "full");
}

#[test]
fn a_new_version_waits_until_nobody_is_there() {
    let Some(stage) = stage("kiosk-update", &json!({ "idleSeconds": 600 })) else { return };
    let respondent = stage.respondent();
    respondent.before_each_page(HASTE);
    respondent.opens("/kiosk.html");
    shows(&respondent, "attract");
    respondent.waits_until("the app is kept", || {
        respondent.runs("return caches.has('askwell-kiosk')", &[]) == true
            && respondent.runs("return caches.has('askwell-kiosk-next')", &[]) == false
    });
    respondent.reloads();
    begins(&respondent);
    respondent.sees("Two questions");
    let changed = include_str!("pages/short.json").replace("Two questions", "Two new questions");
    stage.puts("short.json", &changed);
    let check = "return navigator.serviceWorker.ready.then(async ({ active }) => {
        const kept = await (await caches.open('askwell-kiosk')).keys();
        active.postMessage({ type: 'keep', addresses: kept.map(({ url }) => url) });
    })";
    respondent.runs(check, &[]);
    respondent.waits_until("the new version lies ready", || {
        respondent.runs("return caches.open('askwell-kiosk-next').then((it) => it.keys()).then((it) => it.length > 10)", &[]) == true
    });
    finishes(&respondent, "Not disturbed.");
    respondent.sees("Ready for the next person");
    respondent.waits_until("the new version is there", || {
        let text = "return caches.open('askwell-kiosk').then((it) => it.match('/short.json')).then((it) => it.text())";
        respondent.runs(text, &[]).as_str().is_some_and(|text| text.contains("Two new questions"))
    });
    begins(&respondent);
    respondent.sees("Two new questions");
}

#[test]
fn staff_come_in_by_their_number_only() {
    let Some(stage) = stage("kiosk-staff", &json!({ "idleSeconds": 5 })) else { return };
    let respondent = stage.respondent();
    let enters = |number: &str| {
        respondent.waits_until("the number can be entered", || {
            respondent.runs("return document.getElementById('pin').open", &[]) == true
        });
        let enter = "const entry = document.getElementById('pin-entry');
            entry.value = arguments[0];
            document.getElementById('pin-form').requestSubmit()";
        respondent.runs(enter, &[json!(number)]);
    };
    respondent.opens("/kiosk.html?lang=en");
    shows(&respondent, "attract");
    let asks = || {
        respondent.tabs_until("the corner", |focus| focus.name == "Staff");
        respondent.presses(Key::Enter);
        shows(&respondent, "pin");
    };
    asks();
    respondent.sees("Choose a number");
    enters("4711");
    shows(&respondent, "staff");
    respondent.sees("idleSeconds: 15 to 3600");
    respondent.writes("Name of this device", "Counter 3");
    respondent.uses("Save");
    shows(&respondent, "attract");
    asks();
    for _ in 0..5 {
        enters("0000");
        respondent.waits_until("the try is over", || {
            respondent.runs("return document.getElementById('pin-entry').value", &[]) == ""
        });
    }
    respondent.sees("Too many wrong numbers");
    respondent.reloads();
    shows(&respondent, "attract");
    asks();
    respondent.sees("Too many wrong numbers");
    enters("4711");
    respondent.waits_until("the try is over", || {
        respondent.runs("return document.getElementById('pin-entry').value", &[]) == ""
    });
    respondent.sees("Too many wrong numbers");
    shows(&respondent, "pin");
    assert!(!respondent.keeps("4711"), "the number itself is kept nowhere");
}

#[test]
fn nobody_begins_where_nothing_can_be_kept() {
    let Some(stage) = stage("kiosk-full", &json!({})) else { return };
    let respondent = stage.respondent();
    respondent.before_each_page(
        "StorageManager.prototype.estimate = async () => ({ usage: window.used ?? 95, quota: 100 })",
    );
    respondent.opens("/kiosk.html?lang=en");
    shows(&respondent, "full");
    respondent.sees("this device cannot take answers");
}

#[test]
fn files_are_refused_before_answers_are() {
    let file = |required: bool| {
        let question = format!(
            "{{ \"id\": \"photo\", \"type\": \"file\", \"title\": \"A photo\", \"required\": {required} }},
            {{ \"id\": \"sign\", \"type\": \"signature\", \"title\": \"Your name\" }}, "
        );
        let short = include_str!("pages/short.json");
        let at = short.find("{\n          \"id\": \"recommend\"").expect("the first question");
        format!("{}{question}{}", &short[..at], &short[at..])
    };
    let controls = "return e2e.all('label input[type=file], .sign-typed input')
        .map((it) => it.type + (it.disabled || it.readOnly ? ' off' : '')).sort()";
    for (name, used, required) in
        [("room", 80, true), ("tight", 88, false), ("tight-required", 88, true)]
    {
        let Some(stage) = stage(&format!("kiosk-{name}"), &json!({})) else { return };
        stage.puts("short.json", &file(required));
        let respondent = stage.respondent();
        respondent.before_each_page(HASTE);
        respondent.before_each_page(&format!(
            "StorageManager.prototype.estimate = async () => ({{ usage: {used}, quota: 100 }})"
        ));
        respondent.opens("/kiosk.html?lang=en");
        if name == "tight-required" {
            shows(&respondent, "full");
            continue;
        }
        begins(&respondent);
        let tight = name == "tight";
        let told = "return !document.getElementById('no-attachments').hidden";
        assert_eq!(respondent.runs(told, &[]), tight, "{name}");
        let expected = match tight {
            true => json!(["file off", "text off"]),
            false => json!(["file", "text"]),
        };
        assert_eq!(respondent.runs(controls, &[]), expected, "{name}");
    }
}
