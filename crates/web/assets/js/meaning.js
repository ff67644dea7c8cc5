// @ts-check
// Says what a moment in words means while it is being written, and sends small forms when what they hold has changed.
import { around, byId } from "./dom.js";

const PAUSE = 120;
let asked = 0;

/** Starts. */
export function startMeaning() {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let later;
  document.addEventListener("input", (event) => {
    const field = /** @type {HTMLInputElement | null} */ (around(event, "[data-meaning]"));
    if (!field) return;
    clearTimeout(later);
    later = setTimeout(async () => {
      const mine = ++asked;
      const answer = await fetch(`/snooze?text=${encodeURIComponent(field.value)}`, { headers: { "X-Fragment": "text" } }).catch(() => null);
      const place = byId(field.dataset.meaning ?? "");
      if (answer?.ok && place && mine === asked) place.textContent = await answer.text();
    }, PAUSE);
  });
  document.addEventListener("change", (event) => {
    const form = /** @type {HTMLFormElement | null} */ (around(event, "form[data-autosubmit]"));
    form?.requestSubmit();
  });
}
