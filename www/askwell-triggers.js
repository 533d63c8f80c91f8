// When a survey is shown: host events, delay, scroll depth, exit intent and clicks, on the pages where it
// may be. Whether it may is asked again at the moment it would be shown; see askwell-rules.js.

import { configure as settle, isExcepted, mayShow, remember, settings } from "./askwell-rules.js";

/** How long what happened on one page may still show a survey on another. */
const HELD_MS = 30 * 60 * 1000;
const ROUTE_CHECK_MS = 1000;
const HELD = "askwell.held";

const watchers = new Set();
/** What host events brought, for surveys that come to the page after them. */
const happened = new Map();
let address = globalThis.location?.href;
let routeTimer;

/** How a survey behaves on this site; see `AskwellSettings` in askwell.d.ts. */
export function configure(options) {
  settle(options);
  if (options.dataLayer) listenTo(options.dataLayer);
  for (const watcher of watchers) watcher.offer();
}

/** Something happened, such as a finished booking: shows the surveys that wait for it. */
export function trigger(name, context) {
  const event = { context: plain(context), until: Date.now() + HELD_MS };
  happened.set(name, event);
  for (const watcher of watchers) watcher.happens(name, event);
}

/** For single-page apps whose routes change in a way that the browser does not tell. */
export function routeChanged() {
  address = location.href;
  for (const watcher of [...watchers]) watcher.arrive();
}

/**
 * Watches for one element. `shell.show(context)` shows it, `shell.offer(whether)` says whether its
 * button or tab is there. Returns what ends the watching.
 */
export function watch(host, shell) {
  const watcher = new Watcher(host, shell);
  if (!watchers.size) followRoutes(true);
  watchers.add(watcher);
  watcher.arrive(true);
  return {
    stop() {
      watchers.delete(watcher);
      watcher.stop();
      if (!watchers.size) followRoutes(false);
    },
  };
}

class Watcher {
  #host;
  #shell;
  #ended;
  #visit;
  #held;

