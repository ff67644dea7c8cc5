import assert from "node:assert/strict";
import { DESK_ADDRESS, house, OWNER, PASSWORD, SAM } from "../harness/house.js";
import { toast } from "../harness/inbox.js";

house("settings", {}, (flow) => {
  flow("An owner adds an agent, who signs in and answers to their name", async (h) => {
    const mei = { name: "Mei Tanaka", email: "mei@desk.example" };
    await h.addAgent(mei);
    const page = await h.page(mei);
    await page.goto("/inbox/open");
    await page.getByRole("button", { name: "Account: Mei Tanaka" }).waitFor();
  });

  flow("An address that is taken is said at its field", async (h) => {
    h.expects(/status of 422/);
    const page = await h.page(OWNER);
    await page.goto("/settings/people/new");
    await page.getByLabel("Name", { exact: true }).fill("Another Sam");
    await page.getByLabel("E-mail address").fill(SAM.email);
    await page.getByLabel("First password").fill(PASSWORD);
    await page.getByRole("button", { name: "Add", exact: true }).click();
    await page.getByText("This address is used already.").waitFor();
  });

  flow("A team is added, gets members, and has a view of its own", async (h) => {
    const page = await h.page(OWNER, { viewport: { width: 1680, height: 900 } });
    await page.goto("/settings/teams");
    await page.getByLabel("Name").fill("Deliveries");
    await page.getByRole("button", { name: "Add" }).click();
    await page.getByRole("heading", { level: 1, name: "Deliveries" }).waitFor();
    await page.getByRole("checkbox", { name: SAM.name }).check();
    await page.getByRole("button", { name: "Save" }).click();
    await toast(page, "Saved").waitFor();
    await page.goto("/settings/teams");
    await page.getByRole("region", { name: "Teams" }).getByRole("listitem").filter({ hasText: "Deliveries" }).getByText(SAM.name).waitFor();
    await page.goto("/inbox/open");
    await page.getByRole("navigation", { name: "Views" }).getByRole("link", { name: "Deliveries" }).waitFor();
    await page.goto("/settings/teams");
    await page.getByRole("link", { name: "Deliveries" }).click();
    await page.getByRole("button", { name: "Delete team" }).click();
    await toast(page, "Deleted").waitFor();
    await page.getByText("No teams yet").waitFor();
  });

  flow("A mailbox keeps its passwords to itself: they are never shown back", async (h) => {
    const page = await h.page(OWNER);
    await page.goto("/settings/mailboxes/new");
    await page.getByLabel("E-mail address").fill("sales@desk.example");
    await page.getByLabel("Name", { exact: true }).fill("Sales");
    for (const [region, port] of [["Mail in (IMAP)", "1"], ["Answers out (SMTP)", "2"]]) {
      const part = page.getByRole("region", { name: region });
      await part.getByLabel("Server").fill("127.0.0.1");
      await part.getByLabel("Port").fill(port);
      await part.getByLabel("User name").fill("sales");
      await part.getByLabel("Password").fill("hunter2-very-secret");
    }
    await page.getByRole("button", { name: "Connect" }).click();
    await page.waitForURL(/\/settings\/mailboxes\/[0-9a-f-]+/);
    assert.ok(!(await page.content()).includes("hunter2"));
    assert.equal(await page.getByRole("region", { name: "Mail in (IMAP)" }).getByLabel("Password").inputValue(), "");
    await page.getByRole("button", { name: "Save" }).click();
    await toast(page, "Saved").waitFor();
    await page.goto("/settings/mailboxes");
    await page.getByRole("link", { name: "sales@desk.example" }).click();
    await page.getByRole("button", { name: "Pause" }).click();
    await page.getByText("Paused: no mail is taken from it, and answers wait.").waitFor();
  });

  flow("A mailbox whose server cannot be reached says so in words", async (h) => {
    const page = await h.page(OWNER);
    await page.goto("/settings/mailboxes");
    await page.getByRole("link", { name: "sales@desk.example" }).click();
    await page.getByRole("button", { name: "Resume" }).click();
    const trouble = page.getByRole("alert");
    for (let tries = 0; tries < 40 && !(await trouble.count()); tries++) {
      await page.waitForTimeout(250);
      await page.reload();
    }
    assert.match(await trouble.textContent(), /\w{4,}.*\w{4,}/);
    await page.goto("/settings/mailboxes");
    await page.getByRole("listitem").filter({ hasText: "sales@desk.example" }).getByText("Trouble").waitFor();
    await page.getByRole("listitem").filter({ hasText: DESK_ADDRESS }).waitFor();
  });

  flow("Wrong fields of a mailbox are said where they are", async (h) => {
    h.expects(/status of 422/);
    const page = await h.page(OWNER);
    await page.goto("/settings/mailboxes/new");
    await page.getByLabel("E-mail address").fill("other@desk.example");
    await page.getByLabel("Name", { exact: true }).fill("Other");
    const smtp = page.getByRole("region", { name: "Answers out (SMTP)" });
    await smtp.getByLabel("Server").fill("not a host!");
    await smtp.getByLabel("Port").fill("99999");
    await page.getByRole("button", { name: "Connect" }).click();
    await smtp.getByText("This is not the name of a server.").waitFor();
    await smtp.getByText("A port is a number from 1 to 65535.").waitFor();
    assert.equal(await smtp.getByLabel("Server").inputValue(), "not a host!");
  });

  flow("The appearance is chosen once and holds on every page", async (h) => {
    const page = await h.page(SAM);
    await page.goto("/settings/profile");
    const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    const light = await ground();
    await page.getByLabel("Appearance").selectOption({ label: "Dark" });
    await page.getByRole("button", { name: "Save" }).click();
    await toast(page, "Saved").waitFor();
    const dark = await ground();
    assert.notEqual(dark, light);
    await page.goto("/inbox/open");
    assert.equal(await ground(), dark);
    await page.goto("/settings/profile");
    await page.getByLabel("Appearance").selectOption({ label: "As the system has it" });
    await page.getByRole("button", { name: "Save" }).click();
    await toast(page, "Saved").waitFor();
    assert.equal(await ground(), light);
    await page.emulateMedia({ colorScheme: "dark" });
    assert.equal(await ground(), dark);
  });

  flow("A new password signs out everywhere else and is asked for the next time", async (h) => {
    h.expects(/status of 422/);
    const kai = { name: "Kai Berger", email: "kai@desk.example" };
    await h.addAgent(kai);
    const [here, there] = [await h.page(null), await h.page(null)];
    await h.signIn(here, kai);
    await h.signIn(there, kai);
    await here.goto("/settings/profile");
    await here.getByLabel("Current password").fill("not this one");
    await here.getByLabel("New password").fill("a fresh one, long");
    await here.getByRole("button", { name: "Change password" }).click();
    await here.getByText("This is not your present password.").waitFor();
    await here.getByLabel("Current password").fill(PASSWORD);
    await here.getByLabel("New password").fill("a fresh one, long");
    await here.getByRole("button", { name: "Change password" }).click();
    await toast(here, "Password changed").waitFor();
    await there.goto("/inbox/open");
    await there.waitForURL(/\/sign-in/);
    await h.signIn(there, kai, "a fresh one, long");
  });
});
