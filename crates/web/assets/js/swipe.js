// @ts-check
// On a phone a row is swiped: towards the end of the line it is resolved (or opened again), towards its beginning it is put off. Both
// only stand for what the bar of chosen rows offers. Up and down scrolls as ever, and the browser keeps its own swipe at the screen's edges.
import { around, byId, first } from "./dom.js";
import { changeOne, chooseOnly } from "./selection.js";
import { say } from "./words.js";

/** So far a finger goes before it is a swipe, and before a swipe does something when it is let go, in pixels. */
const BEGINS = 12, COUNTS = 96;
/** What begins so near to the screen's edge is the browser's. */
const EDGE = 28;

/** @type {{ row: HTMLElement, id: number, x: number, y: number, by: number, label: HTMLElement | null } | null} */
let held = null;
let passOver = false;

/** Which way lines run: a swipe towards their end counts as positive. */
const forward = () => (document.documentElement.dir === "rtl" ? -1 : 1);
const isPhone = () => matchMedia("(max-width: 720px)").matches && document.body.dataset.swipe !== "off";
const isStill = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

/** @param {HTMLElement} row @param {boolean} towardsEnd */
const what = (row, towardsEnd) => (!towardsEnd ? "snooze" : "resolved" in row.dataset ? "open" : "resolve");

/** @param {PointerEvent} event */
function down(event) {
  const row = event.target instanceof Element ? /** @type {HTMLElement | null} */ (event.target.closest("#list > li")) : null;
  passOver = false;
  if (!row || event.pointerType === "mouse" || !event.isPrimary || !isPhone()) return;
  if (event.clientX < EDGE || event.clientX > innerWidth - EDGE) return;
  held = { row, id: event.pointerId, x: event.clientX, y: event.clientY, by: 0, label: null };
}

/** @param {PointerEvent} event */
function move(event) {
  if (!held || event.pointerId !== held.id) return;
  const across = event.clientX - held.x, along = event.clientY - held.y;
  if (!held.label) {
    if (Math.abs(along) > BEGINS) { held = null; return; }
    if (Math.abs(across) < BEGINS || Math.abs(across) < 1.5 * Math.abs(along)) return;
    held.label = document.createElement("div");
    held.label.className = "swipe-label";
    held.label.setAttribute("aria-hidden", "true");
    held.row.append(held.label);
    held.row.classList.add("swiping");
  }
  held.by = across * forward();
  const act = what(held.row, held.by > 0), words = { snooze: say("swipe-snooze"), open: say("swipe-open"), resolve: say("swipe-resolve") }[act];
  if (held.label.textContent !== words) held.label.textContent = words;
  held.label.dataset.act = act;
  held.row.classList.toggle("swipe-counts", Math.abs(held.by) >= COUNTS);
  const link = first(".row-link", held.row);
  if (link && !isStill()) link.style.translate = `${across}px`;
}

/** Puts the row back as it was. */
function settle() {
  if (!held) return;
  held.label?.remove();
  held.row.classList.remove("swiping", "swipe-counts");
  const link = first(".row-link", held.row);
  if (link) link.style.translate = "";
  held = null;
}

/** @param {PointerEvent} event */
function up(event) {
  if (!held || event.pointerId !== held.id) return;
  const { row, by, label } = held;
  const counts = !!label && Math.abs(by) >= COUNTS;
  // A swipe is no press, also one that was let go half way.
  passOver = !!label;
  settle();
  if (!counts) return;
  const act = what(row, by > 0);
  if (act !== "snooze") { changeOne(row, act); return; }
  chooseOnly(row);
  const menu = byId("bulk-snooze");
  const closed = (/** @type {Event} */ event) => {
    if (/** @type {ToggleEvent} */ (event).newState !== "closed") return;
    menu?.removeEventListener("toggle", closed);
    setTimeout(() => chooseOnly(null));
  };
  menu?.addEventListener("toggle", closed);
  // By its own button, once this very press is over: that would close it again.
  setTimeout(() => first('[data-bulk="snooze"]')?.click());
}

/** Starts. */
export function startSwipes() {
  const list = byId("inbox");
  if (!list) return;
  list.addEventListener("pointerdown", down);
  addEventListener("pointermove", move);
  addEventListener("pointerup", up);
  // The browser scrolls, or something else took the finger.
  addEventListener("pointercancel", settle);
  list.addEventListener("click", (event) => {
    if (!passOver || !around(event, "#list > li")) return;
    passOver = false;
    event.preventDefault();
    event.stopPropagation();
  }, { capture: true });
}
