import assert from "node:assert/strict";
import { house, OWNER, SAM } from "../harness/house.js";
import { heading, message, open, row } from "../harness/inbox.js";

house("visits", {}, (flow) => {
  flow("A hard reload shows the same on every page, and Back and Forward lead where one was", async (h) => {
    await h.deliver({ subject: "Alpha" });
    await h.deliver({ subject: "Beta" });
    const page = await h.page(OWNER);
    await page.goto("/inbox/unassigned");
    await row(page, "Alpha").click();
    await heading(page, "Alpha").waitFor();
    await row(page, "Beta").click();
    await heading(page, "Beta").waitFor();
    const address = page.url();
    await page.reload();
    await heading(page, "Beta").waitFor();
    assert.equal(page.url(), address);
    assert.equal(await row(page, "Beta").getAttribute("aria-current"), "true");
    assert.match(await page.title(), /^Beta/);
    await page.goBack();
    await heading(page, "Alpha").waitFor();
    assert.equal(await row(page, "Alpha").getAttribute("aria-current"), "true");
    assert.match(await page.title(), /^Alpha/);
    await page.goBack();
    await page.waitForURL(/\/inbox\/unassigned/);
    await page.getByText("No conversation open").waitFor();
    await page.goForward();
    await heading(page, "Alpha").waitFor();
    for (const [path, name] of [["/settings/profile", "Profile"], ["/settings/keyboard", "Keyboard"], ["/settings/people", "People"], ["/settings/teams", "Teams"],
      ["/settings/mailboxes", "Mailboxes"], ["/settings/jobs", "Failed work"], ["/settings/people/new", "Add a person"], ["/settings/mailboxes/new", "Connect a mailbox"], ["/search?q=alpha", "Search"]]) {
      await page.goto(path);
      await page.getByRole("heading", { level: 1, name }).waitFor();
      await page.reload();
      await page.getByRole("heading", { level: 1, name }).waitFor();
    }
    await page.goBack();
    await page.getByRole("heading", { level: 1, name: "Connect a mailbox" }).waitFor();
    await page.goto("/settings/profile?done=saved");
    await page.getByText("Saved", { exact: true }).waitFor();
    assert.ok(!page.url().includes("done"));
  });

  flow("A page that does not exist says so, and so does a conversation", async (h) => {
    h.expects(/status of 404/);
    const page = await h.page(SAM);
    assert.equal((await page.goto("/nowhere")).status(), 404);
    await page.getByRole("heading", { name: "There is nothing here" }).waitFor();
    assert.equal((await page.goto("/c/424242")).status(), 404);
    await page.getByText("There is no such conversation").waitFor();
    assert.equal((await page.goto("/inbox/nonsense")).status(), 404);
  });

  flow("Opening a conversation fetches its neighbours ahead without marking them as read", async (h) => {
    await h.deliver({ subject: "Gamma" });
    await h.deliver({ subject: "Delta" });
    await h.deliver({ subject: "Epsilon" });
    const page = await h.page(SAM);
    await open(page, "Delta");
    await page.waitForLoadState("networkidle");
    await page.goto("/inbox/open");
    await row(page, /Unread.*Gamma/s).waitFor();
    await row(page, /Unread.*Epsilon/s).waitFor();
    assert.equal(await row(page, /Unread.*Delta/s).count(), 0);
  });

  flow("A long list goes on below, and an old thread above", async (h) => {
    let last;
    for (let number = 1; number <= 60; number++) last = await h.deliver({ subject: `Number ${number} of sixty` });
    const page = await h.page(SAM);
    await page.goto("/inbox/open");
    await row(page, "Number 60 of sixty").waitFor();
    assert.equal(await row(page, "Number 1 of sixty").count(), 0);
    await page.getByRole("link", { name: "Show more" }).click();
    await row(page, /Number 1 of sixty/).waitFor();
    assert.equal(await row(page, /Number 60 of sixty/).count(), 1);
    for (let number = 1; number <= 60; number++) last = await h.deliver({ subject: "Re: Number 60 of sixty", answers: last.messageId, text: `Letter ${number}.` });
    await open(page, "Number 60 of sixty");
    await message(page, "Letter 60.").waitFor();
    const earlier = page.getByRole("link", { name: "Show earlier messages" });
    while (await earlier.count()) {
      const href = await earlier.first().getAttribute("href");
      await earlier.first().click();
      await page.locator(`a.older[href="${href}"]`).waitFor({ state: "detached" });
    }
    assert.equal(await message(page, /Letter \d+\./).count(), 60);
  });
});
