// What this device is: kept in its own storage, apart from anything that respondents leave.

const KEY = "askwell.kiosk";
const ROUNDS = 200000;

/** Where storage is blocked a device forgets what it is called when the page is closed. */
function read() {
  try {
    return JSON.parse(localStorage.getItem(KEY)) ?? {};
  } catch {
    return {};
  }
}

export const device = { id: crypto.randomUUID(), ...read() };

export function keep(changes) {
  Object.assign(device, changes);
  try {
    localStorage.setItem(KEY, JSON.stringify(device));
    return true;
  } catch {
    return false;
  }
}

const hex = (bytes) => [...new Uint8Array(bytes)].map((byte) => byte.toString(16).padStart(2, "0")).join("");

async function derived(pin, salt) {
  const key = await crypto.subtle.importKey("raw", new TextEncoder().encode(pin), "PBKDF2", false, ["deriveBits"]);
  const how = { name: "PBKDF2", hash: "SHA-256", salt: new TextEncoder().encode(salt), iterations: ROUNDS };
  return hex(await crypto.subtle.deriveBits(how, key, 256));
}

export async function choosePin(pin) {
  const salt = hex(crypto.getRandomValues(new Uint8Array(16)));
  keep({ pin: { salt, hash: await derived(pin, salt) } });
}

export async function isPin(pin) {
  return (await derived(pin, device.pin.salt)) === device.pin.hash;
}

/** Asks the site what time it is, which also tells whether it can be reached. */
export async function askTheTime(address) {
  const asked = Date.now();
  try {
    const response = await fetch(address, { method: "HEAD", cache: "no-store", credentials: "omit" });
    const told = Date.parse(response.headers.get("date"));
    const now = Date.now();
    // The header is cut to whole seconds.
    const offset = Number.isNaN(told) ? device.clockOffsetMs : Math.round(told + 500 - (asked + now) / 2);
    keep({ contact: now, clockOffsetMs: offset });
    return true;
  } catch {
    return false;
  }
}
