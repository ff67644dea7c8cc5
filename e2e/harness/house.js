// What every file of flows needs: a server of its own, a browser, people who are signed in, mail that comes and goes, and a
// finder of faults: an uncaught error, an error on the console or a violation of the content policy fails the flow.
import { after, before, describe, it } from "node:test";
import { join } from "node:path";
import { chromium } from "playwright-core";
import { ARTIFACTS, Server } from "./server.js";
import { Outside } from "./smtp.js";
import { deliver } from "./lmtp.js";

const CHROMIUM = process.env.CHROMIUM ?? "/usr/bin/chromium";
const FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"];
/** How long one flow may take, in milliseconds. */
const FLOW_LIMIT = 120_000;
/** How long a page may take to show something, in milliseconds. */
const PAGE_LIMIT = 20_000;

export const PASSWORD = "correct horse battery";
export const DESK_ADDRESS = "help@desk.example";
/** Whoever makes the first visit. */
export const OWNER = { name: "Olivia Brandt", email: "olivia@desk.example" };
/** A colleague without rights over the desk. */
export const SAM = { name: "Sam Rivera", email: "sam@desk.example" };

/**
 * A group of flows on one server.
 * @param {string} name
 * @param {{ demo?: boolean, empty?: boolean, workers?: number }} how `demo`: with the demonstration's data; `empty`: nobody has been here yet;
 *   `workers`: so many jobs at once, where a flow makes many.
 *   Otherwise there are an owner, an agent, and a mailbox that can be written to and answered from.
 * @param {(flow: (sentence: string, body: (house: House) => Promise<void>) => void) => void} define
 */
export function house(name, how, define) {
  describe(name, { concurrency: 1 }, () => {
    const one = new House(name, how);
    before(() => one.open(), { timeout: FLOW_LIMIT });
    after(() => one.close());
    define((sentence, body) => it(sentence, { timeout: FLOW_LIMIT }, () => one.flow(sentence, body)));
  });
}

export class House {
  #signedIn = new Map();
  /** @type {import("playwright-core").BrowserContext[]} */
  #contexts = [];
  #faults = [];
  #expected = [];

  constructor(name, how) {
    this.name = name;
    this.how = how;
  }

  async open() {
    [this.server, this.outside, this.browser] = await Promise.all([
      Server.start(this.name, this.how.demo ? "demo" : "serve", this.how.workers),
      Outside.start(),
      chromium.launch({ executablePath: CHROMIUM, args: FLAGS }),
    ]);
    this.url = this.server.url;
    if (this.how.empty || this.how.demo) return;
    await this.flow("furnishing the desk", async () => {
      await this.#setUp();
      await this.addAgent(SAM);
    });
  }

  async close() {
    await this.browser?.close();
    await this.server?.end();
    await this.outside?.end();
  }

