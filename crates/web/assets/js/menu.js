// @ts-check
// Menus open and close by themselves; this adds arrow keys, the first item's focus, and a place where browsers cannot anchor.
import { all, around, first, isField } from "./dom.js";

/** The items of a menu that can have the focus. @param {HTMLElement} menu */
const items = (menu) => all("button:not([tabindex='-1']), a, input:not([type=hidden])", menu);

/** @param {ToggleEvent} event */
function opened(event) {
  const menu = /** @type {HTMLElement} */ (event.target);
  if (event.newState !== "open" || !menu.classList.contains("menu")) return;
  if (!CSS.supports("position-area: block-end")) place(menu);
  const start = first("[autofocus]", menu) ?? first("[aria-current]", menu) ?? items(menu)[0];
  start?.focus({ preventScroll: true });
}

/** Places a menu below its button. @param {HTMLElement} menu */
function place(menu) {
  const button = first(`[popovertarget="${menu.id}"]`);
  if (!button) return;
  const box = button.getBoundingClientRect();
  const left = Math.max(8, Math.min(box.left, innerWidth - menu.offsetWidth - 8));
  const below = box.bottom + 4 + menu.offsetHeight < innerHeight && !menu.classList.contains("above");
  const top = below ? box.bottom + 4 : Math.max(8, box.top - menu.offsetHeight - 4);
  menu.style.setProperty("position", "fixed");
  menu.style.setProperty("left", `${left}px`);
  menu.style.setProperty("top", `${top}px`);
}

/** @param {KeyboardEvent} event */
function moved(event) {
  const menu = around(event, ".menu:popover-open");
  if (!menu || (isField(event.target) && event.key !== "ArrowDown")) return;
  const list = items(menu);
  const at = list.indexOf(/** @type {HTMLElement} */ (document.activeElement));
  const to = { ArrowDown: (at + 1) % list.length, ArrowUp: (at - 1 + list.length) % list.length, Home: 0, End: list.length - 1 }[event.key];
  if (to === undefined) return;
  event.preventDefault();
  list[to]?.focus();
}

/** Starts. */
export function startMenus() {
  document.addEventListener("toggle", (event) => opened(/** @type {ToggleEvent} */ (event)), true);
  document.addEventListener("keydown", moved);
  document.addEventListener("click", (event) => {
    // A press outside a dialog's box closes it.
    if (event.target instanceof HTMLDialogElement) {
      const box = event.target.getBoundingClientRect();
      const inside = event.clientX >= box.left && event.clientX <= box.right && event.clientY >= box.top && event.clientY <= box.bottom;
      if (!inside) event.target.close();
    }
  });
}
