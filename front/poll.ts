// Long work shows how far it is: the fragment at data-poll takes the element's place every two seconds until it has no data-poll.

const pause = 2000;

async function turn(element: HTMLElement): Promise<void> {
  const address = element.dataset.poll;
  if (!address || !element.isConnected) return;
  let next: HTMLElement | null = null;
  try {
    const answer = await fetch(address, { headers: { Accept: "text/html" }, credentials: "same-origin" });
    if (answer.redirected || answer.status === 401) return location.reload();
    if (answer.ok) {
      const parsed = new DOMParser().parseFromString(await answer.text(), "text/html");
      next = parsed.getElementById(element.id);
    }
  } catch {
    next = null; // the line is down; ask again
  }
  if (next) element.replaceWith(next);
  watch(next ?? element);
}

function watch(element: HTMLElement): void {
  if (element.dataset.poll) window.setTimeout(() => void turn(element), pause);
  else if (element.dataset.then) location.assign(element.dataset.then);
}

/** Watches everything that has data-poll. */
export function polls(root: ParentNode): void {
  root.querySelectorAll<HTMLElement>("[data-poll]").forEach(watch);
}
