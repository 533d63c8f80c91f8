// Drives surveys with survey-core, as a respondent would.
//
// Lines in: {"survey", "steps"}, the steps as `askwell run` takes them. Lines out: a list of states,
// the first before all steps, or {"error"}. ASKWELL_JUDGE names a folder where
// `npm install survey-core@3.1` was run, ASKWELL_NOW the time in milliseconds, TZ the time zone.

import { createRequire } from "node:module";
import { createInterface } from "node:readline";
import { join } from "node:path";

const now = Number(process.env.ASKWELL_NOW ?? Date.now());
const RealDate = Date;
globalThis.Date = class extends RealDate {
  constructor(...parts) {
    super(...(parts.length ? parts : [now]));
  }
  static now() {
    return now;
  }
};
const require = createRequire(join(process.env.ASKWELL_JUDGE, "judge.cjs"));
const { SurveyModel } = require("survey-core");
for (const level of ["warn", "error", "log"]) console[level] = () => {};

const commentSuffix = "-comment";

const errorsOf = (question) => {
  const found = question.errors.map((error) => error.getErrorType());
  const nested = question.getAllErrors().length > found.length;
  return { kinds: found, nested };
};

// Rows are made when they are shown, those in the entries that are shown too.
const show = (questions) => {
  for (const question of questions) {
    question.visibleRows;
    for (const panel of question.visiblePanels ?? []) show(panel.questions);
  }
};

const state = (survey, complete) => {
  show(survey.currentPage?.questions ?? []);
  const questions = survey.getAllQuestions().filter((question) => question.isVisibleInSurvey);
  const named = (has) => questions.filter(has).map((question) => question.name);
  const issues = {};
  for (const question of questions) {
    const { kinds, nested } = errorsOf(question);
    if (kinds.length || nested) issues[question.name] = kinds;
  }
  return {
    page: survey.currentPage?.name ?? null,
    pages: survey.visiblePages.map((page) => page.name),
    visible: named(() => true),
    required: named((question) => question.isRequired),
    readOnly: named((question) => question.isReadOnly),
    answers: JSON.parse(JSON.stringify(survey.data)),
    issues,
    complete,
  };
};

const set = (survey, answers) => {
  // In the order of the survey, comments after the answers that they belong to.
  for (const question of survey.getAllQuestions()) {
    const name = question.name;
    if (name in answers) {
      if (answers[name] === null) question.clearValue();
      else question.value = answers[name];
    }
    if (name + commentSuffix in answers) question.comment = answers[name + commentSuffix] ?? "";
  }
};

const drive = ({ survey: json, steps }) => {
  const survey = new SurveyModel(json);
  let complete = false;
  const states = [state(survey, complete)];
  for (const step of steps) {
    if (complete) {
      // Nothing changes any more.
    } else if (step.set) {
      set(survey, step.set);
    } else if (step.previous) {
      survey.prevPage();
    } else if (survey.canBeCompletedByTrigger) {
      // The button says "Complete" now, and what lies behind this page does not count.
      survey.completeLastPage();
    } else if (step.next) {
      survey.nextPage();
    } else if (step.complete) {
      // It goes to the page of the first error.
      if (survey.validate(true, false, undefined, true)) survey.doComplete();
    }
    // Whatever was to be looked at has been rendered by now.
    survey.focusingQuestionInfo = undefined;
    complete = survey.state === "completed";
    states.push(state(survey, complete));
  }
  return states;
};

for await (const line of createInterface({ input: process.stdin })) {
  let answer;
  try {
    answer = drive(JSON.parse(line));
  } catch (error) {
    answer = { error: String(error.stack) };
  }
  process.stdout.write(JSON.stringify(answer) + "\n");
}
