// The development file as data: what is kept, how it is read back, and in which order things stand.

const FORMAT = "askwell-development";

/** From a finished self-assessment. */
export function create(survey, { submissionId, answers, scores }) {
  const { code = "", revision = "", date = revision } = survey.framework ?? {};
  return {
    [FORMAT]: 1,
    survey: { id: survey.id, version: survey.version },
    framework: { code, revision, date },
    submissionId,
    ratedOn: new Date().toISOString().slice(0, 10),
    answers,
    scores,
    statements: {},
    actions: [],
  };
}

/** A file that was saved before; nothing where it is none for this survey. */
export function parse(text, survey) {
  let file;
  try {
    file = JSON.parse(text);
  } catch {
    return null;
  }
  const isObject = (value) => value !== null && typeof value === "object" && !Array.isArray(value);
  const sound = isObject(file) && file[FORMAT] === 1 && file.survey?.id === survey.id
    && [file.answers, file.scores, file.statements, file.framework].every(isObject)
    && Array.isArray(file.actions) && file.actions.every(isObject);
  return sound ? file : null;
}

/** Every statement with its question, its levels and what the person added, in the order of the survey. */
export function statements(file, survey) {
  const questions = new Map(survey.pages.flatMap((page) => page.questions.map((question) => [question.id, question])));
  const rows = new Map();
  for (const entry of survey.scoring ?? []) {
    for (const [id, level] of Object.entries(file.scores[entry.id]?.items ?? {})) {
      const question = questions.get(id);
      if (question && !rows.has(id)) {
        const own = (file.statements[id] ??= { importance: level.importance ?? 3, evidence: "", reflection: "" });
        rows.set(id, { id, question, own, ...level });
      }
    }
  }
  return [...questions.keys()].flatMap((id) => rows.get(id) ?? []);
}

/** At or above what is required, the clearest first. */
export function strengths(rows) {
  return rows.filter((row) => row.gap !== null && row.gap <= 0).sort((a, b) => a.gap - b.gap || b.rated - a.rated);
}

/** Below what is required, by importance × gap. */
export function gaps(rows) {
  const lacking = rows.filter((row) => row.gap !== null && row.gap > 0);
  return lacking.sort((a, b) => priority(b) - priority(a) || b.gap - a.gap);
}

export const priority = (row) => row.own.importance * row.gap;

/** How many years ago a day, month or year was, by calendar years. */
export const age = (date) => new Date().getFullYear() - Number.parseInt(date, 10);