  constructor(host, shell) {
    this.#host = host;
    this.#shell = shell;
    this.#ended = new AbortController();
    const tell = (name, note) => host.addEventListener(`askwell-${name}`, (event) => {
      if (event.target === host) remember(host, note(event));
    }, { signal: this.#ended.signal });
    tell("completed", () => ({ answered: Date.now() }));
    tell("closed", ({ detail }) => ({ dismissed: ["button", "escape"].includes(detail?.reason) }));
  }

  stop() {
    this.#visit?.abort();
    this.#ended.abort();
  }

  /** A page begins: what counts from its beginning counts anew. */
  arrive(atStart) {
    this.#visit?.abort();
    this.#visit = new AbortController();
    this.offer();
    const held = this.#takeHeld();
    if (held) this.#attempt({ ...held, elsewhere: true });
    for (const word of this.#words()) {
      const [kind, ...rest] = word.split(":");
      const begin = KINDS[kind];
      if (begin) begin(this, rest.join(":"), this.#visit.signal);
      else if (atStart) console.warn(`<askwell-survey>: there is no trigger "${word}"; known are ${Object.keys(KINDS).join(", ")}.`);
    }
  }

  async offer() {
    if (!this.#shell.launches) return;
    this.#shell.offer(await mayShow(this.#host, { asked: true }));
  }

  happens(name, event) {
    if (!this.#words().includes(`event:${name}`) || event.until < Date.now()) return;
    // Nobody is disturbed while paying: it comes once that is over.
    if (isExcepted(this.#host)) this.#held = event;
    else this.fire(event);
  }

  fire(reason = {}) {
    this.#attempt(reason);
  }

  /** Leaves it to the next page. */
  hold() {
    const held = { until: Date.now() + HELD_MS };
    this.#held = held;
    settings.session?.setItem(`${HELD}.${keyOf(this.#host)}`, JSON.stringify(held));
  }

  get host() {
    return this.#host;
  }

  #words() {
    const words = (this.#host.getAttribute("trigger") ?? "").split(/\s+/).filter(Boolean);
    return words.length || this.#shell.launches ? words : ["load"];
  }

  #takeHeld() {
    if (isExcepted(this.#host)) return undefined;
    const name = `${HELD}.${keyOf(this.#host)}`;
    const kept = this.#held ?? JSON.parse(settings.session?.getItem(name) ?? "null");
    this.#held = undefined;
    settings.session?.removeItem(name);
    return kept?.until > Date.now() ? kept : undefined;
  }

  async #attempt(reason) {
    const { signal } = this.#visit;
    await seen(signal);
    const may = await mayShow(this.#host, reason);
    if (!may || signal.aborted || !this.#host.isConnected || this.#host.hasAttribute("open")) return;
    if (!reason.asked) remember(this.#host, { shown: Date.now() });
    this.#shell.show(reason.context, reason.asked);
  }
}

const keyOf = (host) => host.id || host.getAttribute("src") || "";

/** What each word of the attribute `trigger` waits for, from when a page begins until it ends. */
const KINDS = {
  manual() {},
  load(watcher) {
    watcher.fire();
  },
  delay(watcher, seconds, signal) {
    const timer = setTimeout(() => watcher.fire(), Number(seconds) * 1000);
    signal.addEventListener("abort", () => clearTimeout(timer));
  },
  scroll(watcher, share, signal) {
    const look = () => {
      const { scrollTop, clientHeight, scrollHeight } = document.scrollingElement;
      if (((scrollTop + clientHeight) / scrollHeight) * 100 < Number(share)) return;
      document.removeEventListener("scroll", look);
      watcher.fire();
    };
    document.addEventListener("scroll", look, { passive: true, signal });
  },
  exit(watcher, _, signal) {
    // Without a pointer that could head for the address bar, leaving the page is the sign, and the
    // survey comes on the next one.
    if (matchMedia("(hover: none)").matches) {
      if (!isExcepted(watcher.host)) {
        addEventListener("pagehide", () => watcher.hold(), { signal });
        signal.addEventListener("abort", () => watcher.host.isConnected && watcher.hold());
      }
      return;
    }
    document.addEventListener("mouseout", (event) => {
      if (!event.relatedTarget && event.clientY <= 0) watcher.fire();
    }, { signal });
  },
  click(watcher, _, signal) {
    document.addEventListener("click", (event) => {
      const selector = watcher.host.getAttribute("target");
      // Through open shadow roots of the host page, too.
      const hit = selector && event.composedPath().some((node) => node.matches?.(selector));
      if (hit) watcher.fire({ asked: true });
    }, { signal, capture: true });
  },
  event(watcher, name, signal) {
    addEventListener(name, ({ detail }) => {
      const event = { context: plain(detail), until: Date.now() + HELD_MS };
      watcher.happens(name, event);
    }, { signal, capture: true });
    const earlier = happened.get(name);
    if (earlier && !earlier.told?.has(watcher.host)) {
      earlier.told = new WeakSet([watcher.host]);
      watcher.happens(name, earlier);
    }
  },
};

/** Waits until somebody looks at the page. */
function seen(signal) {
  if (document.visibilityState === "visible") return undefined;
  return new Promise((resolve) => {
    const look = () => document.visibilityState === "visible" && resolve();
    document.addEventListener("visibilitychange", look, { signal });
    signal.addEventListener("abort", resolve);
  });
}

/** Of what an event brings, the part that is data. */
function plain(context) {
  if (!context || typeof context !== "object") return undefined;
  const data = Object.entries(context).filter(([, value]) => ["string", "number", "boolean"].includes(typeof value));
  return Object.fromEntries(data);
}

/** Events that the page pushes onto the array of a tag manager, those before included. */
function listenTo(name) {
  const layer = (globalThis[name] ??= []);
  const take = (entry) => {
    if (typeof entry?.event !== "string") return;
    const { event, ...context } = entry;
    trigger(event, context);
  };
  if (layer.askwell) return;
  Object.defineProperty(layer, "askwell", { value: true });
  [...layer].forEach(take);
  const { push } = layer;
  layer.push = (...entries) => {
    const length = push.apply(layer, entries);
    entries.forEach(take);
    return length;
  };
}

function lookAtRoute() {
  if (location.href !== address) routeChanged();
}

/** By the Navigation API; where there is none, by the events there are and by looking now and then. */
function followRoutes(on) {
  const change = on ? "addEventListener" : "removeEventListener";
  clearInterval(routeTimer);
  if (globalThis.navigation?.addEventListener) {
    navigation[change]("currententrychange", lookAtRoute);
  } else {
    for (const event of ["popstate", "hashchange"]) globalThis[change](event, lookAtRoute);
    if (on) routeTimer = setInterval(lookAtRoute, ROUTE_CHECK_MS);
  }
  if (on) address = location.href;
}
