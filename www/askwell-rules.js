// Whether a survey may be shown here, now, to this visitor. What has to be remembered for that stays in
// this page's memory unless the host grants storage.

const KEY = "askwell.visits";
const DAY_MS = 24 * 60 * 60 * 1000;
const STORES = { none: () => undefined, session: () => sessionStorage, local: () => localStorage };
const KNOWN = ["storage", "recontactDays", "visitLimit", "except", "visitor", "dataLayer"];

/** What the host decided; `store` and `session` are there only as far as it grants storage. */
export const settings = { except: [], recontactDays: 0, visitLimit: Infinity, store: undefined, session: undefined };

let memory = { surveys: {} };
/** How many surveys have come up by themselves since the page was loaded. */
let visits = 0;

export function configure(options) {
  const unknown = Object.keys(options).filter((name) => !KNOWN.includes(name));
  if (unknown.length) console.warn(`Askwell: there is no setting ${unknown.join(", ")}; known are ${KNOWN.join(", ")}.`);
  for (const name of ["except", "recontactDays", "visitLimit", "visitor"]) {
    if (options[name] !== undefined) settings[name] = options[name];
  }
  if (options.storage !== undefined) grant(options.storage);
}

/** Takes what is remembered over into the storage that is granted now, or out of it. */
function grant(storage) {
  if (!(storage in STORES)) console.warn(`Askwell: there is no storage "${storage}"; known are ${Object.keys(STORES).join(", ")}.`);
  const now = usable(STORES[storage] ?? STORES.none);
  const before = settings.store;
  if (before && before !== now) before.removeItem(KEY);
  settings.store = now;
  settings.session = now && usable(STORES.session);
  // What an earlier visit was given stays: nothing is drawn twice.
  const kept = now && read(now);
  if (kept) memory = { ...memory, ...kept, surveys: { ...memory.surveys, ...kept.surveys } };
  write();
}

/** Storage that is blocked or full counts as none. */
function usable(store) {
  try {
    const it = store();
    it?.setItem(`${KEY}.probe`, "");
    it?.removeItem(`${KEY}.probe`);
    return it;
  } catch {
    return undefined;
  }
}

function read(store) {
  try {
    return JSON.parse(store.getItem(KEY));
  } catch {
    return undefined;
  }
}

function write() {
  try {
    settings.store?.setItem(KEY, JSON.stringify(memory));
  } catch {
    // Full: what is remembered lasts as long as the page.
  }
}

const keyOf = (host) => host.id || host.getAttribute("src") || "";

/** Notes that it was shown, answered or closed. */
export function remember(host, { shown, answered, dismissed }) {
  // Another tab may have noted something since.
  const kept = settings.store && read(settings.store);
  if (kept?.surveys) memory.surveys = { ...memory.surveys, ...kept.surveys };
  const survey = { ...memory.surveys[keyOf(host)] };
  if (shown) {
    survey.shown = (survey.shown ?? 0) + 1;
    survey.last = shown;
    visits++;
  }
  if (answered) survey.answered = answered;
  if (dismissed) closed.add(host);
  memory.surveys[keyOf(host)] = survey;
  write();
}

/** Surveys that somebody closed in this visit do not come up by themselves again. */
const closed = new WeakSet();

/** Whether an address is on a list of patterns, in which `*` stands for anything. */
export function matches(patterns, { pathname, search, hash, href } = location) {
  const list = typeof patterns === "string" ? patterns.split(/[\s,]+/).filter(Boolean) : patterns;
  return list.some((pattern) => {
    const escaped = pattern.split("*").map((part) => part.replace(/[.+?^${}()|[\]\\]/g, "\\$&"));
    const whole = /^[a-z][a-z0-9+.-]*:/i.test(pattern);
    const part = pathname + (pattern.includes("?") ? search : "") + (pattern.includes("#") ? hash : "");
    return new RegExp(`^${escaped.join(".*")}$`).test(whole ? href : part);
  });
}

/** Whether no survey may disturb here, as while paying. Wins over everything else. */
export function isExcepted(host) {
  return matches(settings.except) || matches(host.getAttribute("except") ?? "");
}

/**
 * Whether it may be shown now. Someone who asks for it by a button is not counted, and what was left to
 * this page by another need not be on its own pages.
 */
export async function mayShow(host, { asked, elsewhere }) {
  const pages = host.getAttribute("pages");
  if (isExcepted(host) || (pages && !elsewhere && !matches(pages))) return false;
  if (!isSampled(host)) return false;
  if (!asked && !isDue(host)) return false;
  try {
    if (host.eligible && !(await host.eligible())) return false;
  } catch (error) {
    console.warn("Askwell: eligible() failed, so the survey is not shown.", error);
    return false;
  }
  return true;
}

function isDue(host) {
  const survey = memory.surveys[keyOf(host)] ?? {};
  const limit = Number(host.getAttribute("show-limit") ?? Infinity);
  const days = Number(host.getAttribute("recontact-days") ?? settings.recontactDays);
  const last = Math.max(0, ...Object.values(memory.surveys).map((it) => Math.max(it.last ?? 0, it.answered ?? 0)));
  if (closed.has(host) || visits >= settings.visitLimit || (survey.shown ?? 0) >= limit) return false;
  if (host.getAttribute("until") !== "never" && survey.answered) return false;
  // A clock that was set back must not silence a survey for years.
  const since = Date.now() - last;
  return !last || since >= days * DAY_MS || since < 0;
}

/** The share of visitors that are asked: drawn once for each visitor and survey. */
export function isSampled(host) {
  const share = Number(host.getAttribute("sample") ?? 100);
  if (share >= 100) return true;
  return draw(`${visitor()}\n${keyOf(host)}\n${host.getAttribute("sample-salt") ?? ""}`) * 100 < share;
}

function visitor() {
  if (settings.visitor) return settings.visitor;
  if (!memory.visitor) {
    memory.visitor = [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16)).join("-");
    write();
  }
  return memory.visitor;
}

/** FNV-1a, stirred as in MurmurHash3 so that texts that differ in one letter lie far apart: from 0 up to 1. */
export function draw(text) {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(text)) hash = Math.imul(hash ^ byte, 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return ((hash ^ (hash >>> 16)) >>> 0) / 2 ** 32;
}
