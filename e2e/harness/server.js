// One Rapport of its own for each test file, in an empty temporary folder, on ports that nobody else has.
import { spawn } from "node:child_process";
import { mkdtemp, mkdir, rm, access } from "node:fs/promises";
import { createWriteStream } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { sleep, until } from "./wait.js";

const HERE = fileURLToPath(new URL(".", import.meta.url));
/** Where screenshots and logs are kept; not in git. */
export const ARTIFACTS = join(HERE, "../artifacts");
const BINARY = process.env.RAPPORT_BINARY ?? join(HERE, "../../target/debug/rapport");

/** Below the range from which Linux takes ports for outgoing connections (32768 and up), so that a port stays free while its server is stopped and started again. */
const PORTS = { first: 10_240, count: 22_000 };

/** A port on loopback that nobody listens on now. @returns {Promise<number>} */
export function freePort() {
  return new Promise((resolve) => {
    const probe = createServer();
    const listen = () => probe.listen(PORTS.first + Math.floor(Math.random() * PORTS.count), "127.0.0.1");
    probe.on("error", listen);
    probe.on("listening", () => {
      const { port } = /** @type {import("node:net").AddressInfo} */ (probe.address());
      probe.close(() => resolve(port));
    });
    listen();
  });
}

/** A server that can be killed and started again on the same data and the same ports. */
export class Server {
  /** @param {string} name of its log @param {"serve" | "demo"} command @param {number} workers */
  static async start(name, command = "serve", workers = 1) {
    await access(BINARY).catch(() => { throw new Error(`There is no ${BINARY}: run "cargo build" or set RAPPORT_BINARY.`); });
    await mkdir(ARTIFACTS, { recursive: true });
    const server = new Server();
    server.command = command;
    server.workers = workers;
    server.folder = await mkdtemp(join(tmpdir(), "rapport-e2e-"));
    server.port = await freePort();
    server.lmtpPort = await freePort();
    server.url = `http://127.0.0.1:${server.port}`;
    server.log = createWriteStream(join(ARTIFACTS, `${name}.log`));
    await server.run();
    return server;
  }

  /** Starts the process and waits until it is ready. */
  async run() {
    this.said = "";
    const env = { PATH: process.env.PATH, HOME: process.env.HOME, TMPDIR: process.env.TMPDIR ?? tmpdir() };
    Object.assign(env, {
      RAPPORT_LISTEN: `127.0.0.1:${this.port}`,
      RAPPORT_DATA_DIR: join(this.folder, "data"),
      RAPPORT_MAIL_LISTENER__LMTP: `127.0.0.1:${this.lmtpPort}`,
      RAPPORT_MAIL_LISTENER__SMTP: "",
      RAPPORT_STOP_SECONDS: "1",
      // With one worker, what arrives together is read in its order, so that the flows know how lists stand.
      RAPPORT_WORKERS: String(this.workers),
    });
    this.process = spawn(BINARY, [this.command], { cwd: this.folder, env, stdio: ["ignore", "pipe", "pipe"] });
    for (const stream of [this.process.stdout, this.process.stderr]) {
      stream.on("data", (bytes) => { this.said += bytes; this.log.write(bytes); });
    }
    this.gone = new Promise((resolve) => this.process.once("exit", resolve));
    const ready = () => fetch(`${this.url}/readyz`).then((answer) => answer.ok, () => false);
    await until("the server is ready", async () => {
      if (this.isDown) throw new Error(`The server stopped:\n${this.said}`);
      return ready();
    }, 90_000);
  }

  /** Whether the process has ended. */
  get isDown() { return this.process.exitCode !== null || this.process.signalCode !== null; }

  /** Pulls the plug. */
  async kill() {
    this.process.kill("SIGKILL");
    await this.gone;
  }

  /** Ends it and removes what it kept. */
  async end() {
    if (!this.isDown) this.process.kill("SIGTERM");
    await Promise.race([this.gone, sleep(5_000)]);
    if (!this.isDown) await this.kill();
    this.log.end();
    await rm(this.folder, { recursive: true, force: true });
  }
}
