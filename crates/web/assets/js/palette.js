// @ts-check
// The palette: every command by its words, views by their names, and conversations by number or by what is in them.
import { all, byId, first, openNumber } from "./dom.js";
import { canRun, commands, run } from "./commands.js";
import { macrosThatFit, useMacro } from "./macros.js";
import { say } from "./words.js";

/** @typedef {{ words: string, group: string, keys: string, go: () => void }} Choice */

let chosen = 0;
/** @type {Choice[]} */
let shown = [];
/** Conversations that fit what was typed, as the server finds them. @type {Choice[]} */
let places = [];
/** Macros that fit, while a conversation is open. @type {Choice[]} */
let macros = [];
let asked = 0;
/** How long nothing is asked for after a key, in milliseconds. */
const PAUSE = 150;

/** Whether every word of the query begins a word of the text. @param {string} text @param {string} query */
function matches(text, query) {
  const words = text.toLowerCase().split(/[^\p{L}\p{N}]+/u);
  return query.toLowerCase().split(/\s+/).filter(Boolean).every((part) => words.some((word) => word.startsWith(part)));
}

/** What fits the query. @param {string} query @returns {Choice[]} */
function choices(query) {
  /** @type {Choice[]} */
  const found = commands()
    .filter((one) => one.command !== "palette" && one.command !== "leave" && canRun(one.command) && matches(`${one.words} ${one.group}`, query))
    .map((one) => ({ words: one.words, group: one.group, keys: one.keys[0] ?? "", go: () => run(one.command) }));
  for (const link of /** @type {HTMLAnchorElement[]} */ (all("#views .view-link[data-view]"))) {
    const words = first("span", link)?.textContent ?? "";
    if (query.trim() && matches(words, query)) found.push({ words, group: "", keys: "", go: () => { location.href = link.href; return true; } });
  }
  const number = /^#?(\d+)$/.exec(query.trim())?.[1];
  if (number) found.unshift({ words: say("open-number", { number }), group: "", keys: "", go: () => { location.href = `/c/${number}`; return true; } });
  found.push(...macros, ...places);
  if (query.trim()) found.push({ words: say("search-for", { query: query.trim() }), group: "", keys: "", go: () => { location.href = `/search?q=${encodeURIComponent(query.trim())}`; return true; } });
  return found;
}

/** Looks for macros that can be used in the open conversation. @param {HTMLInputElement} input @param {() => void} redraw */
async function findMacros(input, redraw) {
  const query = input.value.trim(), number = openNumber();
  const fit = query && number && byId("composer") ? await macrosThatFit(number, query) : [];
  if (input.value.trim() !== query) return;
  macros = fit.slice(0, 8).map((one) => ({ words: one.name, group: one.folder, keys: say("palette-macro"), go: () => { useMacro(Number(number), one.id); } }));
  redraw();
}

/** Asks for conversations that fit. @param {HTMLInputElement} input @param {() => void} redraw */
async function ask(input, redraw) {
  const number = ++asked, query = input.value.trim();
  const answer = query.length > 1 ? await fetch(`/search/jump?q=${encodeURIComponent(query)}`, { headers: { "x-fragment": "jump" } }).catch(() => null) : null;
  if (number !== asked) return;
  const found = answer?.ok ? /** @type {{ words: string, group: string, href: string }[]} */ (await answer.json()) : [];
  if (number !== asked) return;
  places = found.map((one) => ({ words: one.words, group: one.group, keys: one.group, go: () => { location.href = one.href; } }));
  redraw();
}

/** @param {HTMLDialogElement} dialog @param {HTMLInputElement} input */
function draw(dialog, input) {
  const list = first("#palette-list", dialog);
  if (!list) return;
  shown = choices(input.value);
  chosen = Math.min(chosen, Math.max(shown.length - 1, 0));
  list.replaceChildren(...shown.map((choice, index) => {
    const option = document.createElement("div");
    option.className = "palette-option";
    option.id = `palette-${index}`;
    option.setAttribute("role", "option");
    option.setAttribute("aria-selected", String(index === chosen));
    option.dataset.index = String(index);
    option.append(choice.words);
    if (choice.keys) {
      const kbd = document.createElement("kbd");
      kbd.setAttribute("aria-hidden", "true");
      kbd.textContent = choice.keys.replace("Mod", "Ctrl").replaceAll("+", " ");
      option.append(kbd);
    }
    return option;
  }));
  mark(list, input);
}

/** @param {HTMLElement} list @param {HTMLInputElement} input */
function mark(list, input) {
  for (const [index, option] of [...list.children].entries()) option.setAttribute("aria-selected", String(index === chosen));
  if (shown.length) input.setAttribute("aria-activedescendant", `palette-${chosen}`);
  else input.removeAttribute("aria-activedescendant");
  list.children[chosen]?.scrollIntoView({ block: "nearest" });
}

/** Starts. */
export function startPalette() {
  const dialog = /** @type {HTMLDialogElement | null} */ (byId("palette"));
  const input = /** @type {HTMLInputElement | null} */ (byId("palette-input"));
  const list = byId("palette-list");
  if (!dialog || !input || !list) return;
  document.addEventListener("desk:palette", () => {
    if (dialog.open) { dialog.close(); return; }
    input.value = "";
    chosen = 0;
    places = [];
    macros = [];
    asked++;
    dialog.showModal();
    input.focus();
    draw(dialog, input);
  });
  const choose = () => {
    const choice = shown[chosen];
    dialog.close();
    // The focus goes back first, so that what the command focuses keeps it.
    setTimeout(() => choice?.go());
  };
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let later;
  input.addEventListener("input", () => {
    chosen = 0;
    places = [];
    macros = [];
    draw(dialog, input);
    findMacros(input, () => draw(dialog, input));
    clearTimeout(later);
    later = setTimeout(() => ask(input, () => draw(dialog, input)), PAUSE);
  });
  input.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && shown.length) { event.preventDefault(); chosen = (chosen + step + shown.length) % shown.length; mark(list, input); }
    if (event.key === "Enter") { event.preventDefault(); choose(); }
  });
  list.addEventListener("click", (event) => {
    const option = event.target instanceof Element ? /** @type {HTMLElement | null} */ (event.target.closest(".palette-option")) : null;
    if (!option) return;
    chosen = Number(option.dataset.index);
    choose();
  });
}