  /** Runs one flow with everything it opens closed after it, and fails it when a page had a fault. */
  async flow(sentence, body) {
    this.#faults = [];
    this.#expected = [];
    try {
      if (this.server.isDown) await this.server.run();
      await body(this);
    } catch (error) {
      await this.#keepPictures(sentence);
      throw this.#faults.length ? new Error(`${error.message}\nFaults of the pages:\n${this.#faults.join("\n")}`, { cause: error }) : error;
    } finally {
      for (const context of this.#contexts.splice(0)) await context.close();
    }
    const faults = this.#faults.filter((fault) => !this.#expected.some((expected) => expected.test(fault)));
    if (faults.length) throw new Error(`faults of the pages:\n${faults.join("\n")}`);
  }

  /** Errors on the console that belong to this flow, such as those of a connection that is cut on purpose. @param {RegExp[]} patterns */
  expects(...patterns) { this.#expected.push(...patterns); }

  /** What was found wrong on pages so far. */
  get faults() { return this.#faults; }

  /**
   * A page in a browser of its own.
   * @param {{ name: string, email: string } | null} who is signed in; null for a stranger
   * @param {import("playwright-core").BrowserContextOptions} [options]
   */
  async page(who, options = {}) {
    const storageState = who ? await this.#session(who) : undefined;
    return (await this.context({ ...options, storageState })).newPage();
  }

  /** A browser with nothing in it. @param {import("playwright-core").BrowserContextOptions} [options] */
  async context(options = {}) {
    const context = await this.browser.newContext({
      baseURL: this.url, viewport: { width: 1440, height: 900 }, locale: "en-GB", timezoneId: "Europe/Warsaw", colorScheme: "light", ...options,
    });
    context.setDefaultTimeout(PAGE_LIMIT);
    this.#contexts.push(context);
    context.on("weberror", (found) => this.#faults.push(`uncaught: ${found.error().stack ?? found.error()}`));
    context.on("console", (said) => {
      if (said.type() === "error") this.#faults.push(`console: ${said.text()} (${said.location().url} on ${said.page()?.url()})`);
    });
    await context.addInitScript(() => {
      addEventListener("securitypolicyviolation", (event) => console.error(`content policy: ${event.violatedDirective} ${event.blockedURI}`));
    });
    return context;
  }

  /** Signs somebody in through the page, once; afterwards they come back with their session. */
  async #session(who) {
    if (!this.#signedIn.has(who.email)) {
      const page = await (await this.context()).newPage();
      await this.signIn(page, who);
      this.#signedIn.set(who.email, await page.context().storageState());
      await page.context().close();
    }
    return this.#signedIn.get(who.email);
  }

  /** Fills the sign-in page. */
  async signIn(page, who, password = PASSWORD) {
    await page.goto("/sign-in");
    await page.getByLabel("E-mail address").fill(who.email);
    await page.getByLabel("Password").fill(this.how.demo ? this.demoPassword() : password);
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.waitForURL(/\/inbox\//);
  }

  /** Forgets a session that no longer holds. */
  forget(who) { this.#signedIn.delete(who.email); }

  /** The password that the demonstration printed. */
  demoPassword() { return /Password:\s+(\S+)/.exec(this.server.said)?.[1] ?? ""; }

  /** The first visit, and a mailbox. */
  async #setUp() {
    const page = await (await this.context()).newPage();
    await page.goto("/");
    await page.getByLabel("Name of your desk").fill("Lumen & Oak");
    await page.getByLabel("Your name").fill(OWNER.name);
    await page.getByLabel("E-mail address").fill(OWNER.email);
    await page.getByLabel("Password").fill(PASSWORD);
    await page.getByRole("button", { name: "Create the desk" }).click();
    await page.waitForURL(/\/welcome/);
    this.#signedIn.set(OWNER.email, await page.context().storageState());
    await this.connectMailbox(page);
  }

  /** Connects the desk's mailbox: mail comes by LMTP, answers leave by SMTP to the world outside. */
  async connectMailbox(page) {
    await page.goto("/settings/mailboxes/new");
    await page.getByLabel("E-mail address").fill(DESK_ADDRESS);
    await page.getByLabel("Name", { exact: true }).fill("Lumen & Oak");
    const smtp = page.getByRole("region", { name: "Answers out (SMTP)" });
    await smtp.getByLabel("Server").fill("127.0.0.1");
    await smtp.getByLabel("Port").fill(String(this.outside.port));
    await smtp.getByLabel("Encryption").selectOption({ label: "Not encrypted (only on this machine)" });
    await page.getByRole("button", { name: "Connect" }).click();
    await page.waitForURL(/\/settings\/mailboxes\/[0-9a-f-]+/);
  }

  /** Adds a person, as the owner does. */
  async addAgent(who, role = "Agent") {
    const page = await this.page(OWNER);
    await page.goto("/settings/people/new");
    await page.getByLabel("Name", { exact: true }).fill(who.name);
    await page.getByLabel("E-mail address").fill(who.email);
    await page.getByLabel("First password").fill(PASSWORD);
    await page.getByLabel("Role").selectOption({ label: role });
    await page.getByRole("button", { name: "Add", exact: true }).click();
    await page.getByRole("link", { name: who.name }).waitFor();
    await page.context().close();
  }

  /** A customer's mail arrives by LMTP. @param {Partial<import("./lmtp.js").Mail> & { subject: string }} mail */
  deliver(mail) {
    return deliver(this.server.lmtpPort, { from: "Ada Novak <ada@customer.example>", to: DESK_ADDRESS, ...(mail.html ? {} : { text: "Hello" }), ...mail });
  }

  async #keepPictures(sentence) {
    const name = sentence.toLowerCase().replace(/[^a-z0-9]+/g, "-").slice(0, 60);
    const pages = this.#contexts.flatMap((context) => context.pages());
    for (const [number, page] of pages.entries()) {
      const path = join(ARTIFACTS, `failed-${name}-${number + 1}.png`);
      await page.screenshot({ path, timeout: 5_000 }).then(() => console.log(`picture: ${path} (${page.url()})`), () => {});
    }
  }
}
