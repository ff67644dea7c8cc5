import assert from "node:assert/strict";
import { house, OWNER, SAM } from "../harness/house.js";
import { composer, goLive, open, send } from "../harness/inbox.js";
import { look } from "../harness/look.js";

const WIDE = { viewport: { width: 1800, height: 1000 } };

/** What a clock says in the pane at the side. @param {import("playwright-core").Page} page @param {string} kind */
const clock = (page, kind) => page.locator("#part-clocks dt", { hasText: kind }).locator("xpath=following-sibling::dd[1]");

house("clocks", {}, (flow) => {
  flow("A service level is made of usual targets, holds for what its conditions say, and is ordered, stopped and brought back", async (h) => {
    const owner = await h.page(OWNER);
    await owner.goto("/settings/service-levels");
    await owner.getByText("No service levels yet").waitFor();
    await look(owner, "levels-empty");
    await owner.getByRole("link", { name: "Fill in usual targets" }).click();
    await owner.getByLabel("Name").fill("Everyone");
    assert.equal(await owner.getByLabel("First response, Normal").inputValue(), "4h");
    await owner.getByLabel("First response, Low").fill("soon");
    h.expects(/422/);
    await owner.getByRole("button", { name: "Save" }).click();
    await owner.getByText("Write “soon” as a time such as 30m").waitFor();
    assert.equal(await owner.getByLabel("First response, Low").inputValue(), "soon");
    await owner.getByLabel("First response, Low").fill("1h 30m");
    await look(owner, "level-form");
    await owner.getByRole("button", { name: "Save" }).click();
    await owner.getByRole("link", { name: "Everyone" }).waitFor();
    await owner.getByRole("link", { name: "Add a service level" }).click();
    await owner.getByLabel("Name").fill("Urgent ones");
    await owner.getByLabel("First response, Urgent").fill("15m");
    await owner.getByRole("button", { name: "Add condition" }).click();
    await owner.getByLabel("About what").selectOption("priority");
    await owner.getByLabel("Value").selectOption("urgent");
    await owner.getByRole("button", { name: "Save" }).click();
    await owner.getByRole("button", { name: "Move Urgent ones up" }).click();
    await owner.getByRole("button", { name: "Move Urgent ones down" }).waitFor();
    await look(owner, "levels");
    await owner.getByRole("link", { name: "Urgent ones" }).click();
    await owner.getByRole("button", { name: "Stop this service level" }).click();
    await owner.getByText("Service level stopped").waitFor();
    await owner.getByRole("button", { name: "Undo" }).click();
    await owner.getByRole("link", { name: "Urgent ones" }).waitFor();
  });

  flow("A clock counts beside the conversation, is missed when its minute has come, and stands in the report", async (h) => {
    await h.deliver({ subject: "Where is my parcel" });
    const page = await h.page(SAM, WIDE);
    await open(page, "Where is my parcel");
    await clock(page, "First response").getByText("due in").waitFor();
    await look(page, "conversation-clocks");
    const owner = await h.page(OWNER);
    await owner.goto("/settings/service-levels");
    await owner.getByRole("link", { name: "Everyone" }).click();
    await owner.getByLabel("First response, Normal").fill("1m");
    await owner.getByRole("button", { name: "Save" }).click();
    await owner.getByRole("link", { name: "Everyone" }).waitFor();
    await goLive(page, page.url());
    await clock(page, "First response").getByText("late").waitFor({ timeout: 80_000 });
    await page.getByText("The target for First response was missed").waitFor();
    await composer(page).fill("It is on its way.");
    await send(page).click();
    await clock(page, "First response").getByText("missed").waitFor();
    await look(page, "conversation-clock-missed");
    await owner.goto("/notifications");
    await owner.getByText("A service level was missed").waitFor();
    await owner.goto("/reports");
    await owner.getByRole("row", { name: /First response/ }).getByText("0 %").waitFor();
    await look(owner, "report-levels");
    await owner.getByRole("row", { name: /^Nobody/ }).getByText("1", { exact: true }).waitFor();
    await owner.getByRole("row", { name: /^All/ }).getByRole("link", { name: "1" }).click();
    await look(owner, "report-missed");
    await owner.getByRole("link", { name: /Where is my parcel/ }).click();
    await clock(owner, "First response").getByText("missed").waitFor();
  });
});
