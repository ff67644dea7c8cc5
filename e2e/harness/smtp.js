// The world outside: takes the answers that leave by SMTP, and keeps them to be looked at. Whoever's address begins with
// "refused" does not exist there.
import { createServer } from "node:net";
import { until } from "./wait.js";

export class Outside {
  /** The mails that came, oldest first. @type {{ from: string, to: string[], raw: string }[]} */
  mails = [];
  #sockets = new Set();

  static start() {
    return new Promise((resolve, reject) => {
      const outside = new Outside();
      outside.server = createServer((socket) => outside.#talk(socket));
      outside.server.once("error", reject);
      outside.server.listen(0, "127.0.0.1", () => {
        outside.port = outside.server.address().port;
        resolve(outside);
      });
    });
  }

  /** Refuses everybody's mail while `yes`. @param {boolean} yes */
  refuseAll(yes) { this.closed = yes; }

  /** The first mail of which `test` is true; waits for it. @param {(mail: { to: string[], raw: string }) => boolean} test */
  received(test) { return until("the mail arrives outside", () => this.mails.find(test)); }

  end() {
    for (const socket of this.#sockets) socket.destroy();
    return new Promise((resolve) => this.server.close(resolve));
  }

  #talk(socket) {
    this.#sockets.add(socket);
    socket.on("close", () => this.#sockets.delete(socket));
    socket.on("error", () => socket.destroy());
    socket.setEncoding("latin1");
    let kept = "", inData = false;
    let mail = { from: "", to: [], raw: "" };
    const say = (line) => socket.write(`${line}\r\n`);
    const heard = (line) => {
      if (inData) {
        if (line === ".") { inData = false; this.mails.push(mail); mail = { from: "", to: [], raw: "" }; say("250 2.0.0 taken"); return; }
        mail.raw += `${line.startsWith(".") ? line.slice(1) : line}\r\n`;
        return;
      }
      const word = line.slice(0, 4).toUpperCase();
      if (word === "EHLO") { say("250-outside.example"); say("250 8BITMIME"); }
      else if (word === "MAIL") { mail = { from: line.slice(10), to: [], raw: "" }; say("250 2.1.0 ok"); }
      else if (word === "RCPT") {
        const to = /<([^>]*)>/.exec(line)?.[1] ?? "";
        if (this.closed || to.startsWith("refused")) { say("550 5.1.1 There is no such mailbox here"); return; }
        mail.to.push(to);
        say("250 2.1.5 ok");
      } else if (word === "DATA") { inData = true; say("354 go on"); }
      else if (word === "QUIT") { say("221 2.0.0 bye"); socket.end(); }
      else say("250 2.0.0 ok");
    };
    say("220 outside.example ESMTP");
    socket.on("data", (text) => {
      kept += text;
      for (let end; (end = kept.indexOf("\r\n")) >= 0;) { const line = kept.slice(0, end); kept = kept.slice(end + 2); heard(line); }
    });
  }
}
