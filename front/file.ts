// Says at once which files were chosen, how big they are, and when one is too big to be sent.

/** A size as people say it. */
export function size(bytes: number): string {
  return bytes >= 1 << 20 ? `${(bytes / (1 << 20)).toFixed(1)} MB` : `${Math.max(1, Math.round(bytes / 1024))} KB`;
}

/** Watches every file input that has a place for the hint (data-for). */
export function files(root: ParentNode): void {
  root.querySelectorAll<HTMLElement>("[data-for]").forEach((place) => {
    const input = document.getElementById(place.dataset.for ?? "");
    if (!(input instanceof HTMLInputElement)) return;
    const max = Number(input.dataset.max ?? 0);
    input.addEventListener("change", () => {
      const chosen = Array.from(input.files ?? []);
      const large = max > 0 && chosen.some((f) => f.size > max);
      input.setCustomValidity(large ? place.dataset.large ?? "" : "");
      place.classList.toggle("hf-file--bad", large);
      place.textContent = chosen.map((f) => `${f.name} ${size(f.size)}`).join(" · ") + (large ? ` — ${place.dataset.large}` : "");
    });
  });
}
