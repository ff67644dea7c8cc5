import assert from "node:assert/strict";
import { house, OWNER, SAM } from "../harness/house.js";
import { goLive, heading, open, row, thread } from "../harness/inbox.js";
import { look } from "../harness/look.js";

/** Sam takes a conversation and hands it to the owner. */
async function handOver(h, subject) {
  await h.deliver({ subject, text: "The zip of my jacket broke." });
  const page = await h.page(SAM);
  await open(page, subject);
  await page.keyboard.press("i");
  await page.getByRole("button", { name: `Assign, now ${SAM.name}` }).click();
  await page.getByRole("group", { name: "Assign to" }).getByRole("link", { name: OWNER.name }).click();
  await page.getByRole("heading", { name: "Hand over" }).waitFor();
  return page;
}

house("handoff", {}, (flow) => {
  flow("Handing over asks for a brief, drawn from the thread where it can be, and the receiver accepts", async (h) => {
    const page = await handOver(h, "Broken zip");
    assert.equal(await page.getByLabel("What the customer asks for").inputValue(), "The zip of my jacket broke.");
    await look(page, "handoff-form");
    h.expects(/422/);
    await page.getByRole("button", { name: "Hand over" }).click();
    await page.getByText("This is needed.").first().waitFor();
    await look(page, "handoff-refused");
    await page.getByLabel("What was tried").fill("Nothing yet");
    await page.getByLabel("What was promised, and for when").fill("A new zip by Friday");
    await page.getByLabel("What else is known").fill("Order 7");
    await page.getByRole("button", { name: "Hand over" }).click();
    await heading(page, "Broken zip").waitFor();
    await thread(page).getByText("Waits for an answer").waitFor();
    const other = await h.page(OWNER);
    await goLive(other, "/inbox/mine");
    await row(other, "Broken zip").click();
    await thread(other).getByText("A new zip by Friday").waitFor();
    await look(other, "handoff-asked");
    await thread(other).getByRole("button", { name: "Accept" }).click();
    await thread(other).getByText("Waits for an answer").waitFor({ state: "detached" });
    await other.getByRole("link", { name: "Who held it" }).click();
    await other.getByRole("rowheader", { name: SAM.name }).waitFor();
    await look(other, "handoff-holders");
  });

  flow("Given back with a reason, it is Sam's again and says why", async (h) => {
    const page = await handOver(h, "Not mine");
    for (const label of ["What was tried", "What was promised, and for when", "What else is known"]) await page.getByLabel(label).fill("Nothing");
    await page.getByRole("button", { name: "Hand over" }).click();
    await heading(page, "Not mine").waitFor();
    const other = await h.page(OWNER);
    await goLive(other, "/inbox/mine");
    await row(other, "Not mine").click();
    await thread(other).getByRole("textbox", { name: "Why do you give it back?" }).fill("This is about billing");
    await thread(other).getByRole("button", { name: "Give back" }).click();
    await page.reload();
    await page.getByRole("button", { name: `Assign, now ${SAM.name}` }).waitFor();
    await thread(page).getByText(`${OWNER.name} gave this back: This is about billing`).waitFor();
    await look(page, "handoff-declined");
  });
});
