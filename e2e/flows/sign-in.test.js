import assert from "node:assert/strict";
import { house, OWNER, PASSWORD, SAM } from "../harness/house.js";
import { look } from "../harness/look.js";

house("first-visit", { empty: true }, (flow) => {
  flow("The first visitor becomes the owner, and a second one cannot", async (h) => {
    const first = await h.page(null);
    const second = await h.page(null);
    await first.goto("/");
    await second.goto("/");
    await first.getByRole("heading", { name: "Set up your desk" }).waitFor();
    await look(first, "setup");
    for (const page of [first, second]) {
      await page.getByLabel("Name of your desk").fill("Lumen & Oak");
      await page.getByLabel("Your name").fill(OWNER.name);
      await page.getByLabel("E-mail address").fill(page === first ? OWNER.email : "second@desk.example");
      await page.getByLabel("Password").fill(PASSWORD);
    }
    await first.getByRole("button", { name: "Create the desk" }).click();
    await first.waitForURL(/\/welcome/);
    await first.getByRole("heading", { level: 1 }).waitFor();

    h.expects(/status of 4(03|09|22)/);
    await second.getByRole("button", { name: "Create the desk" }).click();
    await second.waitForLoadState();
    await second.goto("/settings/people");
    await second.waitForURL(/\/sign-in/);
    await second.goto("/setup");
    await second.waitForURL(/\/sign-in/);
    await first.goto("/settings/people");
    assert.equal(await first.getByRole("region", { name: "People" }).getByRole("listitem").count(), 1);
  });

  flow("A password that is too short is said at its field, and what was typed stays", async (h) => {
    h.expects(/status of 422/);
    const page = await h.page(OWNER);
    await page.goto("/settings/people/new");
    await page.getByLabel("Name", { exact: true }).fill("Kim");
    await page.getByLabel("E-mail address").fill("kim@desk.example");
    await page.getByLabel("First password").fill("short");
    await page.getByRole("button", { name: "Add", exact: true }).click();
    await page.getByText("At least 10 characters, please.").waitFor();
    assert.equal(await page.getByLabel("Name", { exact: true }).inputValue(), "Kim");
    assert.equal(await page.getByLabel("First password").inputValue(), "");
    assert.equal(await page.getByLabel("First password").getAttribute("aria-invalid"), "true");
  });

  flow("An address that needs signing in leads back to where one wanted to go", async (h) => {
    const page = await h.page(null);
    await page.goto("/settings/keyboard");
    await page.waitForURL(/\/sign-in/);
    await page.getByLabel("E-mail address").fill(OWNER.email);
    await page.getByLabel("Password").fill(PASSWORD);
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.waitForURL(/\/settings\/keyboard/);
    await page.getByRole("heading", { level: 1, name: "Keyboard" }).waitFor();
  });

  flow("A wrong password is said in plain words, and after several one has to wait", async (h) => {
    h.expects(/status of 4(22|29)/);
    const page = await h.page(null);
    await page.goto("/sign-in");
    const attempt = async () => {
      await page.getByLabel("E-mail address").fill("nobody@desk.example");
      await page.getByLabel("Password").fill("not the password");
      const answered = page.waitForResponse((answer) => answer.request().method() === "POST");
      await page.getByRole("button", { name: "Sign in" }).click();
      const status = (await answered).status();
      await page.waitForLoadState();
      return status;
    };
    assert.equal(await attempt(), 422);
    await page.getByText("The e-mail address or the password is not right.").waitFor();
    assert.equal(await page.getByLabel("E-mail address").inputValue(), "nobody@desk.example");
    assert.equal(await page.getByLabel("Password").inputValue(), "");
    await look(page, "sign-in-wrong");
    let status = 422;
    for (let tries = 0; status === 422 && tries < 10; tries++) status = await attempt();
    assert.equal(status, 429);
    await page.getByText(/Too many attempts\. Please wait \d+ seconds? and try again\./).waitFor();
  });
});

house("sessions", {}, (flow) => {
  flow("Signing out everywhere ends the session of the other browser too", async (h) => {
    const here = await h.page(null);
    await h.signIn(here, SAM);
    const there = await h.page(null);
    await h.signIn(there, SAM);
    await here.goto("/settings/profile");
    await here.getByRole("button", { name: "Sign out everywhere" }).click();
    await here.waitForURL(/\/sign-in/);
    await there.goto("/inbox/open");
    await there.waitForURL(/\/sign-in/);
  });

  flow("Signing out ends the session, and Back shows nothing of the desk", async (h) => {
    const page = await h.page(null);
    await h.signIn(page, SAM);
    await page.getByRole("button", { name: `Account: ${SAM.name}` }).click();
    await page.getByRole("button", { name: "Sign out" }).click();
    await page.waitForURL(/\/sign-in/);
    await page.goBack();
    await page.waitForURL(/\/sign-in/);
  });

  flow("Somebody who is deactivated is out at once", async (h) => {
    const kim = { name: "Kim Otieno", email: "kim@desk.example" };
    await h.addAgent(kim);
    const page = await h.page(kim);
    await page.goto("/inbox/open");
    const owner = await h.page(OWNER);
    await owner.goto("/settings/people");
    await owner.getByRole("link", { name: kim.name }).click();
    await owner.getByRole("button", { name: "Deactivate" }).click();
    await owner.getByText("Deactivated").first().waitFor();
    await page.goto("/inbox/mine");
    await page.waitForURL(/\/sign-in/);
  });

  flow("An agent who opens an owner's page is told so in plain words", async (h) => {
    h.expects(/status of 403/);
    const page = await h.page(SAM);
    for (const path of ["/settings/people", "/settings/teams", "/settings/mailboxes", "/settings/jobs"]) {
      const answer = await page.goto(path);
      assert.equal(answer.status(), 403, path);
      await page.getByRole("heading", { name: "This is not for you" }).waitFor();
    }
    await look(page, "forbidden");
    await page.goto("/settings/profile");
    assert.equal(await page.getByRole("link", { name: "Mailboxes" }).count(), 0);
  });
});
