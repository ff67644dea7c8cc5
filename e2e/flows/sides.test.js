import assert from "node:assert/strict";
import { house, OWNER, SAM } from "../harness/house.js";
import { choose, composer, goLive, message, open, send, thread } from "../harness/inbox.js";
import { look } from "../harness/look.js";

const SUPPLIER = "parts@zips.example";
const header = (raw, name) => new RegExp(`^${name}: *(.*(?:\\r\\n[ \\t].*)*)`, "im").exec(raw)?.[1] ?? "";

/** Sam begins a side conversation beside the open one, by its form. */
async function ask(page, subject, text) {
  await page.getByRole("link", { name: "New side conversation" }).click();
  await page.getByRole("heading", { name: "New side conversation" }).waitFor();
  await page.getByLabel("To", { exact: true }).fill(SUPPLIER);
  await page.getByLabel("Subject").fill(subject);
  await page.getByLabel("Message", { exact: true }).fill(text);
}

house("sides", {}, (flow) => {
  flow("A supplier is asked beside the customer's conversation, and neither reads a word of the other", async (h) => {
    await h.deliver({ subject: "My lamp has no shade", text: "It arrived without its shade, order 4711." });
    const page = await h.page(SAM);
    await open(page, "My lamp has no shade");
    await page.keyboard.press("i");
    await page.getByRole("button", { name: `Assign, now ${SAM.name}` }).waitFor();
    const parent = new URL(page.url()).pathname;
    await ask(page, "Shade 60 cm in stock?", "Do you have the shade of 60 cm?");
    await look(page, "side-form");
    await page.getByRole("button", { name: "Send" }).click();
    await page.getByText("This is a side conversation.").waitFor();
    await message(page, "Do you have the shade of 60 cm?").waitFor();
    await look(page, "side-begun");
    const asked = await h.outside.received((mail) => mail.to.includes(SUPPLIER));
    assert.deepEqual(asked.to, [SUPPLIER]);
    for (const secret of ["4711", "arrived", "My lamp", "ada@customer.example", "Novak"]) assert.ok(!asked.raw.includes(secret), secret);

    const other = await h.page(OWNER);
    await goLive(other, parent);
    await other.getByRole("button", { name: "Follow" }).first().click();
    await h.deliver({
      from: `Zip Works <${SUPPLIER}>`, subject: "Re: Shade 60 cm in stock?", text: "Yes, twelve of them.",
      answers: header(asked.raw, "Message-ID").replace(/[<>\s]/g, ""),
    });
    // It stands in the pane at the side and among what happened, by itself; never among the customer's messages.
    await thread(other).getByText("Zip Works answered in a side conversation").waitFor();
    await other.locator("#part-sides").getByText("Yes, twelve of them.").waitFor();
    await look(other, "side-answered");
    assert.equal(await message(other, "twelve of them").count(), 0);
    // Whoever holds or follows it is told, and gets to the answer from there.
    for (const reader of [other, page]) {
      await reader.goto("/notifications");
      // Whom the desk knew by an address before they wrote is still called by it.
      const line = reader.getByRole("link", { name: `${SUPPLIER} answered in a side conversation` }).first();
      await line.waitFor();
      await look(reader, `side-told-${reader === page ? "holder" : "follower"}`);
      await line.click();
      await message(reader, "Yes, twelve of them.").waitFor();
    }
    await look(page, "side-thread");
    await page.goto("/activity");
    await page.getByText("Zip Works answered in a side conversation").first().waitFor();

    // What the customer gets is theirs alone.
    await page.goto(parent);
    await choose(page, "Reply");
    await composer(page).fill("The shade leaves tomorrow.");
    await send(page).click();
    const answer = await h.outside.received((mail) => mail.to.includes("ada@customer.example") && mail.raw.includes("leaves tomorrow"));
    assert.deepEqual(answer.to, ["ada@customer.example"]);
    for (const secret of ["twelve", SUPPLIER, "60 cm"]) assert.ok(!answer.raw.includes(secret), secret);
    await page.goto("/inbox/open");
    assert.equal(await page.getByText("Shade 60 cm in stock?").count(), 0, "it stands in no list");
  });

  flow("What is missing in a side conversation is said at its field, and nothing is sent", async (h) => {
    await h.deliver({ subject: "Wrong colour", text: "It is green." });
    const page = await h.page(SAM, { viewport: { width: 390, height: 844 }, colorScheme: "dark" });
    await open(page, "Wrong colour");
    await page.goto(`${new URL(page.url()).pathname}/sides/new`);
    await page.getByLabel("To", { exact: true }).fill("not an address");
    await page.getByLabel("Subject").fill("Green");
    await page.getByLabel("Message", { exact: true }).fill("Is it green?");
    h.expects(/422/);
    await page.getByRole("button", { name: "Send" }).click();
    await page.locator("[aria-invalid=true]").first().waitFor();
    assert.equal(await page.getByLabel("Message", { exact: true }).inputValue(), "Is it green?");
    await look(page, "side-refused-phone");
    assert.equal(h.outside.mails.filter((mail) => mail.raw.includes("Is it green?")).length, 0);
  });
});
