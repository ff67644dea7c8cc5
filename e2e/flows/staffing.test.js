import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { DESK_ADDRESS, house, OWNER, SAM } from "../harness/house.js";
import { composer, message, open, send } from "../harness/inbox.js";
import { look } from "../harness/look.js";

/** Six weeks of old mail as an mbox: busy Mondays, quiet weekends, each answered after a while. */
function oldMail() {
  const lines = [];
  const write = (at, from, to, id, reply) => {
    const written = at.toUTCString().replace("GMT", "+0000");
    const [weekday, day, month, year, time] = at.toUTCString().replace(",", "").split(" ");
    lines.push(`From someone ${weekday} ${month} ${day} ${time} ${year}`, `From: ${from}`, `To: ${to}`, `Date: ${written}`, `Message-ID: <${id}@old.example>`,
      ...(reply ? [`In-Reply-To: <${reply}@old.example>`] : []), `Subject: ${reply ? "Re: " : ""}Matter ${reply ?? id}`, "", "Hello.", "");
  };
  const today = new Date();
  today.setUTCHours(0, 0, 0, 0);
  for (let back = 44; back >= 1; back -= 1) {
    const day = new Date(today.getTime() - back * 86_400_000);
    const busy = [1, 8, 5, 5, 5, 5, 1][day.getUTCDay()];
    for (let one = 0; one < busy; one += 1) {
      const at = new Date(day.getTime() + (8 + one) * 3_600_000 + back * 60_000);
      write(at, `Customer ${one} <c${one}-${back}@old.example>`, DESK_ADDRESS, `q-${back}-${one}`);
      write(new Date(at.getTime() + (20 + one * 10) * 60_000), DESK_ADDRESS, `c${one}-${back}@old.example`, `a-${back}-${one}`, `q-${back}-${one}`);
    }
  }
  return lines.join("\n");
}

/** Brings old mail along while the server rests. */
async function bringAlong(h) {
  const file = join(h.server.folder, "old.mbox");
  await writeFile(file, oldMail());
  await h.server.kill();
  const env = { PATH: process.env.PATH, HOME: process.env.HOME, RAPPORT_DATA_DIR: join(h.server.folder, "data") };
  const command = spawn(h.server.process.spawnfile, ["mail", "import", "--mailbox", DESK_ADDRESS, file], { cwd: h.server.folder, env, stdio: "inherit" });
  assert.equal(await new Promise((resolve) => command.once("exit", resolve)), 0);
  await h.server.run();
}

house("staffing", {}, (flow) => {
  flow("Without history nothing is guessed, and agents see no figures of single people", async (h) => {
    const page = await h.page(OWNER);
    await page.goto("/inbox/open");
    await page.getByRole("link", { name: "Reports" }).click();
    await page.getByRole("link", { name: "Staffing" }).click();
    await page.getByRole("heading", { level: 1, name: "Staffing" }).waitFor();
    await page.getByText("Not enough history yet").waitFor();
    await look(page, "staffing-none");
    const other = await h.page(SAM);
    await other.goto("/inbox/open");
    await other.getByRole("link", { name: "Reports" }).click();
    await other.getByRole("heading", { level: 1, name: "Attainment" }).waitFor();
    assert.equal(await other.getByRole("link", { name: "Staffing" }).count(), 0);
  });

  flow("From old mail come a forecast with its error and the gap to the shifts that are entered", async (h) => {
    await bringAlong(h);
    const page = await h.page(OWNER);
    await page.goto("/reports/staffing");
    await page.getByText("No shifts are entered here").waitFor();
    await page.getByRole("link", { name: "Change shifts and targets" }).click();
    await page.getByLabel("Monday").fill("9 to five");
    h.expects(/422/);
    await page.getByRole("button", { name: "Save" }).click();
    await page.getByText("Write hours, an equals sign and a number of people").waitFor();
    assert.equal(await page.getByLabel("Monday").inputValue(), "9 to five", "what was written is still there");
    await look(page, "staffing-settings-refused");
    for (const day of ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday"]) await page.getByLabel(day).fill("8-12 = 1, 10-17 = 1");
    await page.getByLabel("Minutes of work for each").fill("45");
    await page.getByLabel("Answer within, in business hours").fill("2");
    await page.getByRole("button", { name: "Save" }).click();
    await page.getByRole("button", { name: "Back to what is usual" }).waitFor();
    assert.equal(await page.getByLabel("Monday").inputValue(), "08:00–12:00 = 1, 10:00–17:00 = 1");
    await look(page, "staffing-settings");
    await page.getByRole("link", { name: "Staffing", exact: true }).click();
    const week = page.getByRole("region", { name: "The next seven days" });
    await week.waitFor();
    assert.equal(await week.getByRole("row").count(), 8);
    await page.getByRole("region", { name: "How good the forecast has been" }).getByText("Weeks it was tried on: 2").waitFor();
    assert.ok(await page.getByText(/Too few: \d/).count() > 0);
    await look(page, "staffing");
    await week.getByRole("row").nth(3).getByRole("link").click();
    await look(page, "staffing-day");
    await page.getByLabel("Answer within, in business hours").fill("40");
    await page.getByRole("button", { name: "Show" }).click();
    await page.waitForURL(/hours=40/);
    await page.getByRole("link", { name: "Change shifts and targets" }).click();
    assert.equal(await page.getByLabel("Answer within, in business hours").inputValue(), "2", "looking saves nothing");
  });

  flow("Like cases are compared, and a figure opens its conversations", async (h) => {
    const sams = await h.page(SAM);
    await h.deliver({ subject: "Answered by Sam", from: "Ana Lind <ana@north.example>" });
    await open(sams, "Answered by Sam");
    await composer(sams).fill("We look into it.");
    await send(sams).click();
    await message(sams, "We look into it.").waitFor();
    const page = await h.page(OWNER);
    await page.goto("/reports/staffing");
    await page.getByRole("link", { name: "Consistency" }).click();
    const table = page.getByRole("table");
    await table.getByRole("rowheader", { name: SAM.name }).waitFor();
    await table.getByRole("row", { name: SAM.name }).getByText("Too few to judge").first().waitFor();
    await look(page, "consistency");
    await page.getByLabel("Compare").selectOption({ label: "Parts of the day" });
    await page.getByRole("button", { name: "Show" }).click();
    await page.waitForURL(/by=shift/);
    await look(page, "consistency-shifts");
    await table.getByRole("row").nth(1).getByRole("link").first().click();
    await page.getByRole("heading", { level: 1, name: "Cases of this group" }).waitFor();
    await look(page, "consistency-cases");
    await page.getByRole("main").getByRole("link", { name: /Matter/ }).first().click();
    await page.waitForURL(/\/c\/\d+/);
  });
});
