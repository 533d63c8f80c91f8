// The counter kiosk: carries out what the state machine in the engine decides (src/kiosk.rs).

import { useEngine } from "./askwell.js";
import { fillTheScreen, install, stayAwake } from "./kiosk-app.js";
import { askTheTime, device, keep } from "./kiosk-device.js";
import { room, sealAll } from "./kiosk-queue.js";
import { keyFault, sealSubmission } from "./kiosk-seal.js";
import { openPin, openStaff, closeStaff } from "./kiosk-staff.js";
import { fill, LANGUAGES, respondentWords, staffWords } from "./kiosk-words.js";

const CONFIGURATION = new URLSearchParams(location.search).get("configuration") ?? "kiosk.json";
const HOLD_MS = 2000;
const ROOM_EACH_MS = 10 * 60 * 1000;
const UPDATE_EACH_MS = 60 * 60 * 1000;
/** Where a response is begun, the rest of the page belongs to it. */
const OVER_SURVEY = ["survey", "still-there", "thanks"];

const at = (id) => document.getElementById(id);
const place = at("survey-place");

const configuration = await (await fetch(CONFIGURATION)).json();
const { survey: address, endpoint, languages = LANGUAGES, collectorKey, ...settings } = configuration;
const home = new URLSearchParams(location.search).get("lang") ?? languages[0];
const definition = await (await fetch(address)).text();
const engine = await startEngine();
const sealFault = await keyFault(collectorKey);
// Before the survey is there, since it begins to send.
if (collectorKey && !sealFault) await sealAll(collectorKey).catch(report);
const survey = makeSurvey();
const words = await Promise.all(languages.map((language) => fetch(`locales/${language}.json`).catch(() => undefined)));

/** The whole engine; builds for development have only that, in another folder. */
async function startEngine() {
  return engineIn("./wasm/whole/").catch(() => engineIn("./wasm/"));
}

async function engineIn(folder) {
  const wasm = await import(`${folder}askwell.js`);
  await wasm.default({ module_or_path: new URL(`${folder}askwell_bg.wasm`, import.meta.url) });
  useEngine(wasm);
  return wasm;
}

const now = () => {
  const wall = Date.now();
  const date = new Date(wall);
  return [wall, performance.now(), date.getHours() * 60 + date.getMinutes()];
};

let machine;
let isTight = false;
let looked;
const attachments = questionsOf(JSON.parse(definition)).filter(({ type }) => ["file", "signature"].includes(type));
let work = Promise.resolve();
let app;

function restart() {
  const own = device.sleep ? { sleep: device.sleep } : {};
  const known = Object.fromEntries(Object.entries(settings).filter(([name]) => !name.startsWith("$")));
  machine = new engine.Kiosk({ ...known, ...own }, device.tries ?? {}, ...now());
}

/** Tells the machine what happens, and does what it wants, one after the other. */
function tell(name, detail) {
  const effects = machine.handle(name, detail, ...now());
  for (const effect of effects) work = work.then(() => EFFECTS[effect.do](effect)).catch(report);
  return work;
}

function report(error) {
  console.error("Askwell kiosk:", error?.message ?? error);
}

// ── a response ──

function makeSurvey() {
  const element = document.createElement("askwell-survey");
  element.id = "kiosk";
  for (const [name, value] of Object.entries({ mode: "page", channel: "kiosk", endpoint, locale: home })) {
    element.setAttribute(name, value);
  }
  element.definition = definition;
  if (collectorKey) element.seal = (text) => sealSubmission(text, collectorKey);
  element.addEventListener("askwell-answered", () => tell("answered"));
  element.addEventListener("askwell-completed", () => tell("finished"));
  element.addEventListener("askwell-queued", () => tell("stored"));
  element.addEventListener("askwell-sent", () => {
    keep({ contact: Date.now() });
    tell("stored");
  });
  place.append(element);
  return element;
}

const EFFECTS = {
  show({ screen }) {
    show(screen);
  },
  async start({ locale, number }) {
    speak(locale);
    survey.device = {
      id: device.id, label: device.name ?? "", location: device.place ?? "", session: number,
      clockOffsetMs: device.clockOffsetMs ?? null, timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    };
    await looked;
    survey.attachments = !isTight;
    at("no-attachments").hidden = !isTight || !attachments.length;
    survey.context = {};
    survey.setAttribute("locale", locale);
    await survey.reset();
    guardInputs();
  },
  async "hand-in"({ reason }) {
    survey.device = { ...survey.device, end: reason };
    // The survey looks at what the page tells it when this is set.
    survey.context = survey.context;
    await Promise.race([survey.handIn(settings.partial === "submit"), pause(4000)]);
  },
  async wipe() {
    deepest()?.blur?.();
    getSelection()?.removeAllRanges();
    navigator.virtualKeyboard?.hide();
    await survey.reset();
    deepest()?.blur?.();
    survey.setAttribute("locale", home);
    speak(home);
    scrollTo(0, 0);
    for (const storage of [localStorage, sessionStorage]) {
      for (const name of Object.keys(storage)) if (name.startsWith("askwell.draft.")) storage.removeItem(name);
    }
    history.replaceState(null, "", location.pathname + location.search);
  },
  left({ seconds }) {
    for (const text of document.querySelectorAll("[data-seconds]")) {
      text.textContent = fill(respondentWords(document.documentElement.lang)[text.dataset.word], { seconds });
    }
  },
  "save-tries"({ wrong, last }) {
    keep({ tries: { wrong, last } });
  },
  async update() {
    await app?.exchange(() => ["attract", "asleep"].includes(document.body.dataset.showing));
  },
};

