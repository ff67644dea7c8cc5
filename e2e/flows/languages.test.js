import assert from "node:assert/strict";
import { house, OWNER, SAM } from "../harness/house.js";
import { look } from "../harness/look.js";

/** Chooses a language by its own name; the page may speak any. @param {import("playwright-core").Page} page @param {string} name */
async function speak(page, name) {
  await page.goto("/settings/profile");
  await page.locator("#language").selectOption({ label: name });
  await page.locator('form[action="/settings/profile"] button[type=submit]').click();
  await page.locator("#toasts .toast").waitFor();
}

/** What the page is. @param {import("playwright-core").Page} page */
const spoken = (page) => page.evaluate(() => `${document.documentElement.lang} ${document.documentElement.dir}`);

house("languages", {}, (flow) => {
  flow("A stranger is greeted in the language of their browser", async (h) => {
    const page = await h.page(null, { locale: "fr-FR" });
    await page.goto("/sign-in");
    await page.getByRole("heading", { level: 1, name: "Se connecter" }).waitFor();
    assert.equal(await spoken(page), "fr ltr");
  });

  flow("An agent switches to German: words, dates, numbers and what scripts say", async (h) => {
    await h.deliver({ subject: "Wo ist mein Paket?", text: "Guten Tag" });
    const page = await h.page(SAM);
    await speak(page, "Deutsch");
    assert.equal(await spoken(page), "de ltr");
    await page.locator("#toasts").getByText("Gespeichert").waitFor();
    assert.match(await page.getByText(/^Seit \d\d\.\d\d\.\d{4}, \d\d:\d\d/).first().textContent(), /zuletzt benutzt/);
    await page.goto("/inbox/open");
    await page.getByRole("region", { name: "Konversationen" }).getByRole("link", { name: "Wo ist mein Paket?" }).click();
    await page.getByRole("button", { name: "Lösen" }).click();
    await page.locator("#toasts").getByText("Gelöst").waitFor();
    await page.locator("#toasts").getByRole("button", { name: "Rückgängig" }).click();
    await page.locator("#toasts").getByText("Zurückgenommen: Gelöst").waitFor();
    await page.getByText("Sam Rivera hat dies gelöst").waitFor();
    await page.keyboard.press("Escape");
    await page.keyboard.press("?");
    await page.getByRole("dialog", { name: "Tastenkürzel" }).waitFor();
    await look(page, "german-help");
  });

  flow("An agent switches to Arabic: pages run from the right and are without findings", async (h) => {
    await h.deliver({ subject: "Where is my order?", text: "Hello there" });
    const page = await h.page(SAM);
    await speak(page, "العربية");
    assert.equal(await spoken(page), "ar rtl");
    await look(page, "arabic-profile");
    await page.goto("/inbox/open");
    const list = await page.getByRole("region", { name: "المحادثات" }).boundingBox();
    const rail = await page.getByRole("navigation", { name: "Rapport" }).boundingBox();
    assert.ok(list && rail && rail.x > list.x, "the rail stands at the right");
    await look(page, "arabic-list");
    await page.locator("#list .row-link").first().click();
    await page.getByRole("button", { name: "حل", exact: true }).waitFor();
    await look(page, "arabic-conversation");
    await page.goto("/search?q=order");
    await look(page, "arabic-search");
  });

  flow("An owner sees how far each language is and takes a catalogue along", async (h) => {
    const page = await h.page(OWNER);
    await page.goto("/settings/languages");
    const german = page.getByRole("region", { name: "Deutsch" });
    assert.match(await german.textContent(), /\d+ messages/);
    await look(page, "languages");
    await german.getByText(/^\d+ files$/).click();
    const download = page.waitForEvent("download");
    await german.getByRole("link", { name: "Download list.ftl" }).click();
    assert.equal((await download).suggestedFilename(), "de-list.ftl");
  });
});
