import assert from "node:assert/strict";
import { house, OWNER, PASSWORD, SAM } from "../harness/house.js";
import { composer, heading, message, open, row, toast, thread } from "../harness/inbox.js";
import { until } from "../harness/wait.js";

/** Presses a key until the thing that is wanted has the focus. */
async function pressTo(page, key, wanted) {
  for (let steps = 0; steps < 80; steps++) {
    if (await wanted.evaluate((one) => one === document.activeElement)) return;
    await page.keyboard.press(key);
  }
  throw new Error(`${key} does not lead there`);
}
const tabTo = (page, wanted) => pressTo(page, "Tab", wanted);
const arrowTo = (page, wanted) => pressTo(page, "ArrowDown", wanted);

/** Fails when a pointer touched the page. */
const countPointers = (context) => context.addInitScript(() => {
  for (const kind of ["pointerdown", "mousedown"]) addEventListener(kind, () => console.error(`the test used a pointer: ${kind}`), true);
});

const focusIsIn = (page, selector) => until(`the focus is in ${selector}`, () => page.evaluate((selector) => !!document.activeElement?.closest(selector), selector));

house("keyboard", {}, (flow) => {
  flow("Everything is done from the keyboard: sign in, next, reply, send and resolve, palette, assign, tag, search, help, sign out", async (h) => {
    await h.deliver({ subject: "Third in the list", text: "Of café tables." });
    await h.deliver({ subject: "Second in the list" });
    await h.deliver({ subject: "First in the list" });
    const page = await h.page(null);
    await countPointers(page.context());
    await page.goto("/sign-in");
    const { keyboard } = page;
    assert.equal(await page.evaluate(() => document.activeElement?.getAttribute("name")), "email");
    await keyboard.type(SAM.email);
    await keyboard.press("Tab");
    await keyboard.type(PASSWORD);
    await keyboard.press("Enter");
    await page.waitForURL(/\/inbox\/open/);
    await row(page, "First in the list").waitFor();

    await keyboard.press("j");
    await heading(page, "First in the list").waitFor();
    await keyboard.press("j");
    await heading(page, "Second in the list").waitFor();
    await keyboard.press("k");
    await heading(page, "First in the list").waitFor();

    await keyboard.press("r");
    await focusIsIn(page, "#composer-body");
    await keyboard.type("Answered by keys.");
    await keyboard.press("Control+Shift+Enter");
    await toast(page, "Sent and resolved").waitFor();
    await heading(page, "Second in the list").waitFor();
    await row(page, "First in the list").waitFor({ state: "detached" });

    await page.evaluate(() => document.activeElement?.blur());
    await keyboard.press("Control+k");
    await page.getByRole("combobox", { name: "Type a command" }).waitFor();
    await keyboard.type("assign to");
    await page.getByRole("option", { name: /^Assign to…/ }).waitFor();
    await keyboard.press("Enter");
    await focusIsIn(page, "#assign-menu");
    await arrowTo(page, page.getByRole("group", { name: "Assign to" }).getByRole("button", { name: OWNER.name }));
    await keyboard.press("Enter");
    await page.getByRole("button", { name: `Assign, now ${OWNER.name}` }).waitFor();

    await keyboard.press("l");
    await focusIsIn(page, "#tag");
    await keyboard.type("furniture");
    await keyboard.press("Enter");
    await page.getByRole("button", { name: "Tags, now furniture" }).waitFor();

    await keyboard.press("Escape");
    await keyboard.press("n");
    await focusIsIn(page, "#composer-body");
    await keyboard.type("A note by keys.");
    await keyboard.press("Control+Enter");
    await message(page, "A note by keys.").getByText("Internal note").waitFor();

    await keyboard.press("Escape");
    await keyboard.press("/");
    await page.waitForURL(/\/search/);
    await focusIsIn(page, "#search-field");
    await keyboard.type("cafe");
    await keyboard.press("Enter");
    const found = page.getByRole("list", { name: "Conversations found" }).getByRole("link", { name: /Third in the list/ });
    await found.waitFor();
    await tabTo(page, found);
    await keyboard.press("Enter");
    await heading(page, "Third in the list").waitFor();

    await keyboard.press("?");
    await page.getByRole("dialog", { name: "Keyboard shortcuts" }).waitFor();
    await keyboard.press("Escape");
    await page.getByRole("dialog", { name: "Keyboard shortcuts" }).waitFor({ state: "hidden" });

    await tabTo(page, page.getByRole("button", { name: `Account: ${SAM.name}` }));
    await keyboard.press("Enter");
    await focusIsIn(page, "#account-menu");
    await tabTo(page, page.getByRole("button", { name: "Sign out" }));
    await keyboard.press("Enter");
    await page.waitForURL(/\/sign-in/);
  });

  flow("Single letters never act while a field has the cursor", async (h) => {
    await h.deliver({ subject: "Do not touch" });
    const page = await h.page(SAM);
    await open(page, "Do not touch");
    const letters = "ejkrnialtpuzo/?[]";
    await composer(page).focus();
    await page.keyboard.type(letters);
    assert.equal(await composer(page).inputValue(), letters);
    await page.keyboard.press("Shift+E");
    assert.equal(await thread(page).getByText("Open", { exact: true }).count(), 1);
    await heading(page, "Do not touch").waitFor();
    assert.equal(await page.getByRole("dialog").count(), 0);
    await page.goto("/search");
    const field = page.locator("#search-field");
    await field.fill("");
    await page.keyboard.type("gi?ej");
    assert.equal(await field.inputValue(), "gi?ej");
    assert.match(page.url(), /\/search/);
  });

  flow("Keys with Alt or AltGr are left to the writer's layout", async (h) => {
    const page = await h.page(SAM);
    await open(page, "Do not touch");
    await page.evaluate(() => document.activeElement?.blur());
    for (const key of ["e", "l", "a", "o"]) await page.keyboard.press(`Alt+${key}`);
    await page.evaluate(() => document.body.dispatchEvent(new KeyboardEvent("keydown", { key: "e", modifierAltGraph: true, bubbles: true })));
    await page.evaluate(() => document.body.dispatchEvent(new KeyboardEvent("keydown", { key: "e", isComposing: true, bubbles: true })));
    assert.equal(await page.locator(":popover-open").count(), 0);
    assert.equal(await thread(page).getByText("Open", { exact: true }).count(), 1);
  });

  flow("On a layout without Latin letters the key at that place acts", async (h) => {
    const page = await h.page(SAM);
    await open(page, "Do not touch");
    await page.evaluate(() => document.body.dispatchEvent(new KeyboardEvent("keydown", { key: "к", code: "KeyR", bubbles: true })));
    await focusIsIn(page, "#composer-body");
  });

  flow("Single keys can be switched off, and those with Ctrl go on", async (h) => {
    const page = await h.page(SAM);
    await page.goto("/settings/keyboard");
    await page.getByRole("checkbox", { name: /Single keys/ }).uncheck();
    await page.getByRole("button", { name: "Save", exact: true }).click();
    await toast(page, "Saved").waitFor();
    await open(page, "Do not touch");
    await page.evaluate(() => document.activeElement?.blur());
    for (const key of ["e", "r", "l", "?"]) await page.keyboard.press(key);
    assert.equal(await page.evaluate(() => document.activeElement?.id), "");
    assert.equal(await page.locator(":popover-open").count(), 0);
    assert.equal(await thread(page).getByText("Open", { exact: true }).count(), 1);
    await page.keyboard.press("Control+k");
    await page.getByRole("combobox", { name: "Type a command" }).waitFor();
    await page.keyboard.press("Escape");
    await page.goto("/settings/keyboard");
    await page.getByRole("checkbox", { name: /Single keys/ }).check();
    await page.getByRole("button", { name: "Save", exact: true }).click();
    await toast(page, "Saved").waitFor();
  });

  flow("The focus stays where it is when the page is updated under it", async (h) => {
    const first = await h.deliver({ subject: "Under my hands", text: "One." });
    const page = await h.page(SAM);
    await open(page, "Under my hands");
    await row(page, "Under my hands").focus();
    await h.deliver({ subject: "Re: Under my hands", answers: first.messageId, text: "Two." });
    await message(page, "Two.").waitFor();
    assert.equal(await row(page, "Under my hands").evaluate((one) => one === document.activeElement), true);
    await page.getByRole("button", { name: /^Assign, now/ }).focus();
    await h.deliver({ subject: "Re: Under my hands", answers: first.messageId, text: "Three." });
    await message(page, "Three.").waitFor();
    assert.equal(await page.getByRole("button", { name: /^Assign, now/ }).evaluate((one) => one === document.activeElement), true);
  });

  flow("The first Tab offers to skip to the content", async (h) => {
    const page = await h.page(SAM);
    await page.goto("/settings/profile");
    await page.keyboard.press("Tab");
    assert.equal(await page.evaluate(() => document.activeElement?.textContent), "Skip to content");
    await page.keyboard.press("Enter");
    await focusIsIn(page, "#main");
  });
});
