// The page of reports: files that are dropped here are read on this device and go nowhere.
import init, { Reporter } from "./wasm/report/askwell.js";

// So many milliseconds are counted before the page may do something else. A row of a table, or a survey that
// has to be answered once more, takes longer than a line: pieces are as large as take some 4 ms.
const TURN = 12;
const [LEAST, MOST, LONG] = [1024, 32 * 1024, 4];

const say = (zh, en) => (document.documentElement.lang === "en" ? en : zh);
const find = (id) => document.getElementById(id);
const engine = init({ module_or_path: "./wasm/report/askwell_bg.wasm" });
const place = find("report");
let files = [];
let reading = 0;
let reporter = null;

/** Lets the page do what it has to do, then goes on. */
function breath() {
  return new Promise((resolve) => {
    const channel = new MessageChannel();
    channel.port1.onmessage = () => {
      channel.port1.close();
      resolve();
    };
    channel.port2.postMessage(null);
  });
}

function tell(zh, en) {
  find("status").textContent = say(zh, en);
}

/** The definition: among the files, or on this site under the id that the first submission names. */
async function definition() {
  for (const file of files) {
    if (!/\.json$/i.test(file.name)) continue;
    const text = await file.text();
    if (/"pages"/.test(text) && /"askwell"/.test(text)) return { text, file };
  }
  const first = files.find((file) => !/\.json$/i.test(file.name)) ?? files[0];
  const start = await first.slice(0, 64 * 1024).text();
  const id = start.match(/"survey"\s*:\s*\{[^{}]*?"id"\s*:\s*"([\w.-]+)"/)?.[1] ?? start.split(/\r?\n/)[1]?.split(",")[1];
  if (id && /^[\w.-]+$/.test(id)) {
    const reply = await fetch(`instruments/${id}.json`);
    if (reply.ok) return { text: await reply.text() };
  }
  return null;
}

function settings() {
  return JSON.stringify({
    locale: document.documentElement.lang,
    minimum: Math.max(1, Number(find("minimum").value) || 5),
    wave: find("wave").value,
    where: find("where").value.split(/[;\n]/).map((text) => text.trim()).filter(Boolean),
  });
}

async function report() {
  if (!files.length) return;
  const turn = ++reading;
  find("actions").hidden = true;
  place.replaceChildren();
  place.setAttribute("aria-busy", "true");
  try {
    await engine;
    const survey = await definition();
    if (!survey) {
      tell("找不到這份問卷的定義。請把問卷定義檔（JSON）一起放進來。", "The definition of this survey is not known here. Drop the survey's JSON file along with the answers.");
      return;
    }
    const made = new Reporter(survey.text, settings());
    const answers = files.filter((file) => file !== survey.file);
    const whole = answers.reduce((sum, file) => sum + file.size, 0);
    let read = 0;
    let piece = LEAST;
    for (const file of answers) {
      const stream = file.stream().getReader();
      let since = performance.now();
      for (;;) {
        const { done, value } = await stream.read();
        if (turn !== reading) return void made.free();
        if (done) break;
        for (let at = 0; at < value.length; ) {
          const start = performance.now();
          made.read(value.subarray(at, at + piece));
          at += piece;
          const now = performance.now();
          piece = now - start > LONG ? Math.max(LEAST, piece / 2) : Math.min(MOST, piece * 2);
          if (now - since < TURN) continue;
          const percent = Math.min(100, Math.round((100 * (read + at)) / whole));
          tell(`讀取中：${percent} %`, `Reading: ${percent} %`);
          find("progress").value = percent;
          await breath();
          if (turn !== reading) return void made.free();
          since = performance.now();
        }
        read += value.length;
      }
      made.end_file();
      await breath();
    }
    find("progress").value = 100;
    made.find_drivers();
    await breath();
    const parts = made.finish();
    const article = document.createElement("article");
    article.className = "report";
    article.lang = document.documentElement.lang;
    place.replaceChildren(article);
    for (let at = 0; at < parts; at += 1) {
      await breath();
      if (turn !== reading) return void made.free();
      article.append(build(JSON.parse(made.part(at))));
    }
    reporter?.free();
    reporter = made;
    find("actions").hidden = false;
    tell("報告完成。資料只在這台裝置上處理，沒有傳送到任何地方。", "The report is ready. Everything stayed on this device.");
  } catch (error) {
    tell(`無法產生報告：${error.message}`, `There is no report: ${error.message}`);
  } finally {
    if (turn === reading) place.removeAttribute("aria-busy");
  }
}

/** Elements from `[tag, [name, value, …], child, …]`; text stays text. */
function build(node, drawn = false) {
  if (typeof node === "string") return document.createTextNode(node);
  const [tag, attributes, ...children] = node;
  const draws = drawn || tag === "svg";
  const element = draws ? document.createElementNS("http://www.w3.org/2000/svg", tag) : document.createElement(tag);
  for (let at = 0; at < attributes.length; at += 2) element.setAttribute(attributes[at], attributes[at + 1]);
  for (const child of children) element.append(build(child, draws));
  return element;
}

function take(list) {
  files = [...list];
  if (!files.length) return;
  find("chosen").textContent = files.map((file) => file.name).join(", ");
  report();
}

function save(format) {
  const types = { html: "text/html", csv: "text/csv", json: "application/json" };
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([reporter.file(format)], { type: types[format] }));
  link.download = `report.${format}`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

find("files").addEventListener("change", (event) => take(event.target.files));
for (const id of ["minimum", "wave", "where"]) find(id).addEventListener("change", report);
for (const button of document.querySelectorAll("[data-save]")) {
  button.addEventListener("click", () => save(button.dataset.save));
}
find("print").addEventListener("click", () => print());

const drop = find("drop");
for (const kind of ["dragenter", "dragover"]) {
  addEventListener(kind, (event) => {
    event.preventDefault();
    drop.classList.add("over");
  });
}
addEventListener("dragleave", (event) => {
  if (!event.relatedTarget) drop.classList.remove("over");
});
addEventListener("drop", (event) => {
  event.preventDefault();
  drop.classList.remove("over");
  take(event.dataTransfer.files);
});
/** An option holds text alone, so its two languages cannot stand beside each other as they do elsewhere. */
function nameWaves() {
  for (const option of find("wave").options) {
    option.dataset.zh ??= option.textContent;
    option.textContent = say(option.dataset.zh, option.dataset.en);
  }
}

nameWaves();
// The report is in the language of the page.
new MutationObserver(() => {
  nameWaves();
  report();
}).observe(document.documentElement, { attributeFilter: ["lang"] });
