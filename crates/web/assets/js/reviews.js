// @ts-check
// Drafts under review: asked for from the composer, decided without leaving the page, and back in their author's composer by themselves.
import { around, byId, element, first, openNumber } from "./dom.js";
import { flushDraft } from "./draft.js";
import { apply } from "./ops.js";
import { toast } from "./toast.js";
import { uploading } from "./upload.js";
import { forget, open } from "./visit.js";
import { say } from "./words.js";

/** The server has the draft, then the form is shown. @param {HTMLFormElement} form @param {number} number */
export async function askForReview(form, number) {
  if (uploading()) { toast(say("file-on-its-way")); return; }
  const data = new FormData(form);
  if (!String(data.get("body")).trim()) { byId("composer-body")?.focus(); return; }
  if (!(await flushDraft())) { toast(say("offline")); return; }
  location.href = `/c/${number}/review?${new URLSearchParams({ seen: String(data.get("seen") ?? "") })}`;
}

/** @param {SubmitEvent} event @param {HTMLFormElement} form */
async function decide(event, form) {
  event.preventDefault();
  const number = openNumber();
  const press = /** @type {HTMLButtonElement | null} */ (event.submitter);
  const body = new URLSearchParams(/** @type {any} */ (new FormData(form, press)));
  const url = new URL(press?.hasAttribute("formaction") ? press.formAction : form.action).pathname;
  let answer;
  try {
    answer = await fetch(url, { method: "POST", body, headers: { "X-Fragment": "ops" } });
  } catch {
    toast(say("offline"));
    return;
  }
  if (answer.status === 401) { location.reload(); return; }
  if (number) forget(number);
  if (answer.status === 409 || answer.status === 422) {
    const why = await answer.json();
    apply(why.ops);
    const place = byId("review-warning");
    if (why.warning && place) { place.replaceChildren(element(why.warning) ?? ""); place.scrollIntoView({ block: "nearest" }); }
    else toast(why.said || say("not-done"));
    return;
  }
  if (!answer.ok) { toast((await answer.text()) || say("not-done")); return; }
  // What was written in it is with the server now.
  form.removeAttribute("data-keep");
  apply((await answer.json()).ops);
  toast(say(press?.dataset.done ?? "done"));
}

/** The text that is there now, instead of what was written over it. */
async function takeTheirs() {
  const number = openNumber();
  byId("review-form")?.removeAttribute("data-keep");
  const answer = await fetch(`/c/${number}/live${location.search}`, { headers: { "X-Fragment": "ops" } }).catch(() => null);
  if (!answer?.ok) { toast(say("not-fetched")); return; }
  byId("review-warning")?.replaceChildren();
  apply((await answer.json()).ops);
  byId("review-text")?.focus();
}

/** A draft that was given back comes into its author's composer, when nothing else is written there. */
function comeBack() {
  const card = first("#part-review [data-returned]:not([data-come])");
  const text = /** @type {HTMLTextAreaElement | null} */ (byId("composer-body"));
  const number = openNumber();
  if (!card || !text || !number) return;
  card.dataset.come = "";
  if (text.value.trim()) return;
  forget(number);
  open(new URL(location.href), { push: false });
}

/** Starts. */
export function startReviews() {
  const known = () => { const card = first("#part-review [data-returned]"); if (card) card.dataset.come = ""; };
  known();
  document.addEventListener("desk:opened", known);
  document.addEventListener("desk:rows", comeBack);
  document.addEventListener("submit", async (event) => {
    const form = /** @type {HTMLFormElement} */ (event.target);
    if (form.id === "review-form") { decide(/** @type {SubmitEvent} */ (event), form); return; }
    if (!form.matches("[data-takes-text]")) return;
    // The composer's own words first, so that they are not written over what comes back.
    event.preventDefault();
    if (await flushDraft()) form.submit();
    else toast(say("offline"));
  });
  document.addEventListener("click", (event) => {
    if (!around(event, "[data-take-theirs]")) return;
    event.preventDefault();
    takeTheirs();
  });
}
