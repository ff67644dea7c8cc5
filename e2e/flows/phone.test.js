import assert from "node:assert/strict";
import { house, SAM } from "../harness/house.js";
import { composer, heading, message, row, send } from "../harness/inbox.js";
import { picture } from "../harness/look.js";

const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };

/** What can be pressed and is smaller than a finger needs (WCAG 2.5.8: 24 px). */
const tooSmall = (page) => page.evaluate(() => [...document.querySelectorAll("a, button, input:not([type=hidden]), select, summary, textarea")]
  .filter((one) => one.checkVisibility({ visibilityProperty: true, opacityProperty: true }) && !one.closest(".visually-hidden, p, .skip"))
  .map((one) => ({ what: one.outerHTML.slice(0, 100), box: (one.closest("label") ?? one).getBoundingClientRect() }))
  .filter(({ box }) => box.width > 1 && (box.width < 24 || box.height < 24))
  .map(({ what, box }) => `${Math.round(box.width)}×${Math.round(box.height)} ${what}`));

/** Saves one's profile. @param {import("playwright-core").Page} page */
async function save(page) {
  const saved = page.waitForEvent("load");
  // A tap that follows a swipe of ours is at times no press to Chromium, whose fingers are then still counted.
  await page.locator("form[action='/settings/profile'] button[type=submit]").click();
  await saved;
}

/**
 * Swipes a row with one finger, in steps, as a hand does.
 * @param {import("playwright-core").Page} page
 * @param {import("playwright-core").Locator} row
 * @param {number} by how far, to the right
 * @param {{ from?: number, down?: number, keep?: boolean }} [how] `from`: where it begins, from the left; `keep`: the finger stays
 */
async function swipe(page, row, by, { from, down = 0, keep = false } = {}) {
  const box = await row.boundingBox();
  const finger = await page.context().newCDPSession(page);
  const at = (part) => ({ x: (from ?? box.x + box.width / 2) + by * part, y: box.y + box.height / 2 + down * part });
  await finger.send("Input.dispatchTouchEvent", { type: "touchStart", touchPoints: [at(0)] });
  for (let step = 1; step <= 10; step += 1) await finger.send("Input.dispatchTouchEvent", { type: "touchMove", touchPoints: [at(step / 10)] });
  const letGo = () => finger.send("Input.dispatchTouchEvent", { type: "touchEnd", touchPoints: [] });
  if (!keep) await letGo();
  return letGo;
}

