// @ts-check
// The page of keys: a field takes the next key that is pressed; without scripts it is written by hand.
import { all } from "./dom.js";
import { nameOf } from "./keys.js";

/** Starts. */
export function startKeymap() {
  for (const field of /** @type {HTMLInputElement[]} */ (all("input[data-keymap]"))) {
    let fresh = true;
    field.addEventListener("focus", () => { fresh = true; field.select(); });
    field.addEventListener("keydown", (event) => {
      // These move about and send the form, as everywhere.
      if (["Tab", "Enter", "Escape", "Shift", "Control", "Meta", "Alt", "AltGraph"].includes(event.key) || event.altKey || event.isComposing) return;
      event.preventDefault();
      event.stopPropagation();
      if (["Backspace", "Delete"].includes(event.key)) { field.value = ""; fresh = true; return; }
      const name = nameOf(event);
      // A second key makes a sequence of two; a third begins anew.
      const parts = fresh || name.startsWith("Mod+") ? [] : field.value.split(" ").filter(Boolean);
      field.value = parts.length === 1 ? `${parts[0]} ${name}` : name;
      fresh = parts.length === 1;
    });
  }
}
