/** What `<askwell-survey>` looks like to TypeScript. */

/** A figure computed on the respondent's device; `value` is null where it is undefined. */
export interface AskwellScore {
  value: number | null;
  /** How many items were answered. */
  n: number;
  /** How many could have been. */
  of: number;
  /** Why there is no value. */
  reason?: string;
  category?: string;
  rated?: number | null;
  required?: number | null;
  items?: Record<string, { rated: number | null; required: number | null; gap: number | null }>;
}

export interface AskwellEventDetails {
  /** The survey is there and can be answered. */
  "askwell-ready": {
    survey: string;
    version: string;
    submissionId: string;
    /** In a frame: `partitioned` where browsers keep its storage apart from that site's own. */
    storage?: "shared" | "partitioned";
  };
  /** It came into sight for the first time. */
  "askwell-shown": Record<string, never>;
  /** The first answer was given. */
  "askwell-started": { submissionId: string };
  /** An answer changed. `value` is there only with the attribute `share-answers`. */
  "askwell-answered": { question: string; value?: unknown };
  /** Another page is shown; both count from 1. */
  "askwell-page": { page: number; pages: number; id: string };
  /** The last page was finished. `answers` is there only with the attribute `share-answers`. */
  "askwell-completed": {
    submissionId: string;
    status: "complete" | "screened-out" | "quota-full" | "timed-out";
    answers?: Record<string, unknown>;
    scores?: Record<string, AskwellScore>;
  };
  /** The submission is kept safe on this device. */
  "askwell-queued": { submissionId: string };
  /** The endpoint has acknowledged it. */
  "askwell-sent": { submissionId: string };
  /** An attempt failed; `final` where it will not be repeated by itself. Nothing is lost. */
  "askwell-failed": { submissionId: string; state: string; final: boolean };
  /** A survey that floats above the page was closed. Its answers stay, in the page and on the device. */
  "askwell-closed": {
    /** The button or Escape, a script, or a page on which it may not be. */
    reason: "button" | "escape" | "script" | "rules";
  };
  /** It cannot be shown. */
  "askwell-error": { kind: "not-loaded" | "definition" | "endpoint"; message: string };
}

/** Every event bubbles and crosses shadow roots. */
export type AskwellEvents = { [Name in keyof AskwellEventDetails]: CustomEvent<AskwellEventDetails[Name]> };

/**
 * Attributes: `src` (address of a definition), `endpoint` (where submissions go: an address, or a configuration as JSON, see docs/endpoints.md),
 * `locale` (BCP 47; the nearest `lang` where absent), `theme` (`auto`, `light`, `dark`),
 * `channel` (`embed`, `link`, `kiosk`), `share-answers`;
 *
 * `frame` (address of an embed.html that stands in where WebAssembly is not allowed);
 *
 * where it stands: `mode` (`inline`, `page`, `dialog`, `slide-in`, `banner`, `tab`, `button`),
 * `placement` (`bottom-end`, `bottom-start`, `top-end`, `top-start`, `start`, `end`, `top`, `bottom`),
 * `label` (of the tab or button);
 *
 * when it is shown: `trigger` (`load`, `manual`, `delay:10`, `scroll:50`, `exit`, `click`,
 * `event:name`; several with spaces between), `target` (a selector, for `click`), `pages` and `except`
 * (addresses with `*`), `sample` (percent), `sample-salt`, `recontact-days`, `show-limit`, `until`.
 * docs/embedding.md says what each does.
 */
