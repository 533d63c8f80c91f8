// What makes a page an app on a counter: it starts without a network, stays awake, fills the screen, and
// is exchanged for a newer one only when nobody uses it.

let lock;
let isWanted = false;

/** Keeps the screen on, as long as the browser can; it lets go whenever the page is hidden. */
export async function stayAwake(wanted) {
  isWanted = wanted;
  if (!wanted) {
    await lock?.release().catch(() => {});
    lock = undefined;
  } else if (!lock || lock.released) {
    lock = await navigator.wakeLock?.request("screen").catch(() => undefined);
  }
}

document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "visible" && isWanted) stayAwake(true);
});

export function fillTheScreen() {
  return document.documentElement.requestFullscreen?.({ navigationUI: "hide" }).catch(() => {});
}

// Browsers ask for a policy before they take an address for a worker; this one knows one address.
const policy = globalThis.trustedTypes?.createPolicy("kiosk-worker", {
  createScriptURL: (address) => (address === "kiosk-worker.js" ? address : ""),
});

/**
 * Has the worker keep these addresses. `tell` is called when a newer version lies ready; `exchange` puts
 * it in place, and starts the page anew if nobody uses it by then.
 */
export async function install(addresses, tell) {
  if (!navigator.serviceWorker) return { check() {}, async exchange() {} };
  const address = policy ? policy.createScriptURL("kiosk-worker.js") : "kiosk-worker.js";
  await navigator.serviceWorker.register(address, { scope: "kiosk.html" });
  const { active } = await navigator.serviceWorker.ready;
  const heard = (type) => new Promise((resolve) => {
    const listen = ({ data }) => {
      if (data?.type !== type) return;
      navigator.serviceWorker.removeEventListener("message", listen);
      resolve();
    };
    navigator.serviceWorker.addEventListener("message", listen);
  });
  navigator.serviceWorker.addEventListener("message", ({ data }) => data?.type === "changed" && tell());
  const check = () => active.postMessage({ type: "keep", addresses: [...new Set(addresses())] });
  check();
  return {
    check,
    async exchange(isFree) {
      const done = heard("exchanged");
      active.postMessage({ type: "exchange" });
      await done;
      // Somebody may have begun meanwhile: the page starts anew after them.
      if (!isFree()) return tell();
      // Nor does anybody begin on a page that is about to go.
      addEventListener("click", (event) => event.stopImmediatePropagation(), true);
      location.reload();
    },
  };
}
