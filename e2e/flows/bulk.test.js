import assert from "node:assert/strict";
import { house, SAM } from "../harness/house.js";
import { goLive, row, toast } from "../harness/inbox.js";
import { look } from "../harness/look.js";
import { until } from "../harness/wait.js";

const WIDE = { viewport: { width: 1680, height: 950 } };
const rows = (page) => page.locator("#list > li").count();

house("bulk", { workers: 16 }, (flow) => {
  flow("Several are chosen by keyboard, assigned and resolved at once, and put back by one key", async (h) => {
    for (const subject of ["One", "Two", "Three", "Four"]) await h.deliver({ subject });
    const page = await h.page(SAM, WIDE);
    await goLive(page, "/inbox/open");
    await row(page, "Four").focus();
    await page.keyboard.press("x");
    await page.keyboard.press("Shift+J");
    await page.keyboard.press("Shift+J");
    await page.locator("#bulk-count").getByText("3 chosen").waitFor();
    await look(page, "bulk-bar");
    await page.keyboard.press("a");
    await page.getByRole("group", { name: "Assign to" }).getByRole("button", { name: "Me" }).waitFor();
    await look(page, "bulk-assign");
    await page.keyboard.press("Enter");
    await toast(page, "3 conversations changed.").waitFor();
    await page.goto("/inbox/mine");
    assert.equal(await rows(page), 3);
    await goLive(page, "/inbox/open");
    await page.keyboard.press("Control+a");
    await page.locator("#bulk-count").getByText("All in Open").waitFor();
    await page.keyboard.press("e");
    await toast(page, "4 conversations changed.").waitFor();
    await until("the list is empty", async () => (await rows(page)) === 0);
    await page.keyboard.press("z");
    await toast(page, "4 conversations put back.").waitFor();
    await until("they are back", async () => (await rows(page)) === 4);
  });

  flow("Many are tagged, put off and prioritised by pointer; Escape lets them go", async (h) => {
    await h.deliver({ subject: "Five" });
    const page = await h.page(SAM, WIDE);
    await goLive(page, "/inbox/open");
    const box = (name) => page.locator("#list > li").filter({ hasText: name }).getByRole("checkbox");
    await box("Five").check();
    await page.getByRole("button", { name: "Tags" }).click();
    await page.getByLabel("Tag", { exact: true }).fill("round-up");
    await page.keyboard.press("Enter");
    await toast(page, "1 conversation changed.").waitFor();
    await row(page, /Five/).getByText("round-up").waitFor();
    await box("Five").check();
    await page.locator(".bulk-bar").getByRole("button", { name: "Snooze" }).click();
    await page.locator("#bulk-snooze").getByLabel("Until when").fill("tomorrow");
    await look(page, "bulk-snooze");
    await page.keyboard.press("Enter");
    await row(page, /Five/).waitFor({ state: "detached" });
    await page.locator("#toasts").getByRole("button", { name: "Undo" }).click();
    await row(page, /Five/).waitFor();
    await box("Five").check();
    await page.evaluate(() => document.activeElement?.blur());
    await page.keyboard.press("Escape");
    await page.locator(".bulk-bar").waitFor({ state: "hidden" });
  });

  flow("When all rows that are shown are changed, the next ones come by themselves", async (h) => {
    for (let n = 0; n < 60; n += 10) await Promise.all(Array.from({ length: 10 }, (_, k) => h.deliver({ subject: `Page ${n + k}`, from: `p${n + k}@pages.example` })));
    const page = await h.page(SAM, WIDE);
    await goLive(page, "/inbox/open");
    await until("the first page is full", async () => { await page.reload(); return (await rows(page)) === 50; });
    await page.keyboard.press("Control+a");
    await page.getByRole("checkbox", { name: "All in Open" }).uncheck();
    for (const box of await page.locator("#list .row-check input").all()) await box.evaluate((one) => { one.checked = true; });
    await page.keyboard.press("e");
    await toast(page, "50 conversations changed.").waitFor();
    await until("the next rows are there", async () => (await rows(page)) >= 10 && (await page.locator("[data-more]").count()) === 0);
    await page.keyboard.press("z");
    await toast(page, "50 conversations put back.").waitFor();
  });

  flow("A whole view beyond the page is changed in the background, shows how far it is, and is undone as one", async (h) => {
    for (let n = 0; n < 230; n += 10) await Promise.all(Array.from({ length: 10 }, (_, k) => h.deliver({ subject: `Mass ${n + k}`, from: `m${n + k}@many.example` })));
    // Mail is read in the order in which it comes.
    await h.deliver({ subject: "The last of all" });
    const page = await h.page(SAM, WIDE);
    await goLive(page, "/inbox/open");
    await row(page, "The last of all").waitFor();
    await page.keyboard.press("Control+a");
    await page.locator("#bulk-count").getByText("All in Open").waitFor();
    await page.keyboard.press("e");
    await toast(page, /\d+ conversations changed\./).waitFor({ timeout: 60_000 });
    await look(page, "bulk-done");
    assert.equal(await page.locator("#bulk-status").innerText(), "", "the line of its progress is gone");
    await until("the list is empty", async () => (await rows(page)) === 0);
    await page.locator(".list-end .empty").waitFor();
    await page.keyboard.press("z");
    await toast(page, /conversations put back\./).waitFor({ timeout: 60_000 });
    assert.equal(await page.locator("#bulk-status").innerText(), "");
    await page.goto("/inbox/open");
    assert.ok((await rows(page)) >= 50);
  });
});
