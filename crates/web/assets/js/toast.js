// @ts-check
// Short messages at the lower edge, with at most one button.
import { byId } from "./dom.js";
import { isKnown, say } from "./words.js";

/** How long a message stays, in milliseconds; with a button longer. */
const STAYS = 4000;
const STAYS_WITH_BUTTON = 8000;

/**
 * Says something.
 * @param {string} words
 * @param {{ label: string, run: () => void }} [button]
 */
export function toast(words, button) {
  const toasts = byId("toasts");
  if (!toasts) return;
  const one = document.createElement("div");
  one.className = "toast";
  const text = document.createElement("span");
  text.textContent = words;
  one.append(text);
  if (button) {
    const press = document.createElement("button");
    press.type = "button";
    press.textContent = button.label;
    press.addEventListener("click", () => { one.remove(); button.run(); });
    one.append(press);
  }
  toasts.replaceChildren(one);
  let timer = setTimeout(() => one.remove(), button ? STAYS_WITH_BUTTON : STAYS);
  const hold = () => clearTimeout(timer);
  const release = () => { timer = setTimeout(() => one.remove(), STAYS); };
  one.addEventListener("pointerenter", hold);
  one.addEventListener("focusin", hold);
  one.addEventListener("pointerleave", release);
  one.addEventListener("focusout", release);
}

/** Says what was done before this page came, once. */
export function sayDone() {
  const done = document.body.dataset.done;
  if (!done) return;
  delete document.body.dataset.done;
  const address = new URL(location.href);
  address.searchParams.delete("done");
  history.replaceState(history.state, "", address);
  // The word in the address is one of the messages "script-done-…".
  if (isKnown(`done-${done}`)) toast(say(`done-${done}`));
}
