import assert from "node:assert/strict";
import { house, OWNER, SAM } from "../harness/house.js";
import { choose, composer, heading, message, open, row, send, toast } from "../harness/inbox.js";
import { until } from "../harness/wait.js";

house("answer", {}, (flow) => {
  flow("An agent reads a mail and answers it, and the customer receives the answer in the thread of their mail", async (h) => {
    const sent = await h.deliver({ subject: "Where is my lamp?", text: "Dear shop,\n\nwhere is my lamp?\n\nAda" });
    const page = await h.page(SAM);
    await page.goto("/inbox/open");
    await row(page, "Where is my lamp?").click();
    await heading(page, "Where is my lamp?").waitFor();
    await message(page, "where is my lamp?").waitFor();
    await composer(page).fill("It left **yesterday**.\n\nKind regards\nSam");
    await send(page).click();
    const own = message(page, "It left");
    await own.getByText("Sent", { exact: true }).waitFor();
    assert.equal(await own.getByRole("strong").textContent(), "yesterday");
    assert.equal(await composer(page).inputValue(), "");

    const received = await h.outside.received((mail) => mail.to.includes("ada@customer.example"));
    const head = received.raw.split("\r\n\r\n")[0].replace(/\r\n[ \t]+/g, " ");
    assert.match(head, new RegExp(`^In-Reply-To: <${sent.messageId}>`, "mi"));
    assert.match(head, new RegExp(`^References: .*<${sent.messageId}>`, "mi"));
    assert.match(head, /^Subject: Re: Where is my lamp\?/mi);
    assert.match(received.raw, /It left \*\*yesterday\*\*|It left yesterday/);
    assert.match(received.raw, /<strong>yesterday<\/strong>/);
  });

  flow("A customer's second mail appears in the open thread without a reload", async (h) => {
    const sent = await h.deliver({ subject: "Broken shade", text: "The shade is broken." });
    const page = await h.page(SAM);
    await page.goto("/inbox/open");
    await row(page, "Broken shade").click();
    await message(page, "The shade is broken.").waitFor();
    await page.evaluate(() => { window.notReloaded = true; });
    await h.deliver({ subject: "Re: Broken shade", answers: sent.messageId, text: "I have found the receipt." });
    await message(page, "I have found the receipt.").waitFor();
    assert.equal(await page.evaluate(() => window.notReloaded), true);
    assert.equal(await row(page, "Broken shade").count(), 1);
  });

  flow("The customer's answer to our answer comes back into the same conversation and opens it again", async (h) => {
    await h.deliver({ subject: "Invoice address", from: "Ben Ito <ben@customer.example>", text: "Please change it." });
    const page = await h.page(SAM);
    await page.goto("/inbox/open");
    await row(page, "Invoice address").click();
    await heading(page, "Invoice address").waitFor();
    await composer(page).fill("Done.");
    await page.getByRole("button", { name: "More ways to send" }).click();
    await page.getByRole("button", { name: "Send and resolve" }).click();
    await toast(page, "Sent and resolved").waitFor();
    await row(page, "Invoice address").waitFor({ state: "detached" });
    const answer = await h.outside.received((mail) => mail.to.includes("ben@customer.example"));
    const id = /^Message-ID:\s*<([^>]+)>/mi.exec(answer.raw)[1];
    await h.deliver({ subject: "Re: Invoice address", from: "Ben Ito <ben@customer.example>", answers: id, text: "Thank you, but it is still the old one." });
    await row(page, "Invoice address").click();
    await message(page, "it is still the old one").waitFor();
    await message(page, "Done.").waitFor();
  });

  flow("An internal note stays inside", async (h) => {
    await h.deliver({ subject: "Discount", from: "Cleo Marsh <cleo@customer.example>" });
    const page = await h.page(SAM);
    await open(page, "Discount");
    await choose(page, "Note");
    await page.getByText("Only your colleagues see this").waitFor();
    await composer(page).fill("She is a friend of the house.");
    await page.getByRole("button", { name: "Add note" }).click();
    const note = message(page, "She is a friend of the house.");
    await note.getByText("Internal note").waitFor();
    await page.reload();
    await note.getByText("Internal note").waitFor();
    await choose(page, "Reply");
    await composer(page).fill("Ten percent it is.");
    await send(page).click();
    await message(page, "Ten percent it is.").getByText("Sent", { exact: true }).waitFor();
    const mails = h.outside.mails.filter((mail) => mail.to.includes("cleo@customer.example"));
    assert.equal(mails.length, 1);
    assert.ok(!mails[0].raw.includes("friend of the house"));
  });

  flow("What the other server refuses is said at the message, is kept as failed work, and leaves when it is tried again", async (h) => {
    await h.deliver({ subject: "Wrong number", from: "Dan Roy <dan@customer.example>" });
    const page = await h.page(OWNER);
    await open(page, "Wrong number");
    h.outside.refuseAll(true);
    await composer(page).fill("We have called you.");
    await send(page).click();
    await message(page, "We have called you.").getByText(/Not delivered: .*no such mailbox/).waitFor();
    await page.goto("/settings/jobs");
    const failed = page.getByRole("listitem").filter({ hasText: "no such mailbox" });
    await failed.getByText(/Tried once/).waitFor();
    h.outside.refuseAll(false);
    await failed.getByRole("button", { name: "Try again" }).click();
    await toast(page, "It will be tried again").waitFor();
    await h.outside.received((mail) => mail.to.includes("dan@customer.example"));
    await page.goto("/settings/jobs");
    await page.getByText("Nothing has failed").waitFor();
    await open(page, "Wrong number");
    await message(page, "We have called you.").getByText("Sent", { exact: true }).waitFor();
    assert.equal(h.outside.mails.filter((mail) => mail.to.includes("dan@customer.example")).length, 1);
  });

  flow("A long thread opens at what is new, and the row is read afterwards", async (h) => {
    let last = await h.deliver({ subject: "Long story", text: "Part 1 of the story." });
    for (let part = 2; part <= 12; part++) last = await h.deliver({ subject: "Re: Long story", answers: last.messageId, text: `Part ${part} of the story.\n${"A line of it.\n".repeat(10)}` });
    const page = await h.page(SAM);
    await page.goto("/inbox/open");
    await row(page, /Unread.*Long story/s).click();
    await message(page, "Part 12 of the story.").waitFor();
    await until("the newest message is in sight", () => message(page, "Part 12 of the story.").evaluate((one) => {
      const box = one.getBoundingClientRect();
      return box.bottom > 0 && box.top < innerHeight;
    }));
    await page.goto("/inbox/open");
    await row(page, "Long story").waitFor();
    assert.equal(await row(page, /Unread.*Long story/s).count(), 0);
  });
});
