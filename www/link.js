// Checks the token of a survey link with the site's public key. Nothing here asks any server: what
// was signed can be told from what was not.

const ALGORITHMS = {
  ES256: {
    matches: (key) => key.kty === "EC" && key.crv === "P-256",
    key: { name: "ECDSA", namedCurve: "P-256" },
    check: { name: "ECDSA", hash: "SHA-256" },
  },
  EdDSA: {
    matches: (key) => key.kty === "OKP" && key.crv === "Ed25519",
    key: { name: "Ed25519" },
    check: { name: "Ed25519" },
  },
};

// Longer ones fit no address line.
const LONGEST = 8192;

/** The bytes, or nothing where another text stands for the same bytes: a token has one form. */
function decode(part) {
  if (!/^[\w-]*$/.test(part)) return;
  try {
    const plain = atob(part.replaceAll("-", "+").replaceAll("_", "/"));
    const again = btoa(plain).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
    if (again === part) return Uint8Array.from(plain, (letter) => letter.charCodeAt(0));
  } catch {}
}

function json(part) {
  try {
    const value = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(decode(part)));
    return typeof value === "object" && value ? value : undefined;
  } catch {}
}

/**
 * What a token says: `{link}`, or `{refusal}`, which is `broken`, `wrong-key`, `expired` (then with
 * the link) or `unchecked`, where this browser cannot tell.
 *
 * @param {string} token
 * @param {{keys: JsonWebKey[]}} known the public keys, as JSON Web Key Set
 * @param {number} now in milliseconds since 1970
 */
export async function openLink(token, known, now) {
  const parts = token.split(".");
  const header = token.length <= LONGEST && parts.length === 3 && json(parts[0]);
  const signature = header && decode(parts[2]);
  if (!signature || typeof header.alg !== "string" || "crit" in header) return { refusal: "broken" };
  // The key decides how it is checked, never the token.
  const algorithm = Object.hasOwn(ALGORITHMS, header.alg) ? ALGORITHMS[header.alg] : undefined;
  const keys = (known.keys ?? []).filter(
    (key) => algorithm?.matches(key) && (header.kid === undefined || header.kid === key.kid),
  );
  if (keys.length === 0) return { refusal: "wrong-key" };
  const message = new TextEncoder().encode(`${parts[0]}.${parts[1]}`);
  let verified = false;
  try {
    for (const { kty, crv, x, y } of keys) {
      const jwk = { kty, crv, x, ...(y && { y }) };
      const key = await crypto.subtle.importKey("jwk", jwk, algorithm.key, false, ["verify"]);
      verified ||= await crypto.subtle.verify(algorithm.check, key, signature, message);
    }
  } catch {
    // Pages without https have no WebCrypto, and older browsers no Ed25519.
    return { refusal: "unchecked" };
  }
  const link = verified && json(parts[1]);
  if (!link || typeof link.survey !== "string") return { refusal: "broken" };
  if (typeof link.exp === "number" && now >= link.exp * 1000) return { refusal: "expired", link };
  return { link };
}
