// Looks at a screen: axe-core without findings, and a picture, in light, in dark and on a narrow screen.
import { mkdir } from "node:fs/promises";
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ARTIFACTS } from "./server.js";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const WIDE = { width: 1440, height: 900 }, NARROW = { width: 390, height: 844 };
const WAYS = [
  { way: "light", viewport: WIDE, colorScheme: "light" },
  { way: "dark", viewport: WIDE, colorScheme: "dark" },
  { way: "390", viewport: NARROW, colorScheme: "light" },
];

/**
 * Looks at what the page shows now, in three ways.
 * @param {import("playwright-core").Page} page
 * @param {string} name of the pictures
 */
export async function look(page, name) {
  const found = [];
  const before = page.viewportSize() ?? WIDE;
  for (const { way, viewport, colorScheme } of WAYS) {
    await page.setViewportSize(viewport);
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await settle(page);
    await picture(page, `${name}-${way}`);
    for (const violation of await violations(page)) found.push(`${name} ${way}: ${violation}`);
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    if (overflow > 0) found.push(`${name} ${way}: the page is ${overflow} px too wide`);
  }
  await page.setViewportSize(before);
  await page.emulateMedia({ colorScheme: "light" });
  if (found.length) throw new Error(`findings:\n${found.join("\n")}`);
}

/** Keeps a picture and prints its name. @param {import("playwright-core").Page} page @param {string} name */
export async function picture(page, name) {
  await mkdir(ARTIFACTS, { recursive: true });
  const path = join(ARTIFACTS, `${name}.png`);
  await page.screenshot({ path });
  console.log(`picture: ${path}`);
}

/** Two frames and no animation that still runs, or two seconds. @param {import("playwright-core").Page} page */
const settle = (page) => page.evaluate(async () => {
  await document.fonts.ready;
  await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
  // One that is taken away while it runs never ends.
  const ended = Promise.allSettled(document.getAnimations().map((one) => one.finished));
  await Promise.race([ended, new Promise((resolve) => setTimeout(resolve, 2000))]);
});

/** What axe finds, one line each. @param {import("playwright-core").Page} page */
async function violations(page) {
  // Through the debugger, which the content policy does not bind. Frames hold strangers' mail: they are not ours to judge.
  if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(AXE);
  const found = await page.evaluate(
    (tags) => window.axe.run(document, { runOnly: { type: "tag", values: tags }, iframes: false, resultTypes: ["violations"] }).then((results) => results.violations),
    TAGS,
  );
  return found.map((one) => `${one.id} (${one.help}): ${one.nodes.map((node) => `${node.html.slice(0, 160)} — ${node.failureSummary?.replace(/\s+/g, " ").slice(0, 300)}`).join(" | ")}`);
}
