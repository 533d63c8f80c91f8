// The doctor's page: tries an endpoint from this very page, under this page's policy and origin, and
// says which of policy, preflight, status and copies fails, and how to mend it. What it sends is a
// made-up submission to a survey that nobody has.

const WORDS = {
  en: {
    fine: "Fine",
    mend: "To mend",
    open: "Look after this",
    address: "This is no address of an endpoint.",
    mixed: ["This page is https, the endpoint http: browsers block that.", "Serve the endpoint with https."],
    policy: ["The page's policy forbids it ({directive}).", "Add {origin} to connect-src of the page's Content-Security-Policy."],
    policyFine: "The page's policy lets it send.",
    unreachable: ["Nothing answers.", "Is the address right, and the endpoint up?"],
    preflight: [
      "The endpoint is there, but does not let pages of {here} read its answer.",
      "Answer OPTIONS with 204, access-control-allow-origin: {here} and access-control-allow-headers: content-type, idempotency-key, and send access-control-allow-origin with the answer to POST too.",
    ],
    simple: "As text/plain it works: use the format “text”.",
    preflightFine: "Pages of {here} may send and read the answer.",
    redirect: ["It leads to another address.", "Name the address that it leads to: widgets follow no redirect."],
    statusFine: "It answers with {status}: delivered.",
    askwell: "An Askwell receiver, which keeps the test aside.",
    retry: ["It answers with {status}: widgets would try again, for ever.", "Answer with 2xx once a submission is stored."],
    permission: ["It answers with {status}: widgets would wait for a permission.", "Let submissions in without a password: what a page holds, everybody holds."],
    refusal: ["It answers with {status}: widgets would take that for a refusal.", "Look into the endpoint's log: does it take JSON like this?"],
    copiesFine: "A second copy was told from a new submission.",
    copiesOpen: ["Both copies were taken alike; nobody can tell from outside.", "Store one for each Idempotency-Key or submissionId, since replies get lost."],
    copiesWrong: ["A second copy was answered with {status}.", "Answer a copy like the first one, with 2xx."],
  },
  "zh-Hant": {
    fine: "正常",
    mend: "需要修正",
    open: "請自行確認",
    address: "這不是端點的網址。",
    mixed: ["此頁是 https，端點是 http：瀏覽器會阻擋。", "請讓端點改用 https。"],
    policy: ["此頁的內容安全政策不允許（{directive}）。", "請在此頁 Content-Security-Policy 的 connect-src 加上 {origin}。"],
    policyFine: "此頁的政策允許傳送。",
    unreachable: ["沒有回應。", "網址是否正確？端點是否運作中？"],
    preflight: [
      "端點存在，但不允許 {here} 的頁面讀取回應。",
      "請以 204 回應 OPTIONS，並附上 access-control-allow-origin: {here} 與 access-control-allow-headers: content-type, idempotency-key；POST 的回應也要附上 access-control-allow-origin。",
    ],
    simple: "以 text/plain 傳送可行：請使用格式「text」。",
    preflightFine: "{here} 的頁面可以傳送並讀取回應。",
    redirect: ["它轉址到另一個網址。", "請直接使用轉址後的網址：問卷不會跟隨轉址。"],
    statusFine: "回應 {status}：已送達。",
    askwell: "這是 Askwell 接收端，測試資料會另外保存。",
    retry: ["回應 {status}：問卷會一直重試。", "儲存後請回應 2xx。"],
    permission: ["回應 {status}：問卷會等待授權。", "請不要要求密碼：頁面裡的內容人人看得到。"],
    refusal: ["回應 {status}：問卷會視為拒收並保留。", "請查看端點的紀錄：它接受這樣的 JSON 嗎？"],
    copiesFine: "第二份相同的資料有被辨認出來。",
    copiesOpen: ["兩份都被接受，從外部無法判斷。", "請依 Idempotency-Key 或 submissionId 只儲存一份，因為回應可能遺失。"],
    copiesWrong: ["第二份的回應是 {status}。", "請像第一份一樣回應 2xx。"],
  },
};

const LIMIT_MS = 30_000;
const form = document.getElementById("examination");
const report = document.getElementById("report");

