// The survey in an iframe, for pages that cannot allow WebAssembly: stands in for the engine where the
// element has the attribute `frame`, the address of an embed.html. Page and frame talk by versioned
// messages { source, version, type, instanceId, payload }, each to the other's origin alone.

const SOURCE = "askwell";
const VERSION = 1;
/** A frame that says nothing for so long was refused, or is no embed.html. */
const PATIENCE_MS = 20000;
const EVENTS = [
  "ready", "shown", "started", "answered", "page", "completed", "queued", "sent", "failed", "error",
];

/** Shows the frame in a shadow root; the same contract as the engine's `mount`. */
export function mount(root, options, emit) {
  return new Framed(root, options, emit);
}

class Framed {
  #host;
  #emit;
  #options;
  #frame = document.createElement("iframe");
  #origin;
  #id = crypto.randomUUID?.() ?? String(Math.random()).slice(2);
  #calls = new Map();
  #greeted;
  #ended = new AbortController();

  constructor(root, options, emit) {
    this.#host = root.host;
    this.#emit = emit;
    this.#options = options;
    const address = new URL(this.#host.getAttribute("frame") || new URL("embed.html", import.meta.url), document.baseURI);
    this.#origin = address.origin;
    address.hash = new URLSearchParams({ host: location.origin, instance: this.#id });
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(":host{display:block}iframe{display:block;width:100%;height:320px;border:0;color-scheme:inherit}");
    root.adoptedStyleSheets = [sheet];
    this.#frame.title = this.#host.getAttribute("label") ?? "Askwell";
    this.#frame.referrerPolicy = "no-referrer";
    this.#frame.setAttribute("sandbox", "allow-scripts allow-same-origin allow-forms allow-modals allow-downloads allow-popups allow-popups-to-escape-sandbox");
    this.#frame.src = address.href;
    addEventListener("message", (event) => this.#hear(event), { signal: this.#ended.signal });
    this.#greeted = setTimeout(() => this.#fail(), PATIENCE_MS);
    root.append(this.#frame);
  }

  next() {
    return this.#call("next");
  }

  previous() {
    return this.#call("previous");
  }

  complete() {
    return this.#call("complete");
  }

  reset() {
    return this.#call("reset");
  }

  flush() {
    return this.#call("flush");
  }

  setLocale(locale) {
    this.configure({ ...this.#options, locale });
  }

  configure(options) {
    this.#options = options;
    this.#say("options", this.#given());
  }

  /** Answers never leave the frame for the page; it keeps a draft of its own. */
  snapshot() {
    return undefined;
  }

  unmount() {
    clearTimeout(this.#greeted);
    this.#ended.abort();
    this.#frame.remove();
    for (const resolve of this.#calls.values()) resolve(undefined);
  }

  #given() {
    const { endpoint, locale, channel, shareAnswers, context, name } = this.#options;
    const { definition } = this.#host;
    const src = this.#host.getAttribute("src") ?? undefined;
    const theme = this.#host.getAttribute("theme") ?? "auto";
    return { definition, src, endpoint, locale, channel, shareAnswers, context, name, theme };
  }

  #call(method) {
    const call = crypto.randomUUID?.() ?? String(Math.random());
    return new Promise((resolve) => {
      this.#calls.set(call, resolve);
      this.#say("call", { method, call });
    });
  }

  #say(type, payload) {
    const message = { source: SOURCE, version: VERSION, type, instanceId: this.#id, payload };
    this.#frame.contentWindow?.postMessage(message, this.#origin);
  }

  #hear({ data, origin, source }) {
    if (origin !== this.#origin || source !== this.#frame.contentWindow) return;
    if (data?.source !== SOURCE || data.version !== VERSION || data.instanceId !== this.#id) return;
    const { type, payload } = data;
    if (type === "hello") {
      clearTimeout(this.#greeted);
      this.#say("options", this.#given());
    } else if (type === "resized") {
      const height = Number(payload?.height);
      if (height > 0 && height < 100000) this.#frame.style.height = `${Math.ceil(height)}px`;
    } else if (type === "result") {
      this.#calls.get(payload?.call)?.(payload.value);
      this.#calls.delete(payload?.call);
    } else if (type === "refused") {
      this.#fail(`${this.#origin} does not list ${location.origin} among the pages that may embed its surveys`);
    } else if (EVENTS.includes(type)) {
      if (type === "ready" && payload.title) this.#frame.title = payload.title;
      this.#emit(type, payload);
    }
  }

  #fail(message = `No survey answered from ${this.#origin}`) {
    clearTimeout(this.#greeted);
    this.#emit("error", { kind: "not-loaded", message });
  }
}
