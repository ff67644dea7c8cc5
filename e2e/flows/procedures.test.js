import assert from "node:assert/strict";
import { house, OWNER, SAM } from "../harness/house.js";
import { composer, goLive, heading, open, row, thread, toast } from "../harness/inbox.js";
import { look } from "../harness/look.js";
import { until } from "../harness/wait.js";

const WIDE = { viewport: { width: 1680, height: 950 } };
/** The procedure beside the conversation. @param {import("playwright-core").Page} page */
const procedure = (page) => page.locator("#part-procedure");
/** One step of the form, from 1. @param {import("playwright-core").Page} page @param {number} number */
const step = (page, number) => page.locator(".step-form").nth(number - 1);

/** Writes a procedure down: a task, a question, a fact, a text. @param {import("playwright-core").Page} page */
async function write(page) {
  await page.goto("/settings/fields/new");
  await page.getByLabel("Name").fill("Order number");
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByRole("link", { name: "Order number" }).waitFor();
  await page.goto("/settings/procedures");
  await page.getByText("No procedures yet").waitFor();
  await page.getByRole("link", { name: "Add a procedure" }).click();
  await page.getByLabel("Name", { exact: true }).fill("Damaged on arrival");
  await step(page, 1).getByLabel("What is to be done?").fill("Ask for a picture");
  await step(page, 1).getByLabel("Needed before").check();
  for (const [kind, count] of [["Decision", 2], ["Fact to ask", 3], ["Text to use", 4]]) {
    await page.getByRole("group", { name: "Add a step" }).getByRole("button", { name: String(kind) }).click();
    await until("a step more", async () => (await page.locator(".step-form").count()) === count);
  }
  // What is added has the focus.
  assert.equal(await page.evaluate(() => document.activeElement?.getAttribute("name")), "title.3");
  await step(page, 4).getByLabel("What is it for?").fill("Be sorry");
  await step(page, 4).getByLabel("Words").fill("Dear {{customer.first_name|friend}}, we are sorry.");
  await step(page, 2).getByLabel("Question").fill("Is it our fault?");
  await step(page, 2).getByLabel("Answer 1", { exact: true }).fill("Yes");
  await step(page, 2).getByLabel("Answer 2", { exact: true }).fill("No, the carrier’s");
  await step(page, 2).getByLabel("Where answer 2 leads").selectOption({ label: "to step 4: Be sorry" });
  await step(page, 3).getByLabel("Kept in the field").selectOption({ label: "Order number" });
}

house("procedures", {}, (flow) => {
  flow("A procedure is written down, gone through by two people live, and resolved with a reason", async (h) => {
    await h.deliver({ subject: "It came broken", text: "My parcel came broken." });
    const owner = await h.page(OWNER, WIDE);
    await write(owner);
    await owner.getByRole("button", { name: "Move step 3 up" }).click();
    await until("it moved", async () => (await step(owner, 2).getByLabel("Kept in the field").count()) === 1);
    await owner.getByRole("button", { name: "Move step 2 down" }).click();
    await until("it is back", async () => (await step(owner, 3).getByLabel("Kept in the field").count()) === 1);
    await owner.getByRole("region", { name: "Preview" }).getByText("No, the carrier’s: to step 4: Be sorry").waitFor();
    await look(owner, "procedure-editor");
    await owner.getByRole("button", { name: "Save" }).click();
    await toast(owner, "Added").waitFor();

    const page = await h.page(SAM, WIDE);
    await goLive(page, "/inbox/open");
    await row(page, "It came broken").click();
    await heading(page, "It came broken").waitFor();
    await procedure(page).getByRole("link", { name: "Begin a procedure…" }).click();
    await look(page, "procedure-choose");
    await page.getByRole("button", { name: "Begin: Damaged on arrival" }).click();
    await procedure(page).getByText("0 of at most 4").waitFor();
    await goLive(page, page.url());
    const other = await h.page(OWNER, WIDE);
    await goLive(other, page.url());
    await procedure(page).getByRole("checkbox", { name: "Ask for a picture" }).click();
    await toast(page, "Step done").waitFor();
    await procedure(other).getByText(SAM.name).waitFor();
    await procedure(page).getByRole("button", { name: "Yes" }).click();
    await procedure(other).getByText("2 of 4").waitFor();
    await look(page, "procedure-beside");

    // A colleague fills the fact in among the details: the step is done by that.
    await other.locator("#part-fields").getByLabel("Order number").fill("AB-7");
    await other.locator("#part-fields").getByLabel("Order number").press("Enter");
    await procedure(page).getByText("3 of 4").waitFor();

    await composer(page).fill("Hello. Goodbye.");
    await composer(page).evaluate((one) => one.setSelectionRange(7, 7));
    await procedure(page).getByRole("button", { name: "Put into the answer: Be sorry" }).click();
    await until("the words are in", async () => (await composer(page).inputValue()).includes("we are sorry."));
    assert.ok((await composer(page).inputValue()).startsWith("Hello. "), await composer(page).inputValue());
    await procedure(other).getByText("Finished").waitFor();

    // Taken back, it is missing again, and resolving says so and offers the other way.
    await procedure(other).getByRole("checkbox", { name: "Ask for a picture" }).click();
    await procedure(page).getByText("3 of 4").waitFor();
    h.expects(/status of 409/);
    await other.getByRole("button", { name: "Resolve", exact: true }).click();
    await toast(other, "Before this can be resolved, do: Ask for a picture.").waitFor();
    await other.locator("#toasts").getByRole("button", { name: "Resolve all the same…" }).click();
    await other.getByRole("heading", { level: 1, name: "Resolve without all steps" }).waitFor();
    await look(other, "procedure-override");
    await other.getByLabel("Why is it right all the same?").fill("The picture came by post");
    await other.getByRole("button", { name: "Resolve", exact: true }).click();
    await thread(other).getByText("Reason: The picture came by post").waitFor();
    await look(other, "procedure-overridden");

    await owner.getByRole("link", { name: "Version 1" }).click();
    await owner.getByRole("region", { name: "Resolved without all steps" }).getByText("The picture came by post").waitFor();
    await look(owner, "procedure-figures");
    await owner.getByRole("row", { name: /Ask for a picture/ }).getByRole("link", { name: "1" }).click();
    await owner.getByRole("link", { name: /It came broken/ }).waitFor();
    await look(owner, "procedure-conversations");
    await owner.goto("/settings/procedures");
    await look(owner, "procedure-list");
  });

  flow("Taking a step back and taking the procedure off are undone", async (h) => {
    await h.deliver({ subject: "Broken again" });
    const page = await h.page(SAM, WIDE);
    await open(page, "Broken again");
    await procedure(page).getByRole("link", { name: "Begin a procedure…" }).click();
    await page.getByRole("button", { name: "Begin: Damaged on arrival" }).click();
    await procedure(page).getByRole("checkbox", { name: "Ask for a picture" }).click();
    await procedure(page).getByText("1 of at most 4").waitFor();
    await page.locator("#toasts").getByRole("button", { name: "Undo" }).click();
    await procedure(page).getByText("0 of at most 4").waitFor();
    await procedure(page).getByRole("button", { name: "Take it off" }).click();
    await procedure(page).getByRole("link", { name: "Begin a procedure…" }).waitFor();
    await page.locator("#toasts").getByRole("button", { name: "Undo" }).click();
    await procedure(page).getByText("0 of at most 4").waitFor();
  });
});
