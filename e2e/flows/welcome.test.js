import assert from "node:assert/strict";
import { house, DESK_ADDRESS } from "../harness/house.js";
import { composer, heading, message, row, send, toast } from "../harness/inbox.js";
import { look } from "../harness/look.js";

house("welcome", { empty: true }, (flow) => {
  flow("From nothing to the first answered mail, step by step, with a test mail that shows up by itself", async (h) => {
    const page = await h.page(null);
    await page.goto("/");
    await page.getByLabel("Name of your desk").fill("Lumen & Oak");
    await page.getByLabel("Your name").fill("Olivia Brandt");
    await page.getByLabel("E-mail address").fill("olivia@desk.example");
    await page.getByLabel("Password").fill("correct horse battery");
    await page.getByRole("button", { name: "Create the desk" }).click();
    await page.getByRole("heading", { name: "First steps" }).waitFor();
    await look(page, "welcome-nothing");

    await page.getByLabel("E-mail address of the mailbox").fill("shop@gmail.com");
    await page.getByRole("button", { name: "Connect" }).click();
    assert.equal(await page.getByRole("region", { name: "Mail in (IMAP)" }).getByLabel("Server").inputValue(), "imap.gmail.com");
    await h.connectMailbox(page);

    await page.goto("/welcome");
    await page.getByText(`Write a mail to ${DESK_ADDRESS}`).waitFor();
    await h.deliver({ subject: "Can you hear me", text: "A test." });
    await page.getByText("It arrived as conversation #1.").waitFor();
    await look(page, "welcome-arrived");
    await page.getByRole("link", { name: "Open it" }).click();
    await heading(page, "Can you hear me").waitFor();
    await page.keyboard.press("r");
    await page.keyboard.type("Loud and clear.");
    await page.keyboard.press("Control+Enter");
    await page.getByText("Loud and clear.").first().waitFor();

    await page.goto("/welcome");
    await page.getByRole("button", { name: "Make the sample" }).click();
    await row(page, "A sample: try the keys on me").waitFor();
    // What is answered to the sample stays here, and the page says so before and after.
    await row(page, "A sample: try the keys on me").click();
    await page.getByText("Nothing that you write here is sent to anybody.").waitFor();
    await page.getByText("A sample: your answer stays here and is not sent.").waitFor();
    await look(page, "sample-open");
    await composer(page).fill("Trying it out.");
    await send(page).click();
    await message(page, "Trying it out.").getByText("Not sent: this is the sample").waitFor();
    await look(page, "sample-answered");
    await page.getByRole("button", { name: "Delete the sample" }).last().click();
    await toast(page, "The sample is deleted").waitFor();
    assert.equal(await row(page, "A sample: try the keys on me").count(), 0);
    assert.ok(h.outside.mails.every((mail) => !mail.raw.includes("Trying it out")), "nothing has left");

    // The rail leads back to what is left, until it is done or dismissed.
    const steps = page.getByRole("navigation", { name: "Rapport" }).getByRole("link", { name: "First steps, 4 of 5 done" });
    await look(page, "rail-first-steps");
    await steps.click();
    await page.getByRole("button", { name: "Bring the sample back" }).click();
    await row(page, "A sample: try the keys on me").waitFor();
    await page.goto("/settings");
    await page.getByText("4 of 5 done").first().waitFor();
    await page.getByRole("main").getByRole("link", { name: "First steps" }).click();
    await page.getByRole("button", { name: "I do not need this list" }).click();
    await page.waitForURL(/\/inbox\/open/);
    await page.goto("/settings");
    assert.equal(await page.getByRole("link", { name: /First steps/ }).count(), 0);
  });
});
