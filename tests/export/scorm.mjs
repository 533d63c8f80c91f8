// The SCORM adapter against scorm-again, a learning system in a box; prints nothing where all is well.
import assert from "node:assert/strict";
import { pathToFileURL } from "node:url";

const [adapter, packages] = process.argv.slice(2);
const system = `${packages}/node_modules/scorm-again/dist/esm/scorm-again.js`;
const { Scorm12API, Scorm2004API } = await import(pathToFileURL(system));
const { connect, findApi, suspended } = await import(pathToFileURL(adapter));

/** A survey element as far as the adapter knows one. */
class Survey extends EventTarget {
  tell(name, detail) {
    this.dispatchEvent(Object.assign(new Event(`askwell-${name}`), { detail }));
  }
}

const settings = { autocommit: false, logLevel: 5 };
const systems = {
  1.2: () => ({ API: new Scorm12API(settings) }),
  2004: () => ({ API_1484_11: new Scorm2004API(settings) }),
};

for (const [version, begin] of Object.entries(systems)) {
  const old = version === "1.2";
  const refused = [];
  const window = begin();
  const api = window.API ?? window.API_1484_11;
  const value = (name) => (old ? api.lmsGetValue(name) : api.lmsGetValue(name));
  const survey = new Survey();
  const inner = { parent: { parent: window } };
  assert.equal(findApi(inner).version, version);
  const connected = connect(survey, { window: inner, score: "knowledge", min: 0, max: 10, log: (m) => refused.push(m) });
  assert.equal(connected.version, version);

  survey.tell("answered", { question: "recommend", value: 9 });
  survey.tell("answered", { question: "why", value: "很棒\u{1F600}" });
  survey.tell("page", { page: 2, pages: 3, id: "p2" });
  const kept = value("cmi.suspend_data");
  assert.deepEqual(JSON.parse(kept).answers, { recommend: 9, why: "很棒\u{1F600}" });
  const again = new Survey();
  const resumed = connect(again, { window: inner, log: () => {} });
  assert.equal(again.prefill.recommend, 9);
  assert.ok(resumed);

  const answers = { recommend: 9, parts: { bus: 4, "the hotel": 5 }, why: "x".repeat(5000), spent: 12.5, liked: ["a", "b"] };
  survey.tell("completed", { submissionId: "1", status: "complete", answers, scores: { knowledge: { value: 7 } } });
  assert.equal(value(old ? "cmi.core.lesson_status" : "cmi.completion_status"), "completed");
  assert.equal(Number(value(old ? "cmi.core.score.raw" : "cmi.score.raw")), 70);
  if (!old) {
    assert.equal(Number(value("cmi.score.scaled")), 0.7);
    assert.equal(value("cmi.success_status"), "unknown");
  }
  assert.equal(Number(value("cmi.interactions._count")), 6);
  connected.end();
  connected.end();
  assert.deepEqual(refused, [], version);
}

// No more than SCORM 1.2 has room for, whatever is answered, and the shorter answers are kept.
const { json, left } = suspended({ a: "很".repeat(2000), b: 5, c: "y".repeat(3000) }, 4096);
assert.ok(Buffer.byteLength(json) <= 4096, String(json.length));
assert.deepEqual(JSON.parse(json).answers, { b: 5, c: "y".repeat(3000) });
assert.deepEqual(left, ["a"]);
assert.equal(connect(new Survey(), { window: {} }), null);
