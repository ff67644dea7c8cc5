import assert from "node:assert/strict";
import { house, SAM } from "../harness/house.js";
import { heading, row } from "../harness/inbox.js";
import { look } from "../harness/look.js";
import { until } from "../harness/wait.js";

const kept = (page) => page.evaluate(async () => {
  const pages = await caches.open("pages");
  return (await pages.keys()).map((request) => new URL(request.url).pathname);
});

house("offline", {}, (flow) => {
  flow("What was open is read again without a network, what was not says so, and nothing is left after signing out", async (h) => {
    h.expects(/ERR_INTERNET_DISCONNECTED|WebSocket|Failed to load resource/);
    await h.deliver({ subject: "Read before", text: "Of café tables." });
    const page = await h.page(SAM);
    await page.goto("/inbox/open");
    await row(page, "Read before").waitFor();
    await page.evaluate(() => navigator.serviceWorker.ready.then(() => navigator.serviceWorker.controller ?? new Promise((done) => navigator.serviceWorker.addEventListener("controllerchange", done, { once: true }))));
    await page.goto("/c/1");
    await heading(page, "Read before").waitFor();
    await page.goto("/inbox/open");
    await until("the list and the conversation are kept", async () => {
      const paths = await kept(page);
      return paths.includes("/c/1") && paths.includes("/inbox/open");
    });
    await page.context().setOffline(true);
    await page.goto("/c/1");
    await heading(page, "Read before").waitFor();
    await page.getByText("Offline: you are reading what was kept.").waitFor();
    await page.goto("/search");
    await page.getByRole("heading", { name: "You are offline" }).waitFor();
    await page.context().setOffline(false);
    await look(page, "offline");
    await page.goto("/inbox/open");
    await page.getByRole("button", { name: /^Account/ }).click();
    await page.getByRole("button", { name: "Sign out" }).click();
    await page.waitForURL(/\/sign-in/);
    await until("nothing is kept", async () => (await kept(page)).length === 0);
    assert.equal((await kept(page)).length, 0);
  });
});
