// @ts-check
// Putting a view together: rows come and go, and what it would show is seen while one chooses. Counts of saved views.
import { all, around, first } from "./dom.js";
import { apply } from "./ops.js";

/** After the last letter, in milliseconds. */
const PAUSE = 250;
/** Counts are not asked for more often than this, in milliseconds. */
const BETWEEN_COUNTS = 5000;

/** After a step of a procedure was added, moved or removed the focus is where it went. @param {string} order */
function follow(order) {
  const [verb, about] = order.split(":");
  const steps = all("#procedure-steps .step-form");
  const at = Number(about) + ({ "step-up": -1, "step-down": 1, "step-remove": -1 }[verb ?? ""] ?? 0);
  if (verb === "step-add") /** @type {HTMLElement | null | undefined} */ (steps.at(-1)?.querySelector("select, input:not([type=hidden])"))?.focus();
  if (verb === "step-up" || verb === "step-down") {
    const buttons = /** @type {NodeListOf<HTMLButtonElement> | undefined} */ (steps[at]?.querySelectorAll(`button[value^="step-up:"], button[value^="step-down:"]`));
    const same = [...(buttons ?? [])].find((one) => one.value.startsWith(`${verb}:`) && !one.disabled) ?? [...(buttons ?? [])].find((one) => !one.disabled);
    same?.focus();
  }
  if (verb === "step-remove") (/** @type {HTMLElement | null} */ (steps[Math.max(at, 0)]?.querySelector("input:not([type=hidden])")) ?? /** @type {HTMLElement | null} */ (first(".step-adders button")))?.focus();
}

/** Answers name the steps to which they lead as these are called now. @param {Event} event */
function rename(event) {
  const title = /** @type {HTMLInputElement} */ (event.target);
  if (!title.dataset.stepKey) return;
  for (const option of all(`option[data-step="${title.dataset.stepKey}"]`)) option.textContent = (option.dataset.words ?? "").replace("{title}", title.value);
}

let asked = 0;
/** @type {ReturnType<typeof setTimeout> | undefined} */
let later;

/**
 * Sends the form as it is, and puts in what comes back.
 * @param {HTMLFormElement} form
 * @param {string} order
 * @param {boolean} redraw the conditions too, not only what they would show
 */
async function ask(form, order, redraw) {
  clearTimeout(later);
  const mine = ++asked;
  const body = new URLSearchParams(/** @type {any} */ (new FormData(form)));
  body.set("do", order);
  const answer = await fetch(form.action, { method: "POST", body, headers: { "X-Fragment": "editor" } }).catch(() => null);
  // What only looks ahead is passed over when something newer was asked; a row that was asked for comes.
  if (!answer?.ok || (mine !== asked && !redraw)) return;
  const { ops } = await answer.json();
  // What is being written in stays; a rule's actions and a procedure's steps are such parts, too.
  apply(redraw ? ops : ops.filter((/** @type {string[]} */ op) => !["view-conditions", "view-actions", "procedure-steps"].includes(op[1] ?? "")));
  follow(order);
  const path = /^(?:add|group):(.*)$/.exec(order)?.[1];
  if (path) {
    const lines = all(`#view-conditions select[name^="what.${path}."]`);
    lines.at(-1)?.focus();
  } else if (order === "act-add") all('#view-actions select[name^="act."]').at(-1)?.focus();
  else if (order.startsWith("act-remove:")) first("#view-actions .view-adders button")?.focus();
  else if (order.startsWith("remove:")) first("#view-conditions .view-adders button")?.focus();
}

/** @type {ReturnType<typeof setTimeout> | undefined} */
let completing;

/** Fills the list of choices of a field by what was typed. @param {HTMLInputElement} field */
function complete(field) {
  clearTimeout(completing);
  completing = setTimeout(async () => {
    const list = field.list, typed = field.value;
    if (!list || !typed.trim() || [...list.options].some((one) => one.value === typed)) return;
    const answer = await fetch(field.dataset.choices + encodeURIComponent(typed)).catch(() => null);
    if (answer?.ok && field.value === typed) list.innerHTML = await answer.text();
  }, PAUSE / 2);
}

/** Asks how many each saved view holds. */
async function count() {
  if (!first('#views [data-view^="view-"]') || document.hidden) return;
  const answer = await fetch("/views/counts", { headers: { "X-Fragment": "ops" } }).catch(() => null);
  if (answer?.ok) apply((await answer.json()).ops);
}

/** Starts the counts. */
export function startCounts() {
  document.addEventListener("input", (event) => {
    if (event.target instanceof HTMLInputElement && event.target.dataset.choices) complete(event.target);
  });
  let last = Date.now();
  count();
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let waiting;
  document.addEventListener("desk:news", () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => { last = Date.now(); count(); }, Math.max(400, last + BETWEEN_COUNTS - Date.now()));
  });
}

/** Starts the page on which conditions are put together: a view's, or those of what holds for some conversations. */
export function startViews() {
  const form = /** @type {HTMLFormElement | null} */ (first("form[data-conditions]"));
  if (!form) return;
  form.addEventListener("submit", (event) => {
    const order = /** @type {HTMLButtonElement | null} */ (event.submitter)?.value ?? "";
    if (order === "save") return;
    event.preventDefault();
    ask(form, order, true);
  });
  form.addEventListener("input", (event) => {
    clearTimeout(later);
    rename(event);
    const redraw = !!around(event, "[data-redraws]");
    later = setTimeout(() => ask(form, "preview", redraw), redraw ? 0 : PAUSE);
  });
}
