// @ts-check
// Keys to commands. Single keys act only when no field has the cursor, never with Alt or AltGr, never while composing.
import { all, first, isField } from "./dom.js";
import { commands, run, startButtons } from "./commands.js";

/** How long the second key of a sequence may take, in milliseconds. */
const SEQUENCE = 1200;

/** @type {Map<string, import("./commands.js").Command>} */
const bindings = new Map();
let prefix = "";
/** @type {ReturnType<typeof setTimeout> | undefined} */
let forgetPrefix;

/** The key as the bindings name it; on layouts without Latin letters, the letter at that place. @param {KeyboardEvent} event */
export function nameOf(event) {
  const mod = event.ctrlKey || event.metaKey;
  let key = event.key;
  if (key.length === 1 && !/[\x20-\x7e]/.test(key) && event.code.startsWith("Key")) key = event.code.slice(3).toLowerCase();
  if (key.length === 1 && mod) key = key.toUpperCase();
  const isUpper = key.length === 1 && key !== key.toLowerCase();
  if (mod) return `Mod+${event.shiftKey ? "Shift+" : ""}${key}`;
  return isUpper && event.shiftKey ? `Shift+${key}` : key;
}

/** @param {KeyboardEvent} event */
function pressed(event) {
  if (event.isComposing || event.keyCode === 229 || event.altKey || event.getModifierState("AltGraph") || event.defaultPrevented) return;
  const name = nameOf(event);
  const sequence = prefix && bindings.get(`${prefix} ${name}`);
  const found = sequence || bindings.get(name);
  const single = !name.startsWith("Mod+");
  const writing = isField(event.target);
  prefix = "";
  clearTimeout(forgetPrefix);
  if (document.querySelector("dialog[open]") && found?.command !== "palette") return;
  if (document.querySelector(".menu:popover-open") && single) return;
  if (writing && !found?.everywhere) return;
  if (single && document.body.dataset.keys === "off" && name !== "Escape") return;
  if (!sequence && single && !writing && [...bindings.keys()].some((keys) => keys.startsWith(`${name} `))) {
    prefix = name;
    forgetPrefix = setTimeout(() => { prefix = ""; }, SEQUENCE);
    return;
  }
  if (!found || (event.repeat && !["next", "previous"].includes(found.command))) return;
  if (event.target instanceof Element && nativeKey(event.target, name)) return;
  if (run(found.command)) event.preventDefault();
}

/** Whether the focused element has its own use for the key: arrows scroll messages and move radio buttons, Enter presses. @param {Element} target @param {string} name */
function nativeKey(target, name) {
  if (name === "Enter") return !target.matches("body, .row-link[aria-current]") && !!target.closest("a, button, summary, input, select, textarea");
  if (name === "ArrowDown" || name === "ArrowUp") return !!target.closest("#messages, #context, input, select, summary");
  return false;
}

/** Buttons show the keys that were chosen in place of the desk's own. */
function showChosen() {
  for (const one of commands().filter((one) => one.changed)) {
    for (const button of all(`[data-does="${one.command}"]`)) {
      button.removeAttribute("aria-keyshortcuts");
      const kbd = first("kbd", button) ?? first("kbd", button.closest("label") ?? button);
      if (kbd) kbd.textContent = one.keys[0] ?? "";
    }
  }
}

/** Starts. */
export function startKeys() {
  for (const one of commands()) for (const keys of one.keys) if (keys) bindings.set(keys, one);
  showChosen();
  document.addEventListener("keydown", pressed);
  startButtons();
}
