// @ts-check
// The words of a procedure's step, put into the answer at the cursor.
import { openNumber } from "./dom.js";
import { putIn } from "./macros.js";
import { apply } from "./ops.js";
import { toast } from "./toast.js";
import { forget } from "./visit.js";
import { say } from "./words.js";

/** @param {SubmitEvent} event */
async function submitted(event) {
  const form = /** @type {HTMLFormElement} */ (event.target);
  const number = openNumber();
  if (!("putText" in form.dataset) || !number) return;
  event.preventDefault();
  const body = new URLSearchParams(/** @type {any} */ (new FormData(form)));
  const answer = await fetch(form.action, { method: "POST", body, headers: { "X-Fragment": "ops" } }).catch(() => null);
  if (!answer?.ok) { toast((await answer?.text()) || say("offline")); return; }
  const said = await answer.json();
  forget(number);
  if (openNumber() !== number) return;
  apply(said.ops);
  putIn(said.text);
  toast(say("put-in"));
}

/** Starts. */
export function startProcedures() {
  document.addEventListener("submit", (event) => { submitted(/** @type {SubmitEvent} */ (event)); });
}
