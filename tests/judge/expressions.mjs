// Evaluates expressions with survey-core, the peer that the language follows.
//
// Lines in: {"expression", "values", "condition"?}. Lines out: {"value"}, or {"error"} where
// survey-core cannot parse the expression or throws. ASKWELL_JUDGE names a folder where
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
const { ConditionRunner, ExpressionRunner } = require("survey-core");
console.warn = () => {};

const plain = (value) => {
  if (value === undefined || (typeof value === "number" && !isFinite(value))) return null;
  if (value instanceof RealDate) return isNaN(value) ? null : value.toISOString();
  if (Array.isArray(value)) return value.map(plain);
  return value;
};

for await (const line of createInterface({ input: process.stdin })) {
  const { expression, values, condition } = JSON.parse(line);
  let answer;
  try {
    const runner = condition ? new ConditionRunner(expression) : new ExpressionRunner(expression);
    answer = runner.canRun() ? { value: plain(runner.runValues(values)) } : { error: "syntax" };
  } catch (error) {
    answer = { error: String(error) };
  }
  process.stdout.write(JSON.stringify(answer) + "\n");
}
