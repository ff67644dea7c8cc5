import assert from "node:assert/strict";
import { house, OWNER, SAM } from "../harness/house.js";
import { composer, heading, message, open, send, toast } from "../harness/inbox.js";
import { look } from "../harness/look.js";

/** A calendar file as mail programs write them. @param {string} method */
const calendar = (method) => Buffer.from([
  "BEGIN:VCALENDAR", `METHOD:${method}`, "BEGIN:VEVENT", "SUMMARY:Visit of the store", "DTSTART:20270324T140000Z", "DTEND:20270324T153000Z",
  "LOCATION:Hall 3\\, gate B", "ORGANIZER;CN=Ada Novak:mailto:ada@customer.example", "RRULE:FREQ=WEEKLY", "UID:u1", "END:VEVENT", "END:VCALENDAR", "",
].join("\r\n"));

house("arrivals", {}, (flow) => {
  flow("An invitation is shown as one, and its file can be downloaded", async (h) => {
    await h.deliver({ subject: "Visit", text: "Please come.", files: [{ name: "invite.ics", type: "text/calendar; method=REQUEST", bytes: calendar("REQUEST") }] });
    const page = await h.page(SAM);
    await open(page, "Visit");
    const card = page.getByRole("region", { name: "Invitation" });
    await card.getByText("Visit of the store").waitFor();
    await card.getByText("Hall 3, gate B").waitFor();
    await look(page, "invitation");
    const [file] = await Promise.all([page.waitForEvent("download"), card.getByRole("link", { name: "Download the calendar file" }).click()]);
    assert.equal(file.suggestedFilename(), "invite.ics");
  });

  flow("A mail whose sender cannot be verified is kept apart and merged by one key", async (h) => {
    const owner = await h.page(OWNER);
    await owner.goto("/settings/mailboxes");
    await owner.getByRole("link", { name: "help@desk.example" }).click();
    await owner.getByLabel("Further addresses").fill("sales@desk.example");
    await owner.getByLabel("Name of the server in Authentication-Results").fill("mx.desk.example");
    await look(owner, "mailbox-addresses");
    await owner.getByRole("button", { name: "Save" }).click();
    await toast(owner, "Saved").waitFor();
    const first = await h.deliver({ subject: "Broken zip", text: "It broke." });
    const headers = ["Authentication-Results: mx.desk.example; dmarc=fail header.from=customer.example"];
    await h.deliver({ subject: "Re: Broken zip", answers: first.messageId, text: "Pay here.", headers });
    const page = await h.page(SAM);
    await open(page, "Re: Broken zip");
    await page.getByText("looks as if it came from ada@customer.example").waitFor();
    assert.equal(await message(page, "It broke.").count(), 0);
    await look(page, "unverified");
    await page.keyboard.press("Shift+V");
    await toast(page, "Merged").waitFor();
    await heading(page, "Broken zip").waitFor();
    await message(page, "It broke.").waitFor();
    await message(page, "Pay here.").waitFor();
    assert.equal(await page.getByText("but that could not be verified").count(), 0);
  });

  flow("An answer leaves from the address that was written to, and another can be chosen", async (h) => {
    await h.deliver({ subject: "Prices", to: "sales@desk.example", text: "How much?" });
    const page = await h.page(SAM);
    await open(page, "Prices");
    const from = page.getByLabel("From", { exact: true });
    assert.equal(await from.inputValue(), "sales@desk.example");
    await look(page, "composer-from");
    await from.selectOption("help@desk.example");
    await composer(page).fill("It costs ten.");
    await send(page).click();
    await message(page, "It costs ten.").getByRole("link", { name: "About this message" }).click();
    await page.getByText("<help@desk.example>").waitFor();
  });
});
