// Reports a survey to a learning system over SCORM 1.2 or 2004.
//
//   import { connect } from "./scorm.js";
//   connect(document.querySelector("askwell-survey"), { score: "knowledge", min: 0, max: 10 });
//
// With the attribute `share-answers` on the element, answers are kept for resuming and reported as
// interactions; without it only progress, completion and, if asked for, a score are.

// SCORM 1.2 promises no more room than this; an LMS may cut or refuse what is longer.
const ROOM = { "1.2": 4096, 2004: 64000 };
const LONGEST_RESPONSE = { "1.2": 255, 2004: 4000 };

/** The learning system's interface: in this window, one around it, or the one that opened it. */
export function findApi(from = globalThis) {
  const seen = new Set();
  const around = [from, from.opener].filter(Boolean);
  for (let window of around) {
    while (window && !seen.has(window)) {
      seen.add(window);
      try {
        if (window.API_1484_11) return { version: "2004", api: window.API_1484_11 };
        if (window.API) return { version: "1.2", api: window.API };
      } catch {
        break; // A window of another site shows nothing of itself.
      }
      window = window.parent;
    }
  }
  return null;
}

/**
 * Reports what happens in `element`. Returns nothing where there is no learning system, else
 * `{ version, end }`; `end` says goodbye, which otherwise happens when the page is left.
 *
 * Options: `score` (the id of a score to report) with the ends of its scale, `min` and `max`; `window`
 * (where to look for the system); `log` (told of what the system refuses).
 */
export function connect(element, options = {}) {
  const { window = globalThis, log = (message) => console.warn(message) } = options;
  const found = findApi(window);
  if (!found) return null;
  const old = found.version === "1.2";
  const call = (name, ...values) => {
    const method = found.api[(old ? "LMS" : "") + name];
    const reply = method.apply(found.api, values);
    if (name !== "GetValue" && String(reply) === "false") {
      const code = found.api[old ? "LMSGetLastError" : "GetLastError"]();
      log(`the learning system refuses ${name} ${values[0] ?? ""} (error ${code})`);
    }
    return reply;
  };
  const put = (name, value) => call("SetValue", name, String(value));
  const started = Date.now();
  const answers = {};
  let finished = false;
  let ended = false;

  call("Initialize", "");
  const status = call("GetValue", old ? "cmi.core.lesson_status" : "cmi.completion_status");
  if (!["completed", "passed", "failed"].includes(status)) {
    put(old ? "cmi.core.lesson_status" : "cmi.completion_status", "incomplete");
  }
  resume();

  function resume() {
    try {
      const kept = JSON.parse(call("GetValue", "cmi.suspend_data") || "{}");
      if (kept.askwell !== 1) return;
      Object.assign(answers, kept.answers);
      element.prefill = { ...kept.answers, ...element.prefill };
    } catch {
      log("what the learning system kept cannot be read");
    }
  }

  function keep() {
    const text = suspended(answers, ROOM[found.version]);
    if (text.left.length) log(`no room in the learning system for: ${text.left.join(", ")}`);
    put("cmi.suspend_data", text.json);
    put(old ? "cmi.core.exit" : "cmi.exit", "suspend");
    call("Commit", "");
  }

  function answered({ detail }) {
    if (!("value" in detail)) return;
    if (detail.value === null || detail.value === undefined) delete answers[detail.question];
    else answers[detail.question] = detail.value;
  }

  function completed({ detail }) {
    finished = true;
    if (detail.answers) interactions(detail.answers);
    const score = options.score && detail.scores?.[options.score]?.value;
    if (typeof score === "number") report(score);
    put(old ? "cmi.core.lesson_status" : "cmi.completion_status", "completed");
    // A survey cannot be failed: whether somebody passed stays unknown.
    if (!old) put("cmi.success_status", "unknown");
    put("cmi.suspend_data", "");
    put(old ? "cmi.core.exit" : "cmi.exit", old ? "" : "normal");
    call("Commit", "");
  }

  function report(score) {
    const { min = 0, max = 100 } = options;
    const share = (score - min) / (max - min);
    if (!(share >= 0 && share <= 1)) return log("the score is not on its scale");
    const place = old ? "cmi.core.score" : "cmi.score";
    put(`${place}.min`, 0);
    put(`${place}.max`, 100);
    put(`${place}.raw`, Math.round(share * 10000) / 100);
    if (!old) put("cmi.score.scaled", Math.round(share * 1e6) / 1e6);
  }

  function interactions(given) {
    let number = 0;
    for (const [id, value] of Object.entries(given)) {
      const rows = value && typeof value === "object" && !Array.isArray(value);
      for (const [row, one] of rows ? Object.entries(value) : [["", value]]) {
        const place = `cmi.interactions.${number++}`;
        const { type, response } = interaction(one, LONGEST_RESPONSE[found.version]);
        put(`${place}.id`, `${id}${row && `.${row}`}`.replace(/[^\w.-]/g, "_").slice(0, 250));
        put(`${place}.type`, type);
        put(`${place}.${old ? "student_response" : "learner_response"}`, response);
      }
    }
  }

  function end() {
    if (ended) return;
    ended = true;
    put(old ? "cmi.core.session_time" : "cmi.session_time", duration(Date.now() - started, old));
    if (!finished) keep();
    call(old ? "Finish" : "Terminate", "");
  }

  element.addEventListener("askwell-answered", answered);
  element.addEventListener("askwell-page", keep);
  element.addEventListener("askwell-completed", completed);
  window.addEventListener?.("pagehide", end);
  return { version: found.version, end };
}

/** JSON in ASCII, so that there is room for it whether letters or bytes are counted. */
function ascii(value) {
  const escaped = (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, "0")}`;
  return JSON.stringify(value).replace(/[\u007f-\uffff]/g, escaped);
}

/** Answers as text for resuming, without the longest of them where there is no room for all. */
export function suspended(answers, room) {
  const kept = { ...answers };
  const left = [];
  for (;;) {
    const json = ascii({ askwell: 1, answers: kept });
    if (json.length <= room) return { json, left };
    const size = (id) => ascii(kept[id]).length;
    const longest = Object.keys(kept).reduce((one, other) => (size(other) > size(one) ? other : one));
    left.push(longest);
    delete kept[longest];
  }
}

function interaction(value, longest) {
  if (Number.isInteger(value) && value >= 0 && value <= 9) return { type: "likert", response: String(value) };
  if (typeof value === "number") return { type: "numeric", response: String(value) };
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return { type: text.length > 250 && longest > 255 ? "long-fill-in" : "fill-in", response: text.slice(0, longest) };
}

/** `HHHH:MM:SS.SS` as SCORM 1.2 has it, else ISO 8601. */
function duration(milliseconds, old) {
  const seconds = Math.round(milliseconds / 10) / 100;
  if (!old) return `PT${seconds.toFixed(2)}S`;
  const two = (number) => String(Math.floor(number)).padStart(2, "0");
  const rest = (seconds % 60).toFixed(2).padStart(5, "0");
  return `${String(Math.floor(seconds / 3600)).padStart(4, "0")}:${two((seconds / 60) % 60)}:${rest}`;
}
