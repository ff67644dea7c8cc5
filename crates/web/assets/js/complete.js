// @ts-check
// Completion while writing: `;` at the start of a line offers macros, `@` in a note offers people and teams. The list stands above
// the text; the cursor stays in it.
import { all, byId, first, openNumber } from "./dom.js";
import { macrosThatFit, useMacro } from "./macros.js";
import { insert } from "./markdown.js";

/** @typedef {{ words: string, detail: string, take: () => void }} Offer */

/** @type {Offer[]} */
let offers = [];
let chosen = 0;
/** Where what is being completed begins. */
let from = -1;
/** @type {Promise<{ name: string, team: boolean }[]> | null} */
let people = null;

const field = () => /** @type {HTMLTextAreaElement | null} */ (byId("composer-body"));
const isNote = () => !!first("#composer .kind-note:checked");

function close() {
  offers = [];
  from = -1;
  const list = byId("complete");
  if (list) { list.hidden = true; list.replaceChildren(); }
  field()?.removeAttribute("aria-activedescendant");
}

function draw() {
  const list = byId("complete");
  const text = field();
  if (!list || !text) return;
  list.hidden = offers.length === 0;
  list.replaceChildren(...offers.map((offer, index) => {
    const option = document.createElement("div");
    option.className = "palette-option";
    option.id = `complete-${index}`;
    option.setAttribute("role", "option");
    option.setAttribute("aria-selected", String(index === chosen));
    option.dataset.index = String(index);
    const name = document.createElement("span");
    name.textContent = offer.words;
    name.dir = "auto";
    const detail = document.createElement("span");
    detail.className = "group cut";
    detail.textContent = offer.detail;
    option.append(name, detail);
    return option;
  }));
  if (offers.length) text.setAttribute("aria-activedescendant", `complete-${chosen}`);
  else text.removeAttribute("aria-activedescendant");
  list.children[chosen]?.scrollIntoView({ block: "nearest" });
}

/** Replaces what was typed since the sign. @param {string} words */
function replaceTyped(words) {
  const text = field();
  if (!text || from < 0) return;
  text.setSelectionRange(from, text.selectionStart);
  // Chromium takes the line's end along when it inserts nothing.
  if (words) insert(text, words);
  else text.setRangeText("", from, text.selectionEnd, "end");
}

/** Whom a note can mention, whose name begins so. @param {string} typed */
async function mentionable(typed) {
  people ??= fetch("/mentionable", { headers: { "X-Fragment": "json" } }).then((answer) => (answer.ok ? answer.json() : [])).catch(() => []);
  const wanted = typed.toLowerCase();
  const begins = (/** @type {string} */ name) => name.toLowerCase().startsWith(wanted) || name.toLowerCase().split(" ").some((part) => part.startsWith(wanted));
  return (await people).filter((one) => begins(one.name)).slice(0, 8);
}

async function typed() {
  const text = field();
  const number = openNumber();
  if (!text || !number || text.selectionStart !== text.selectionEnd) { close(); return; }
  const before = text.value.slice(0, text.selectionStart);
  const macro = /(?:^|\n);([^\n;]{0,40})$/.exec(before);
  const mention = isNote() ? /(?:^|[\s(])@([\p{L}\p{N} .'-]{0,40})$/u.exec(before) : null;
  if (!macro && !mention) { close(); return; }
  const start = before.length - (macro ?? mention ?? [])[1].length - 1;
  const asked = before;
  /** @type {Offer[]} */
  let found;
  if (macro) {
    found = (await macrosThatFit(number, macro[1])).slice(0, 8).map((one) => ({
      words: one.name, detail: [one.folder, one.does].filter(Boolean).join(" · "), take: () => { replaceTyped(""); useMacro(number, one.id); },
    }));
  } else {
    found = (await mentionable(/** @type {RegExpExecArray} */ (mention)[1])).map((one) => ({ words: one.name, detail: "", take: () => replaceTyped(`@${one.name} `) }));
  }
  // Something else was typed meanwhile.
  if (field()?.value.slice(0, field()?.selectionStart) !== asked) return;
  from = start;
  offers = found;
  chosen = 0;
  draw();
}

/** @param {number} index */
function take(index) {
  const offer = offers[index];
  const begin = from;
  offers = [];
  draw();
  from = begin;
  offer?.take();
  close();
}

/** @param {KeyboardEvent} event */
function pressed(event) {
  if (event.target !== field() || !offers.length || event.isComposing) return;
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step) chosen = (chosen + step + offers.length) % offers.length;
  else if (event.key === "Escape") close();
  else if ((event.key === "Enter" || event.key === "Tab") && !event.ctrlKey && !event.metaKey && !event.shiftKey) take(chosen);
  else return;
  event.preventDefault();
  event.stopImmediatePropagation();
  if (offers.length) draw();
}

/** Starts. */
export function startCompletion() {
  document.addEventListener("keydown", pressed, true);
  document.addEventListener("input", (event) => { if (event.target === field()) typed(); });
  document.addEventListener("focusout", (event) => { if (event.target === field()) setTimeout(close, 200); });
  document.addEventListener("pointerdown", (event) => {
    const option = event.target instanceof Element ? event.target.closest("#complete .palette-option") : null;
    if (!option) return;
    event.preventDefault();
    take(all("#complete .palette-option").indexOf(/** @type {HTMLElement} */ (option)));
  });
}