/** Every question, those in panels and entries too. */
function questionsOf(part) {
  if (part === null || typeof part !== "object") return [];
  const inside = Object.values(part).flatMap(questionsOf);
  return typeof part.type === "string" && typeof part.id === "string" ? [part, ...inside] : inside;
}

const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

function deepest() {
  let element = document.activeElement;
  while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
  return element;
}

/** Browsers and keyboards must not offer the next respondent what this one wrote. */
function guardInputs() {
  for (const input of survey.shadowRoot.querySelectorAll("input, textarea")) {
    if (input.getAttribute("autocomplete") === "off") continue;
    input.setAttribute("autocomplete", "off");
    input.setAttribute("autocorrect", "off");
    input.setAttribute("spellcheck", "false");
  }
}
new MutationObserver(guardInputs).observe(survey.shadowRoot, { childList: true, subtree: true });

// ── the screen ──

function speak(language) {
  document.documentElement.lang = language;
  const own = respondentWords(language);
  for (const element of document.querySelectorAll("[data-word]:not([data-seconds])")) {
    element.textContent = own[element.dataset.word];
  }
  const staff = staffWords(home);
  for (const element of document.querySelectorAll("[data-staff]")) element.textContent = staff[element.dataset.staff];
  for (const element of document.querySelectorAll("[data-staff-label]")) {
    element.setAttribute("aria-label", staff[element.dataset.staffLabel]);
  }
}

function show(screen) {
  document.body.dataset.showing = screen;
  const isOver = (name) => name === screen || (OVER_SURVEY.includes(screen) && name === "survey");
  for (const section of document.querySelectorAll("main [data-screen]")) {
    const isBar = section.classList.contains("bar-below");
    section.hidden = isBar ? section.dataset.screen !== screen : !isOver(section.dataset.screen);
  }
  toggle(at("still-there"), screen === "still-there");
  if (screen === "pin") openPin(staffWords(home), machine.lockedMs(Date.now()), tell);
  else if (screen === "staff") openStaff(staffWords(home), { survey, definition, collectorKey, faults: [...machine.faults(), ...(sealFault ? [sealFault] : [])], tell, onSaved: begin });
  else closeStaff();
  // Whoever uses a screen reader is told where they are.
  if (["attract", "asleep", "full"].includes(screen)) {
    document.querySelector(`main [data-screen=${screen}] h1`).focus({ preventScroll: true });
  }
  stayAwake(screen !== "asleep");
}

function toggle(dialog, isOpen) {
  if (isOpen && !dialog.open) dialog.showModal();
  if (!isOpen && dialog.open) dialog.close();
}

function drawInvitation() {
  for (const language of languages) {
    const { invite, name, begin } = respondentWords(language);
    const line = document.createElement("bdi");
    line.lang = language;
    line.textContent = invite;
    at("invitations").append(line);
    const button = document.createElement("button");
    button.type = "button";
    button.lang = language;
    const hint = document.createElement("small");
    hint.textContent = begin;
    button.append(name, hint);
    button.addEventListener("click", () => {
      if (document.documentElement.matches("[data-full]")) fillTheScreen();
      tell("begin", language);
    });
    at("languages").append(button);
  }
}

// ── what people do ──

const isText = (element) => element?.matches?.("textarea, input:not([type=radio], [type=checkbox], [type=range])") ?? false;
for (const kind of ["pointerdown", "keydown", "input", "wheel", "touchmove"]) {
  addEventListener(kind, () => tell("touched", isText(deepest())), { capture: true, passive: true });
}
addEventListener("contextmenu", (event) => event.preventDefault());
// The edge of a tablet swipes back, also out of an app on the home screen.
history.replaceState(null, "", location.href);
history.pushState(null, "", location.href);
addEventListener("popstate", () => history.pushState(null, "", location.href));

at("over").addEventListener("click", () => tell("next"));
at("next").addEventListener("click", () => tell("next"));
at("stay").addEventListener("click", () => tell("touched", false));
at("still-there").addEventListener("cancel", (event) => event.preventDefault());

let held;
const corner = at("corner");
corner.addEventListener("pointerdown", () => (held = setTimeout(() => tell("staff-asked"), HOLD_MS)));
for (const kind of ["pointerup", "pointerleave", "pointercancel"]) corner.addEventListener(kind, () => clearTimeout(held));
// A keyboard has no finger to hold.
corner.addEventListener("keydown", ({ key, repeat }) => key === "Enter" && !repeat && tell("staff-asked"));

// ── the beginning ──

function begin() {
  restart();
  show(machine.screen());
}

speak(home);
drawInvitation();
begin();
navigator.storage?.persist?.().catch(() => {});

async function lookAtRoom() {
  const found = await room();
  isTight = found.isTight;
  // What could not be sealed is taken from nobody, nor what needs a file where none are taken.
  tell("room", found.hasRoom && !sealFault && !(isTight && attachments.some((it) => it.required || it.requiredIf)));
}

setInterval(() => tell("tick"), 1000);
document.addEventListener("visibilitychange", () => tell("tick"));
setInterval(lookAtRoom, ROOM_EACH_MS);
survey.addEventListener("askwell-queued", lookAtRoom);
looked = lookAtRoom().catch(report);
askTheTime(CONFIGURATION);
addEventListener("online", () => askTheTime(CONFIGURATION));
app = await install(
  () => [
    "kiosk.html", ...performance.getEntriesByType("resource").map(({ name }) => name)
      .filter((name) => name.startsWith(new URL(".", location).href) && !name.includes("/v1/") && !name.includes("?")),
    ...words.filter((it) => it?.ok).map(({ url }) => url),
  ],
  () => tell("update-ready"),
).catch(report);
setInterval(() => {
  askTheTime(CONFIGURATION);
  app?.check();
}, UPDATE_EACH_MS);
