import assert from "node:assert/strict";
import { house, SAM } from "../harness/house.js";
import { goLive, open, row, toast } from "../harness/inbox.js";
import { look } from "../harness/look.js";
import { until } from "../harness/wait.js";

const WIDE = { viewport: { width: 1680, height: 950 } };
const LETTERS = [
  { from: "Ada Hill <ada@outside.example>", subject: "I cannot sign in", text: "Hello, I have not been able to sign in to the shop since this morning. What can I do about it? Thank you very much for your help." },
  { from: "Bodo Kern <bodo@outside.example>", subject: "Anmeldung geht nicht", text: "Guten Tag, ich kann mich seit heute Morgen nicht mehr im Laden anmelden. Was kann ich tun? Vielen Dank für Ihre Hilfe." },
  { from: "Claire Dubois <claire@outside.example>", subject: "Connexion impossible", text: "Bonjour, je ne peux plus me connecter à la boutique depuis ce matin. Que puis-je faire ? Merci beaucoup pour votre aide." },
];

/** The words of a mail that came outside, whichever way they were made fit for the journey. @param {string} raw */
function decoded(raw) {
  const parts = raw.split(/\r\n(?=--)/).map((part) => {
    const [head = "", ...rest] = part.split("\r\n\r\n");
    const body = rest.join("\r\n\r\n");
    if (/transfer-encoding:\s*base64/i.test(head)) return Buffer.from(body, "base64").toString("utf8");
    const bytes = body.replace(/=\r\n/g, "").replace(/=([0-9A-F]{2})/g, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)));
    return Buffer.from(bytes, "latin1").toString("utf8");
  });
  return parts.join("\n");
}

house("problems", { workers: 16 }, (flow) => {
  flow("One problem, three customers, three languages: chosen by keyboard, looked at, sent, and each gets their own", async (h) => {
    const page = await h.page(SAM, WIDE);
    await page.goto("/problems");
    await look(page, "problems-none");
    for (const letter of LETTERS) await h.deliver(letter);
    await goLive(page, "/inbox/open");
    await row(page, /Connexion impossible/).waitFor();
    await row(page, /Connexion impossible/).focus();
    await page.keyboard.press("x");
    await page.keyboard.press("Shift+J");
    await page.keyboard.press("Shift+J");
    await page.locator("#bulk-count").getByText("3 chosen").waitFor();
    await page.keyboard.press("b");
    await page.getByRole("textbox", { name: "New problem" }).fill("Sign-in is down");
    await look(page, "problems-bulk");
    await page.getByRole("button", { name: "Open it and add" }).click();
    await toast(page, "3 conversations changed.").waitFor();

    await page.keyboard.press("g");
    await page.keyboard.press("p");
    await page.getByRole("link", { name: "Sign-in is down" }).click();
    await page.getByRole("heading", { level: 1, name: "Sign-in is down" }).waitFor();
    await page.getByLabel("English (1 conversation)").fill("{{customer.greeting}}\n\nyou can sign in again. Sorry for the trouble.\n\n{{agent.name}}");
    await page.getByLabel("Deutsch (1 conversation)").fill("{{customer.greeting}}\n\ndie Anmeldung geht wieder. Entschuldigen Sie die Mühe.\n\n{{agent.name}}");
    await page.getByLabel("Français (1 conversation)").fill("{{customer.greeting}}\n\nla connexion remarche. Désolés pour la gêne.\n\n{{agent.name}}");
    await page.getByRole("button", { name: "Save", exact: true }).click();
    await page.getByText("As Claire Dubois gets it").waitFor();
    await look(page, "problems-answer");
    await page.getByRole("button", { name: "Save and see who gets what" }).click();
    await page.getByLabel("Afterwards").selectOption({ label: "Resolve them" });
    await page.getByText("Gets the text in Deutsch").first().waitFor();
    await look(page, "problems-who-gets-what");
    await page.getByRole("button", { name: "Send to 3 customers" }).click();
    await page.getByText(/It begins in a few seconds/).waitFor();
    await look(page, "problems-about-to-begin");
    await page.getByText("3 customers have the answer.").waitFor();

    for (const [address, words] of [["ada@", "Hello Ada"], ["bodo@", "Hallo Bodo"], ["claire@", "Bonjour"]]) {
      const mail = await h.outside.received((one) => one.to.some((to) => to.startsWith(address)));
      assert.match(decoded(mail.raw), new RegExp(words), address);
    }
    assert.match(decoded(h.outside.mails.find((one) => one.to[0].startsWith("claire@")).raw), /Désolés pour la gêne/);
    assert.equal(h.outside.mails.length, 3, "one mail each");
    await page.reload();
    await until("all are answered", async () => (await page.getByText("Answered", { exact: true }).count()) === 3);
    await look(page, "problems-answered");
    await page.goto("/inbox/open");
    await page.getByText("Nothing open", { exact: true }).waitFor();
  });

  flow("b makes a conversation part of a problem; beside it stands its state, and taking out is undone", async (h) => {
    await h.deliver({ from: "Dina Moss <dina@outside.example>", subject: "Still no sign-in", text: LETTERS[0].text });
    const page = await h.page(SAM, WIDE);
    await open(page, "Still no sign-in");
    await page.keyboard.press("b");
    await page.getByRole("searchbox", { name: "Find a problem by its name or number" }).waitFor();
    await look(page, "problems-choose");
    await page.getByRole("button", { name: "Add #1" }).click();
    const beside = page.locator("#part-problem");
    await beside.getByRole("link", { name: /Sign-in is down/ }).waitFor();
    await look(page, "problems-beside");
    await beside.getByRole("button", { name: "Take out of the problem" }).click();
    await toast(page, "Taken out of the problem").waitFor();
    await until("it is out", async () => (await beside.getByRole("link", { name: /Sign-in is down/ }).count()) === 0);
    await page.keyboard.press("z");
    await beside.getByRole("link", { name: /Sign-in is down/ }).waitFor();
    await beside.getByRole("link", { name: /Sign-in is down/ }).click();
    await page.getByRole("button", { name: "Solve" }).click();
    await page.getByText("1 conversation has not got the answer yet.").waitFor();
    await look(page, "problems-solved");
  });

  flow("Without scripts an answer is sent to all and stopped before it begins", async (h) => {
    await h.deliver({ from: "Emil Roth <emil@outside.example>", subject: "Parcel is late", text: LETTERS[0].text });
    const page = await h.page(SAM, { javaScriptEnabled: false });
    await page.goto("/inbox/open");
    await page.getByRole("link", { name: /Parcel is late/ }).click();
    await page.getByRole("link", { name: "Part of a problem…" }).first().click();
    await page.getByLabel("Or a new problem").fill("Parcels are late");
    await page.getByRole("button", { name: "Open it and add" }).click();
    await page.getByRole("link", { name: /Parcels are late/ }).click();
    await page.getByLabel("English (1 conversation)").fill("They are on their way.");
    await page.getByRole("button", { name: "Save and see who gets what" }).click();
    await page.getByRole("button", { name: "Send to 1 customer" }).click();
    await page.getByRole("button", { name: "Stop" }).click();
    await page.getByText("Stopped.").waitFor();
    assert.equal(h.outside.mails.filter((one) => one.to.some((to) => to.startsWith("emil@"))).length, 0);
  });
});
