//! Pages that cannot allow WebAssembly: the survey stands in a frame of another origin, and the page
//! hears the same.

use serde_json::{Value, json};

use crate::harness::{Respondent, Stage};
use crate::short;

/// A host page whose policy allows frames of the receiver's site and no WebAssembly at all; the
/// receiver's site lists these origins.
fn stage(name: &str, lists: impl Fn(&str) -> String) -> Option<(Stage, u16, String)> {
    let stage = short::stage(name)?;
    let site = format!("http://127.0.0.1:{}", stage.receiver.port());
    let page = format!(
        "<!doctype html><html lang='en'><head><title>Another site</title><link rel='icon' href='icon.svg'>
         <script type='module' src='askwell.js'></script></head><body><button id='before'>Before</button>
         <askwell-survey id='short' src='short.json' endpoint='/v1/submissions' frame='{site}/embed.html'>
         </askwell-survey></body></html>"
    );
    let policy = format!(
        "default-src 'none'; script-src 'self'; img-src 'self'; frame-src {site}; \
         require-trusted-types-for 'script'"
    );
    let host = stage.hosts(page, policy);
    let embed = std::fs::read_to_string(stage.file("embed.html")).expect("embed.html is built");
    let listed = lists(&format!("http://127.0.0.1:{host}"));
    let listed = format!("<meta name=\"askwell-hosts\" content=\"{listed}\">");
    let meta = "<meta name=\"askwell-hosts\" content=\"\">";
    assert!(embed.contains(meta));
    stage.puts("embed.html", &embed.replace(meta, &listed));
    Some((stage, host, site))
}

fn in_frame(respondent: &Respondent) {
    let frame = "return document.getElementById('short').shadowRoot.querySelector('iframe')";
    respondent.goes_into_the_frame(&respondent.runs(frame, &[]));
}

#[test]
fn a_framed_survey_tells_the_same_and_its_height_follows() {
    let Some((stage, host, _)) = stage("frame", str::to_owned) else { return };
    let respondent = stage.respondent_at(host, &json!({}));
    respondent.opens("/");
    respondent.runs(
        "window.heard = []; addEventListener('message', ({ data }) => heard.push(data))",
        &[],
    );
    let ready = respondent.hears("ready");
    assert_eq!(ready["storage"], "partitioned", "the page knows where answers wait");
    let height = || {
        let frame = "return document.getElementById('short').shadowRoot.querySelector('iframe').offsetHeight";
        respondent.runs(frame, &[]).as_f64().unwrap_or_default()
    };
    respondent.waits_until("the frame is as high as its survey", || height() > 330.0);
    let before = height();
    assert_eq!(respondent.runs("return document.getElementById('short').next()", &[]), false);
    respondent.waits_until("the frame grows with what is said", || height() > before + 40.0);

    in_frame(&respondent);
    respondent.chooses(short::QUESTION, "9");
    respondent.uses("Next");
    respondent.writes("Why is that?", "The trains were on time.");
    respondent.uses("Finish");
    respondent.goes_out_of_the_frame();
    let completed = respondent.hears("completed");
    respondent.hears("sent");
    assert_eq!(completed, json!({ "submissionId": ready["submissionId"], "status": "complete" }));
    assert_eq!(stage.the_only_submission()["submissionId"], ready["submissionId"]);
    let heard = respondent.runs("return heard", &[]);
    for message in heard.as_array().into_iter().flatten() {
        assert_eq!(message["source"], "askwell");
        assert_eq!(message["version"], 1);
        assert!(message["instanceId"].is_string() && message["type"].is_string(), "{message}");
    }
    assert!(!heard.to_string().contains("The trains"), "no answer leaves the frame");
}

#[test]
fn a_page_that_is_not_listed_is_refused() {
    let lists = |_: &str| String::from("https://www.example.com");
    let Some((stage, host, _)) = stage("frame-unlisted", lists) else { return };
    let respondent = stage.respondent_at(host, &json!({}));
    respondent.opens("/");
    let error = respondent.hears("error");
    assert!(error["message"].as_str().unwrap_or_default().contains("does not list"), "{error}");
    assert!(!respondent.events().iter().any(|it| it["type"] == "askwell-ready"));
}

#[test]
fn nobody_else_is_heard() {
    let Some((stage, host, site)) = stage("frame-others", str::to_owned) else { return };
    let respondent = stage.respondent_at(host, &json!({}));
    respondent.expects_trouble("postMessage");
    respondent.opens("/");
    respondent.hears("ready");
    // The page itself claims to be the frame, in every detail but who it is.
    let forge = "const frame = document.getElementById('short').shadowRoot.querySelector('iframe');
        const instanceId = new URLSearchParams(new URL(frame.src).hash.slice(1)).get('instance');
        const message = { source: 'askwell', version: 1, type: 'completed', instanceId, payload: { forged: true } };
        window.postMessage(message, '*');
        // And a message to the frame with another instance's name or of another version.
        const options = { ...message, type: 'options', payload: { src: 'other.json' } };
        frame.contentWindow.postMessage({ ...options, instanceId: 'another' }, '*');
        frame.contentWindow.postMessage({ ...options, version: 2 }, '*');
        return new Promise((resolve) => setTimeout(resolve, 50))";
    respondent.runs(forge, &[]);
    let forged = |events: &[Value]| events.iter().any(|it| it["detail"]["forged"] == true);
    assert!(!forged(&respondent.events()));
    in_frame(&respondent);
    respondent.sees(short::QUESTION);
    respondent.goes_out_of_the_frame();
    // A frame that was told of another page speaks to that page alone, and obeys it alone.
    let lie = "const frame = document.createElement('iframe');
        frame.id = 'lie';
        frame.src = `${arguments[0]}/embed.html#host=${encodeURIComponent(arguments[0])}&instance=1`;
        document.body.append(frame);
        window.told = [];
        addEventListener('message', ({ source, data }) => source === frame.contentWindow && told.push(data));
        return new Promise((resolve) => (frame.onload = () => {
            frame.contentWindow.postMessage({ source: 'askwell', version: 1, type: 'options', instanceId: '1',
                payload: { src: 'short.json' } }, '*');
            setTimeout(resolve, 300);
        }))";
    respondent.runs(lie, &[json!(site)]);
    assert_eq!(respondent.runs("return told", &[]), json!([]));
    respondent.goes_into_the_frame(&respondent.runs("return document.getElementById('lie')", &[]));
    assert!(!respondent.text().contains(short::QUESTION));
    respondent.goes_out_of_the_frame();
}

#[test]
fn surveys_of_other_sites_are_not_shown_in_its_name() {
    let Some((stage, host, _)) = stage("frame-foreign", str::to_owned) else { return };
    let respondent = stage.respondent_at(host, &json!({}));
    respondent.opens("/");
    respondent.hears("ready");
    let change =
        "document.getElementById('short').setAttribute('src', 'https://example.com/other.json')";
    respondent.runs(change, &[]);
    let error = respondent.hears("error");
    assert!(error["message"].as_str().unwrap_or_default().contains("of its own only"), "{error}");
}
