import assert from "node:assert/strict";
import { house } from "../harness/house.js";
import { choose, composer } from "../harness/inbox.js";
import { look } from "../harness/look.js";

/** Whom the demonstration signs its visitor in as. */
const ALEX = { name: "Alex Moreno", email: "demo@rapport.example" };

/** The uppermost conversation of the list, whatever it is. */
const firstRow = (page) => page.getByRole("region", { name: "Conversations" }).getByRole("listitem").first().getByRole("link");

house("screens", { demo: true }, (flow) => {
  flow("The sign-in page is without findings", async (h) => {
    const page = await h.page(null);
    await page.goto("/sign-in");
    await look(page, "sign-in");
  });

  for (const view of ["open", "mine", "unassigned", "neglected", "resolved"]) {
    flow(`The list of ${view} is without findings`, async (h) => {
      const page = await h.page(ALEX);
      await page.goto(`/inbox/${view}`);
      assert.ok((await page.getByRole("region", { name: "Conversations" }).getByRole("listitem").count()) > 0);
      await look(page, `list-${view}`);
    });
  }

  flow("Every conversation of the demonstration opens without findings on its page", async (h) => {
    const page = await h.page(ALEX);
    await page.goto("/inbox/open");
    const subjects = await page.locator("#list .row-link").evaluateAll((links) => links.map((link) => ({ subject: link.title, href: link.getAttribute("href") })));
    for (const [number, { href }] of subjects.entries()) {
      await page.goto(href);
      await page.getByRole("log", { name: "Messages" }).getByRole("article").first().waitFor();
      if (number < 5) await look(page, `conversation-${number + 1}`);
    }
    await page.goto("/inbox/resolved");
    await firstRow(page).click();
    await page.getByRole("button", { name: "Reopen" }).waitFor();
    await look(page, "conversation-resolved");
  });

  flow("Writing a note, menus, palette and help are without findings", async (h) => {
    const page = await h.page(ALEX);
    await page.goto("/inbox/open");
    await firstRow(page).click();
    await choose(page, "Note");
    await composer(page).fill("A note with\nseveral lines.\n\n- one\n- two");
    await look(page, "composer-note");
    for (const [name, button] of [["assign", /^Assign, now/], ["team", /^Team, now/], ["priority", /^Priority, now/], ["tags-empty", /^Tags, now/], ["subject", "Change the subject"], ["send", "More ways to send"], ["account", /^Account:/]]) {
      await page.getByRole("button", { name: button }).click();
      await look(page, `menu-${name}`);
      await page.keyboard.press("Escape");
    }
    await page.getByRole("button", { name: "Views" }).or(page.locator(".views-button")).first().click();
    await look(page, "menu-views");
    await page.keyboard.press("Escape");
    await page.evaluate(() => document.activeElement?.blur());
    await page.keyboard.press("Control+k");
    await page.keyboard.type("re");
    await look(page, "palette");
    await page.keyboard.press("Escape");
    await page.locator("#palette").waitFor({ state: "hidden" });
    await page.keyboard.press("?");
    await page.getByRole("dialog", { name: "Keyboard shortcuts" }).waitFor();
    await look(page, "help");
  });

  for (const [path, name] of [["/search", "search"], ["/search?q=order", "search-order"], ["/settings/profile", "settings-profile"], ["/settings/keyboard", "settings-keyboard"],
    ["/settings/people", "settings-people"], ["/settings/people/new", "settings-people-new"], ["/settings/teams", "settings-teams"], ["/settings/hours", "settings-hours"], ["/settings/hours/new", "settings-hours-new"], ["/settings/mailboxes", "settings-mailboxes"],
    ["/settings/mailboxes/new", "settings-mailboxes-new"], ["/settings/domains", "settings-domains"], ["/settings/jobs", "settings-jobs"], ["/settings/redaction", "settings-redaction"]]) {
    flow(`The page ${path} is without findings`, async (h) => {
      const page = await h.page(ALEX);
      await page.goto(path);
      await look(page, name);
    });
  }

  flow("The pages of one person, one team and one mailbox are without findings", async (h) => {
    const page = await h.page(ALEX);
    for (const [path, link, name] of [["/settings/people", "Mei Tanaka", "settings-person"], ["/settings/teams", "Repairs & warranty", "settings-team"], ["/settings/mailboxes", /@/, "settings-mailbox"]]) {
      await page.goto(path);
      await page.getByRole("link", { name: link }).first().click();
      await page.waitForURL(/[0-9a-f]{8}-/);
      await look(page, name);
    }
  });

  flow("Business hours with a holiday, a day of one's own and a preview are without findings", async (h) => {
    const page = await h.page(ALEX);
    await page.goto("/settings/hours/new");
    await page.getByLabel("Name", { exact: true }).fill("Berlin");
    await page.getByLabel("Time zone").fill("Europe/Berlin");
    await page.getByLabel("Public holidays of").selectOption("DE");
    await page.getByRole("button", { name: "Save" }).click();
    await page.getByLabel("Region").selectOption("BE");
    await page.getByRole("button", { name: "Save" }).click();
    await page.getByLabel("Day", { exact: true }).fill("2026-12-07");
    await page.getByLabel("What it is").fill("Outing");
    await page.getByRole("button", { name: "Add days" }).click();
    await page.goto(`${new URL(page.url()).pathname}?month=2026-12`);
    await page.getByText("Weihnachtstag").or(page.getByText("Christmas Day")).first().waitFor();
    await look(page, "settings-hours-one");
  });

  flow("What is missing or not allowed is said on a page without findings", async (h) => {
    h.expects(/status of 404/);
    const page = await h.page(ALEX);
    await page.goto("/nowhere");
    await look(page, "not-found");
    await page.goto("/c/424242");
    await look(page, "conversation-missing");
  });

  flow("A conversation with the sender's own formatting unfolded is without findings", async (h) => {
    const page = await h.page(ALEX);
    await page.goto("/inbox/open");
    for (const href of await page.locator("#list .row-link").evaluateAll((links) => links.map((link) => link.getAttribute("href")))) {
      await page.goto(href);
      const fold = page.getByText("Original formatting").first();
      if (!(await fold.count())) continue;
      await fold.click();
      await page.frameLocator("iframe").first().locator("body").waitFor();
      await look(page, "original-formatting");
      return;
    }
    assert.fail("no conversation of the demonstration has formatting of its own");
  });

  flow("The demonstration is the owner's, and colleagues come in with the same password", async (h) => {
    const page = await h.page({ name: "Mei Tanaka", email: "mei@rapport.example" });
    await page.goto("/inbox/mine");
    await page.getByRole("region", { name: "Conversations" }).waitFor();
  });
});
