import assert from "node:assert/strict";
import { house, OWNER, SAM } from "../harness/house.js";
import { goLive, heading, open, row, toast, thread } from "../harness/inbox.js";
import { look, picture } from "../harness/look.js";
import { until } from "../harness/wait.js";

const WIDE = { viewport: { width: 1680, height: 950 } };

/** The count beside a view, which is nothing for none. */
const count = async (page, view) => Number((await page.getByRole("navigation", { name: "Views" }).getByRole("link", { name: view }).textContent()).replace(/\D/g, "") || 0);

house("changes", {}, (flow) => {
  flow("Resolving goes on to the next conversation and can be taken back", async (h) => {
    await h.deliver({ subject: "The one below" });
    await h.deliver({ subject: "The one above" });
    const page = await h.page(SAM);
    await open(page, "The one above");
    await page.getByRole("button", { name: "Resolve" }).click();
    await toast(page, "Resolved").waitFor();
    await heading(page, "The one below").waitFor();
    await row(page, "The one above").waitFor({ state: "detached" });
    await page.getByRole("button", { name: "Undo" }).click();
    await row(page, "The one above").waitFor();
    await toast(page, "Taken back: resolved").waitFor();
    await open(page, "The one above");
    assert.equal(await thread(page).getByText("Open", { exact: true }).count(), 1);
  });

  flow("Assigning moves a conversation between the views, and Undo moves it back", async (h) => {
    await h.deliver({ subject: "Whose is it?" });
    const page = await h.page(SAM, WIDE);
    await goLive(page, "/inbox/unassigned");
    await row(page, "Whose is it?").click();
    await heading(page, "Whose is it?").waitFor();
    const before = { mine: await count(page, "Mine"), unassigned: await count(page, "Unassigned") };
    await page.keyboard.press("i");
    await page.getByRole("button", { name: `Assign, now ${SAM.name}` }).waitFor();
    await row(page, "Whose is it?").waitFor({ state: "detached" });
    await until("the counts follow", async () => (await count(page, "Mine")) === before.mine + 1 && (await count(page, "Unassigned")) === before.unassigned - 1);
    await page.keyboard.press("z");
    await page.getByRole("button", { name: "Assign, now nobody" }).waitFor();
    await row(page, "Whose is it?").waitFor();
    await until("the counts are as before", async () => (await count(page, "Mine")) === before.mine && (await count(page, "Unassigned")) === before.unassigned);
  });

  flow("Priority, tags, subject and team are changed in place and stay", async (h) => {
    const owner = await h.page(OWNER);
    await owner.goto("/settings/teams");
    await owner.getByLabel("Name").fill("Repairs");
    await owner.getByRole("button", { name: "Add" }).click();
    await owner.getByRole("heading", { level: 1, name: "Repairs" }).waitFor();

    await h.deliver({ subject: "Plain subject" });
    const page = await h.page(SAM, WIDE);
    await open(page, "Plain subject");
    await page.getByRole("button", { name: /^Priority, now/ }).click();
    await page.getByRole("group", { name: "Priority" }).getByRole("button", { name: "Urgent" }).click();
    await page.getByRole("button", { name: "Priority, now Urgent" }).waitFor();
    await row(page, /Plain subject/).getByText("Urgent").waitFor();
    for (const tag of ["garden", "wood"]) {
      await page.getByRole("button", { name: /^Tags, now/ }).click();
      await page.getByLabel("Add a tag").fill(tag);
      await page.getByLabel("Add a tag").press("Enter");
      await page.getByRole("button", { name: new RegExp(`^Tags, now .*${tag}`) }).waitFor();
    }
    await page.getByRole("button", { name: /^Tags, now/ }).click();
    await look(page, "menu-tags");
    await page.getByRole("button", { name: "Remove the tag garden" }).click();
    await page.getByRole("button", { name: "Tags, now wood" }).waitFor();
    await page.getByRole("button", { name: /^Team, now/ }).click();
    await page.getByRole("group", { name: "Team" }).getByRole("button", { name: "Repairs" }).click();
    await page.getByRole("button", { name: "Team, now Repairs" }).waitFor();
    await page.getByRole("button", { name: "Change the subject" }).click();
    await page.getByRole("textbox", { name: "Subject" }).fill("A better subject");
    await page.getByRole("button", { name: "Rename" }).click();
    await heading(page, "A better subject").waitFor();
    await row(page, "A better subject").waitFor();
    await page.reload();
    for (const name of ["Priority, now Urgent", "Tags, now wood", "Team, now Repairs"]) await page.getByRole("button", { name }).waitFor();
    await picture(page, "changed-wide");
    const views = page.getByRole("navigation", { name: "Views" });
    for (const view of ["Repairs", "wood"]) {
      await views.getByRole("link", { name: view }).click();
      await row(page, "A better subject").waitFor();
    }
  });

  flow("A resolved conversation is found under Resolved and is opened again from there", async (h) => {
    await h.deliver({ subject: "Over and out" });
    const page = await h.page(SAM);
    await open(page, "Over and out");
    await page.getByRole("button", { name: "Resolve" }).click();
    await row(page, "Over and out").waitFor({ state: "detached" });
    await open(page, "Over and out", "resolved");
    await page.getByRole("button", { name: "Reopen" }).click();
    await row(page, "Over and out").waitFor({ state: "detached" });
    await open(page, "Over and out");
  });

  flow("Neglected holds whoever waits for an answer, the one who waits longest first", async (h) => {
    await h.deliver({ subject: "Waits longest" });
    await h.deliver({ subject: "Waits shorter" });
    const page = await h.page(SAM);
    await page.goto("/inbox/neglected");
    const subjects = await page.getByRole("region", { name: "Conversations" }).getByRole("link", { name: /Waits/ }).allInnerTexts();
    assert.equal(subjects.length, 2);
    assert.match(subjects[0], /Waits longest/);
    await row(page, "Waits longest").click();
    await heading(page, "Waits longest").waitFor();
    await page.keyboard.press("r");
    await page.keyboard.type("No longer.");
    await page.keyboard.press("Control+Enter");
    await row(page, "Waits longest").waitFor({ state: "detached" });
  });

  flow("Marked as unread, a conversation is unread for its reader again", async (h) => {
    await h.deliver({ subject: "Later, maybe" });
    const page = await h.page(SAM);
    await open(page, "Later, maybe");
    await page.getByRole("button", { name: "Mark as unread" }).click();
    await toast(page, "Marked as unread").waitFor();
    await page.goto("/inbox/open");
    await row(page, /Unread.*Later, maybe/s).waitFor();
  });
});
