// Small manners of every page: the eye and the screen reader go to what went wrong, a list can be picked whole, a form is sent once.

/** Moves the focus to the error summary or the success banner, and from a problem to its field. */
export function problems(root: ParentNode): void {
  const found = root.querySelector<HTMLElement>("[data-focus]");
  if (!found) return;
  found.focus();
  found.addEventListener("click", (e) => {
    const link = e.target instanceof HTMLAnchorElement ? e.target : null;
    const field = link && link.hash ? document.getElementById(decodeURIComponent(link.hash.slice(1))) : null;
    if (!field) return;
    e.preventDefault();
    const place = field.closest("fieldset") ?? document.querySelector(`label[for="${field.id}"]`) ?? field;
    place.scrollIntoView();
    field.focus({ preventScroll: true });
  });
}

/** Puts one check box into the head of a list that picks or drops all rows of the page. */
export function picks(root: ParentNode): void {
  root.querySelectorAll<HTMLElement>("th.hf-pick").forEach((head) => {
    const boxes = () => Array.from(head.closest("table")?.querySelectorAll<HTMLInputElement>("td.hf-pick input") ?? []);
    const all = document.createElement("input");
    all.type = "checkbox";
    all.setAttribute("aria-label", head.dataset.all ?? "");
    all.addEventListener("change", () => boxes().forEach((b) => { b.checked = all.checked; }));
    const label = document.createElement("label");
    label.append(all);
    head.replaceChildren(label);
  });
}

/** Sends a form that changes something once, however often the button is pressed; going back makes it ready again. */
export function once(root: Document): void {
  const sent = new WeakSet<HTMLFormElement>();
  root.addEventListener("submit", (e) => {
    const form = e.target;
    if (!(form instanceof HTMLFormElement) || form.method !== "post") return;
    if (sent.has(form)) return e.preventDefault();
    sent.add(form);
    window.setTimeout(() => sent.delete(form), 5000);
  });
  window.addEventListener("pageshow", () => root.querySelectorAll("form").forEach((f) => sent.delete(f)));
}
