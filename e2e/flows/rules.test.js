import assert from "node:assert/strict";
import { house, OWNER, SAM } from "../harness/house.js";
import { goLive, heading, open, row, thread, toast } from "../harness/inbox.js";
import { look } from "../harness/look.js";
import { until } from "../harness/wait.js";

const rows = (page, id) => page.locator(`#${id} .view-line`);

/** Begins a rule of this name. */
async function begin(h, name) {
  const page = await h.page(OWNER);
  await page.goto("/settings/rules");
  await page.getByRole("link", { name: "New rule" }).click();
  await page.getByRole("heading", { level: 1, name: "New rule" }).waitFor();
  await page.getByRole("textbox", { name: "Name", exact: true }).fill(name);
  return page;
}

house("rules", {}, (flow) => {
  flow("A rule is put together, looked at before it acts, switched on, acts, and says why", async (h) => {
    await h.deliver({ subject: "Invoice 17 is wrong" });
    await h.deliver({ subject: "Where is my parcel?" });
    const page = await begin(h, "Money first");
    await page.getByRole("button", { name: "Add condition" }).click();
    await until("a condition", async () => (await rows(page, "view-conditions").count()) === 1);
    await rows(page, "view-conditions").getByRole("combobox", { name: "About what" }).selectOption({ label: "Subject" });
    await rows(page, "view-conditions").getByRole("textbox", { name: "Value" }).fill("invoice");
    await page.getByRole("textbox", { name: "Add tag" }).fill("money");
    await page.getByRole("button", { name: "Add action" }).click();
    await until("a second action", async () => (await rows(page, "view-actions").count()) === 2);
    await rows(page, "view-actions").nth(1).getByRole("combobox", { name: "What is done" }).selectOption({ label: "Make responsible" });
    await rows(page, "view-actions").nth(1).getByRole("combobox", { name: "Who" }).selectOption({ label: SAM.name });
    assert.equal(await page.getByRole("textbox", { name: "Add tag" }).inputValue(), "money");
    await look(page, "rule-editor");
    await page.getByRole("button", { name: "Save" }).click();
    await toast(page, "Saved").waitFor();
    await look(page, "rule-saved");

    await page.getByRole("link", { name: "What it would have done" }).click();
    await page.getByRole("button", { name: "Look back" }).click();
    await until("the past is looked at", async () => {
      if (await page.getByText("It would have acted once").count()) return true;
      await page.reload();
      return false;
    });
    await page.getByRole("link", { name: /Invoice 17 is wrong/ }).waitFor();
    await look(page, "rule-simulation");
    await page.getByRole("button", { name: "Switch on" }).click();
    await toast(page, "Switched on").waitFor();

    const other = await h.page(SAM);
    await goLive(other, "/inbox/mine");
    await h.deliver({ subject: "Invoice 18 is wrong, too" });
    await row(other, "Invoice 18 is wrong, too").click();
    await heading(other, "Invoice 18 is wrong, too").waitFor();
    await thread(other).getByText("Rule “Money first” acted").waitFor();
    await look(other, "rule-acted");
    await other.goto("/inbox/mine");
    await open(other, "Invoice 18 is wrong, too", "mine");
    await other.goto(other.url().replace(/\?.*/, "") + "/why");
    await other.getByText("Subject contains invoice").waitFor();
    await look(other, "rule-why");
    await page.goto("/settings/rules");
    await page.getByText("acted once").waitFor();
    await look(page, "rules");
  });

  flow("Silence: a rule of time in business hours is put together by keyboard, its versions are kept, and deleting is undone", async (h) => {
    const page = await begin(h, "Nudge");
    await page.getByRole("radio", { name: "When time has passed" }).check();
    await page.getByRole("textbox", { name: "How long" }).fill("2");
    await page.getByRole("checkbox", { name: "Count business hours only" }).check();
    await page.getByRole("combobox", { name: "What is done" }).selectOption({ label: "Write to the customer" });
    await page.getByRole("textbox", { name: "Write to the customer" }).fill("Hello {{customer.first_name|there}}, do you still need help?");
    await look(page, "rule-silence");
    await page.getByRole("button", { name: "Save" }).click();
    await toast(page, "Saved").waitFor();
    await page.getByRole("textbox", { name: "How long" }).fill("3");
    await page.getByRole("button", { name: "Save" }).click();
    await toast(page, "Saved").waitFor();
    await page.getByRole("link", { name: "Versions" }).click();
    await page.getByText("2 days of business hours after our answer, if the customer stays silent").waitFor();
    await look(page, "rule-versions");
    await page.getByRole("button", { name: "Put back" }).click();
    await toast(page, "Put back as a new version").waitFor();
    await page.getByRole("link", { name: "Nudge" }).click();
    assert.equal(await page.getByRole("textbox", { name: "How long" }).inputValue(), "2");
    await page.getByRole("button", { name: "Delete rule" }).click();
    await page.getByText("The rule is deleted.").waitFor();
    await page.getByRole("button", { name: "Undo" }).click();
    await page.getByRole("link", { name: /Nudge/ }).waitFor();
  });
});
