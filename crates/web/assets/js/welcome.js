// @ts-check
// The first steps: while a mail is waited for, the page looks by itself.
import { byId } from "./dom.js";

/** How often, in milliseconds. */
const EVERY = 2_500;

/** Starts. */
export function startWelcome() {
  const steps = byId("welcome-steps");
  if (!steps || !("waits" in steps.dataset)) return;
  const timer = setInterval(async () => {
    if (document.hidden || steps.contains(document.activeElement)) return;
    const answer = await fetch("/welcome", { headers: { "x-fragment": "steps" } }).catch(() => null);
    if (!answer?.ok) return;
    const text = await answer.text();
    if (steps.dataset.shown === text) return;
    steps.innerHTML = text;
    steps.dataset.shown = text;
    if (steps.querySelector('a[href^="/c/"]')) clearInterval(timer);
  }, EVERY);
}
