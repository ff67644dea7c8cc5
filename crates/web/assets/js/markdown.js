// @ts-check
// Help with Markdown in the composer: marks around the selection, lists that continue.
import { around, byId } from "./dom.js";

/** Ctrl or ⌘ and one of these keys, and the mark it sets. */
const MARKS = /** @type {Record<string, string>} */ ({ b: "**", i: "_", e: "`" });

/** Replaces the selection in a way that the browser's own undo knows of. @param {HTMLTextAreaElement} text @param {string} words */
export function insert(text, words) {
  text.focus();
  // The only way to write into a field that keeps its history of undo.
  if (!document.execCommand("insertText", false, words)) text.setRangeText(words, text.selectionStart, text.selectionEnd, "end");
  text.dispatchEvent(new Event("input", { bubbles: true }));
}

/** Sets a mark around the selection, or takes it away. @param {HTMLTextAreaElement} text @param {string} mark */
function wrap(text, mark) {
  const { selectionStart: start, selectionEnd: end, value } = text;
  const chosen = value.slice(start, end);
  if (mark === "link") {
    insert(text, /^https?:\/\//.test(chosen) ? `[](${chosen})` : `[${chosen}](https://)`);
    return;
  }
  if (value.slice(start - mark.length, start) === mark && value.slice(end, end + mark.length) === mark) {
    text.setSelectionRange(start - mark.length, end + mark.length);
    insert(text, chosen);
    text.setSelectionRange(start - mark.length, end - mark.length);
    return;
  }
  insert(text, mark + chosen + mark);
  text.setSelectionRange(start + mark.length, end + mark.length);
}

/** Continues a list on the next line; an empty item ends it. @param {HTMLTextAreaElement} text */
function continueList(text) {
  const line = text.value.slice(0, text.selectionStart).split("\n").pop() ?? "";
  const item = /^(\s*)([-*]|\d+[.)])\s+(.*)$/.exec(line);
  if (!item || text.selectionStart !== text.selectionEnd) return false;
  const [, indent = "", mark = "", rest = ""] = item;
  if (!rest) {
    text.setSelectionRange(text.selectionStart - line.length, text.selectionStart);
    insert(text, "");
    return true;
  }
  const next = /^\d/.test(mark) ? mark.replace(/\d+/, (number) => String(Number(number) + 1)) : mark;
  insert(text, `\n${indent}${next} `);
  return true;
}

/** Starts. */
export function startMarkdown() {
  document.addEventListener("click", (event) => {
    const button = around(event, "[data-wrap]");
    const text = /** @type {HTMLTextAreaElement | null} */ (byId("composer-body"));
    if (button && text) wrap(text, button.dataset.wrap ?? "");
  });
  document.addEventListener("keydown", (event) => {
    const text = event.target;
    if (!(text instanceof HTMLTextAreaElement) || text.id !== "composer-body" || event.isComposing || event.altKey) return;
    if (event.key === "Enter" && !event.shiftKey && !event.ctrlKey && !event.metaKey) { if (continueList(text)) event.preventDefault(); return; }
    if (!(event.ctrlKey || event.metaKey)) return;
    const key = event.key.toLowerCase();
    const mark = event.shiftKey ? (key === "l" ? "link" : undefined) : MARKS[key];
    if (!mark) return;
    event.preventDefault();
    wrap(text, mark);
  });
}
