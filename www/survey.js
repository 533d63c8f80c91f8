// The link page: survey.html#token=… opens what a signed link says; survey.html#src=…&lang=… opens
// any survey of this site. The part behind # never reaches a server's log, and it is taken out of
// the address bar at once, since it may name a person.
import { openLink } from "./link.js";
import { WORDS } from "./link-words.js";

const ONWARD_SECONDS = 8;
const KEYS = "link-keys.json";
// How long to wait for word whether a link is spent: the receiver looks again at the end.
const ASK_MS = 3000;
const KEPT = "askwell.link";

const survey = document.getElementById("survey");
const notice = document.getElementById("notice");

// A reload opens the same link again; another tab does not find it.
const kept = {
  get value() {
    try {
      return sessionStorage.getItem(KEPT);
    } catch {
      return null;
    }
  },
  set value(text) {
    try {
      if (text === null) sessionStorage.removeItem(KEPT);
      else sessionStorage.setItem(KEPT, text);
    } catch {}
  },
};

function takeFragment() {
  const given = location.hash.slice(1);
  if (given) {
    kept.value = given;
    history.replaceState(history.state, "", location.pathname + location.search);
  }
  return new URLSearchParams(given || kept.value || "");
}

let language = new URLSearchParams(location.search).get("lang") ?? navigator.language;

function words() {
  const tags = Object.keys(WORDS);
  const wanted = language.replace(/^zh-(TW|HK|MO)/, "zh-Hant").replace(/^zh(-(CN|SG))?$/, "zh-Hans");
  const same = (tag) => wanted === tag || wanted.startsWith(`${tag}-`);
  const tag = tags.find(same) ?? tags.find((tag) => tag === wanted.split("-")[0]) ?? "en";
  return { tag, ...WORDS[tag] };
}

/** Says why there is no survey, in the reader's language. */
function say(key, values = {}, action) {
  survey.hidden = true;
  const said = words();
  notice.lang = said.tag;
  const text = document.createElement("p");
  text.textContent = said[key].replace(/\{(\w+)\}/g, (_, name) => values[name]);
  notice.replaceChildren(text, ...(action ? [button(said.again, action)] : []));
  notice.dataset.reason = key;
  notice.hidden = false;
}

function button(label, press) {
  const made = document.createElement("button");
  made.type = "button";
  made.textContent = label;
  made.addEventListener("click", press);
  return made;
}

/** The end of a link in the zone in which it was meant. */
function moment(seconds, zone) {
  const options = { dateStyle: "long", timeStyle: "short" };
  const date = new Date(seconds * 1000);
  try {
    return `${date.toLocaleString(words().tag, { ...options, timeZone: zone })} (UTC${zone})`;
  } catch {
    // Browsers before 2024 know no zones by their distance from UTC.
    return date.toLocaleString(words().tag, options);
  }
}

const spent = {
  has: (id) => {
    try {
      return localStorage.getItem(`${KEPT}.${id}`) !== null;
    } catch {
      return false;
    }
  },
  add: (id) => {
    try {
      localStorage.setItem(`${KEPT}.${id}`, "");
    } catch {}
  },
};

/** Asks the receiver, who knows of other devices. Without an answer the survey opens. */
async function isUsed(token, link) {
  if (!link.jti) return false;
  if (spent.has(link.jti)) return true;
  try {
    const response = await fetch(survey.dataset.links, {
      method: "POST",
      headers: { "content-type": "text/plain" },
      body: token,
      credentials: "omit",
      signal: AbortSignal.timeout(ASK_MS),
    });
    return (await response.json()).status === "link-used";
  } catch {
    return false;
  }
}

/** Answers beside the token, as in a mail with one link for each: they are filled in, never sent. */
function prefilled(fragment) {
  const answers = {};
  for (const [name, text] of fragment) {
    if (!name.startsWith("prefill.")) continue;
    try {
      answers[name.slice(8)] = JSON.parse(text);
    } catch {
      answers[name.slice(8)] = text;
    }
  }
  return answers;
}

/** Where a survey may lead on to after its end: here, where the site's owner listed, and where a signed link says. */
function mayLeadTo(signed) {
  const listed = document.querySelector("meta[name=askwell-origins]").content.split(/\s+/).filter(Boolean);
  const back = signed && URL.canParse(signed) ? [new URL(signed).origin] : [];
  survey.redirects = [location.origin, ...listed, ...back];
}

/** Opens a definition of this site: a link must not show a stranger's questions under its name. */
function show(source, tag) {
  const address = source && URL.canParse(source, document.baseURI) && new URL(source, document.baseURI);
  if (!address || address.origin !== location.origin) return say("missing");
  if (tag) {
    survey.dataset.ownLanguage = "";
    survey.setAttribute("locale", tag);
  }
  notice.hidden = true;
  survey.hidden = false;
  survey.setAttribute("src", address.href);
}

async function openToken(token, fragment) {
  let keys;
  try {
    const response = await fetch(KEYS, { cache: "no-cache" });
    keys = response.ok ? await response.json() : { keys: [] };
  } catch {
    return say("offline", {}, () => openToken(token, fragment));
  }
  const { link, refusal } = await openLink(token, keys, Date.now());
  language = link?.lang ?? language;
  if (refusal === "expired") return say("expired", { when: moment(link.exp, link.zone ?? "+00:00") });
  if (refusal) return say(refusal);
  if (await isUsed(token, link)) return say("used");
  mayLeadTo(link.return);
  const answers = { ...link.prefill, ...prefilled(fragment) };
  // Filling in takes the larger engine.
  if (Object.keys(answers).length > 0) survey.prefill = answers;
  survey.context = {
    ...link.context,
    ...(link.booking !== undefined && { booking: link.booking }),
    link: token,
  };
  let safe = false;
  const arrived = () => {
    if (safe) return;
    safe = true;
    if (link.jti) spent.add(link.jti);
    kept.value = null;
    if (link.return) leadOnward(link.return);
  };
  survey.addEventListener("askwell-queued", arrived);
  survey.addEventListener("askwell-sent", arrived);
  show(link.src ?? `instruments/${link.survey}.json`, link.lang);
}

/** Leads back to where the link says. It was signed, so nobody else chose the place. */
function leadOnward(address) {
  if (!URL.canParse(address)) return;
  const target = new URL(address);
  if (target.protocol !== "https:" && target.origin !== location.origin && target.hostname !== "localhost") return;
  const said = words();
  const text = document.createElement("p");
  const go = document.createElement("a");
  go.href = target.href;
  go.rel = "noreferrer";
  go.textContent = said.go;
  let left = ONWARD_SECONDS;
  const tell = () => {
    text.textContent = said.onward.replace("{host}", target.host).replace("{seconds}", left);
  };
  const timer = setInterval(() => {
    left -= 1;
    if (left > 0) return tell();
    clearInterval(timer);
    location.assign(target.href);
  }, 1000);
  const stay = button(said.stay, () => {
    clearInterval(timer);
    text.remove();
    stay.remove();
  });
  tell();
  notice.lang = said.tag;
  notice.replaceChildren(text, go, stay);
  notice.dataset.reason = "onward";
  notice.hidden = false;
}

// Another link in the same tab.
addEventListener("hashchange", () => location.hash.length > 1 && location.reload());

const fragment = takeFragment();
const token = fragment.get("token");
language = fragment.get("lang") ?? language;
if (token) openToken(token, fragment);
else {
  mayLeadTo();
  show(fragment.get("src"), fragment.get("lang"));
}