/** A UUIDv7, as submissions have. */
function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  new DataView(bytes.buffer).setBigUint64(0, (BigInt(Date.now()) << 16n) | 0x7000n | BigInt(bytes[7]));
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}

function madeUp(id) {
  const now = new Date().toISOString();
  return JSON.stringify({
    askwell: 1, submissionId: id, survey: { id: "askwell-doctor", version: "1", hash: "" },
    status: "complete", locale: "en", channel: "embed", startedAt: now, completedAt: now, durationMs: 0,
    answers: {}, scores: {}, context: {}, consent: {}, device: {}, client: { askwell: "0.1.0" },
  });
}

/** One request as widgets make it; nothing where the browser lets nothing through. */
async function send(url, headers, body, mode = "cors") {
  try {
    return await fetch(url, {
      method: "POST", headers, body, mode, credentials: "omit", referrerPolicy: "no-referrer",
      cache: "no-store", redirect: mode === "cors" ? "manual" : "follow",
      signal: AbortSignal.timeout(LIMIT_MS),
    });
  } catch {
    return null;
  }
}

async function examine(address, tell) {
  if (!URL.canParse(address, document.baseURI)) return tell("address", "mend", "address");
  const url = new URL(address, document.baseURI);
  const here = location.origin;
  if (location.protocol === "https:" && url.protocol === "http:") return tell("policy", "mend", "mixed");
  let violated;
  const watch = (event) => (violated = event.effectiveDirective);
  document.addEventListener("securitypolicyviolation", watch);
  const id = newId();
  const body = madeUp(id);
  const json = { "content-type": "application/json", "idempotency-key": id };
  const first = await send(url, json, body);
  // The event comes after the failure.
  await new Promise((resolve) => setTimeout(resolve, 100));
  document.removeEventListener("securitypolicyviolation", watch);
  if (violated) return tell("policy", "mend", "policy", { directive: violated, origin: url.origin });
  tell("policy", "fine", "policyFine");
  const text = { "content-type": "text/plain;charset=utf-8" };
  if (!first) {
    if (!(await send(url, text, body, "no-cors"))) return tell("reach", "mend", "unreachable");
    tell("preflight", "mend", "preflight", { here });
    if ((await send(url, text, body))?.ok) tell("preflight", "open", "simple");
    return;
  }
  if (first.type === "opaqueredirect") return tell("status", "mend", "redirect");
  tell("preflight", "fine", "preflightFine", { here });
  const { status } = first;
  const said = await first.text();
  const askwell = status === 422 && said.includes('"unknown-survey"');
  if (askwell) tell("status", "fine", "askwell");
  else if (first.ok) tell("status", "fine", "statusFine", { status });
  else if (status === 401 || status === 403) return tell("status", "mend", "permission", { status });
  else if (status >= 500 || [408, 425, 429].includes(status)) return tell("status", "mend", "retry", { status });
  else return tell("status", "mend", "refusal", { status });
  const again = (await send(url, json, body))?.status ?? 0;
  if (askwell || again === 409 || (status === 201 && again === 200)) tell("copies", "fine", "copiesFine");
  else if (again >= 200 && again < 300) tell("copies", "open", "copiesOpen");
  else tell("copies", "mend", "copiesWrong", { status: again });
}

/** Adds a line to the report: a verdict in words, what is so, and what mends it. */
function line(what, verdict, key, values = {}) {
  const words = WORDS[document.documentElement.lang] ?? WORDS.en;
  const [says, mend] = [words[key]].flat().map((text) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]));
  const item = document.createElement("li");
  item.dataset.what = what;
  item.dataset.verdict = verdict;
  const label = document.createElement("strong");
  label.textContent = words[verdict];
  item.append(label, ` ${says}`);
  if (mend) {
    const advice = document.createElement("p");
    advice.textContent = mend;
    item.append(advice);
  }
  report.append(item);
}

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const button = form.querySelector("button");
  button.disabled = true;
  report.replaceChildren();
  report.ariaBusy = "true";
  await examine(form.elements.endpoint.value.trim(), line);
  report.ariaBusy = "false";
  button.disabled = false;
});
