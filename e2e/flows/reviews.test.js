import assert from "node:assert/strict";
import { house, OWNER, SAM } from "../harness/house.js";
import { composer, goLive, heading, message, open, row, send, thread, toast } from "../harness/inbox.js";
import { look } from "../harness/look.js";

/** The draft under review. @param {import("playwright-core").Page} page */
const review = (page) => thread(page).getByRole("region", { name: /^Draft by|gave your draft back/ });

/** Sam writes an answer and asks the owner for a review of it. */
async function ask(h, subject, words) {
  await h.deliver({ subject, text: "Where is my parcel?" });
  const page = await h.page(SAM);
  await open(page, subject);
  await composer(page).fill(words);
  await page.evaluate(() => document.activeElement?.blur());
  await page.keyboard.press("Shift+R");
  await page.getByRole("heading", { name: "Ask for a review", exact: true }).waitFor();
  await page.getByLabel("Who should look at it").selectOption({ label: OWNER.name });
  await page.getByLabel("What should they look at?").fill("Is the date right?");
  return page;
}

const submit = async (page, subject) => {
  await page.getByRole("button", { name: "Ask for a review" }).click();
  await heading(page, subject).waitFor();
  await review(page).getByText("Is the date right?").waitFor();
};

house("reviews", {}, (flow) => {
  flow("A draft is asked about, changed, approved and sent by a colleague, and both see it live", async (h) => {
    const page = await ask(h, "Late parcel", "Your parcel comes **soon**.");
    await look(page, "review-form");
    await submit(page, "Late parcel");
    assert.equal(await composer(page).inputValue(), "");
    await look(page, "review-author");
    const other = await h.page(OWNER);
    await goLive(other, "/inbox/reviews");
    await row(other, "Late parcel").click();
    await review(other).getByText("Is the date right?").waitFor();
    await look(other, "review-asked");
    await review(other).getByText("Change the text").click();
    await review(other).getByLabel("Text of the draft").fill("Your parcel comes on Friday.");
    await review(other).getByRole("button", { name: "Save the text" }).click();
    await toast(other, "Text saved").waitFor();
    await review(page).getByText("What was changed").waitFor();
    await look(page, "review-changed");
    await review(other).getByRole("button", { name: "Approve and send" }).click();
    await toast(other, "Approved and sent").waitFor();
    await message(page, "Your parcel comes on Friday.").getByText(`Approved by ${OWNER.name}`).waitFor();
    await review(page).waitFor({ state: "detached" });
    await row(other, "Late parcel").waitFor({ state: "detached" });
    await look(page, "review-sent");
  });

  flow("Given back with a remark, it is in its author's composer by itself; a change that came too late is kept", async (h) => {
    const page = await ask(h, "Wrong size", "We change it.");
    await submit(page, "Wrong size");
    await goLive(page, page.url());
    const other = await h.page(OWNER);
    await open(other, "Wrong size", "reviews");
    await review(page).getByText("Change the text").click();
    await review(page).getByLabel("Text of the draft").fill("We change it today.");
    await review(other).getByText("Change the text").click();
    await review(other).getByLabel("Text of the draft").fill("We change it at once.");
    await review(page).getByRole("button", { name: "Save the text" }).click();
    await toast(page, "Text saved").waitFor();
    await review(other).getByText("We change it today.").first().waitFor();
    h.expects(/409/);
    await review(other).getByRole("button", { name: "Save the text" }).click();
    await review(other).getByText(`${SAM.name} changed the text meanwhile.`).waitFor();
    assert.equal(await review(other).getByLabel("Text of the draft").inputValue(), "We change it at once.");
    await look(other, "review-stale");
    await review(other).getByRole("button", { name: "Keep my text" }).click();
    await review(page).getByText("We change it at once.").first().waitFor();
    await review(other).getByLabel("What should be changed?").fill("Ask for the size first");
    await review(other).getByRole("button", { name: "Give back" }).click();
    await review(page).getByText("Ask for the size first").waitFor();
    await page.waitForFunction(() => /** @type {HTMLTextAreaElement} */ (document.getElementById("composer-body")).value === "We change it at once.");
    await look(page, "review-returned");
    await composer(page).fill("Which size do you need?");
    await send(page).click();
    await message(page, "Which size do you need?").waitFor();
    await review(page).waitFor({ state: "detached" });
  });
});