house("phone", {}, (flow) => {
  flow("On a phone one goes from the list to the thread, answers, and comes back", async (h) => {
    await h.deliver({ subject: "From the train", text: "Hello from the train." });
    const page = await h.page(SAM, PHONE);
    await page.goto("/inbox/open");
    await picture(page, "phone-list");
    assert.deepEqual(await tooSmall(page), []);
    await row(page, "From the train").tap();
    await heading(page, "From the train").waitFor();
    assert.equal(await row(page, "From the train").isVisible(), false);
    await picture(page, "phone-thread");
    assert.deepEqual(await tooSmall(page), []);
    await composer(page).fill("Hello back.");
    await send(page).tap();
    await message(page, "Hello back.").getByText("Sent", { exact: true }).waitFor();
    await page.getByRole("button", { name: "Customer pane" }).tap();
    await page.getByRole("region", { name: "Customer" }).getByText("ada@customer.example").first().waitFor();
    await picture(page, "phone-customer");
    await page.getByRole("button", { name: "Close the customer pane" }).tap();
    await page.getByRole("link", { name: "Back to the list" }).tap();
    await row(page, "From the train").waitFor();
    assert.equal(await composer(page).count() ? await composer(page).isVisible() : false, false);
    await row(page, "From the train").tap();
    await heading(page, "From the train").waitFor();
    await page.goBack();
    await row(page, "From the train").waitFor();
    await page.getByRole("button", { name: /Open/ }).tap();
    await page.getByRole("navigation", { name: "Views" }).getByRole("link", { name: "Mine" }).tap();
    await page.waitForURL(/\/inbox\/mine/);
  });

  flow("Nothing is wider than the screen, down to 320 px", async (h) => {
    const page = await h.page(SAM, { viewport: { width: 320, height: 640 } });
    await page.goto("/inbox/open");
    await row(page, "From the train").waitFor();
    const address = await row(page, "From the train").getAttribute("href");
    for (const path of ["/inbox/open", address, "/search?q=train", "/settings/profile", "/settings/keyboard", "/sign-in"]) {
      await page.goto(path);
      const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      assert.ok(over <= 0, `${path} is ${over} px too wide`);
    }
    await page.goto(address);
    await picture(page, "phone-320");
  });

  flow("A row is resolved by a swipe and put off by one the other way; half of one does nothing", async (h) => {
    for (const subject of ["Swipe me", "Leave me"]) await h.deliver({ subject, text: "Hello" });
    const page = await h.page(SAM, PHONE);
    await page.goto("/inbox/open");
    const one = row(page, "Swipe me");
    await swipe(page, one, 60);
    await swipe(page, one, 150, { from: 10 });
    await swipe(page, one, 150, { down: 200 });
    await one.waitFor();
    const letGo = await swipe(page, one, 150, { keep: true });
    assert.equal(await page.locator(".swipe-label").textContent(), "Resolve");
    await picture(page, "phone-swipe");
    await letGo();
    await one.waitFor({ state: "detached" });
    await page.locator("#toasts").getByRole("button", { name: "Undo" }).click();
    await one.waitFor();
    assert.match(page.url(), /inbox\/open/);
    const lift = await swipe(page, one, -150, { keep: true });
    await picture(page, "phone-swipe-back");
    await lift();
    await page.getByRole("group", { name: "Snooze" }).or(page.locator("#bulk-snooze")).first().waitFor();
    await picture(page, "phone-swipe-snooze");
    await page.locator("#bulk-snooze").getByRole("button", { name: "Until they reply" }).click();
    await one.waitFor({ state: "detached" });
    await row(page, "Leave me").waitFor();
    await page.goto("/inbox/snoozed");
    await one.waitFor();
  });

  flow("With a language from the right a swipe is mirrored, and it can be switched off", async (h) => {
    await h.deliver({ subject: "Mirrored", text: "Hello" });
    const page = await h.page(SAM, PHONE);
    await page.goto("/settings/profile");
    await page.getByLabel("Language").selectOption("ar");
    await save(page);
    await page.goto("/inbox/open");
    const one = page.locator("#list li", { hasText: "Mirrored" });
    const letGo = await swipe(page, one, -150, { keep: true });
    assert.equal(await page.locator(".swipe-label").getAttribute("data-act"), "resolve");
    await picture(page, "phone-swipe-rtl");
    await letGo();
    await one.waitFor({ state: "detached" });
    await page.goto("/settings/profile");
    await page.locator("#language").selectOption("en");
    await page.locator("#swipe").selectOption("off");
    await save(page);
    await page.goto("/inbox/open");
    await swipe(page, row(page, "Leave me"), 150);
    await row(page, "Leave me").waitFor();
    assert.equal(await page.locator(".swipe-label").count(), 0);
    await page.goto("/settings/profile");
    await page.locator("#swipe").selectOption("on");
    await save(page);
  });

  flow("With reduced motion nothing moves", async (h) => {
    const page = await h.page(SAM, { reducedMotion: "reduce" });
    await page.goto("/inbox/open");
    await page.keyboard.press("?");
    const moving = await page.evaluate(() => [...document.querySelectorAll("*")].filter((one) => {
      const style = getComputedStyle(one);
      const longest = (times) => Math.max(...times.split(",").map((time) => (time.trim().endsWith("ms") ? parseFloat(time) : parseFloat(time) * 1000)));
      return longest(style.transitionDuration) > 10 || (style.animationName !== "none" && longest(style.animationDuration) > 10);
    }).map((one) => one.outerHTML.slice(0, 80)));
    assert.deepEqual(moving, []);
  });
});
