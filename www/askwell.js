// Askwell's loader: defines <askwell-survey> and fetches the WebAssembly once one is about to be seen.
// Types, events and properties are described in askwell.d.ts.

const TAG = "askwell-survey";
// A survey this far below the screen is fetched ahead, so that it is there when scrolled to.
const AHEAD = "400px";
const UNAVAILABLE = {
  en: ["The survey could not be loaded.", "Try again"],
  zh: ["問卷無法載入。", "再試一次"],
};

// On a server there are no elements: importing this file there does nothing.
const Base = globalThis.HTMLElement ?? class {};

// What the smaller engine leaves out. A survey that names any of it gets the whole one.
const RARE = /"(autoAdvanceAllowComplete|autoAdvanceEnabled|block|cellType|cells|checkErrorsMode|choiceTextsFromQuestion|choiceValuesFromQuestion|choicesByUrl|choicesEnableIf|choicesFromQuestion|choicesFromQuestionMode|choicesMax|choicesMin|choicesOrder|choicesStep|choicesVisibleIf|clearIfInvisible|clearInvisibleValues|colSpan|columnOrder|columnsVisibleIf|commentPlaceholder|commentText|composite|correct-answers|customer-effort|dataList|date|defaultValueExpression|dropdown|eachRowUnique|expectation-performance|file|firstPageIsStartPage|functions|hideIfChoicesEmpty|hideIfRowsEmpty|image|imageLink|importance-performance|level-gap|maskSettings|maskType|pageOrder|points|previewMode|questionOrder|questionsOnPageMode|randomizeCategory|ranking|redirectOnCondition|repeat|resetValueIf|rowOrder|rowsEnableIf|rowsVisibleIf|scaleColorMode|screenOuts|selectAllText|service-dimensions|setValueExpression|setValueIf|showCommentArea|showPreviewBeforeComplete|showSelectAllItem|showTOC|showTimer|signature|slider|star-rating|startWithNewLine|state|subscale|sus|t-score|table|text-list|textOnCondition|tidyAnswers|timeLimit|timeLimitEssential|timeLimitPerPage|triggers|validators|valueName)"|\b(age|avgInArray|countInArray|currentDate|currentYear|dateAdd|dateDiff|day|diffDays|displayValue|getComment|getDate|getYear|isContainerReady|isDisplayMode|maxInArray|minInArray|month|propertyValue|sumInArray|today|weekday|year)\(/;
const COMMON = "./wasm/";
const WHOLE = "./wasm/whole/";
// Words of Askwell's own, for languages that the engine does not bring along.
const WORDS = new URL("./locales/", import.meta.url).href;

const engines = {};
let attempts = 0;

function startEngine(folder) {
  engines[folder] ??= loadEngine(folder).catch((error) => {
    engines[folder] = undefined;
    // Builds for development have one engine only, and it is whole.
    if (folder === WHOLE) return startEngine(COMMON);
    throw error;
  });
  return engines[folder];
}

/** For pages that bundle the WebAssembly themselves: its module, or a promise of it. */
export function useEngine(module) {
  engines[COMMON] = engines[WHOLE] = Promise.resolve(module);
}

async function loadEngine(folder) {
  // Browsers remember that a module failed; another address lets a second attempt through.
  const again = attempts++ ? `?${attempts}` : "";
  const wasm = await import(`${folder}askwell.js${again}`);
  await wasm.default({ module_or_path: new URL(`${folder}askwell_bg.wasm`, import.meta.url) });
  return wasm;
}

class AskwellSurvey extends Base {
  static observedAttributes = ["src", "endpoint", "locale", "mode", "channel", "share-answers"];

  #root = this.attachShadow({ mode: "open" });
  #definition;
  #context = {};
  #view;
  #snapshot;
  #observer;
  #run = 0;
  #mounting;
  #shell;

  constructor() {
    super();
    this.#standBy();
  }

  connectedCallback() {
    // A page may have set properties before this class was there to receive them.
    for (const name of ["definition", "context"]) {
      if (Object.hasOwn(this, name)) {
        const value = this[name];
        delete this[name];
        this[name] = value;
      }
    }
    this.#begin();
  }

  disconnectedCallback() {
    // An element that is moved is connected again before this runs, and keeps its state as it is.
    queueMicrotask(() => this.isConnected || this.adoptedCallback());
  }

  // Says that moveBefore() needs no disconnecting.
  connectedMoveCallback() {}

  // Style sheets do not follow an element into another document.
  adoptedCallback() {
    this.#shell?.leave();
    this.#leave();
  }

  attributeChangedCallback(name, before, now) {
    if (before === now || !this.isConnected) return;
    if (name === "mode") this.#begin();
    else if (name === "src") this.#restart();
    else if (name === "locale") this.#view?.setLocale(this.#locale());
    else this.#view?.configure(this.#options());
  }

  get definition() {
    return this.#definition;
  }

  set definition(definition) {
    this.#definition = definition;
    this.#restart();
  }

  get context() {
    return this.#context;
  }

  set context(context) {
    this.#context = context ?? {};
    this.#view?.configure(this.#options());
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

  handIn(whole) {
    return this.#call("handIn", whole);
  }

  flush() {
    return this.#call("flush");
  }

  async open() {
    await (this.#shell ?? (await this.#begin(true)))?.open();
  }

  async close() {
    this.#shell?.close();
  }

  async #begin(opens) {
    const mode = this.getAttribute("mode") ?? "inline";
    if (opens || this.hasAttribute("trigger") || !/^(inline|page)$/.test(mode)) {
      const modes = await import("./askwell-modes.js").catch((error) => this.#fail(error));
      if (!modes) return;
      this.#shell ??= new modes.Shell(this, {
        root: this.#root,
        locale: () => this.#locale(),
        show: () => this.#view || this.#mount(),
        emit: (name, detail) => this.#emit(name, detail),
      });
      if (this.isConnected) await this.#shell.update();
    } else {
      this.#shell?.leave();
      if (!this.#view) this.#watch(() => this.#mount(), AHEAD);
    }
    return this.#shell;
  }

  async #call(method, ...given) {
    if (!this.#view) await this.#mount();
    return this.#view?.[method]?.(...given);
  }

  #standBy(...content) {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(
      ":host{display:block;min-height:12rem}:host([trigger]:not([open])),:host([mode]:not([mode=inline],[mode=page])){display:none}button{font:inherit;min-height:44px;padding:0 1rem}",
    );
    this.#root.adoptedStyleSheets = [sheet];
    // What the page wrote inside the element stands in until the survey is there.
    this.#show(document.createElement("slot"), ...content);
  }

  #show(...content) {
    (this.#shell?.place ?? this.#root).replaceChildren(...content);
    this.#shell?.dress();
  }

  #watch(seen, rootMargin) {
    this.#observer?.disconnect();
    if (!globalThis.IntersectionObserver) return seen();
    this.#observer = new IntersectionObserver((entries, observer) => {
      if (entries.some((entry) => entry.isIntersecting)) {
        observer.disconnect();
        seen();
      }
    }, { rootMargin });
    this.#observer.observe(this.#shell?.place ?? this);
  }

  #mount() {
    this.#mounting ??= this.#load().finally(() => (this.#mounting = undefined));
    return this.#mounting;
  }

  async #load() {
    if (this.#definition == null && !this.hasAttribute("src")) return;
    const run = this.#run;
    try {
      if (this.hasAttribute("frame")) {
        return this.#present(run, {}, await import("./askwell-frame.js"));
      }
      const given = await this.#readDefinition();
      const rare = given.failure || this.functions || this.prefill || this.seal
        || (this.redirects && given.definition.includes('"redirect'))
        || "[{".includes(this.getAttribute("endpoint")?.[0]) || RARE.test(given.definition);
      // What the smaller engine cannot show, the whole one does, or says why.
      await this.#start(run, given, rare ? WHOLE : COMMON).catch((error) => {
        if (error !== "unsound") throw error;
        return this.#start(run, given, WHOLE);
      });
    } catch (error) {
      this.#fail(error);
    }
  }

  async #start(run, given, engine) {
    return this.#present(run, given, await startEngine(engine));
  }

  #present(run, given, engine) {
    if (run !== this.#run) return this.#load();
    if (!this.isConnected) return;
    this.#show();
    const options = { ...this.#options(), ...given, words: WORDS, snapshot: this.#snapshot };
    this.#view = engine.mount(this.#root, options, (name, detail) => this.#emit(name, detail));
    this.#shell?.dress();
    this.#snapshot = undefined;
    this.#watch(() => this.#emit("shown", {}));
  }

  async #readDefinition() {
    if (this.#definition != null) {
      const given = this.#definition;
      return { definition: typeof given === "string" ? given : JSON.stringify(given) };
    }
    try {
      const response = await fetch(new URL(this.getAttribute("src"), document.baseURI));
      if (!response.ok) return { failure: `${response.status} ${response.statusText}`.trim() };
      return { definition: await response.text() };
    } catch (error) {
      return { failure: String(error?.message ?? error) };
    }
  }

  #options() {
    return {
      endpoint: this.getAttribute("endpoint") ?? undefined,
      locale: this.#locale(),
      channel: this.getAttribute("channel") ?? "embed",
      shareAnswers: this.hasAttribute("share-answers"),
      name: this.id,
      context: this.#context,
      functions: this.functions,
      prefill: this.prefill,
      device: this.device,
      deliver: this.deliver,
      seal: this.seal,
      attachments: this.attachments,
      redirects: this.redirects,
    };
  }

  #locale() {
    return this.getAttribute("locale") || this.closest("[lang]")?.lang || navigator.language || "en";
  }

  #restart() {
    this.#run++;
    this.#leave();
    this.#snapshot = undefined;
    if (this.isConnected) this.#begin();
  }

  #leave() {
    this.#observer?.disconnect();
    if (!this.#view) return;
    this.#snapshot = this.#view.snapshot();
    this.#view.unmount();
    this.#view = undefined;
    this.#standBy();
  }

  #fail(error) {
    const language = this.#locale().startsWith("zh") ? "zh" : "en";
    const [text, again] = UNAVAILABLE[language];
    const message = document.createElement("p");
    message.setAttribute("role", "alert");
    message.textContent = text;
    const button = document.createElement("button");
    button.textContent = again;
    button.addEventListener("click", () => this.#mount());
    this.#standBy(message, button);
    this.#emit("error", { kind: "not-loaded", message: String(error?.message ?? error) });
  }

  #emit(name, detail) {
    const event = new CustomEvent(`askwell-${name}`, { bubbles: true, composed: true, detail });
    this.dispatchEvent(event);
  }
}

// A page may load Askwell twice: the first one stays.
if (globalThis.customElements && !customElements.get(TAG)) customElements.define(TAG, AskwellSurvey);

const triggers = (call) => import("./askwell-triggers.js").then(call);

export const configure = (settings) => triggers((it) => it.configure(settings));
export const trigger = (name, context) => triggers((it) => it.trigger(name, context));
export const routeChanged = () => triggers((it) => it.routeChanged());

export { AskwellSurvey };
