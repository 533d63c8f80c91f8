// A host page in TypeScript: what it may write, and after each `@ts-expect-error` what it may not.

import { AskwellSurvey, configure, routeChanged, trigger, useEngine } from "../../www/askwell.js";
import type { AskwellEventDetails, AskwellScore } from "../../www/askwell.js";

const survey = document.querySelector("askwell-survey");
if (survey) {
  survey.definition = { askwell: 1, id: "s", pages: [] };
  survey.definition = "{}";
  survey.context = { booking: "B-1", nights: 3 };
  survey.functions = { double: (value) => Number(value) * 2 };
  // @ts-expect-error A context is an object.
  survey.context = "B-1";
  // @ts-expect-error There is no such method.
  survey.finish();

  survey.addEventListener("askwell-completed", (event) => {
    const score: AskwellScore | undefined = event.detail.scores?.nps;
    const value: number | null | undefined = score?.value;
    // @ts-expect-error A score may have no value.
    const certain: number = score?.value;
    console.log(event.detail.submissionId.length, value, certain);
  });
  survey.addEventListener("askwell-page", function (event) {
    const left: number = event.detail.pages - event.detail.page;
    console.log(left, this.context);
  });
  survey.addEventListener("click", (event) => console.log(event.clientX));
  survey.addEventListener("askwell-answered", (event) => {
    // @ts-expect-error Answers are unknown values.
    const text: string = event.detail.value;
    console.log(event.detail.question, text);
  });
}

// Every event bubbles to the page.
document.addEventListener("askwell-error", (event) => {
  const kind: "not-loaded" | "definition" | "endpoint" = event.detail.kind;
  console.log(kind, event.detail.message);
});

const made: AskwellSurvey = document.createElement("askwell-survey");
const went: Promise<boolean> = made.next();
void Promise.all([went, made.previous(), made.complete(), made.reset(), made.flush()]);
made.setAttribute("src", "survey.json");

useEngine(fetch("askwell_bg.wasm"));
// @ts-expect-error An address is no module.
useEngine("askwell_bg.wasm");

made.eligible = () => navigator.onLine;
void Promise.all([made.open(), made.close(), routeChanged()]);
void configure({ storage: "local", recontactDays: 90, except: ["/checkout*"] });
void trigger("booking_completed", { booking: "B-1", nights: 3 });
// @ts-expect-error There is no such storage.
void configure({ storage: "cookie" });
// @ts-expect-error A context holds plain values.
void trigger("booking_completed", { guests: [] });

const names: (keyof AskwellEventDetails)[] = [
  "askwell-ready",
  "askwell-shown",
  "askwell-started",
  "askwell-answered",
  "askwell-page",
  "askwell-completed",
  "askwell-queued",
  "askwell-sent",
  "askwell-failed",
  "askwell-closed",
  "askwell-error",
];
// @ts-expect-error There is no such event.
names.push("askwell-opened");
