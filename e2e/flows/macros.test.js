import assert from "node:assert/strict";
import { house, OWNER, SAM } from "../harness/house.js";
import { choose, composer, message, open, send, thread } from "../harness/inbox.js";
import { look } from "../harness/look.js";
import { until } from "../harness/wait.js";

/** Makes a macro, as an administrator does. */
async function make(h, { name, text, resolve = false, tag = "" }) {
  const page = await h.page(OWNER);
  await page.goto("/settings/macros/new");
  await page.getByLabel("Name", { exact: true }).fill(name);
  await page.getByLabel("Folder").fill("Money");
  await page.getByLabel("Who uses it").selectOption({ label: "Everyone" });
  if (text) await page.getByRole("textbox", { name: "Text", exact: true }).fill(text);
  if (resolve) await page.getByLabel("State").selectOption({ label: "Resolve" });
  if (tag) await page.getByLabel("Add tags").fill(tag);
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByRole("link", { name }).waitFor();
  await page.context().close();
}

house("macros", {}, (flow) => {
  flow("A macro is made, previewed, refused with an unknown variable, and its pages are without findings", async (h) => {
    const page = await h.page(OWNER);
    h.expects(/422/);
    await page.goto("/settings/macros");
    await look(page, "macros-none");
    await page.goto("/settings/macros/new");
    await page.getByLabel("Name", { exact: true }).fill("Late parcel");
    await page.getByRole("textbox", { name: "Text", exact: true }).fill("Hello {{customer.frist_name|there}}");
    await page.getByRole("button", { name: "Save" }).click();
    await page.getByText("There is no variable customer.frist_name.").waitFor();
    await page.getByRole("textbox", { name: "Text (en)" }).fill("Hello {{customer.first_name|there}}, we look into **number {{conversation.number}}**.");
    await page.getByRole("button", { name: "Preview" }).click();
    await page.getByText("Hello Ana, we look into number 1042.").waitFor();
    await look(page, "macros-preview");
    await page.getByRole("button", { name: "Save" }).click();
    await page.getByRole("link", { name: "Late parcel" }).waitFor();
    await look(page, "macros-list");
  });

  flow("The palette finds a macro by its name while a conversation is open", async (h) => {
    await make(h, { name: "Business days", text: "We are here from nine to five." });
    await h.deliver({ subject: "When are you there?" });
    const page = await h.page(SAM);
    await page.goto("/inbox/open");
    await page.keyboard.press("Control+k");
    await page.keyboard.type("business d");
    await page.getByRole("option", { name: /Search for/ }).waitFor();
    assert.equal(await page.getByRole("option", { name: /Business days/ }).count(), 0, "there is nothing to put it into");
    await page.keyboard.press("Escape");
    await open(page, "When are you there?");
    await page.keyboard.press("Control+k");
    await page.keyboard.type("business d");
    await page.getByRole("option", { name: /Business days/ }).waitFor();
    await look(page, "macros-palette");
    await page.getByRole("option", { name: /Business days/ }).click();
    await until("the text is in", async () => (await composer(page).inputValue()) === "We are here from nine to five.");
  });

  flow("m puts a macro in, what it does waits for the send, and calling the answer back takes it back", async (h) => {
    await make(h, { name: "Refund", text: "Hello {{customer.first_name|there}}, we refund you.", resolve: true, tag: "refund" });
    await h.deliver({ subject: "Money back, please" });
    const page = await h.page(SAM);
    await open(page, "Money back, please");
    await page.keyboard.press("m");
    await page.getByRole("combobox", { name: "Find a macro" }).fill("ref");
    await page.getByRole("option", { name: /Refund/ }).waitFor();
    await look(page, "macros-chooser");
    await page.keyboard.press("Enter");
    await until("the text is in", async () => (await composer(page).inputValue()) === "Hello Ada, we refund you.");
    await page.getByText("With the send:").waitFor();
    await look(page, "macros-pending");
    assert.equal(await thread(page).getByText("Open", { exact: true }).count(), 1, "nothing before the send");
    await page.getByRole("button", { name: "More ways to send" }).click();
    await page.getByRole("button", { name: "In an hour" }).click();
    await thread(page).getByText("Resolved", { exact: true }).first().waitFor();
    await message(page, "we refund you").waitFor();
    await page.getByRole("button", { name: "Call back" }).first().click();
    await until("the draft is back", async () => (await composer(page).inputValue()).includes("we refund you"));
    await page.getByText("With the send:").waitFor();
    assert.equal(await thread(page).getByText("Open", { exact: true }).count(), 1);
  });

  flow("; at the start of a line offers macros as one types, and a gap is asked about before sending", async (h) => {
    await make(h, { name: "Team hello", text: "Greetings from {{team.name}}." });
    await h.deliver({ subject: "Hello there" });
    const page = await h.page(SAM);
    await open(page, "Hello there");
    await page.keyboard.press("r");
    await page.keyboard.type("Dear Ada,\n;team");
    await page.getByRole("option", { name: /Team hello/ }).waitFor();
    await look(page, "macros-inline");
    await page.keyboard.press("Enter");
    await until("the text is in", async () => (await composer(page).inputValue()) === "Dear Ada,\nGreetings from {{team.name}}.");
    h.expects(/409/);
    await send(page).click();
    await page.getByText(/Something is not filled in yet: team\.name/).waitFor();
    assert.match(await composer(page).inputValue(), /\{\{team\.name\}\}/);
    await look(page, "macros-gap");
    await page.getByRole("button", { name: "Send as it is" }).click();
    await message(page, "Greetings from").waitFor();
  });

  flow("Without scripts a macro is chosen on a page of its own", async (h) => {
    await make(h, { name: "Opening hours", text: "We are open from 9 to 5." });
    await h.deliver({ subject: "When are you open?" });
    const page = await h.page(SAM, { javaScriptEnabled: false });
    await page.goto("/inbox/open");
    await page.getByRole("link", { name: /When are you open/ }).click();
    await page.getByRole("link", { name: "Macro" }).click();
    await page.getByRole("searchbox", { name: "Find a macro" }).fill("opening");
    await page.getByRole("button", { name: "Find a macro" }).click();
    await page.getByRole("button", { name: "Use Opening hours" }).click();
    assert.equal(await page.getByRole("textbox", { name: "Message", exact: true }).inputValue(), "We are open from 9 to 5.");
  });

  flow("@ in a note completes a colleague, who finds the mention", async (h) => {
    await h.deliver({ subject: "Whom do I ask?" });
    const page = await h.page(SAM);
    await open(page, "Whom do I ask?");
    await choose(page, "Note");
    await composer(page).focus();
    await page.keyboard.type("Please look, @oliv");
    await page.getByRole("option", { name: OWNER.name }).waitFor();
    await page.keyboard.press("Enter");
    await until("the name is in", async () => (await composer(page).inputValue()) === `Please look, @${OWNER.name} `);
    await page.getByRole("button", { name: /^Add note(?! and)/ }).click();
    const other = await h.page(OWNER);
    await other.goto("/inbox/mentions");
    await other.getByRole("link", { name: /Whom do I ask/ }).waitFor();
    await look(other, "mentions");
  });
});
