// What a survey stands in where it is not simply part of the page: a dialog, a panel that slides in, a
// banner, a tab or a button, or the whole page. Fetched by askwell.js only where such a mode or a
// trigger is asked for.

import { LOOKS } from "./askwell-modes-looks.js";
import { words } from "./askwell-modes-words.js";

const INLINE = ["inline", "page"];
const LAUNCHED = ["tab", "button"];
const FLOATING = ["dialog", "slide-in", "banner"];
const MODES = [...INLINE, ...FLOATING, ...LAUNCHED];
const PLACES = { dialog: "center", banner: "bottom", "slide-in": "bottom-end", button: "bottom-end", tab: "end" };
const SVG = "http://www.w3.org/2000/svg";
const CROSS = "M5 5l10 10M15 5L5 15";
const BUBBLE = "M3 4h14v10H9l-4 3v-3H3z";

let looks;

function sheet() {
  if (!looks) {
    looks = new CSSStyleSheet();
    looks.replaceSync(LOOKS);
  }
  return looks;
}

function make(tag, attributes, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== undefined) element.setAttribute(name, value);
  }
  element.append(...children);
  return element;
}

function icon(path) {
  const drawing = document.createElementNS(SVG, "svg");
  const line = document.createElementNS(SVG, "path");
  for (const [name, value] of [["viewBox", "0 0 20 20"], ["aria-hidden", "true"]]) drawing.setAttribute(name, value);
  line.setAttribute("d", path);
  drawing.append(line);
  return drawing;
}

/** The element that has the focus, through open shadow roots. */
function focused() {
  let element = document.activeElement;
  while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
  return element;
}

/**
 * What stands around one `<askwell-survey>`.
 *
 * `inside` is what only the element itself can reach: its shadow `root`, its `locale()`, `show()` to
 * fetch and show the survey, and `emit(name, detail)`.
 */
export class Shell {
  #host;
  #inside;
  #mode;
  #panel;
  #launcher;
  #close;
  #announcer;
  #triggers;
  #before;
  #open = false;

  constructor(host, inside) {
    this.#host = host;
    this.#inside = inside;
    this.body = make("div", { class: "body" });
    this.body.append(...inside.root.childNodes);
  }

  /** Where the survey stands, while there is a shell. */
  get place() {
    return this.#mode && this.body;
  }