export class AskwellSurvey extends HTMLElement {
  /** A survey definition as object or JSON text; takes the place of `src`. */
  definition: object | string | undefined;
  /** What the page knows, such as a booking number; travels with the submission. */
  context: Record<string, unknown>;
  /**
   * Answers to begin with, by question id; a draft that the respondent left goes before. They are
   * never submitted by themselves. Taken when the survey is loaded.
   */
  prefill?: Record<string, unknown>;
  /**
   * Delivers submissions to an endpoint of the format `callback`: resolves once it has one, with
   * `false` where it never will; what rejects is tried again. The same id may come twice.
   */
  deliver?: (submission: Record<string, unknown>) => Promise<unknown>;
  /**
   * Seals each submission before it is kept on the device: takes it as JSON text and gives a promise
   * of its sealed form, which is sent too. What cannot be sealed is sent at once and kept nowhere.
   * Taken when the first submission is made.
   */
  seal?: (submission: string) => Promise<string>;
  /**
   * Functions that expressions of the survey may call by these names: plain values in, a plain
   * value out, at once. Taken when the survey is loaded; what throws gives null. A receiver takes
   * such a survey only if the definition lists their names in `functions`.
   */
  functions?: Record<string, (...values: unknown[]) => unknown>;
  /** Asked each time before it comes up by itself, at that moment; false keeps it away. */
  eligible?: () => boolean | Promise<boolean>;
  /**
   * The origins, as `https://www.example.com`, that the survey may lead on to after its end; any, where
   * absent. Taken when the survey is loaded.
   */
  redirects?: string[];
  /** False where no files and signatures are taken, as on a device that fills up; taken with `context`. */
  attachments?: boolean;
  /** Which device it is, where people share one; travels with the submission. */
  device?: Record<string, string | number | boolean | null>;
  /**
   * Hands in what somebody answered who will not go on: as finished where `whole` asks for it and
   * nothing required is missing, else with the status `partial`.
   */
  handIn(whole?: boolean): Promise<void>;
  /** Shows it, in whatever mode. */
  open(): Promise<void>;
  /** Hides it again; answers stay. */
  close(): Promise<void>;
  /** To the next page; false where an answer is still missing. */
  next(): Promise<boolean>;
  /** To the page before; false on the first page. */
  previous(): Promise<boolean>;
  /** Finishes the survey; false where an answer is still missing. */
  complete(): Promise<boolean>;
  /** Forgets the answers and begins a new response. */
  reset(): Promise<void>;
  /** Tries now to send whatever is still kept on this device. */
  flush(): Promise<void>;

  addEventListener<Name extends keyof AskwellEvents>(
    type: Name,
    listener: (this: AskwellSurvey, event: AskwellEvents[Name]) => void,
    options?: boolean | AddEventListenerOptions,
  ): void;
  addEventListener<Name extends keyof HTMLElementEventMap>(
    type: Name,
    listener: (this: AskwellSurvey, event: HTMLElementEventMap[Name]) => void,
    options?: boolean | AddEventListenerOptions,
  ): void;
  addEventListener(
    type: string,
    listener: EventListenerOrEventListenerObject,
    options?: boolean | AddEventListenerOptions,
  ): void;
}

/** For pages that bundle the WebAssembly themselves: its module, or a promise of it. */
export function useEngine(module: object | Promise<object>): void;

/** How surveys behave on this site; what is left out stays as it was. */
export interface AskwellSettings {
  /**
   * Where Askwell may remember which surveys a visitor has seen. Only what the visitor has agreed to;
   * with `none`, the default, it is forgotten with the page.
   */
  storage?: "none" | "session" | "local";
  /** Days between two surveys that come up by themselves, whichever they are. */
  recontactDays?: number;
  /** How many surveys may come up by themselves until the page is left. */
  visitLimit?: number;
  /** Addresses, with `*`, where none may come up by itself, such as the checkout. Wins over all else. */
  except?: string[];
  /** A lasting name for this visitor, which sampling goes by in place of a random one. */
  visitor?: string;
  /** The name of a tag manager's array, such as `dataLayer`: its events are taken for triggers. */
  dataLayer?: string;
}

export function configure(settings: AskwellSettings): Promise<void>;

/** Something happened, such as a finished booking: shows the surveys with `trigger="event:name"`. */
export function trigger(name: string, context?: Record<string, string | number | boolean>): Promise<void>;

/** For single-page apps whose routes change in a way that the browser does not tell. */
export function routeChanged(): Promise<void>;

declare global {
  interface HTMLElementTagNameMap {
    "askwell-survey": AskwellSurvey;
  }
  interface DocumentEventMap extends AskwellEvents {}
}
