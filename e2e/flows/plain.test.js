import assert from "node:assert/strict";
import { house, OWNER, PASSWORD, SAM } from "../harness/house.js";
import { picture } from "../harness/look.js";
import { row } from "../harness/inbox.js";

const PLAIN = { javaScriptEnabled: false };

house("plain", {}, (flow) => {
  flow("Without JavaScript one signs in, reads and answers by plain forms", async (h) => {
    const sent = await h.deliver({ subject: "No scripts here", from: "Ivy Stone <ivy@customer.example>", text: "A plain question." });
    const page = await h.page(null, PLAIN);
    await page.goto("/");
    await page.getByLabel("E-mail address").fill(SAM.email);
    await page.getByLabel("Password").fill(PASSWORD);
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.waitForURL(/\/inbox\/open/);
    await row(page, "No scripts here").click();
    await page.waitForURL(/\/c\/\d+/);
    await page.getByText("A plain question.").first().waitFor();
    await picture(page, "plain-thread");
    await page.getByRole("textbox", { name: "Message", exact: true }).fill("A plain answer.");
    await page.locator("input[type=file]").setInputFiles([{ name: "plain.txt", mimeType: "text/plain", buffer: Buffer.from("plain") }]);
    await page.getByRole("button", { name: /^Send(?! and)/ }).click();
    await page.getByText("A plain answer.").first().waitFor();
    const mail = await h.outside.received((one) => one.to.includes("ivy@customer.example"));
    assert.ok(mail.raw.includes(sent.messageId) && mail.raw.includes("plain.txt"));
    await page.reload();
    const own = page.getByRole("article").filter({ hasText: "A plain answer." });
    assert.equal(await own.count(), 1);
    await own.getByText("Sent", { exact: true }).waitFor();
  });

  flow("Without JavaScript a conversation is assigned, tagged and resolved, and the answer of a colleague who was faster is said", async (h) => {
    h.expects(/status of 409/);
    const sent = await h.deliver({ subject: "Plain changes", text: "Please." });
    const page = await h.page(SAM, PLAIN);
    await page.goto("/inbox/open");
    await row(page, "Plain changes").click();
    await page.getByRole("textbox", { name: "Message", exact: true }).fill("Slowly written.");
    await h.deliver({ subject: "Re: Plain changes", answers: sent.messageId, text: "One more thing." });
    const other = await h.page(OWNER);
    await other.goto("/inbox/open");
    await row(other, "Plain changes").click();
    await other.getByRole("article").filter({ hasText: "One more thing." }).waitFor();
    await page.getByRole("button", { name: /^Send(?! and)/ }).click();
    await page.getByText("while you were writing").waitFor();
    assert.equal(await page.getByRole("textbox", { name: "Message", exact: true }).inputValue(), "Slowly written.");
    await page.getByRole("button", { name: "Send anyway" }).click();
    await page.getByRole("article").filter({ hasText: "Slowly written." }).waitFor();

    await page.getByRole("button", { name: /^Assign, now/ }).click();
    await page.getByRole("button", { name: "Me", exact: true }).click();
    await page.getByRole("button", { name: `Assign, now ${SAM.name}` }).waitFor();
    await page.getByRole("button", { name: /^Tags, now/ }).click();
    await page.getByLabel("Add a tag").fill("plain");
    await page.getByRole("button", { name: "Add", exact: true }).click();
    await page.getByRole("button", { name: "Tags, now plain" }).waitFor();
    await page.getByRole("button", { name: "Resolve" }).click();
    await page.getByRole("button", { name: "Reopen" }).waitFor();
    await page.goto("/search?q=slowly");
    await page.getByRole("link", { name: /Plain changes/ }).waitFor();
  });
});
