import assert from "node:assert/strict";
import { house, OWNER, SAM } from "../harness/house.js";
import { composer, message, open, row, send, thread } from "../harness/inbox.js";
import { look, picture } from "../harness/look.js";
import { until } from "../harness/wait.js";

/** A picture of one red point. */
const POINT = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGP4z8DwHwAFAAH/iZk9HQAAAABJRU5ErkJggg==";

/** Gives files to the page as a drop or a paste would. */
const hand = (page, kind, names) => page.evaluate(([kind, names, point]) => {
  const bytes = Uint8Array.from(atob(point), (letter) => letter.charCodeAt(0));
  const data = new DataTransfer();
  for (const name of names) data.items.add(new File([bytes], name, { type: "image/png" }));
  const target = kind === "paste" ? document.getElementById("composer-body") : document.getElementById("messages");
  if (kind === "drop") target.dispatchEvent(new DragEvent("dragover", { dataTransfer: data, bubbles: true, cancelable: true }));
  target.dispatchEvent(kind === "paste"
    ? new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true })
    : new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true }));
}, [kind, names, POINT]);

house("writing", {}, (flow) => {
  flow("A draft survives a reload, is kept by the server, and awaits the agent in another browser", async (h) => {
    await h.deliver({ subject: "Half a thought" });
    const page = await h.page(SAM);
    await open(page, "Half a thought");
    const saved = page.waitForResponse((answer) => answer.url().endsWith("/draft") && answer.request().method() === "POST");
    await composer(page).fill("This is only the beg");
    await page.reload();
    await until("the draft is back after the reload", async () => (await composer(page).inputValue()) === "This is only the beg");
    await saved;
    await page.getByText(/^Saved \d\d:\d\d$/).waitFor();
    const other = await (await h.context()).newPage();
    await h.signIn(other, SAM);
    await open(other, "Half a thought");
    assert.equal(await composer(other).inputValue(), "This is only the beg");
    await row(other, /Half a thought.*Draft/s).waitFor();
    const stranger = await h.page(OWNER);
    await open(stranger, "Half a thought");
    assert.equal(await composer(stranger).inputValue(), "");
  });

  flow("A draft stays with its conversation when another one is opened, and can be thrown away and taken back", async (h) => {
    await h.deliver({ subject: "First of two" });
    await h.deliver({ subject: "Second of two" });
    const page = await h.page(SAM);
    await open(page, "First of two");
    await composer(page).fill("For the first only");
    await row(page, "Second of two").click();
    await until("the second's composer is empty", async () => (await thread(page).getByRole("heading", { name: "Second of two" }).count()) === 1 && (await composer(page).inputValue()) === "");
    await row(page, "First of two").click();
    await until("the draft is there", async () => (await composer(page).inputValue()) === "For the first only");
    await page.getByRole("button", { name: "More ways to send" }).click();
    await page.getByRole("button", { name: "Discard draft" }).click();
    await until("the composer is empty", async () => (await composer(page).inputValue()) === "");
    await page.getByRole("button", { name: "Undo" }).click();
    assert.equal(await composer(page).inputValue(), "For the first only");
  });

  flow("Files are attached by button, paste and drop, removed before sending, and reach the customer", async (h) => {
    await h.deliver({ subject: "Pictures, please", from: "Fay Lund <fay@customer.example>" });
    const page = await h.page(SAM);
    await open(page, "Pictures, please");
    const tray = page.getByRole("list", { name: "Files to send" });
    const chosen = page.waitForEvent("filechooser");
    await page.getByRole("button", { name: "Attach files" }).click();
    await (await chosen).setFiles([{ name: "price list.pdf", mimeType: "application/pdf", buffer: Buffer.from("%PDF-1.4 a price list") }]);
    await tray.getByRole("button", { name: "Remove price list.pdf" }).waitFor();
    await hand(page, "paste", ["pasted.png"]);
    await tray.getByRole("button", { name: "Remove pasted.png" }).waitFor();
    await hand(page, "drop", ["dropped.png", "mistake.png"]);
    await tray.getByRole("button", { name: "Remove dropped.png" }).waitFor();
    await tray.getByRole("button", { name: "Remove mistake.png" }).click();
    await look(page, "attachments");
    assert.equal(await tray.getByRole("listitem").count(), 3);
    await page.reload();
    assert.equal(await tray.getByRole("listitem").count(), 3);
    await composer(page).fill("Here they are.");
    await send(page).click();
    const own = message(page, "Here they are.");
    await own.getByText("Sent", { exact: true }).waitFor();
    await own.getByRole("link", { name: "price list.pdf" }).waitFor();
    const mail = await h.outside.received((one) => one.to.includes("fay@customer.example"));
    for (const name of ["price list.pdf", "pasted.png", "dropped.png"]) assert.ok(mail.raw.includes(name), name);
    assert.ok(!mail.raw.includes("mistake.png"));
    const download = page.waitForEvent("download");
    await own.getByRole("link", { name: "price list.pdf" }).click();
    assert.equal((await download).suggestedFilename(), "price list.pdf");
    await picture(page, "attachments-sent");
  });

  flow("A file that a customer sent can be seen and downloaded", async (h) => {
    await h.deliver({ subject: "Look at this", text: "Two files.", files: [
      { name: "photo.png", type: "image/png", bytes: Buffer.from(POINT, "base64") },
      { name: "page.html", type: "text/html", bytes: Buffer.from("<script>alert(1)</script>") },
    ] });
    const page = await h.page(SAM);
    await open(page, "Look at this");
    const mail = message(page, "Two files.");
    await until("the picture is drawn", () => mail.getByRole("img", { name: "photo.png" }).evaluate((one) => one.naturalWidth === 1));
    const download = page.waitForEvent("download");
    await mail.getByRole("link", { name: /page\.html/ }).click();
    assert.equal((await download).suggestedFilename(), "page.html");
  });

  flow("When a colleague was faster, nothing is sent until the writer has decided", async (h) => {
    h.expects(/status of 409/);
    await h.deliver({ subject: "Two at once", from: "Gus Berg <gus@customer.example>", text: "Who answers?" });
    const [sam, owner] = [await h.page(SAM), await h.page(OWNER)];
    await open(sam, "Two at once");
    await open(owner, "Two at once");
    await composer(sam).fill("I do, says Sam.");
    await composer(owner).fill("I do, says Olivia.");
    await send(owner).click();
    await message(sam, "says Olivia.").waitFor();
    await send(sam).click();
    await sam.getByRole("alert").getByText(`${OWNER.name} replied while you were writing. Your answer has not been sent.`).waitFor();
    assert.equal(await composer(sam).inputValue(), "I do, says Sam.");
    assert.equal(await message(sam, "says Sam.").count(), 0);
    await look(sam, "overtaken");
    await sam.getByRole("link", { name: "Review" }).click();
    await sam.getByRole("alert").getByText("while you were writing").waitFor({ state: "detached" });
    assert.equal(await composer(sam).inputValue(), "I do, says Sam.");
    await send(sam).click();
    await message(sam, "says Sam.").getByText("Sent", { exact: true }).waitFor();

    await composer(sam).fill("One more thing, says Sam.");
    await composer(owner).fill("And another, says Olivia.");
    await send(sam).click();
    await message(owner, "One more thing").waitFor();
    await send(owner).click();
    await owner.getByRole("button", { name: "Send anyway" }).click();
    await message(owner, "And another, says Olivia.").getByText("Sent", { exact: true }).waitFor();
    await until("all four answers left", () => h.outside.mails.filter((mail) => mail.to.includes("gus@customer.example")).length === 4);
  });

  flow("Marks of Markdown are set around the selection, and lists go on", async (h) => {
    await h.deliver({ subject: "A list of things" });
    const page = await h.page(SAM);
    await open(page, "A list of things");
    await composer(page).fill("bold");
    await composer(page).press("Control+A");
    await composer(page).press("Control+B");
    assert.equal(await composer(page).inputValue(), "**bold**");
    await composer(page).fill("- one");
    await composer(page).press("End");
    await composer(page).press("Enter");
    await composer(page).pressSequentially("two");
    assert.equal(await composer(page).inputValue(), "- one\n- two");
    await composer(page).press("Enter");
    await composer(page).press("Enter");
    assert.equal(await composer(page).inputValue(), "- one\n- two\n");
  });
});
