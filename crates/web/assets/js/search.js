// @ts-check
// The search page: conditions are completed as one types, and what was found can be narrowed down.
import { byId } from "./dom.js";

/** How long nothing is asked for after a key, in milliseconds. */
const PAUSE = 120;

/** @param {HTMLInputElement} field @param {HTMLElement} list */
function complete(field, list) {
  let chosen = -1, asked = 0;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let later;
  field.setAttribute("role", "combobox");
  field.setAttribute("aria-controls", list.id);
  field.setAttribute("aria-autocomplete", "list");
  const close = () => { list.hidden = true; chosen = -1; field.setAttribute("aria-expanded", "false"); field.removeAttribute("aria-activedescendant"); };
  close();
  /** What stands before the cursor. */
  const before = () => field.value.slice(0, field.selectionStart ?? field.value.length);
  const mark = () => {
    for (const [index, option] of [...list.children].entries()) option.setAttribute("aria-selected", String(index === chosen));
    if (chosen >= 0) field.setAttribute("aria-activedescendant", `completion-${chosen}`);
    else field.removeAttribute("aria-activedescendant");
    list.children[chosen]?.scrollIntoView({ block: "nearest" });
  };
  /** @param {string} completion */
  const take = (completion) => {
    const typed = before();
    // The piece at the cursor is what the completion stands for; a quote holds its words together.
    const piece = /(?:[^\s"]|"[^"]*"?)*$/.exec(typed)?.[0] ?? "";
    const text = typed.slice(0, typed.length - piece.length) + completion + (completion.endsWith(":") ? "" : " ");
    field.value = text + field.value.slice(typed.length);
    field.setSelectionRange(text.length, text.length);
    close();
    if (completion.endsWith(":")) ask();
  };
  const ask = async () => {
    const number = ++asked, typed = before();
    if (!/\S$/.test(typed)) { close(); return; }
    const answer = await fetch(`${field.dataset.completions}?q=${encodeURIComponent(typed)}`, { headers: { "x-fragment": "completions" } }).catch(() => null);
    if (!answer?.ok || number !== asked || document.activeElement !== field) return;
    const all = /** @type {string[]} */ (await answer.json());
    if (number !== asked) return;
    list.replaceChildren(...all.map((completion, index) => {
      const option = document.createElement("div");
      option.id = `completion-${index}`;
      option.className = "palette-option";
      option.setAttribute("role", "option");
      option.setAttribute("aria-selected", "false");
      option.dir = "auto";
      option.textContent = completion;
      return option;
    }));
    chosen = -1;
    list.hidden = all.length === 0;
    field.setAttribute("aria-expanded", String(all.length > 0));
  };
  field.addEventListener("input", () => { clearTimeout(later); later = setTimeout(ask, PAUSE); });
  field.addEventListener("keydown", (event) => {
    if (event.isComposing || list.hidden) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const count = list.children.length;
    if (step) {
      event.preventDefault();
      chosen = chosen < 0 ? (step > 0 ? 0 : count - 1) : (chosen + step + count) % count;
      mark();
    } else if ((event.key === "Enter" || event.key === "Tab") && chosen >= 0) {
      event.preventDefault();
      take(list.children[chosen].textContent ?? "");
    } else if (event.key === "Escape") {
      event.preventDefault();
      event.stopPropagation();
      close();
    }
  });
  list.addEventListener("pointerdown", (event) => {
    const option = event.target instanceof Element ? event.target.closest("[role=option]") : null;
    if (!option) return;
    event.preventDefault();
    take(option.textContent ?? "");
  });
  field.addEventListener("blur", close);
  field.setSelectionRange(field.value.length, field.value.length);
}

/** Fetches what the search can be narrowed by, after the results are there. */
async function narrow() {
  const link = /** @type {HTMLAnchorElement | null} */ (byId("search-narrow"));
  const place = byId("search-facets");
  if (!link || !place) return;
  const answer = await fetch(link.href, { headers: { "x-fragment": "facets" } }).catch(() => null);
  if (!answer?.ok) return;
  place.innerHTML = await answer.text();
  link.remove();
}

/** Starts. */
export function startSearch() {
  const field = /** @type {HTMLInputElement | null} */ (byId("search-field"));
  const list = byId("search-completions");
  if (!field || !list) return;
  complete(field, list);
  narrow();
}
