// Seals submissions so that only the collector can open them: JWE in compact form, ECDH-ES with A256GCM
// (RFC 7516, RFC 7518 section 4.6). The device keeps no key that opens them. src/seal/ opens them.

const encoder = new TextEncoder();

function base64url(bytes) {
  const text = Array.from(new Uint8Array(bytes), (byte) => String.fromCharCode(byte)).join("");
  return btoa(text).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

/** A number of four bytes, the highest first. */
const word = (number) => [number >>> 24, number >>> 16, number >>> 8, number].map((byte) => byte & 0xff);

/** Concat KDF with SHA-256, for keys of up to 256 bits. */
export async function concatKdf(secret, algorithm, apu, apv, bits) {
  const counted = (text) => [...word(encoder.encode(text).length), ...encoder.encode(text)];
  const input = [...word(1), ...new Uint8Array(secret), ...counted(algorithm), ...counted(apu), ...counted(apv), ...word(bits)];
  const digest = await crypto.subtle.digest("SHA-256", new Uint8Array(input));
  return new Uint8Array(digest).slice(0, bits / 8);
}

/** The text as a compact JWE for the owner of a public P-256 key, given as a JWK. */
export async function seal(text, collector) {
  const curve = { name: "ECDH", namedCurve: "P-256" };
  const { kty, crv, x, y, kid } = collector;
  const theirs = await crypto.subtle.importKey("jwk", { kty, crv, x, y }, curve, false, []);
  const ours = await crypto.subtle.generateKey(curve, false, ["deriveBits"]);
  const epk = await crypto.subtle.exportKey("jwk", ours.publicKey);
  const header = { alg: "ECDH-ES", enc: "A256GCM", epk: { kty: epk.kty, crv: epk.crv, x: epk.x, y: epk.y }, ...(kid ? { kid } : {}) };
  const secret = await crypto.subtle.deriveBits({ name: "ECDH", public: theirs }, ours.privateKey, 256);
  const derived = await concatKdf(secret, "A256GCM", "", "", 256);
  const key = await crypto.subtle.importKey("raw", derived, "AES-GCM", false, ["encrypt"]);
  const head = base64url(encoder.encode(JSON.stringify(header)));
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const how = { name: "AES-GCM", iv, additionalData: encoder.encode(head), tagLength: 128 };
  const sealed = new Uint8Array(await crypto.subtle.encrypt(how, key, encoder.encode(text)));
  // With a key that is agreed upon directly there is no encrypted key: the second part is empty.
  return [head, "", base64url(iv), base64url(sealed.slice(0, -16)), base64url(sealed.slice(-16))].join(".");
}

/** A submission of which only what sending and storing need stays readable. */
export async function sealSubmission(text, collector) {
  const { askwell, submissionId, survey, completedAt } = JSON.parse(text);
  return JSON.stringify({ askwell, submissionId, survey, completedAt, sealed: await seal(text, collector) });
}

export function isSealed(text) {
  const envelope = JSON.parse(text);
  return "sealed" in envelope && !("answers" in envelope);
}

/** What is wrong with a collector's key, if anything: tried out, since nothing else tells. */
export async function keyFault(collector) {
  if (!collector) return undefined;
  if ("d" in collector) return "collectorKey: a private key, which must be on no device";
  const works = await seal("", collector).then(() => true, () => false);
  return works ? undefined : "collectorKey: no public P-256 key as JWK, or no secure page";
}
