// @ts-check
// Macros: a list to choose from by `m`, the text put in at the cursor, what a macro does besides shown until the send.
import { around, byId, element, first, openNumber } from "./dom.js";
import { keepDraft } from "./draft.js";
import { insert } from "./markdown.js";
import { apply } from "./ops.js";
import { toast } from "./toast.js";
import { forget } from "./visit.js";
import { say } from "./words.js";

/** @typedef {{ id: string, name: string, folder: string, does: string }} Macro */

/** For how long the list is taken to be the same, in milliseconds. */
const FRESH = 30_000;
/** @type {{ at: number, list: Promise<Macro[]> } | null} */
let kept = null;
/** @type {Macro[]} */
let shown = [];
let chosen = 0;

/** @param {number} number @returns {Promise<Macro[]>} */
function load(number) {
  if (!kept || Date.now() - kept.at > FRESH) {
    const list = fetch(`/c/${number}/macros`, { headers: { "X-Fragment": "json" } }).then((answer) => (answer.ok ? answer.json() : []));
    kept = { at: Date.now(), list: list.catch(() => { kept = null; return []; }) };
  }
  return kept.list;
}

/** Every word of the query begins a word of the name or folder. @param {number} number @param {string} query */
export async function macrosThatFit(number, query) {
  const wanted = query.toLowerCase().split(/\s+/).filter(Boolean);
  const fits = (/** @type {Macro} */ one) => {
    const words = `${one.folder} ${one.name}`.toLowerCase().split(/[^\p{L}\p{N}]+/u);
    return wanted.every((part) => words.some((word) => word.startsWith(part)));
  };
  return (await load(number)).filter(fits);
}

/** Puts a macro in at the cursor, or does what it does. @param {number} number @param {string} id */
export async function useMacro(number, id) {
  const body = new URLSearchParams({ in: /** @type {HTMLInputElement | null} */ (first("#composer input[name=in]"))?.value ?? "" });
  const answer = await fetch(`/c/${number}/macros/${id}`, { method: "POST", body, headers: { "X-Fragment": "ops" } }).catch(() => null);
  if (!answer?.ok) { kept = null; toast(say("not-done")); return; }
  const said = await answer.json();
  forget(number);
  if (openNumber() !== number) return;
  if (said.done) {
    apply(said.ops);
    toast(said.done, { label: say("undo"), run: () => undo(number, said.undo) });
    return;
  }
  if (!byId("composer-body")) return;
  byId("part-macros")?.replaceWith(element(said.pending) ?? "");
  putIn(said.text);
  if (said.note) toast(said.note);
}

/** Puts words into the answer at the cursor, and the cursor on what is to be filled in. @param {string} words */
export function putIn(words) {
  const text = /** @type {HTMLTextAreaElement | null} */ (byId("composer-body"));
  if (!text) return;
  text.focus();
  const start = text.selectionStart;
  insert(text, words);
  keepDraft();
  const gap = /\{\{[^{}\n]+\}\}/.exec(text.value.slice(start));
  if (gap) text.setSelectionRange(start + gap.index, start + gap.index + gap[0].length);
}

/** @param {number} number @param {string} url */
async function undo(number, url) {
  const answer = await fetch(url, { method: "POST", body: new URLSearchParams(), headers: { "X-Fragment": "ops" } }).catch(() => null);
  if (!answer?.ok) { toast(say("not-done")); return; }
  forget(number);
  apply((await answer.json()).ops);
}

/** @param {HTMLElement} list @param {HTMLInputElement} input */
function mark(list, input) {
  for (const [index, option] of [...list.children].entries()) option.setAttribute("aria-selected", String(index === chosen));
  if (shown.length) input.setAttribute("aria-activedescendant", `macro-${chosen}`);
  else input.removeAttribute("aria-activedescendant");
  list.children[chosen]?.scrollIntoView({ block: "nearest" });
}

/** @param {number} number */
async function draw(number) {
  const list = byId("macro-list");
  const input = /** @type {HTMLInputElement | null} */ (byId("macro-input"));
  if (!list || !input) return;
  const query = input.value;
  const found = await macrosThatFit(number, query);
  if (input.value !== query) return;
  shown = found.slice(0, 50);
  chosen = 0;
  list.replaceChildren(...shown.map((one, index) => {
    const option = document.createElement("div");
    option.className = "palette-option";
    option.id = `macro-${index}`;
    option.setAttribute("role", "option");
    option.dataset.index = String(index);
    const name = document.createElement("span");
    name.textContent = one.name;
    name.dir = "auto";
    const detail = document.createElement("span");
    detail.className = "group cut";
    detail.textContent = [one.folder, one.does].filter(Boolean).join(" · ");
    option.append(name, detail);
    return option;
  }));
  const none = byId("macro-none");
  if (none) none.hidden = shown.length > 0;
  list.hidden = shown.length === 0;
  mark(list, input);
}

/** @param {number} index */
function choose(index) {
  const one = shown[index];
  const number = openNumber();
  /** @type {HTMLDialogElement | null} */ (byId("macro-palette"))?.close();
  if (one && number) setTimeout(() => useMacro(number, one.id));
}

/** @param {MouseEvent} event */
function clicked(event) {
  const number = openNumber();
  if (!number) return;
  if (around(event, "[data-macros]")) {
    event.preventDefault();
    const dialog = /** @type {HTMLDialogElement | null} */ (byId("macro-palette"));
    const input = /** @type {HTMLInputElement | null} */ (byId("macro-input"));
    if (!dialog || !input) return;
    input.value = "";
    dialog.showModal();
    input.focus();
    draw(number);
    return;
  }
  const option = around(event, "#macro-list .palette-option");
  if (option) { choose(Number(option.dataset.index)); return; }
  const out = /** @type {HTMLButtonElement | null} */ (around(event, "[data-leave-out]"));
  if (!out) return;
  event.preventDefault();
  fetch(out.formAction, { method: "POST", headers: { "X-Fragment": "ops" } }).then(async (answer) => {
    if (answer.ok) apply((await answer.json()).ops);
    byId("composer-body")?.focus();
  }).catch(() => toast(say("offline")));
}

/** Starts. */
export function startMacros() {
  document.addEventListener("click", clicked);
  document.addEventListener("input", (event) => { const number = openNumber(); if (event.target === byId("macro-input") && number) draw(number); });
  document.addEventListener("keydown", (event) => {
    const input = /** @type {HTMLInputElement | null} */ (byId("macro-input"));
    const list = byId("macro-list");
    if (event.target !== input || !input || !list || event.isComposing) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && shown.length) { event.preventDefault(); chosen = (chosen + step + shown.length) % shown.length; mark(list, input); }
    if (event.key === "Enter") { event.preventDefault(); choose(chosen); }
  });
}