  /** Takes the element's attributes as they are now. */
  async update() {
    const mode = this.#readMode();
    if (mode !== this.#mode) this.#build(mode);
    this.dress();
    this.#place();
    const launches = LAUNCHED.includes(mode);
    // Nothing is watched for a button that is always there.
    const hasRules = this.#host.getAttributeNames().some((name) => RULES.includes(name));
    if (launches && !hasRules) return this.#offer(true);
    if (INLINE.includes(mode) && !this.#host.hasAttribute("trigger")) return this.open();
    const { watch } = await import("./askwell-triggers.js");
    if (!this.#host.isConnected || this.#mode !== mode) return;
    this.#triggers?.stop();
    this.#triggers = watch(this.#host, {
      launches,
      offer: (offered) => this.#offer(offered),
      show: (context, asked) => this.open({ context, asked }),
    });
  }

  /** The survey was mounted into the shadow root, or its place holder was: it belongs into the body. */
  dress() {
    if (!this.#mode) return;
    const { root } = this.#inside;
    if (!root.adoptedStyleSheets.includes(sheet())) root.adoptedStyleSheets.push(sheet());
    for (const node of [...root.childNodes]) {
      if (![this.#panel, this.#launcher, this.#announcer].includes(node)) this.body.append(node);
    }
    this.#name();
  }

  /** Shows the survey; `asked` says that the respondent wanted it. */
  open({ asked, context } = {}) {
    if (context) this.#host.context = { ...this.#host.context, ...context };
    if (this.#open) return;
    this.#open = true;
    this.#host.toggleAttribute("open", true);
    this.#before = focused();
    this.#raise();
    if (asked) this.#panel.focus({ preventScroll: true });
    else if (this.#panel.popover) this.#announcer.textContent = words(this.#inside.locale()).opened;
    return this.#inside.show();
  }

  /** Hides it. Answers stay, in the page and in the draft on the device. */
  close(reason = "script") {
    if (!this.#open) return;
    const within = this.#panel.contains(this.#inside.root.activeElement);
    this.#open = false;
    this.#host.toggleAttribute("open", false);
    this.#announcer.textContent = "";
    this.#launcher?.setAttribute("aria-expanded", "false");
    if (this.#panel.localName === "dialog") this.#panel.close();
    else this.#panel.hidePopover?.();
    // Whoever was inside goes back to where they were; nobody else is moved.
    const back = this.#launcher?.checkVisibility?.() ? this.#launcher : this.#before;
    if (within && back?.isConnected) back.focus({ preventScroll: true });
    this.#inside.emit("closed", { reason });
  }

  /** Takes the shell away; what was in it stands in the shadow root again. */
  leave() {
    if (!this.#mode) return;
    this.#triggers?.stop();
    this.#triggers = undefined;
    this.#open = false;
    this.#host.toggleAttribute("open", false);
    if (this.#panel.open) this.#panel.close();
    for (const part of [this.#panel, this.#launcher, this.#announcer]) part?.remove();
    this.#inside.root.append(...this.body.childNodes);
    const sheets = this.#inside.root.adoptedStyleSheets;
    this.#inside.root.adoptedStyleSheets = sheets.filter((it) => it !== looks);
    this.#mode = undefined;
  }

  #readMode() {
    const mode = this.#host.getAttribute("mode") ?? "inline";
    if (MODES.includes(mode)) return mode;
    console.warn(`<askwell-survey>: there is no mode "${mode}"; known are ${MODES.join(", ")}. Shown inline.`);
    return "inline";
  }

  #build(mode) {
    if (this.#mode) {
      this.#panel.remove();
      this.#launcher?.remove();
      this.#announcer.remove();
    }
    this.#mode = mode;
    const wasOpen = this.#open;
    this.#open = false;
    const isModal = mode === "dialog" || (mode === "page" && this.#host.hasAttribute("trigger"));
    const inPlace = INLINE.includes(mode) && !isModal;
    const kind = `panel ${inPlace ? "in-place" : mode}`;
    this.#close = make("button", { class: "close", part: "close", type: "button" }, icon(CROSS));
    this.#close.addEventListener("click", () => this.close("button"));
    this.#panel = isModal
      ? make("dialog", { class: kind, part: "panel", tabindex: "-1" })
      : make("div", inPlace
        ? { class: kind }
        : { class: kind, part: "panel", role: "dialog", popover: "manual", tabindex: "-1" });
    this.#panel.append(...(inPlace ? [] : [this.#close]), this.body);
    this.#panel.addEventListener("keydown", (event) => this.#key(event, inPlace));
    this.#panel.addEventListener("focusin", ({ relatedTarget }) => {
      // Whoever comes in by the keyboard goes back to where they came from.
      if (relatedTarget && !this.#panel.contains(relatedTarget)) this.#before = relatedTarget;
    });
    this.#panel.addEventListener("cancel", (event) => {
      // A file chooser that is given up within the survey bubbles the same event.
      if (event.target !== this.#panel) return;
      event.preventDefault();
      this.close("escape");
    });
    this.#announcer = make("div", { class: "announcer", role: "status" });
    this.#launcher = LAUNCHED.includes(mode) ? this.#makeLauncher(mode) : undefined;
    this.#inside.root.prepend(this.#announcer, ...(this.#launcher ? [this.#launcher] : []), this.#panel);
    if (wasOpen) this.open();
  }

  #makeLauncher(mode) {
    const launcher = make("button", {
      class: `launcher ${mode}`, part: "launcher", type: "button", popover: "manual", hidden: "",
      "aria-haspopup": "dialog", "aria-expanded": "false",
    });
    launcher.addEventListener("click", () => {
      if (this.#open) this.close("button");
      else this.open({ asked: true });
    });
    return launcher;
  }

  /** With rules, a tab or a button is there only where they hold. */
  #offer(offered) {
    if (!this.#launcher?.isConnected) return;
    this.#launcher.hidden = !offered;
    if (this.#launcher.popover && offered !== this.#launcher.matches(":popover-open")) {
      if (offered) this.#launcher.showPopover();
      else this.#launcher.hidePopover();
    }
    if (!offered) this.close("rules");
  }

  /** Into the top layer, which an element leaves when it is moved. */
  #raise() {
    this.#launcher?.setAttribute("aria-expanded", "true");
    if (this.#panel.localName === "dialog") {
      if (this.#panel.open && !this.#panel.matches(":modal")) this.#panel.removeAttribute("open");
      if (!this.#panel.open) this.#panel.showModal();
      // Else the first thing read out would be the button that closes.
      this.#panel.focus();
    } else if (this.#panel.popover && !this.#panel.matches(":popover-open")) {
      this.#panel.showPopover();
    }
  }

  #place() {
    const right = getComputedStyle(document.documentElement).direction === "rtl" ? "left" : "right";
    const left = right === "right" ? "left" : "right";
    const place = this.#host.getAttribute("placement") ?? PLACES[this.#mode] ?? "";
    for (const part of [this.#panel, this.#launcher]) {
      if (part) part.dataset.place = place.replace("end", right).replace("start", left);
    }
    if (this.#open) {
      this.#raise();
      this.#inside.show();
    }
    this.#name();
  }

  #name() {
    const own = words(this.#inside.locale());
    const label = this.#host.getAttribute("label");
    const title = this.body.querySelector("[part~=survey]")?.getAttribute("aria-label");
    this.#panel.lang = own.language;
    this.#panel.setAttribute("aria-label", title || label || own.label);
    this.#close.setAttribute("aria-label", own.close);
    this.#launcher?.replaceChildren(icon(BUBBLE), make("span", {}, label || own.label));
  }

  #key(event, inPlace) {
    if (event.key !== "Escape" || inPlace) return;
    event.stopPropagation();
    // An unfolded list of choices is closed first.
    if (event.composedPath()[0].getAttribute?.("aria-expanded") === "true") event.preventDefault();
    else if (this.#panel.localName !== "dialog") this.close("escape");
  }
}

/** Attributes that say when a survey is shown. */
export const RULES = [
  "trigger", "target", "pages", "except", "sample", "sample-salt", "recontact-days", "show-limit", "until",
];
