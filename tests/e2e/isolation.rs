//! Pages that style everything: nothing of it reaches the widget, and nothing of the widget them.

use serde_json::{Value, json};

use crate::harness::{Respondent, Stage};
use crate::modes;
use crate::short;

/// What has broken other vendors' widgets, and worse.
const HOSTILE: [(&str, &str); 8] = [
    ("resets", "* { all: unset !important; }"),
    (
        "inheritance",
        "html { font-size: 62.5%; } body, body * { font: italic 700 40px/3 serif !important; color: red !important;
         letter-spacing: 9px !important; word-spacing: 9px !important; text-transform: uppercase !important;
         text-indent: 5em !important; text-align: right !important; text-shadow: 0 0 3px red !important;
         white-space: pre !important; cursor: wait !important; pointer-events: none !important;
         user-select: none !important; list-style: square !important;
         word-break: break-all !important; hyphens: auto !important; quotes: '<' '>' !important;
         -webkit-text-stroke: 1px red !important; tab-size: 1 !important; border-collapse: collapse !important;
         font-variant: small-caps !important; caret-color: red !important; accent-color: red !important; }",
    ),
    (
        "elements",
        "button, input, label, p, section, div, form, fieldset, legend, svg, h2, h3 {
         display: none !important; position: absolute !important; border: 9px solid red !important;
         background: lime !important; opacity: 0.3 !important; transform: rotate(9deg) !important; }",
    ),
    (
        "class names",
        ".border, .choice, .question, .title, .page, .form, .header, .action, .primary, .navigation, .body,
         .panel, .close, .launcher { position: absolute !important; display: none !important; }",
    ),
    (
        "globals of utility frameworks",
        "*, ::before, ::after { box-sizing: content-box; border: 0 solid currentColor; --tw-ring-color: red; }
         img, svg, video { display: block; vertical-align: middle; max-width: 3px; } [role=button] { cursor: crosshair; }
         :root { --accent: red; --ink: red; --surface: red; --size: 40px; --radius: 99px; --line: red;
                 --_accent: red; --_size: 40px; --columns: 1; --progress: 0%; }",
    ),
    (
        "registered properties",
        "@property --accent { syntax: '<color>'; inherits: false; initial-value: red; }
         @property --size { syntax: '<color>'; inherits: false; initial-value: red; }
         @property --radius { syntax: '<color>'; inherits: false; initial-value: red; }
         @property --ink { syntax: '<length>'; inherits: false; initial-value: 0px; }",
    ),
    ("animations", "@keyframes come { from { opacity: 0.1; } } * { animation: come 9s infinite; transition: all 9s; }"),
    ("selections", "::selection { color: red } ::placeholder { color: red } ::marker { color: red } :focus { outline: 9px solid red !important; }"),
];

fn shows(stage: &Stage, attributes: &str) -> Respondent {
    modes::puts_page(stage, attributes);
    let respondent = stage.respondent();
    respondent.wants_no_motion();
    respondent.holds_a_screen_of(1000, 800);
    respondent.opens("/modes.html");
    if attributes.contains("button") {
        respondent.runs("return document.getElementById('short').open()", &[]);
    }
    respondent.hears("ready");
    respondent.sees(short::QUESTION);
    respondent.chooses(short::QUESTION, "9");
    respondent.runs("document.activeElement.blur()", &[]);
    respondent
}

fn looks(respondent: &Respondent, script: &str) -> Value {
    let still = "const moving = e2e.roots().flatMap((root) => root.getAnimations()
        .filter((it) => it.effect.getTiming().iterations === 1).map((it) => it.finished));
        return Promise.allSettled(moving)";
    respondent.runs(still, &[]);
    respondent.runs(&format!("{}\n{script}", include_str!("pages/looks.js")), &[])
}

/// The survey and, but for its direction, what it floats in.
const REMEMBER: &str = "window.own = () => looks(document.getElementById('short').shadowRoot,
        '.survey, .survey *, .panel:not(.in-place), .launcher, .launcher *, .close, .close *');
    window.before = own()";
const COMPARE: &str = "return changes(window.before, own())";

