// After a self-assessment: strengths, gaps by importance, evidence, and a plan. A module of its own,
// fetched by the page that offers the self-assessment; nothing of it leaves the device.

import { WORDS, fill } from "./development-words.js";
import { age, create, gaps, parse, priority, statements, strengths } from "./development-file.js";

const root = document.documentElement;
const place = document.querySelector("#development");
const survey = document.querySelector(place.dataset.survey);
const definition = fetch(survey.getAttribute("src")).then((reply) => reply.json());
let file = null;
let note = "";
let unsaved = false;

const language = () => (root.lang === "en" ? "en" : "zh-Hant");
const say = (key, values = {}) => fill(WORDS[language()][key], values);
const read = (text) => (typeof text === "string" ? text : (text?.[language()] ?? text?.["zh-Hant"] ?? text?.en ?? ""));

function build(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (name in node && name !== "list") node[name] = value;
    else node.setAttribute(name, value);
  }
  node.append(...children.filter((child) => child !== null && child !== undefined));
  return node;
}

let fields = 0;

/** A field with its label; on paper its words stand in its place. */
function field(label, control, value, change) {
  const id = `development-${(fields += 1)}`;
  const shown = build("span", { className: "on-paper" }, control.tagName === "SELECT" ? "" : value);
  const tell = () => {
    shown.textContent = control.selectedOptions?.[0]?.textContent ?? control.value;
  };
  control.id = id;
  control.value = value;
  tell();
  control.addEventListener("input", () => {
    change(control.value);
    unsaved = true;
    tell();
  });
  return build("div", { className: "field" }, build("label", { htmlFor: id }, label), control, shown);
}

function level(row, number) {
  if (number === null || number === undefined) return say("notRated");
  const step = row.question.rateValues?.find((step) => step.value === number);
  return step ? `${number} · ${read(step.text)}` : String(number);
}

function difference(row) {
  if (row.gap === null) return null;
  if (row.gap === 0) return say("met");
  return row.gap > 0 ? `${say("gap")} ${row.gap}` : `${say("surplus")} ${-row.gap}`;
}

/** A statement with its levels in words and as a bar. */
function levels(row) {
  const numbers = (row.question.rateValues ?? []).map((step) => step.value);
  const max = Math.max(...numbers, 1);
  const bar = build("div", { className: "bar-of-levels", ariaHidden: "true" },
    build("i", { className: "rated" }), row.required === null ? null : build("i", { className: "required" }));
  bar.style.setProperty("--rated", `${(100 * (row.rated ?? 0)) / max}%`);
  bar.style.setProperty("--required", `${(100 * (row.required ?? 0)) / max}%`);
  const pair = (name, words) => build("div", {}, build("dt", {}, name), build("dd", {}, words));
  return [bar, build("dl", { className: "levels" }, pair(say("now"), level(row, row.rated)),
    row.required === null ? null : pair(say("required"), level(row, row.required)),
    row.gap === null ? null : build("div", { className: row.gap > 0 ? "lacking" : "reached" }, build("dt", {}, difference(row))))];
}

const nameOf = (row) => read(row.question.title).replace(/[。.]$/, "");

function card(row, more = []) {
  const area = (label, hint, key) =>
    field(label, build("textarea", { rows: 2, placeholder: hint, maxLength: 4000 }), row.own[key] ?? "", (value) => {
      row.own[key] = value;
    });
  const group = row.id.replace(/\.?\d+$/, "");
  const wrote = file.answers[`${row.id}-comment`] ?? file.answers[`${group}-reflection`];
  return build("article", { className: "statement", id: `statement-${row.id}` },
    build("h4", {}, build("span", { className: "code" }, row.id), " ", read(row.question.title)), ...levels(row), ...more,
    wrote ? build("p", { className: "wrote" }, say("wrote"), wrote) : null,
    build("div", { className: "pair" },
      area(say("evidence"), say("evidenceHint"), "evidence"), area(say("reflection"), say("reflectionHint"), "reflection")));
}

function gapCard(row) {
  const select = build("select", {}, ...[1, 2, 3, 4, 5].map((number) => {
    const end = number === 1 ? ` (${say("low")})` : number === 5 ? ` (${say("high")})` : "";
    return build("option", { value: String(number) }, `${number}${end}`);
  }));
  const rank = build("output", {}, String(priority(row)));
  const importance = field(say("importance"), select, String(row.own.importance), (value) => {
    row.own.importance = Number(value);
  });
  // The order changes once the choice is made, so that nothing moves under the finger.
  select.addEventListener("change", () => draw(`#statement-${CSS.escape(row.id)} select`));
  const name = nameOf(row);
  const add = build("button", { type: "button", className: "add", ariaLabel: fill(say("addFor"), { name }), onclick: () => {
    const review = "";
    file.actions.push({ statement: row.id, action: "", type: "job", owner: "", due: "", measure: "", review });
    unsaved = true;
    note = say("added");
    draw(`#action-${file.actions.length} textarea`);
  } }, `＋ ${say("add")}`);
  const rankLine = build("p", { className: "rank" }, say("priority"), rank);
  return card(row, [build("div", { className: "row" }, importance, rankLine, add)]);
}

