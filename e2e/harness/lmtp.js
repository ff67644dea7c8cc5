// A mail server's way in: hands mails over by LMTP (RFC 2033), as Postfix or Dovecot would.
import { connect } from "node:net";
import { randomUUID } from "node:crypto";

/** Lines of a connection, one at a time. */
class Lines {
  /** @param {import("node:net").Socket} socket */
  constructor(socket) {
    this.kept = "";
    this.lines = [];
    this.waiting = [];
    socket.setEncoding("utf8");
    socket.on("data", (text) => {
      this.kept += text;
      for (let end; (end = this.kept.indexOf("\r\n")) >= 0; this.kept = this.kept.slice(end + 2)) this.lines.push(this.kept.slice(0, end));
      this.give();
    });
    socket.on("error", (error) => this.fail(error));
    socket.on("close", () => this.fail(new Error("the connection was closed")));
  }

  next() { return new Promise((resolve, reject) => { this.waiting.push({ resolve, reject }); this.give(); }); }
  give() { while (this.lines.length && this.waiting.length) this.waiting.shift().resolve(this.lines.shift()); }
  fail(error) { for (const one of this.waiting.splice(0)) one.reject(error); }

  /** The last line of an answer, which must begin with `code`. */
  async answer(code) {
    let line = await this.next();
    while (line[3] === "-") line = await this.next();
    if (!line.startsWith(code)) throw new Error(`The server answered "${line}" where ${code} was expected.`);
    return line;
  }
}

/**
 * Hands a mail over. Resolves when the server has acknowledged it, with the Message-ID and the moment.
 * @param {number} port
 * @param {Mail} mail
 */
export async function deliver(port, mail) {
  const messageId = mail.messageId ?? `${randomUUID()}@customer.example`;
  const address = /<([^>]*)>$/.exec(mail.from)?.[1] ?? mail.from;
  const socket = connect(port, "127.0.0.1");
  const lines = new Lines(socket);
  try {
    await lines.answer("220");
    for (const [command, code] of [["LHLO customer.example", "250"], [`MAIL FROM:<${address}>`, "250"], [`RCPT TO:<${mail.to}>`, "250"], ["DATA", "354"]]) {
      socket.write(`${command}\r\n`);
      await lines.answer(code);
    }
    socket.write(`${raw(mail, messageId).replace(/^\./gm, "..")}\r\n.\r\n`);
    await lines.answer("250");
    const at = Date.now();
    socket.end("QUIT\r\n");
    return { messageId, at };
  } finally {
    socket.destroySoon();
  }
}

/**
 * @typedef {{ from: string, to: string, subject: string, text?: string, html?: string, messageId?: string, answers?: string,
 *   headers?: string[], files?: { name: string, type: string, bytes: Buffer }[] }} Mail
 */

const encoded = (/** @type {string} */ words) => (/^[\x20-\x7e]*$/.test(words) ? words : `=?UTF-8?B?${Buffer.from(words).toString("base64")}?=`);
const wrapped = (/** @type {Buffer} */ bytes) => bytes.toString("base64").replace(/.{76}/g, "$&\r\n");

/** The mail as it travels. @param {Mail} mail @param {string} messageId */
function raw(mail, messageId) {
  const name = /^(.*?)\s*<([^>"]*)>$/.exec(mail.from);
  const head = [
    `From: ${name ? `${encoded(name[1])} <${name[2]}>` : mail.from}`,
    `To: ${mail.to}`,
    `Subject: ${encoded(mail.subject)}`,
    `Date: ${new Date().toUTCString().replace("GMT", "+0000")}`,
    `Message-ID: <${messageId}>`,
    ...(mail.answers ? [`In-Reply-To: <${mail.answers}>`, `References: <${mail.answers}>`] : []),
    ...(mail.headers ?? []),
    "MIME-Version: 1.0",
  ];
  const part = (/** @type {string} */ type, /** @type {Buffer} */ bytes, /** @type {string[]} */ more = []) =>
    [`Content-Type: ${type}`, "Content-Transfer-Encoding: base64", ...more, "", wrapped(bytes)].join("\r\n");
  const parts = [];
  if (mail.text !== undefined) parts.push(part("text/plain; charset=utf-8", Buffer.from(mail.text)));
  if (mail.html !== undefined) parts.push(part("text/html; charset=utf-8", Buffer.from(mail.html)));
  let body = parts.length === 1 ? parts[0] : multipart("alternative", parts);
  const files = (mail.files ?? []).map((file) => part(`${file.type}; name="${file.name}"`, file.bytes, [`Content-Disposition: attachment; filename="${file.name}"`]));
  if (files.length) body = multipart("mixed", [body, ...files]);
  return `${head.join("\r\n")}\r\n${body}`;
}

function multipart(kind, parts) {
  const line = `b-${randomUUID()}`;
  return [`Content-Type: multipart/${kind}; boundary="${line}"`, "", ...parts.map((one) => `--${line}\r\n${one}`), `--${line}--`, ""].join("\r\n");
}
