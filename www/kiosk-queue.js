// What waits on this device: counts for staff, room for more, and the way out and in by file. The queue
// itself is the outbox's, in IndexedDB; here it is only read and, from a file, added to.

import { isSealed, sealSubmission } from "./kiosk-seal.js";

const DATABASE = "askwell";
const QUEUE = "queue";
const ACKNOWLEDGED = "acknowledged";
const FORMAT = "askwell-queue";
/** At these shares of the quota staff are warned, nobody hands in files, and nobody new begins. */
export const WARNED_AT = 0.7;
export const TIGHT_AT = 0.85;
export const REFUSED_AT = 0.9;
/** A device that cannot say how much room it has is asked to write so much. */
const PROBE_BYTES = 256 * 1024;

const settled = (request) => new Promise((resolve, reject) => {
  request.onsuccess = () => resolve(request.result);
  request.onerror = () => reject(request.error);
});

/** The outbox makes its database; one that is not there yet is not made here. */
async function open() {
  const databases = (await indexedDB.databases?.()) ?? [{ name: DATABASE }];
  if (!databases.some(({ name }) => name === DATABASE)) return undefined;
  const connection = await settled(indexedDB.open(DATABASE));
  if (connection.objectStoreNames.contains(QUEUE)) return connection;
  connection.close();
  return undefined;
}

/** Runs in a transaction; once more on a new connection, since iOS loses them in the background. */
async function within(mode, work) {
  for (const isLast of [false, true]) {
    let connection;
    try {
      connection = await open();
      if (!connection) return undefined;
      const transaction = connection.transaction([QUEUE, ACKNOWLEDGED], mode, { durability: "strict" });
      const done = new Promise((resolve, reject) => {
        transaction.oncomplete = resolve;
        transaction.onabort = transaction.onerror = () => reject(transaction.error);
      });
      const result = await work(transaction);
      await done;
      return result;
    } catch (error) {
      if (isLast) throw error;
    } finally {
      connection?.close();
    }
  }
  return undefined;
}

/** How many are where, and since when the oldest waits. */
export async function counts() {
  const found = await within("readonly", async (transaction) => ({
    texts: await settled(transaction.objectStore(QUEUE).getAll()),
    acknowledged: await settled(transaction.objectStore(ACKNOWLEDGED).count()),
  }));
  const entries = (found?.texts ?? []).map((text) => JSON.parse(text));
  const where = (...states) => entries.filter(({ state }) => states.includes(state)).length;
  const waiting = entries.filter(({ state }) => !["quarantined", "unverified"].includes(state));
  // Ids are UUIDv7: they begin with the moment at which the response was begun.
  const oldest = waiting.map(({ id }) => parseInt(id.replaceAll("-", "").slice(0, 12), 16)).sort()[0];
  return {
    waiting: waiting.length, refused: where("quarantined"), unverified: where("unverified"),
    acknowledged: found?.acknowledged ?? 0, oldest,
  };
}

/** How full the storage is, and whether there is room for another response. */
export async function room() {
  const { usage, quota } = (await navigator.storage?.estimate?.().catch(() => undefined)) ?? {};
  const persisted = (await navigator.storage?.persisted?.().catch(() => undefined)) ?? false;
  const share = quota ? usage / quota : undefined;
  const hasRoom = share === undefined ? await probe() : share < REFUSED_AT && (await probe());
  return { usage, quota, share, persisted, hasRoom, isWarned: share >= WARNED_AT, isTight: share >= TIGHT_AT };
}

/** Whether so much can really be written: quotas are estimates. */
async function probe() {
  try {
    const database = await new Promise((resolve, reject) => {
      const request = indexedDB.open("askwell.probe", 1);
      request.onupgradeneeded = () => request.result.createObjectStore("probe");
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
    const transaction = database.transaction("probe", "readwrite");
    const store = transaction.objectStore("probe");
    store.put(new Uint8Array(PROBE_BYTES), 0);
    store.delete(0);
    await new Promise((resolve, reject) => {
      transaction.oncomplete = resolve;
      transaction.onabort = transaction.onerror = () => reject(transaction.error);
    });
    database.close();
    return true;
  } catch {
    return false;
  }
}

/**
 * The records as lines of JSON, sealed for a collector where its public key is given; the last line says
 * how many there are and gives their SHA-256.
 */
export async function exported(device, collector) {
  const lines = (await sealedRecords(await records(), collector)).map((text) => `${text}\n`);
  const seal = {
    format: FORMAT, version: 1, device, exportedAt: new Date().toISOString(),
    records: lines.length, sha256: await digest(lines.join("")),
  };
  return `${lines.join("")}${JSON.stringify(seal)}\n`;
}

const records = async () => (await within("readonly", read)) ?? [];
const read = (transaction) => settled(transaction.objectStore(QUEUE).getAll());

/** Records of which only the collector can read more than what they are of. */
async function sealedRecords(texts, collector) {
  if (!collector) return texts;
  // One submission on its way to several endpoints has one sealed form.
  const forms = {};
  const sealed = async (body) => (forms[body] ??= await sealSubmission(body, collector));
  const all = [];
  for (const text of texts) {
    const record = JSON.parse(text);
    const isPlain = typeof record.body === "string" && !isSealed(record.body);
    all.push(isPlain ? JSON.stringify({ ...record, body: await sealed(record.body) }) : text);
  }
  return all;
}

/** Seals what was queued before there was a key. To be called before anything is sent. */
export async function sealAll(collector) {
  const texts = await records();
  const sealed = await sealedRecords(texts, collector);
  for (const [at, text] of texts.entries()) {
    if (sealed[at] === text) continue;
    await within("readwrite", async (transaction) => {
      const queue = transaction.objectStore(QUEUE);
      const { id } = JSON.parse(text);
      // Another tab may have sent it meanwhile.
      if ((await settled(queue.get(id))) === text) queue.put(sealed[at], id);
    });
  }
}

/** Adds the records of a file that are not here yet and were not confirmed here; all of them or none. */
export async function imported(text, collector) {
  const end = text.trimEnd().lastIndexOf("\n") + 1;
  const [records, seal] = [text.slice(0, end), JSON.parse(text.slice(end))];
  const lines = records.split("\n").filter(Boolean);
  const isWhole = seal.format === FORMAT && seal.version === 1 && seal.records === lines.length
    && seal.sha256 === (await digest(records));
  const isRecord = ({ id, body }) => typeof id === "string" && typeof body === "string";
  if (!isWhole || !lines.every((line) => isRecord(JSON.parse(line)))) throw new Error("no whole queue");
  const entries = (await sealedRecords(lines, collector)).map((line) => ({ line, id: JSON.parse(line).id }));
  const result = await within("readwrite", async (transaction) => {
    const [queue, acknowledged] = [QUEUE, ACKNOWLEDGED].map((name) => transaction.objectStore(name));
    let count = 0;
    for (const { line, id } of entries) {
      const known = (await settled(queue.getKey(id))) ?? (await settled(acknowledged.getKey(id)));
      if (known !== undefined) continue;
      queue.put(line, id);
      count++;
    }
    return { count, known: entries.length - count };
  });
  if (!result) throw new Error("no storage");
  return result;
}

async function digest(text) {
  const bytes = new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text)));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
