// @ts-check
// Looks over a draft while its writer rests: what it asks for although it is known is said in a quiet line, with the answer.
import { around, byId, first, openNumber } from "./dom.js";

/** How long the writer rests before the draft is looked over, in milliseconds. */
const REST = 700;

/** @type {ReturnType<typeof setTimeout> | undefined} */
let timer;
/** What the writer wants to ask anyway, until the next answer is begun. @type {Set<string>} */
const anyway = new Set();
let draft = "";

/** Shows what the server found. @param {string} html */
function show(html) {
  const known = byId("known");
  if (!known) return;
  const template = document.createElement("template");
  template.innerHTML = html;
  for (const line of template.content.querySelectorAll(".known-line")) {
    if (anyway.has(/** @type {HTMLElement} */ (line).dataset.kind ?? "")) line.remove();
  }
  if (known.innerHTML !== template.innerHTML) known.replaceChildren(template.content);
}

/** Asks the server about the draft as it stands. */
async function check() {
  const form = /** @type {HTMLFormElement | null} */ (byId("composer"));
  const number = openNumber();
  if (!form || !number) return;
  const data = new FormData(form);
  const [body, id] = [String(data.get("body") ?? ""), String(data.get("client_id") ?? "")];
  if (id !== draft) { draft = id; anyway.clear(); }
  if (!body.trim() || data.get("kind") === "note") { show(""); return; }
  try {
    const answer = await fetch(`/c/${number}/asked`, { method: "POST", body: new URLSearchParams({ body, client_id: id }), headers: { "X-Fragment": "known" } });
    const text = /** @type {HTMLTextAreaElement | null} */ (byId("composer-body"));
    if (answer.ok && openNumber() === number && text?.value === body) show(await answer.text());
  } catch { /* Nothing is said; sending is not held up. */ }
}

/** Puts the answer where the cursor is. @param {string} value */
function insert(value) {
  const text = /** @type {HTMLTextAreaElement | null} */ (byId("composer-body"));
  if (!text) return;
  const before = text.value.slice(0, text.selectionStart);
  const space = before && !/\s$/.test(before) ? " " : "";
  text.setRangeText(`${space}${value}`, text.selectionStart, text.selectionEnd, "end");
  text.dispatchEvent(new Event("input", { bubbles: true }));
  text.focus();
}

/** Starts. */
export function startAsked() {
  document.addEventListener("input", (event) => {
    if (!around(event, "#composer")) return;
    clearTimeout(timer);
    timer = setTimeout(check, REST);
  });
  document.addEventListener("submit", (event) => {
    if (/** @type {HTMLElement} */ (event.target).id === "composer") { clearTimeout(timer); setTimeout(() => { if (!(/** @type {HTMLTextAreaElement | null} */ (byId("composer-body"))?.value)) show(""); }, 0); }
  });
  document.addEventListener("click", (event) => {
    const press = event.target instanceof Element ? /** @type {HTMLElement | null} */ (event.target.closest("#known button, .composer-wishes button")) : null;
    if (!press) return;
    if (press.dataset.insert !== undefined) insert(press.dataset.insert);
    if (press.dataset.askAnyway !== undefined) {
      anyway.add(press.dataset.askAnyway);
      press.closest(".known-line")?.remove();
      first("#composer-body")?.focus();
    }
  });
}
