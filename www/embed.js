// The inside of the iframe: a survey that is told what to show by the page around it, and tells it what
// happens. Speaks to one origin only, which it was given and which this site lists, and hears no other.

const SOURCE = "askwell";
const VERSION = 1;
const EVENTS = [
  "ready", "shown", "started", "answered", "page", "completed", "queued", "sent", "failed", "error",
];
const METHODS = ["next", "previous", "complete", "reset", "flush"];

const survey = document.getElementById("survey");
const given = new URLSearchParams(location.hash.slice(1));
const host = given.get("host") ?? "";
const instanceId = given.get("instance") ?? "";
const listed = document.querySelector("meta[name=askwell-hosts]").content.split(/\s+/);
const isFramed = parent !== window && /^https?:\/\/[^/]+$/.test(host);
const isListed = host === location.origin || listed.includes(host);

function say(type, payload) {
  parent.postMessage({ source: SOURCE, version: VERSION, type, instanceId, payload }, host);
}

/** Surveys and endpoints of this site only: a page must not have this site ask or send anything else. */
function ours(address) {
  if (typeof address !== "string" || !URL.canParse(address, document.baseURI)) return undefined;
  const url = new URL(address, document.baseURI);
  return url.origin === location.origin ? url.href : undefined;
}

function take({ definition, src, endpoint, locale, channel, shareAnswers, context, name, theme }) {
  document.documentElement.dataset.theme = theme === "light" || theme === "dark" ? theme : "auto";
  const attributes = {
    endpoint: ours(endpoint), locale, theme, channel, id: name || "survey",
    "share-answers": shareAnswers ? "" : undefined,
  };
  for (const [attribute, value] of Object.entries(attributes)) {
    if (value === undefined) survey.removeAttribute(attribute);
    else survey.setAttribute(attribute, String(value));
  }
  survey.context = context ?? {};
  const source = definition === undefined ? ours(src) : undefined;
  if (definition !== undefined && JSON.stringify(survey.definition) !== JSON.stringify(definition)) {
    survey.definition = definition;
  }
  if (source && survey.getAttribute("src") !== source) survey.setAttribute("src", source);
  if (src !== undefined && definition === undefined && !source) {
    say("error", { kind: "not-loaded", message: `${location.origin} shows surveys of its own only` });
  }
}

function hear({ data, origin, source }) {
  if (origin !== host || source !== parent) return;
  if (data?.source !== SOURCE || data.version !== VERSION || data.instanceId !== instanceId) return;
  const { type, payload } = data;
  if (type === "options") take(payload ?? {});
  if (type === "call" && METHODS.includes(payload?.method)) {
    survey[payload.method]().then((value) => say("result", { call: payload.call, value }));
  }
}

function begin() {
  for (const name of EVENTS) {
    survey.addEventListener(`askwell-${name}`, ({ detail }) => {
      // Browsers give a frame of another site a storage of its own, and may clear it sooner.
      const storage = host === location.origin ? "shared" : "partitioned";
      say(name, name === "ready" ? { ...detail, storage } : detail);
    });
  }
  new ResizeObserver(([{ borderBoxSize }]) => {
    say("resized", { height: borderBoxSize[0].blockSize });
  }).observe(document.querySelector("main"));
  addEventListener("message", hear);
  say("hello", {});
}

if (!isFramed) {
  survey.remove();
  document.getElementById("alone").hidden = false;
} else if (!isListed) {
  survey.remove();
  say("refused", {});
} else {
  begin();
}
