// @ts-check
// What a command does. Most are a button on the page; the rest move about.
import { all, byId, first } from "./dom.js";
import { openNeighbour } from "./visit.js";
import { undo } from "./actions.js";
import { chooseAll, chooseNone, extend, isChosen, toggle } from "./selection.js";

/** @typedef {{ command: string, keys: string[], words: string, everywhere: boolean, changed: boolean, group: string }} Command */

/** Where "go to" commands lead. */
const PLACES = /** @type {Record<string, string>} */ ({
  "go-inbox": "/inbox/open",
  "go-mine": "/inbox/mine",
  "go-unassigned": "/inbox/unassigned",
  "go-neglected": "/inbox/neglected",
  "go-snoozed": "/inbox/snoozed",
  "go-resolved": "/inbox/resolved",
  "go-customers": "/customers",
  "go-problems": "/problems",
  "go-reports": "/reports",
  "new-view": "/views/new",
  "go-settings": "/settings",
  "go-notifications": "/notifications",
  "go-mentions": "/inbox/mentions",
  "go-reviews": "/inbox/reviews",
  "go-activity": "/activity",
  search: "/search",
});

/** All commands, as the help page of this document lists them. @returns {Command[]} */
export const commands = () => all("#help [data-command]").map((one) => ({
  command: one.dataset.command ?? "",
  keys: (one.dataset.key ?? "").split(","),
  words: one.textContent ?? "",
  everywhere: "everywhere" in one.dataset,
  changed: "changed" in one.dataset,
  group: first("h3", /** @type {HTMLElement} */ (one.closest("section")))?.textContent ?? "",
}));

/** The button that does a command, if the page has it now. @param {string} command */
const button = (command) => (isChosen() ? first(`[data-bulk="${command}"]`) : null) ?? first(`[data-does="${command}"]`);

/** Whether a command can do something on this page. @param {string} command */
export function canRun(command) {
  if (["next", "previous", "select", "select-next", "select-previous", "select-all"].includes(command)) return !!first("#list > li");
  if (command === "enter") return !!first("[data-conversation]");
  if (command === "customer") return !!byId("context");
  if (command in PLACES || ["palette", "help", "undo", "leave"].includes(command)) return true;
  return !!button(command);
}

/** Shows a dialog. @param {string} id */
function show(id) {
  const dialog = /** @type {HTMLDialogElement | null} */ (byId(id));
  if (dialog && !dialog.open) dialog.showModal();
}

/** Shows or hides the pane at the side, wide or narrow. */
function toggleContext() {
  const narrow = matchMedia("(max-width: 1100px)").matches;
  byId("inbox")?.classList.toggle(narrow ? "show-context" : "hide-context");
}

/** Back from the answer to the thread, from the thread to its list. */
function leave() {
  const active = document.activeElement;
  const inbox = byId("inbox");
  if (chooseNone()) return;
  if (inbox?.classList.contains("show-context")) { inbox.classList.remove("show-context"); return; }
  if (active instanceof HTMLElement && active.closest("#composer")) { byId("messages")?.focus(); return; }
  const row = first("#list .row-link[aria-current]") ?? first("#list .row-link");
  if (row?.offsetParent) row.focus();
  else first(".thread-title .back")?.click();
}

/**
 * Carries out a command. Returns whether there was something to do.
 * @param {string} command
 */
export function run(command) {
  switch (command) {
    case "next": return openNeighbour(1);
    case "previous": return openNeighbour(-1);
    case "enter": byId("messages")?.focus(); return !!byId("messages");
    case "leave": leave(); return true;
    case "palette": document.dispatchEvent(new CustomEvent("desk:palette")); return true;
    case "help": show("help"); return true;
    case "undo": undo(); return true;
    case "select": return toggle();
    case "select-next": return extend(1);
    case "select-previous": return extend(-1);
    case "select-all": return chooseAll();
    case "select-none": return chooseNone();
    case "context": toggleContext(); return true;
    case "views": {
      if (matchMedia("(min-width: 1600px)").matches) byId("inbox")?.classList.toggle("hide-views");
      else byId("views")?.togglePopover();
      return true;
    }
    case "customer": {
      if (matchMedia("(max-width: 1100px)").matches) byId("inbox")?.classList.add("show-context");
      else byId("inbox")?.classList.remove("hide-context");
      byId("context")?.focus();
      return true;
    }
    case "reply":
    case "note": {
      const field = button(command);
      if (field instanceof HTMLTextAreaElement) { field.focus(); return true; }
      const kind = /** @type {HTMLInputElement | null} */ (field);
      if (kind) { kind.checked = true; kind.dispatchEvent(new Event("change", { bubbles: true })); }
      byId("composer-body")?.focus();
      return !!kind;
    }
  }
  const place = PLACES[command];
  if (place) { location.href = place; return true; }
  const press = button(command);
  press?.click();
  return !!press;
}

/** Buttons that are commands and nothing else. */
export function startButtons() {
  document.addEventListener("click", (event) => {
    const press = event.target instanceof Element ? /** @type {HTMLElement | null} */ (event.target.closest('button[type="button"][data-does]')) : null;
    if (press && ["help", "context"].includes(press.dataset.does ?? "")) run(press.dataset.does ?? "");
  });
}
