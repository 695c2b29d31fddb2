// The identity number fills sex, birth date and age while somebody types (GB 11643-1999); the server computes them again.

const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

/** What a sound number tells, or null while it is not complete or its check character is wrong. */
export function read(typed: string): { sex: "male" | "female"; birth: string } | null {
  const n = typed.replace(/[\uff10-\uff19\uff38\uff58]/g, (c) => String.fromCharCode(c.charCodeAt(0) - 0xfee0)).replace(/\s/g, "").toUpperCase();
  if (!/^\d{17}[\dX]$/.test(n)) return null;
  const sum = weights.reduce((s, w, i) => s + w * Number(n[i]), 0);
  if ("10X98765432"[sum % 11] !== n[17]) return null;
  const birth = `${n.slice(6, 10)}-${n.slice(10, 12)}-${n.slice(12, 14)}`;
  const t = new Date(birth + "T00:00:00Z");
  if (isNaN(t.getTime()) || t.toISOString().slice(0, 10) !== birth) return null;
  return { sex: Number(n[16]) % 2 === 1 ? "male" : "female", birth };
}

/** Full years from birth to today, both YYYY-MM-DD. */
export function age(birth: string, today: string): number {
  const years = Number(today.slice(0, 4)) - Number(birth.slice(0, 4));
  return today.slice(5) < birth.slice(5) ? years - 1 : years;
}

function fill(form: HTMLFormElement, name: string, value: string): void {
  const there = name ? form.elements.namedItem(name) : null;
  if (there instanceof HTMLInputElement || there instanceof HTMLSelectElement || there instanceof RadioNodeList) there.value = value;
  else if (there === null && name) {
    const shown = form.querySelector<HTMLElement>(`[data-shows="${CSS.escape(name)}"]`);
    if (shown) shown.textContent = shown.dataset[value] ?? value; // data-male, data-female: how the page says it
  }
}

/** Watches every input with data-fill="sex birth age". */
export function identities(root: ParentNode): void {
  root.querySelectorAll<HTMLInputElement>("input[data-fill]").forEach((input) => {
    const [sex = "", birth = "", years = ""] = (input.dataset.fill ?? "").split(" ");
    input.addEventListener("input", () => {
      const told = read(input.value);
      if (!told || !input.form) return;
      const today = document.documentElement.dataset.today || new Date().toISOString().slice(0, 10);
      fill(input.form, sex, told.sex);
      fill(input.form, birth, told.birth);
      fill(input.form, years, String(age(told.birth, today)));
    });
  });
}
