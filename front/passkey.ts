// Asks a security key (WebAuthn) where a page has a place for it, and puts its answer into the form. Chromium 78 knows nothing of JSON here, so the bytes are
// turned by hand.

type Json = Record<string, unknown> & { challenge: string };
type Descriptor = { id: string };

const bytes = (text: string): Uint8Array => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));
const text = (buffer: ArrayBuffer | null): string =>
  buffer ? btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "") : "";
const keys = (list: unknown): unknown => (Array.isArray(list) ? list.map((d: Descriptor) => ({ ...d, id: bytes(d.id) })) : undefined);

/** A new key's answer. */
async function create(options: string): Promise<unknown> {
  const o = JSON.parse(options) as Json & { user: Descriptor };
  const made = (await navigator.credentials.create({
    publicKey: { ...o, challenge: bytes(o.challenge), user: { ...o.user, id: bytes(o.user.id) }, excludeCredentials: keys(o["excludeCredentials"]) } as never,
  })) as PublicKeyCredential;
  const answer = made.response as AuthenticatorAttestationResponse;
  return { id: made.id, rawId: made.id, type: made.type, response: { clientDataJSON: text(answer.clientDataJSON), attestationObject: text(answer.attestationObject) } };
}

/** What one of the keys answers that the address names. */
async function get(address: string): Promise<unknown> {
  const asked = await fetch(address, { method: "POST", credentials: "same-origin" });
  if (!asked.ok || asked.redirected) throw new Error("not asked");
  const o = (await asked.json()) as Json;
  const found = (await navigator.credentials.get({
    publicKey: { ...o, challenge: bytes(o.challenge), allowCredentials: keys(o["allowCredentials"]) } as never,
  })) as PublicKeyCredential;
  const answer = found.response as AuthenticatorAssertionResponse;
  return {
    id: found.id, rawId: found.id, type: found.type,
    response: {
      clientDataJSON: text(answer.clientDataJSON), authenticatorData: text(answer.authenticatorData), signature: text(answer.signature),
      userHandle: text(answer.userHandle) || undefined,
    },
  };
}

document.querySelectorAll<HTMLElement>("[data-ask],[data-create]").forEach((place) => {
  const button = place.querySelector("button");
  const field = place.querySelector<HTMLInputElement>("input[name=key]");
  const status = place.querySelector("[role=status]");
  if (!button || !field || !status) return;
  const data = place.dataset;
  const say = (words: string | undefined) => { status.textContent = words ?? ""; };
  if (typeof PublicKeyCredential === "undefined") return say(data["old"]);
  button.hidden = false;
  button.addEventListener("click", () => {
    button.disabled = true;
    say(data["wait"]);
    (data["create"] ? create(data["create"]) : get(data["ask"] ?? "")).then((answer) => {
      field.value = JSON.stringify(answer);
      if ("send" in data) return field.form?.submit();
      button.hidden = true;
      say(data["done"]);
    }).catch(() => {
      button.disabled = false;
      say(data["failed"]);
    });
  });
});
