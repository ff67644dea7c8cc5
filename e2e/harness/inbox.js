// Finding things in the inbox as a reader does: by role and name, never by position.

/** The row of a conversation. @param {import("playwright-core").Page} page @param {string | RegExp} subject */
export const row = (page, subject) => page.getByRole("region", { name: "Conversations" }).getByRole("link", { name: subject });

/** The open conversation. @param {import("playwright-core").Page} page */
export const thread = (page) => page.getByRole("region", { name: "Conversation", exact: true });

/** The open conversation's heading. @param {import("playwright-core").Page} page @param {string} subject */
export const heading = (page, subject) => thread(page).getByRole("heading", { level: 1, name: subject });

/** A message that holds these words. @param {import("playwright-core").Page} page @param {string | RegExp} words */
export const message = (page, words) => page.getByRole("log", { name: "Messages" }).getByRole("article").filter({ hasText: words });

/** Where one writes. @param {import("playwright-core").Page} page */
export const composer = (page) => page.getByRole("textbox", { name: "Message", exact: true });

/** Chooses whether to write a reply or a note, as by a press on its label. @param {import("playwright-core").Page} page @param {"Reply" | "Note"} kind */
export const choose = (page, kind) => page.getByRole("group", { name: "What to write" }).getByText(kind).click();

/** The button that sends. @param {import("playwright-core").Page} page */
export const send = (page) => page.getByRole("form", { name: "Answer" }).getByRole("button", { name: /^Send(?! and| anyway)/ });

/** The line that says how the page is connected. @param {import("playwright-core").Page} page */
export const connection = (page) => page.locator("#connection");

/** A short message at the lower edge. @param {import("playwright-core").Page} page @param {string} words */
export const toast = (page, words) => page.locator("#toasts").getByText(words);

/** Opens a conversation from the list of a view. @param {import("playwright-core").Page} page @param {string} subject @param {string} [view] */
export async function open(page, subject, view = "open") {
  await page.goto(`/inbox/${view}`);
  await row(page, subject).click();
  await heading(page, subject).waitFor();
}

/** Goes to a page and waits until it is connected, so that nothing that follows comes by a detour. @param {import("playwright-core").Page} page @param {string} address */
export async function goLive(page, address) {
  const connected = new Promise((resolve) => page.once("websocket", (socket) => socket.once("framesent", resolve)));
  await page.goto(address);
  await connected;
}

/**
 * Arms a wait in the page for something to appear; what it resolves to is the moment in which it did.
 * @param {import("playwright-core").Page} page
 * @param {string} selector
 * @param {string} words
 * @returns {Promise<() => Promise<number>>}
 */
export async function arm(page, selector, words) {
  await page.evaluate(([selector, words]) => {
    window.__appeared = new Promise((resolve) => {
      const look = () => [...document.querySelectorAll(selector)].some((one) => one.textContent.includes(words));
      if (look()) { resolve(0); return; }
      const observer = new MutationObserver(() => { if (look()) { observer.disconnect(); resolve(Date.now()); } });
      observer.observe(document.body, { subtree: true, childList: true, characterData: true });
    });
  }, [selector, words]);
  return () => page.evaluate(() => window.__appeared);
}
