// The checking page without a server: it checks the signature of a card's code, and looks for the card in a county's signed list of those that do not
// hold any more (SM2 with SM3, GB/T 32918; or ECDSA on P-256 where an installation uses that).
import { sm2, sm3 } from "sm-crypto-v2";

interface Key { id: string; suite: string; public: string }
interface List { county: string; at: string; next: string; suite: string; key: string; hashes: string[]; signature: string; pending?: string[]; pending_signature?: string }

const data = JSON.parse(document.getElementById("data")?.textContent ?? "{}") as { keys: Key[]; words: Record<string, string> };
const word = (name: string): string => data.words[name] ?? name;

function bytes(text: string): Uint8Array<ArrayBuffer> {
  const plain = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
  return Uint8Array.from(plain, (c) => c.charCodeAt(0));
}
const hex = (b: Uint8Array): string => Array.from(b, (x) => x.toString(16).padStart(2, "0")).join("");
const letters = (b: Uint8Array): string => btoa(String.fromCharCode(...Array.from(b))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");

/** The two numbers of an ASN.1 signature, 32 bytes each, as WebCrypto wants them. */
function plain(der: Uint8Array): Uint8Array<ArrayBuffer> {
  const out = new Uint8Array(64);
  let at = 2;
  for (const end of [32, 64]) {
    const n = der[at + 1] ?? 0;
    const value = der.slice(at + 2, at + 2 + n).slice(-32);
    out.set(value, end - value.length);
    at += 2 + n;
  }
  return out;
}

async function fits(id: string, message: Uint8Array<ArrayBuffer>, signature: Uint8Array<ArrayBuffer>): Promise<boolean> {
  const key = data.keys.find((k) => k.id === id);
  if (!key) return false;
  try {
    if (key.suite === "sm") return sm2.doVerifySignature(message, hex(signature), hex(bytes(key.public)), { der: true, hash: true });
    const algorithm = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" };
    const point = await crypto.subtle.importKey("raw", bytes(key.public), algorithm, false, ["verify"]);
    return await crypto.subtle.verify(algorithm, point, plain(signature), message);
  } catch {
    return false;
  }
}

async function hash(suite: string, text: string): Promise<string> {
  const raw = new TextEncoder().encode(text);
  if (suite !== "sm") return letters(new Uint8Array(await crypto.subtle.digest("SHA-256", raw)).slice(0, 16));
  const sum = sm3(raw).match(/../g) ?? [];
  return letters(Uint8Array.from(sum.slice(0, 16), (h) => parseInt(h, 16)));
}

/** What a list that fits says of itself: when it was made, and until when it is fresh, by the clock of the reader. */
function times(list: List): [string, string][] {
  const local = (t: string): string => new Date(t).toLocaleString("zh-CN", { hour12: false });
  return [["at", local(list.at)], ["next", local(list.next)]];
}

/** What the list says of a card, as names of sentences, and what it says of itself. One that is old still names those that had ended. */
async function listed(county: string, seed: string): Promise<[string[], [string, string][]]> {
  const file = (document.getElementById("list") as HTMLInputElement).files?.[0];
  if (!file) return [["unlisted"], []];
  try {
    const list = JSON.parse(await file.text()) as List;
    const time = (t: string): string => new Date(t).toISOString().slice(0, 19) + "Z";
    const genuine = (form: string, hashes: string[], signature: string): Promise<boolean> => {
      const message = [form, list.county, time(list.at), time(list.next), list.suite, list.key, ...hashes].join("\n");
      return fits(list.key, new TextEncoder().encode(message), bytes(signature));
    };
    const pending = list.pending ?? []; // a list of an older version has none
    if (!(await genuine("hefa-ended-1", list.hashes, list.signature))) return [["forged"], []];
    if (pending.length && !(await genuine("hefa-pending-1", pending, list.pending_signature ?? ""))) return [["forged"], []];
    if (list.county !== county) return [["elsewhere"], []];
    const mine = await hash(list.suite, seed);
    const old = new Date(list.next) < new Date() ? ["stale"] : [];
    if (list.hashes.includes(mine)) return [["ended", ...old], times(list)];
    if (pending.includes(mine)) return [["pending", ...old], times(list)];
    return [old.length ? old : ["clear"], times(list)];
  } catch {
    return [["forged"], []];
  }
}

function say(sentences: string[], rows: [string, string][] = []): void {
  const result = document.getElementById("result");
  if (!result) return;
  const list = document.createElement("dl");
  for (const [head, value] of rows) {
    const dt = document.createElement("dt");
    const dd = document.createElement("dd");
    dt.textContent = head;
    dd.textContent = value;
    list.append(dt, dd);
  }
  result.replaceChildren(...sentences.map((s) => {
    const p = document.createElement("p");
    p.textContent = s;
    return p;
  }), list);
}

async function check(): Promise<void> {
  const text = (document.getElementById("code") as HTMLTextAreaElement).value.replace(/\s/g, "");
  const [, message64, signature64] = /HEFA1\.([\w-]+)\.([\w-]+)$/.exec(text) ?? [];
  if (!message64 || !signature64) return say([word("unreadable")]);
  const message = bytes(message64);
  const lines = new TextDecoder().decode(message).split("\n");
  const [form, key, county, number, name, sex, birth, category, level, issued, expires, issuer, seed] = lines;
  if (form !== "hefa-card-1" || !key || !county || !seed || lines.length !== 13) return say([word("unreadable")]);
  if (!(await fits(key, message, bytes(signature64)))) return say([word("wrong")]);
  const today = new Date(Date.now() + 8 * 3600_000).toISOString().slice(0, 10); // Beijing
  const [found, about] = await listed(county, seed);
  const sentences = ["right", ...found].map(word);
  if (expires && expires < today) sentences.push(word("expired"));
  say(sentences, [["name", name], ["number", number], ["sex", sex], ["birth", birth], ["category", category], ["level", level], ["issued", issued], ["expires", expires],
    ["issuer", issuer], ...about].map(([head, value]) => [word(head ?? ""), value ?? ""]));
}

document.getElementById("check")?.addEventListener("click", () => void check());
