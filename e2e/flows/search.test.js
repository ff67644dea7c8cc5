import assert from "node:assert/strict";
import { house, SAM, OWNER } from "../harness/house.js";
import { look } from "../harness/look.js";
import { heading, row } from "../harness/inbox.js";

house("search", {}, (flow) => {
  flow("Conditions are completed while typing, narrow the search, and are dropped by a click; slips are forgiven", async (h) => {
    await h.deliver({ subject: "Late parcel", text: "Where is my refund for the parcel?" });
    await h.deliver({ subject: "A refund please", text: "The kettle leaks, refund it." });
    const page = await h.page(SAM);
    await page.goto("/inbox/open");
    await row(page, "A refund please").waitFor();
    await page.goto("/search");
    await look(page, "search-start");
    const field = page.getByRole("combobox", { name: "Search conversations" });
    await field.pressSequentially("refund ass");
    await page.getByRole("option", { name: "assignee:" }).waitFor();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await page.getByRole("option", { name: "assignee:nobody" }).waitFor();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    assert.equal(await field.inputValue(), "refund assignee:nobody ");
    await page.keyboard.press("Enter");
    await page.getByRole("list", { name: "Conversations found" }).getByRole("link").nth(1).waitFor();
    await page.getByRole("link", { name: "Without assignee:nobody" }).click();
    await page.waitForURL(/q=refund$/);
    await page.goto("/search?q=refnud%20");
    await page.getByText("Nothing holds “refnud”.").waitFor();
    await look(page, "search-found");
    await page.goto("/search?q=refund%20is%3Aresolved%20before%3Asoon");
    await page.getByText("Nothing found").waitFor();
    await look(page, "search-nothing");
  });

  flow("The palette goes to a conversation by what is in it", async (h) => {
    await h.deliver({ subject: "Broken zip", text: "The zipper of my jacket broke." });
    const page = await h.page(SAM);
    await page.goto("/inbox/open");
    await row(page, "Broken zip").waitFor();
    await page.keyboard.press("Control+k");
    await page.keyboard.type("zipper");
    await page.getByRole("option", { name: /Broken zip/ }).waitFor();
    await look(page, "palette-jump");
    await page.keyboard.press("Enter");
    await heading(page, "Broken zip").waitFor();
  });

  flow("A key is given to another command by pressing it, and a key that is taken is refused", async (h) => {
    h.expects(/422/);
    const page = await h.page(SAM);
    await page.goto("/settings/keyboard");
    await page.getByRole("textbox", { name: "Search", exact: true }).focus();
    await page.keyboard.press("e");
    await page.getByRole("button", { name: "Save these keys" }).click();
    await page.getByText("This key is used for “Resolve, go to next”.").first().waitFor();
    await look(page, "keyboard-refused");
    await page.goto("/settings/keyboard");
    await page.getByRole("textbox", { name: "Search", exact: true }).focus();
    await page.keyboard.press("y");
    await page.keyboard.press("Enter");
    await page.waitForURL(/done=saved/);
    await page.evaluate(() => document.activeElement?.blur());
    await page.keyboard.press("y");
    await page.waitForURL(/\/search/);
    await page.goto("/settings/keyboard");
    await page.getByRole("button", { name: "Back to the desk’s keys" }).click();
    await page.waitForURL(/done=saved/);
  });

  flow("A setting is found by another word for it, and people are invited by a list", async (h) => {
    const page = await h.page(OWNER);
    await page.goto("/settings");
    await look(page, "settings-home");
    await page.getByRole("searchbox", { name: "Find a setting" }).fill("dkim");
    await page.keyboard.press("Enter");
    await page.getByRole("main").getByRole("link", { name: "Domains" }).waitFor();
    await page.goto("/settings/people/invite");
    await look(page, "invite");
    await page.getByLabel("Or paste it here").fill("name,email,team\nAna,ana@desk.example,Returns\nRita,refused.rita@desk.example,\nBroken,nonsense,\n");
    await page.getByRole("button", { name: "See what will happen" }).click();
    await page.getByText("This is not an e-mail address.").waitFor();
    await look(page, "invite-preview");
    await page.getByRole("button", { name: "Bring them in" }).click();
    const link = await page.getByRole("textbox", { name: "Link for Ana" }).inputValue();
    await look(page, "invite-links");
    // They go out by e-mail as well; who was not reached is named with the server's own words, and the link is still there.
    await page.getByRole("button", { name: "Send them by e-mail" }).click();
    await page.getByText("1 of 2 sent").waitFor();
    const rita = page.getByRole("listitem").filter({ hasText: "refused.rita@desk.example" });
    await rita.getByText("There is no such mailbox here").waitFor();
    await rita.getByRole("textbox", { name: "Link for Rita" }).waitFor();
    await page.getByRole("button", { name: "Try those again that were not sent" }).waitFor();
    await look(page, "invite-mailed");
    const mail = await h.outside.received((mail) => mail.to.includes("ana@desk.example"));
    assert.match(mail.raw, /^Subject: Your invitation to /m);
    const ana = await h.page(null);
    await ana.goto(new URL(link).pathname);
    await look(ana, "invitation");
    await ana.getByLabel("Password").fill("correct horse battery");
    await ana.getByRole("button", { name: "Come in" }).click();
    await ana.waitForURL(/\/inbox\/open/);
  });
});