#[test]
fn no_style_of_the_page_reaches_the_widget() {
    let Some(stage) = short::stage("isolation-widget") else { return };
    for mode in ["inline", "dialog", "button"] {
        let respondent = shows(&stage, &format!("mode='{mode}' theme='light'"));
        looks(&respondent, REMEMBER);
        let place = "const { x, y, width, height } =
            document.getElementById('short').shadowRoot.querySelector('.panel')?.getBoundingClientRect() ?? {};
            return [x, y, width, height]";
        let lies = respondent.runs(place, &[]);
        for (name, style) in HOSTILE {
            let add = "const sheet = new CSSStyleSheet();
                sheet.replaceSync(arguments[0]);
                document.adoptedStyleSheets = [sheet];
                // Panels change sides with the page; what is in the page does not.
                if (arguments[1] === 'inline') document.documentElement.dir = 'rtl'";
            respondent.runs(add, &[json!(style), json!(mode)]);
            let changes = looks(&respondent, COMPARE);
            assert_eq!(changes, json!([]), "{mode}, {name}");
            if mode != "inline" {
                assert_eq!(respondent.runs(place, &[]), lies, "{mode}, {name}: where it lies");
            }
        }
        respondent.runs("document.adoptedStyleSheets = []; document.documentElement.dir = ''", &[]);
        assert_eq!(looks(&respondent, COMPARE), json!([]), "{mode}, the page as it was");
    }
}

#[test]
fn nothing_of_the_widget_reaches_the_page() {
    let Some(stage) = short::stage("isolation-page") else { return };
    modes::puts_page(&stage, "trigger='manual'");
    let respondent = stage.respondent();
    respondent.wants_no_motion();
    respondent.opens("/modes.html");
    let globals = "return [Object.keys(window).filter((it) => !/^(before|own|ret_nodes|cdc_.*|on.*)$/.test(it)).sort(),
        document.head.innerHTML, document.body.getAttributeNames(), document.documentElement.getAttributeNames()]";
    let own = respondent.runs(globals, &[]);
    let remember = "document.getElementById('short').remove(); window.before = looks(document)";
    looks(&respondent, remember);
    for mode in ["inline", "page", "dialog", "slide-in", "banner", "tab", "button"] {
        let add = "const survey = document.createElement('askwell-survey');
            survey.id = 'short';
            for (const [name, value] of Object.entries({ mode: arguments[0], src: 'short.json', endpoint: '/v1/submissions' })) {
                survey.setAttribute(name, value);
            }
            document.body.append(survey);
            return survey.open()";
        respondent.runs(add, &[json!(mode)]);
        respondent.sees(short::QUESTION);
        let compare = "const after = looks(document);
            const own = Object.entries(after).filter(([name]) => !name.includes('askwell-survey'));
            return changes(window.before, Object.fromEntries(own))";
        assert_eq!(looks(&respondent, compare), json!([]), "{mode}");
        respondent.runs("document.getElementById('short').remove()", &[]);
    }
    assert_eq!(respondent.runs(globals, &[]), own, "no global name, style or attribute is left");
}

#[test]
fn a_form_around_it_is_neither_sent_nor_filled() {
    let Some(stage) = short::stage("isolation-form") else { return };
    let page = include_str!("pages/modes.html")
        .replace("MODE", "")
        .replace(
            "<askwell-survey",
            "<form id='form' action='/elsewhere.html'><input name='own' value='1'><askwell-survey",
        )
        .replace("</askwell-survey>", "</askwell-survey><button>Send the form</button></form>");
    modes::puts_page(&stage, "");
    stage.puts("modes.html", &page);
    let respondent = stage.respondent();
    respondent.opens("/modes.html");
    respondent.goes_to_the_survey();
    respondent.chooses(short::QUESTION, "9");
    respondent.uses("Next");
    respondent.writes("Why is that?", "The trains");
    respondent.presses(crate::harness::Key::Enter);
    respondent.sees("Why is that?");
    let form = "const form = document.getElementById('form');
        return [location.pathname, form.elements.length, [...new FormData(form).keys()]]";
    assert_eq!(respondent.runs(form, &[]), json!(["/modes.html", 2, ["own"]]));
}
