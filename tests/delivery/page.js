// An endpoint in the page, and a browser that refuses on demand.

const ORIGIN = "https://receiver.test/";
const endpoints = new Map();
let fault = "";
let durability = "";

export function endpoint(answers) {
  const url = ORIGIN + crypto.randomUUID();
  endpoints.set(url, { answers, requests: [] });
  return url;
}

export function requests(url) {
  return JSON.stringify(endpoints.get(url).requests);
}

export function setFault(name) {
  fault = name;
}

export function lastDurability() {
  return durability;
}

export function dispatch(event) {
  window.dispatchEvent(new Event(event));
}

const fetchForReal = window.fetch;
window.fetch = (url, init) => {
  const endpoint = endpoints.get(url);
  if (!endpoint) return fetchForReal.call(window, url, init);
  const { answers, requests } = endpoint;
  requests.push({
    method: init.method,
    body: init.body,
    contentType: init.headers["content-type"],
    idempotencyKey: init.headers["idempotency-key"],
    credentials: init.credentials,
    referrerPolicy: init.referrerPolicy,
    cache: init.cache,
    redirect: init.redirect,
    keepalive: init.keepalive,
  });
  return answer(answers.length > 1 ? answers.shift() : answers[0], init.signal);
};

async function answer(text, signal) {
  const status = Number(/\d{3}/.exec(text)?.[0]);
  switch (text.replace(/\d{3}/, "#")) {
    case "cut":
      throw new TypeError("Failed to fetch");
    case "hang":
      return new Promise((_, reject) =>
        signal.addEventListener("abort", () => reject(new DOMException("", "AbortError"))));
    case "slow #":
      await settled();
      return new Response("", { status });
    case "endless #": {
      const chunk = new Uint8Array(1000).fill(65);
      return new Response(new ReadableStream({ pull: (stream) => stream.enqueue(chunk) }), { status });
    }
    case "# retry-after":
      return new Response("", { status, headers: { "retry-after": "3600" } });
    case "redirect":
      return { type: "opaqueredirect" };
    case "opaque":
      return { type: "opaque" };
    default:
      return new Response(text.slice(4), { status });
  }
}

function refuse(name) {
  throw new DOMException("refused by the test", name);
}

function replace(object, name, whenFaulty) {
  const original = Object.getOwnPropertyDescriptor(object, name);
  const get = original.get ?? (() => original.value);
  Object.defineProperty(object, name, {
    configurable: true,
    get() {
      return whenFaulty(() => get.call(this), this);
    },
  });
}

const blockable = (read) => (fault === "storage-blocked" ? refuse("SecurityError") : read());
replace(window, "indexedDB", blockable);
replace(window, "localStorage", blockable);
replace(Navigator.prototype, "locks", (read) => (fault === "no-locks" ? undefined : read()));

const fillable = (write) =>
  function (...given) {
    return fault === "storage-full" ? refuse("QuotaExceededError") : write.apply(this, given);
  };
IDBObjectStore.prototype.put = fillable(IDBObjectStore.prototype.put);
Storage.prototype.setItem = fillable(Storage.prototype.setItem);

const transaction = IDBDatabase.prototype.transaction;
IDBDatabase.prototype.transaction = function (stores, mode, options) {
  if (fault === "connection-lost") {
    fault = "";
    refuse("InvalidStateError");
  }
  durability = options?.durability ?? durability;
  return transaction.call(this, stores, mode, options);
};

const setTimeoutForReal = window.setTimeout;
window.setTimeout = (call, ms, ...given) =>
  setTimeoutForReal(call, fault === "impatient" && ms === 30000 ? 0 : ms, ...given);

const request = (asked) =>
  new Promise((resolve, reject) => {
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error);
  });

async function inStores(work) {
  const opening = indexedDB.open("askwell");
  // Couriers of earlier tests may still be at work when a test has cleared everything.
  opening.onupgradeneeded = () => opening.transaction.abort();
  const database = await request(opening).catch(() => undefined);
  if (!database) return undefined;
  try {
    const stores = transaction.call(database, [...database.objectStoreNames], "readwrite");
    return await request(work(stores));
  } finally {
    database.close();
  }
}

export function record(store, id) {
  return inStores((stores) => stores.objectStore(store).get(id));
}

export async function clear() {
  fault = "";
  await new Promise((resolve) => {
    const asked = indexedDB.deleteDatabase("askwell");
    asked.onsuccess = asked.onerror = resolve;
  });
}

// Transactions on the same stores run one after the other, and so do lock requests: a few rounds
// of both are behind everything that was under way.
export async function settled() {
  for (let round = 0; round < 5; round += 1) {
    if (fault !== "storage-blocked") await inStores((stores) => stores.objectStore("queue").count());
    await navigator.locks?.query();
    await new Promise((resolve) => setTimeoutForReal(resolve, 0));
  }
}
