import assert from "node:assert/strict";
import { house, OWNER, SAM } from "../harness/house.js";
import { choose, composer, goLive, heading, open } from "../harness/inbox.js";
import { look } from "../harness/look.js";
import { until } from "../harness/wait.js";

const bell = (page) => page.getByRole("link", { name: /^Notifications/ });

house("notifications", {}, (flow) => {
  flow("A mention rings the bell live, leads to the conversation, and is read by looking at it", async (h) => {
    await h.deliver({ subject: "A hard question" });
    const other = await h.page(OWNER);
    await goLive(other, "/inbox/resolved");
    const page = await h.page(SAM);
    await open(page, "A hard question");
    await choose(page, "Note");
    await composer(page).fill(`@${OWNER.name}, can you?`);
    await page.getByRole("button", { name: /^Add note(?! and)/ }).click();
    await until("the bell counts", async () => /1/.test((await bell(other).textContent()) ?? ""));
    await other.keyboard.press("g");
    await other.keyboard.press("o");
    await other.getByRole("link", { name: `${SAM.name} mentioned you` }).waitFor();
    await look(other, "notifications");
    await other.getByRole("link", { name: `${SAM.name} mentioned you` }).click();
    await heading(other, "A hard question").waitFor();
    await other.goto("/notifications");
    assert.equal(await other.getByRole("button", { name: "Mark all as read" }).count(), 0);
    await page.goto("/notifications");
    await look(page, "notifications-none");
  });

  flow("What one is told is chosen by kind and way, by keyboard", async (h) => {
    const page = await h.page(SAM);
    await page.goto("/settings/notifications");
    await look(page, "settings-notifications");
    const box = page.getByRole("checkbox", { name: "Somebody mentions you in a note: By e-mail" });
    assert.equal(await box.isChecked(), true);
    await box.focus();
    await page.keyboard.press("Space");
    await page.getByRole("button", { name: "Save" }).click();
    await page.waitForURL(/settings\/notifications/);
    assert.equal(await page.getByRole("checkbox", { name: "Somebody mentions you in a note: By e-mail" }).isChecked(), false);
  });

  flow("The activity page tells in words what happened, by person", async (h) => {
    await h.deliver({ subject: "Something happens" });
    const page = await h.page(SAM);
    await open(page, "Something happens");
    await page.keyboard.press("i");
    await page.getByRole("button", { name: `Assign, now ${SAM.name}` }).waitFor();
    await page.goto("/activity");
    await page.getByText(`${SAM.name} took this`).first().waitFor();
    await look(page, "activity");
    await page.getByLabel("Who").selectOption({ label: OWNER.name });
    await page.getByRole("button", { name: "Show" }).click();
    await page.waitForURL(/who=agent/);
    assert.equal(await page.getByText(`${SAM.name} took this`).count(), 0);
  });
});
