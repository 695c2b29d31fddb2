// Counts down the letters that a text may still have.

/** Watches every text area with data-max whose hint carries data-count ("… {0} …"). */
export function counts(root: ParentNode): void {
  root.querySelectorAll<HTMLTextAreaElement>("textarea[data-max]").forEach((area) => {
    const place = document.getElementById(`${area.id}-max`);
    if (!place) return;
    area.addEventListener("input", () => {
      const left = Number(area.dataset.max) - Array.from(area.value).length;
      place.textContent = (place.dataset.count ?? "").replace("{0}", String(left));
      place.classList.toggle("hf-count--bad", left < 0);
    });
  });
}