function actionCard(action, index, rows) {
  const set = (key) => (value) => {
    action[key] = value;
  };
  const text = (key) => field(say(key), build("textarea", { rows: 2, maxLength: 2000 }), action[key] ?? "", set(key));
  const day = (key) => field(say(key), build("input", { type: "date" }), action[key] ?? "", set(key));
  const types = Object.entries(WORDS[language()].types).map(([value, words]) => build("option", { value }, words));
  const row = rows.find((row) => row.id === action.statement);
  const n = index + 1;
  return build("li", { className: "action", id: `action-${n}` },
    build("h4", {}, build("span", { className: "code" }, action.statement), " ", row ? nameOf(row) : ""),
    text("action"),
    build("div", { className: "row" }, field(say("type"), build("select", {}, ...types), action.type ?? "job", set("type")),
      field(say("owner"), build("input", { type: "text", maxLength: 200 }), action.owner ?? "", set("owner")), day("due"), day("review")),
    text("measure"),
    build("button", { type: "button", className: "remove", ariaLabel: fill(say("removeFor"), { n }), onclick: () => {
      file.actions.splice(index, 1);
      unsaved = true;
      draw("#plan-title");
    } }, say("remove")));
}

function facts(own) {
  const role = own.pages.flatMap((page) => page.questions).find((question) => question.id === "role");
  const chosen = role?.choices?.find((choice) => choice.value === file.answers.role);
  const years = age(file.framework.date ?? file.framework.revision);
  const revised = say("revision", { year: file.framework.revision, age: years });
  const revision = `${file.framework.code} · ${read(own.framework?.title)}, ${revised}`;
  const pair = (name, words) => build("div", {}, build("dt", {}, name), build("dd", {}, words));
  return [build("dl", { className: "facts" }, chosen ? pair(say("role"), read(chosen.text)) : null, pair(say("date"), file.ratedOn),
    pair(say("framework"), revision), pair(say("instrument"), file.survey.version)),
  years >= 3 ? build("p", { className: "hint" }, say("old")) : null,
  file.survey.version === own.version ? null
    : build("p", { className: "hint", role: "note" }, say("otherVersion", { old: file.survey.version, now: own.version }))];
}

function section(title, hint, ...children) {
  return build("section", {}, build("h3", {}, title), hint ? build("p", { className: "hint" }, hint) : null, ...children);
}

function tools() {
  const input = build("input", { type: "file", accept: "application/json,.json", hidden: true, onchange: () => openFile(input) });
  const button = (key, act) => build("button", { type: "button", onclick: act }, say(key));
  const buttons = [button(file ? "open" : "reopen", () => input.click()), input];
  if (file) buttons.unshift(button("print", () => print()), button("save", saveFile));
  return build("div", { className: "tools" }, ...buttons);
}

async function draw(focus) {
  const own = await definition;
  if (!file) {
    place.replaceChildren(tools(), build("p", { className: "note", role: "status" }, note));
    return;
  }
  const rows = statements(file, own);
  const [strong, lacking] = [strengths(rows), gaps(rows)];
  const line = (row) => build("li", {}, build("span", { className: "code" }, row.id), " ", read(row.question.title),
    build("span", { className: "reached" }, `${level(row, row.rated)} · ${difference(row)}`));
  const compared = rows.some((row) => row.gap !== null);
  const actions = file.actions.map((action, index) => actionCard(action, index, rows));
  const told = build("p", { className: "note", role: "status" }, note);
  place.replaceChildren(
    build("h2", { id: "development-title", tabIndex: -1 }, say("title")), build("p", { className: "intro-text" }, say("intro")), tools(), told,
    ...facts(own).filter(Boolean),
    build("aside", { className: "caution" }, build("h3", {}, say("cautionTitle")), build("p", {}, say("caution"))),
    section(say("strengths"), strong.length ? say("strengthsHint") : null, build("ol", { className: "strong" }, ...strong.map(line))),
    section(say("gaps"), lacking.length ? say("gapsHint") : null,
      ...(lacking.length ? lacking.map(gapCard) : [build("p", {}, say(compared ? "noGaps" : "noLevels"))])),
    build("section", {}, build("h3", { id: "plan-title", tabIndex: -1 }, say("plan")),
      actions.length ? build("ol", { className: "actions" }, ...actions) : build("p", { className: "hint" }, say("planHint"))),
    build("details", { className: "all" }, build("summary", {}, say("all")), ...rows.filter((row) => !lacking.includes(row)).map((row) => card(row))),
    build("p", { className: "hint" }, read(own.citation)));
  note = "";
  if (focus) place.querySelector(focus)?.focus();
}

function saveFile() {
  file.savedAt = new Date().toISOString();
  const address = URL.createObjectURL(new Blob([JSON.stringify(file, null, 1)], { type: "application/json" }));
  build("a", { href: address, download: `${file.survey.id}-${file.ratedOn}.json` }).click();
  URL.revokeObjectURL(address);
  unsaved = false;
  place.querySelector(".note").textContent = say("saved");
}

async function openFile(input) {
  const chosen = input.files[0];
  if (!chosen) return;
  const found = parse(await chosen.text(), await definition);
  if (found) file = found;
  note = say(found ? "opened" : "wrongFile");
  unsaved = false;
  await draw(found ? "#development-title" : "button");
}

survey.addEventListener("askwell-completed", async ({ detail }) => {
  if (detail.status !== "complete" || !detail.answers) return;
  file = create(await definition, detail);
  unsaved = true;
  draw();
});
addEventListener("beforeprint", () => {
  for (const folded of place.querySelectorAll("details")) folded.open = true;
});
addEventListener("beforeunload", (event) => {
  if (unsaved && file && (file.actions.length || Object.values(file.statements).some((own) => own.evidence || own.reflection))) event.preventDefault();
});
new MutationObserver(() => draw()).observe(root, { attributeFilter: ["lang"] });
draw();
