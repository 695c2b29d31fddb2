// A code that a phone read off a card stands behind "#" in the address, so that no server's log holds it: it goes into the form, and the form is sent.

/** Fills and sends each form that takes what stands behind "#". */
export function hashes(root: ParentNode): void {
  const form = root.querySelector<HTMLFormElement>("form[data-from-hash]");
  const code = location.hash.slice(1); // letters that need no escape
  if (!form || !code.startsWith("HEFA")) return;
  const field = form.elements.namedItem(form.dataset.fromHash ?? "");
  if (!(field instanceof HTMLTextAreaElement)) return;
  field.value = code;
  history.replaceState(null, "", location.pathname);
  form.submit();
}
