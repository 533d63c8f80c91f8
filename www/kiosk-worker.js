// Lets the kiosk start without a network. Keeps what the page names, all of it or nothing, and gives it
// out as it was until the page says that nobody is using it. Handles GET only: submissions are none of
// its business.

const KEPT = "askwell-kiosk";
const NEXT = "askwell-kiosk-next";

addEventListener("install", () => {});
addEventListener("activate", (event) => event.waitUntil(clients.claim()));

addEventListener("fetch", (event) => {
  if (event.request.method !== "GET") return;
  event.respondWith(serve(event.request));
});

async function serve(request) {
  const kept = await caches.open(KEPT);
  // The page's address may carry settings behind a question mark.
  const found = await kept.match(request, { ignoreSearch: request.mode === "navigate" });
  return found ?? fetch(request);
}

addEventListener("message", (event) => {
  const { type, addresses } = event.data ?? {};
  const answer = (message) => event.source?.postMessage(message);
  if (type === "keep") event.waitUntil(inTurn(() => keep(addresses)).then((state) => answer({ type: state })));
  if (type === "exchange") event.waitUntil(inTurn(exchange).then(() => answer({ type: "exchanged" })));
});

// One after the other: whoever finds nothing new must not throw away what another is bringing.
let last = Promise.resolve();
function inTurn(work) {
  const done = last.then(work);
  last = done.catch(() => {});
  return done;
}

async function keep(addresses) {
  const kept = await caches.open(KEPT);
  await caches.delete(NEXT);
  const next = await caches.open(NEXT);
  try {
    let changed = false;
    for (const address of addresses) {
      const response = await fetch(address, { cache: "no-cache" });
      if (!response.ok) throw new Error(`${response.status}`);
      changed ||= await differs(response.clone(), await kept.match(address));
      await next.put(address, response);
    }
    if (!(await kept.keys()).length) {
      await exchange();
      return "kept";
    }
    if (changed) return "changed";
  } catch {
    // Without a network, or in the middle of somebody's upload: everything stays as it is.
  }
  await caches.delete(NEXT);
  return "same";
}

async function differs(response, kept) {
  if (!kept) return true;
  const [now, before] = await Promise.all([response.arrayBuffer(), kept.arrayBuffer()]);
  if (now.byteLength !== before.byteLength) return true;
  const [a, b] = [new Uint8Array(now), new Uint8Array(before)];
  return a.some((byte, at) => byte !== b[at]);
}

async function exchange() {
  const next = await caches.open(NEXT);
  const kept = await caches.open(KEPT);
  const addresses = await next.keys();
  if (!addresses.length) return;
  for (const address of addresses) await kept.put(address, await next.match(address));
  const names = addresses.map(({ url }) => url);
  for (const old of await kept.keys()) if (!names.includes(old.url)) await kept.delete(old);
  await caches.delete(NEXT);
}
