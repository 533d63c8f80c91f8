// What staff see: the number that lets them in, how the device is, the queue by file, its name and hours.

import { fillTheScreen } from "./kiosk-app.js";
import { choosePin, device, isPin, keep } from "./kiosk-device.js";
import { counts, exported, imported, room } from "./kiosk-queue.js";
import { fill } from "./kiosk-words.js";

const at = (id) => document.getElementById(id);
let words;
let tell;
let context;

export function closeStaff() {
  for (const dialog of [at("pin"), at("staff")]) if (dialog.open) dialog.close();
  at("pin-entry").value = "";
}

export function openPin(staff, lockedMs, told) {
  [words, tell] = [staff, told];
  at("pin-entry").value = "";
  at("pin-note").textContent = lockedMs > 0
    ? fill(words.locked, { seconds: Math.ceil(lockedMs / 1000) })
    : device.pin ? "" : words.choose;
  if (!at("pin").open) at("pin").showModal();
  at("pin-entry").focus();
}

at("pin-form").addEventListener("submit", async (event) => {
  event.preventDefault();
  const pin = at("pin-entry").value;
  if (!device.pin) {
    // The first to open the menu sets the device up.
    if (/^\d{4,12}$/.test(pin)) {
      await choosePin(pin);
      tell("pin-tried", true);
    }
    return;
  }
  const isRight = await isPin(pin);
  at("pin-entry").value = "";
  await tell("pin-tried", isRight);
  if (!at("pin").open) return;
  const wrong = device.tries?.wrong ?? 0;
  at("pin-note").textContent = words.wrong;
  if (wrong > 4) tell("staff-asked");
});
at("pin-close").addEventListener("click", () => tell("staff-left"));

export async function openStaff(staff, given) {
  [words, tell, context] = [staff, given.tell, given];
  if (at("pin").open) at("pin").close();
  if (!at("staff").open) at("staff").showModal();
  at("staff-title").focus();
  at("staff-note").textContent = "";
  at("device-name").value = device.name ?? "";
  at("device-place").value = device.place ?? "";
  at("sleep-from").value = device.sleep?.from ?? "";
  at("sleep-to").value = device.sleep?.to ?? "";
  await drawFacts();
}

const bytes = (number) => number === undefined ? words.unknown : `${(number / 1e6).toFixed(1)} MB`;
const moment = (number) => number ? new Date(number).toLocaleString(document.documentElement.lang) : words.never;

function clock(offset) {
  if (offset === undefined || offset === null) return words.unknown;
  const seconds = Math.round(Math.abs(offset) / 1000);
  return fill(offset < 0 ? words.ahead : words.behind, { seconds });
}

async function drawFacts() {
  const [queue, storage] = await Promise.all([counts(), room()]);
  const { id, version } = JSON.parse(context.definition);
  const facts = [
    [words.waiting, queue.waiting],
    ...(queue.oldest ? [[words.oldest, moment(queue.oldest)]] : []),
    [words.refused, queue.refused], [words.unverified, queue.unverified], [words.acknowledged, queue.acknowledged],
    [words.contact, moment(device.contact)], [words.online, navigator.onLine ? words.yes : words.no],
    [words.storage, `${bytes(storage.usage)} / ${bytes(storage.quota)}, ${storage.persisted ? words.kept : words.notKept}`],
    [words.clock, clock(device.clockOffsetMs)], [words.version, `${id} ${version}`], ["ID", device.id],
  ];
  at("facts").replaceChildren(...facts.flatMap((pair) => pair.map((text, index) => {
    const cell = document.createElement(index ? "dd" : "dt");
    cell.textContent = text;
    return cell;
  })));
  const alarms = [
    ...(storage.isWarned || !storage.hasRoom ? [words.alarm] : []),
    ...(context.faults.length ? [`${words.faults} ${context.faults.join("; ")}`] : []),
  ];
  at("staff-alarm").textContent = alarms.join(" ");
  at("staff-alarm").hidden = !alarms.length;
}

at("send").addEventListener("click", async () => {
  await context.survey.flush();
  await drawFacts();
});

at("export").addEventListener("click", async () => {
  const link = document.createElement("a");
  const blob = new Blob([await exported({ id: device.id, name: device.name, place: device.place }, context.collectorKey)], { type: "application/x-ndjson" });
  link.href = URL.createObjectURL(blob);
  link.download = `askwell-queue-${new Date().toISOString().slice(0, 10)}.ndjson`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60000);
});

at("import").addEventListener("click", () => at("import-file").click());
at("import-file").addEventListener("change", async ({ target }) => {
  const [file] = target.files;
  target.value = "";
  if (!file) return;
  try {
    at("staff-note").textContent = fill(words.imported, await imported(await file.text(), context.collectorKey));
    await context.survey.flush();
    await drawFacts();
  } catch {
    at("staff-note").textContent = words.notImported;
  }
});

at("full-screen").addEventListener("click", () => {
  document.documentElement.toggleAttribute("data-full", true);
  fillTheScreen();
});

at("device").addEventListener("submit", () => {
  const [from, to] = [at("sleep-from").value, at("sleep-to").value];
  keep({
    name: at("device-name").value, place: at("device-place").value,
    sleep: from && to ? { from, to } : undefined,
  });
  context.onSaved();
});
at("staff-close").addEventListener("click", () => tell("staff-left"));
for (const dialog of [at("pin"), at("staff")]) {
  dialog.addEventListener("cancel", (event) => {
    if (event.target !== dialog) return;
    event.preventDefault();
    tell("staff-left");
  });
}
