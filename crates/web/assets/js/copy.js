// @ts-check
// Buttons that copy a text of the page; without scripts it is selected by hand.
import { byId } from "./dom.js";
import { toast } from "./toast.js";
import { say } from "./words.js";

/** Shows the buttons and waits for them. */
export function startCopying() {
  for (const button of /** @type {NodeListOf<HTMLButtonElement>} */ (document.querySelectorAll("[data-copy]"))) {
    if (!navigator.clipboard) continue;
    button.hidden = false;
    button.addEventListener("click", async () => {
      const field = /** @type {HTMLTextAreaElement | null} */ (byId(button.dataset.copy ?? ""));
      if (!field) return;
      try {
        await navigator.clipboard.writeText(field.value);
        toast(say("copied"));
      } catch {
        field.select();
      }
    });
  }
}
