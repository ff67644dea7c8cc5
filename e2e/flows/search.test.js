import assert from "node:assert/strict";
import { house, SAM } from "../harness/house.js";
import { heading, thread } from "../harness/inbox.js";
import { look } from "../harness/look.js";

house("search", {}, (flow) => {
  flow("Words are found in subjects, messages and names, with or without their accents, and marked", async (h) => {
    await h.deliver({ subject: "Le fauteuil est arrivé", from: "Zoë Müller <zoe@customer.example>", text: "Bonjour, le tissu est déchiré." });
    await h.deliver({ subject: "Zamówienie", from: "Łukasz Żak <lukasz@customer.example>", text: "Gdzie jest moja paczka?" });
    const page = await h.page(SAM);
    for (const [words, subject] of [["dechire", "fauteuil"], ["DÉCHIRÉ tissu", "fauteuil"], ["muller", "fauteuil"], ["zamowienie", "Zamówienie"], ["łukasz", "Zamówienie"], ["arriv", "fauteuil"]]) {
      await page.goto("/search");
      await page.getByRole("searchbox", { name: "Search conversations" }).fill(words);
      await page.getByRole("searchbox").press("Enter");
      await page.waitForURL(/\?q=/);
      await page.getByRole("list", { name: "Conversations found" }).getByRole("link", { name: new RegExp(subject) }).waitFor();
    }
    await page.goto("/search?q=dechire");
    assert.equal(await page.locator("mark").first().textContent(), "déchiré");
    await look(page, "search-found");
    await page.getByRole("list", { name: "Conversations found" }).getByRole("link").click();
    await heading(page, "Le fauteuil est arrivé").waitFor();
    await page.goBack();
    await page.getByRole("list", { name: "Conversations found" }).waitFor();
  });

  flow("A search without result says what to do", async (h) => {
    const page = await h.page(SAM);
    await page.goto("/search?q=xylophone");
    await page.getByText("Nothing found").waitFor();
    await look(page, "search-nothing");
  });

  flow("The palette opens a conversation by its number and searches for the rest", async (h) => {
    const page = await h.page(SAM);
    await page.goto("/inbox/open");
    await page.keyboard.press("Control+k");
    await page.keyboard.type("#1");
    await page.getByRole("option", { name: "Open conversation #1" }).waitFor();
    await page.keyboard.press("Enter");
    await page.waitForURL(/\/c\/1$/);
    await thread(page).getByText("#1", { exact: true }).waitFor();
    await page.keyboard.press("Control+k");
    await page.keyboard.type("paczka");
    await page.getByRole("option", { name: "Search for “paczka”" }).click();
    await page.getByRole("link", { name: /Zamówienie/ }).waitFor();
  });
});
