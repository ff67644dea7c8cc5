import assert from "node:assert/strict";
import { house, OWNER, SAM } from "../harness/house.js";
import { composer, heading, message, open, row, send, toast } from "../harness/inbox.js";
import { look } from "../harness/look.js";
import { sleep } from "../harness/wait.js";

house("mail", {}, (flow) => {
  flow("A conversation is merged into another by keyboard, its number leads on, and Undo gives both back", async (h) => {
    await h.deliver({ subject: "The lamp hums", text: "It hums." });
    await h.deliver({ subject: "And a photo", text: "Here is the photo." });
    const page = await h.page(SAM);
    await open(page, "The lamp hums");
    const into = new URL(page.url()).pathname.split("/")[2];
    await open(page, "And a photo");
    const from = new URL(page.url()).pathname.split("/")[2];
    await page.keyboard.press("v");
    await page.getByLabel("Merge into conversation").fill(into);
    await look(page, "menu-merge");
    await page.keyboard.press("Enter");
    await toast(page, "Merged").waitFor();
    await heading(page, "The lamp hums").waitFor();
    await message(page, "It hums.").waitFor();
    await message(page, "Here is the photo.").waitFor();
    await page.goto(`/c/${from}`);
    await heading(page, "The lamp hums").waitFor();
    await page.goto("/inbox/open");
    assert.equal(await row(page, "And a photo").count(), 0);
    await open(page, "The lamp hums");
    await page.getByRole("log", { name: "Messages" }).getByRole("button", { name: "Undo" }).click();
    await toast(page, "Undone").waitFor();
    await heading(page, "And a photo").waitFor();
    await message(page, "Here is the photo.").waitFor();
    assert.equal(await message(page, "It hums.").count(), 0);
  });

  flow("A new topic in an old mail is noticed and split off with one key", async (h) => {
    const first = await h.deliver({ subject: "Broken shade", text: "It is broken." });
    await h.deliver({ subject: "Re: Opening hours", answers: first.messageId, text: "By the way: are you open on Sunday?" });
    const page = await h.page(SAM);
    await open(page, "Broken shade");
    await page.getByText("The last message has another subject").waitFor();
    await look(page, "notice-new-topic");
    await page.keyboard.press("Shift+X");
    await toast(page, "Split off").waitFor();
    await heading(page, "Opening hours").waitFor();
    await message(page, "are you open on Sunday?").waitFor();
    await open(page, "Broken shade");
    assert.equal(await message(page, "are you open on Sunday?").count(), 0);
  });

  flow("The page of a message says why it is there and takes it elsewhere", async (h) => {
    const first = await h.deliver({ subject: "Two things", text: "The first." });
    await h.deliver({ subject: "Re: Two things", answers: first.messageId, text: "The second." });
    await h.deliver({ subject: "Second things only", text: "Here." });
    const page = await h.page(SAM);
    await open(page, "Second things only");
    const into = new URL(page.url()).pathname.split("/")[2];
    await open(page, "Two things");
    await message(page, "The second.").getByRole("link", { name: "About this message" }).click();
    await page.getByText("Very likely right.").waitFor();
    await look(page, "about-message");
    await page.getByLabel("Move to conversation").fill(into);
    await page.getByRole("button", { name: "Move", exact: true }).click();
    await heading(page, "Second things only").waitFor();
    await message(page, "The second.").waitFor();
    h.expects(/status of 422/);
    await page.getByRole("link", { name: "About this message" }).first().click();
    await page.getByLabel("Move to conversation").fill("99999");
    await page.getByRole("button", { name: "Move", exact: true }).click();
    await page.getByText("Give the number of a conversation").waitFor();
  });

  flow("An answer is called back before it leaves and never arrives", async (h) => {
    await h.deliver({ subject: "Too quick", from: "Cara Diaz <cara@customer.example>" });
    const page = await h.page(SAM);
    await open(page, "Too quick");
    await composer(page).fill("I did not mean this.");
    await send(page).click();
    await message(page, "I did not mean this.").getByRole("button", { name: "Undo" }).click();
    await toast(page, "Called back").waitFor();
    assert.equal(await composer(page).inputValue(), "I did not mean this.");
    assert.equal(await message(page, "I did not mean this.").count(), 0);
    await sleep(6000);
    assert.equal(h.outside.mails.filter((mail) => mail.to.includes("cara@customer.example")).length, 0);
  });

  flow("An answer is scheduled, and comes back as a draft when the customer writes first", async (h) => {
    const first = await h.deliver({ subject: "Not before Monday", from: "Dora Ek <dora@customer.example>", text: "When?" });
    const page = await h.page(SAM);
    await open(page, "Not before Monday");
    await composer(page).fill("On Monday.");
    await page.getByRole("button", { name: "More ways to send" }).click();
    await page.getByRole("button", { name: "Monday at 9" }).click();
    const own = message(page, "On Monday.");
    await own.getByText(/^Leaves .* unless the customer writes first/).waitFor();
    await look(page, "scheduled");
    await h.deliver({ subject: "Re: Not before Monday", from: "Dora Ek <dora@customer.example>", answers: first.messageId, text: "It has arrived!" });
    await message(page, "It has arrived!").waitFor();
    await page.reload();
    await message(page, "It has arrived!").waitFor();
    assert.equal(await own.count(), 0);
    assert.equal(await composer(page).inputValue(), "On Monday.");
  });

  flow("The page of mail trouble is without findings", async (h) => {
    const page = await h.page(OWNER);
    await page.goto("/settings/quarantine");
    await page.getByRole("heading", { level: 1, name: "Mail trouble" }).waitFor();
    await look(page, "settings-quarantine");
  });
});
