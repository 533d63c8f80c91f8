// What survey-core needs for the same surveys, answers and expressions as `peer.rs`.
//
// In: {"surveys": [{"document", "runs"}], "expression", "values"}.
// Out: {"surveys": [{"load", "set"}], "evaluate"}, each in seconds, the median of its batches.
// ASKWELL_JUDGE names a folder where `npm install survey-core@3.1` was run.

import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import { join } from "node:path";

const require = createRequire(join(process.env.ASKWELL_JUDGE, "judge.cjs"));
const { ConditionRunner, Model } = require("survey-core");
console.warn = () => {};

const { surveys, expression, values } = JSON.parse(readFileSync(0, "utf8"));

// Many short batches: other work on the machine then falls into few of them.
function seconds(batches, runs, run) {
  const warmUp = batches >> 2;
  const found = [];
  for (let batch = 0; batch < warmUp + batches; batch++) {
    const started = process.hrtime.bigint();
    for (let index = 0; index < runs; index++) run();
    found.push(Number(process.hrtime.bigint() - started) / 1e9 / runs);
  }
  return found.slice(warmUp).sort((a, b) => a - b)[batches >> 1];
}

const found = surveys.map(({ document, runs }) => {
  const load = seconds(15, runs, () => new Model(JSON.parse(document)));
  const model = new Model(JSON.parse(document));
  const last = model.getAllQuestions().at(-1);
  let low = false;
  const set = seconds(101, runs, () => {
    low = !low;
    model.setValue("q0", low ? 3 : 9);
    // The same question is shown and hidden as here, or the comparison means nothing.
    if (last.isVisible !== low) throw new Error("the last question does not follow the first");
  });
  return { load, set };
});

const runner = new ConditionRunner(expression);
if (runner.runValues(values) !== true) throw new Error("the expression does not hold");
const evaluate = seconds(501, 200, () => runner.runValues(values));

process.stdout.write(JSON.stringify({ surveys: found, evaluate }));
