import assert from "node:assert/strict";
import { createServer } from "node:http";
import { house, SAM } from "../harness/house.js";
import { heading, message, open, row } from "../harness/inbox.js";
import { picture } from "../harness/look.js";
import { until } from "../harness/wait.js";

/** A foreign server that counts who asks it for something. */
function foreign() {
  const asked = [];
  const server = createServer((request, answer) => {
    asked.push(request.url);
    answer.setHeader("content-type", "image/svg+xml");
    answer.end('<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40"><rect width="40" height="40" fill="green"/></svg>');
  });
  return new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve({ asked, url: `http://127.0.0.1:${server.address().port}`, end: () => server.close() })));
}

house("hostile", {}, (flow) => {
  flow("Of a hostile mail no script runs, nothing is fetched, and remote pictures wait until they are asked for", async (h) => {
    const tracker = await foreign();
    try {
      await h.deliver({ subject: "You have won", from: "Mallory <mallory@evil.example>", html: `
        <p onclick="top.hacked=1">Dear <b>friend</b>, click here.</p>
        <script>top.hacked = 1; parent.hacked = 1; document.write("hacked")</script>
        <img src="${tracker.url}/open.gif" alt="a green square" width="40" height="40" onerror="top.hacked=1">
        <img src="x" onerror="top.hacked=1">
        <svg onload="top.hacked=1"><script>top.hacked=1</script></svg>
        <iframe src="${tracker.url}/frame"></iframe><object data="${tracker.url}/object"></object>
        <link rel="stylesheet" href="${tracker.url}/style.css"><style>@import url(${tracker.url}/import.css); body { background: url(${tracker.url}/background.png) }</style>
        <div style="background-image:url(${tracker.url}/inline.png);position:fixed;inset:0">Covered</div>
        <form action="${tracker.url}/form"><input name="password" autofocus><button>Sign in</button></form>
        <a href="javascript:top.hacked=1">A link</a> <a href="https://evil.example/">Another link</a>
        <meta http-equiv="refresh" content="0;url=${tracker.url}/refresh"><base href="${tracker.url}/">` });
      const page = await h.page(SAM);
      await open(page, "You have won");
      const mail = message(page, "click here");
      await mail.getByText("Original formatting").click();
      const frame = page.frameLocator('iframe[title="Message with its original formatting"]');
      await frame.getByText("click here").waitFor();
      await frame.getByText("click here").click();
      await frame.getByText("A link", { exact: true }).click();
      await page.waitForTimeout(500);
      assert.equal(await page.evaluate(() => window.hacked), undefined);
      assert.equal(await frame.locator("script, iframe, object, form, input, link, meta[http-equiv], base[href]").count(), 0);
      assert.deepEqual(tracker.asked, []);
      await heading(page, "You have won").waitFor();
      await picture(page, "hostile-mail");
      await mail.getByRole("link", { name: "Load remote images" }).click();
      await until("the picture was asked for", () => tracker.asked.includes("/open.gif"));
      assert.deepEqual([...new Set(tracker.asked)], ["/open.gif"]);
      assert.equal(await page.evaluate(() => window.hacked), undefined);
    } finally {
      tracker.end();
    }
  });

  flow("Markup in names, subjects and texts is shown as it was written", async (h) => {
    await h.deliver({ subject: "<img src=x onerror=alert(1)>", from: '"<script>alert(1)</script>" <odd@customer.example>', text: "<b>not bold</b> & <script>alert(2)</script>\n> quoted" });
    const page = await h.page(SAM);
    await page.goto("/inbox/open");
    await row(page, "<img src=x onerror=alert(1)>").click();
    await heading(page, "<img src=x onerror=alert(1)>").waitFor();
    await message(page, "<b>not bold</b>").waitFor();
    await page.goto("/search?q=bold");
    await page.getByRole("link", { name: /<img src=x/ }).waitFor();
  });

  flow("Markup in our own answers is not taken as HTML", async (h) => {
    await h.deliver({ subject: "Own markup" });
    const page = await h.page(SAM);
    await open(page, "Own markup");
    await page.getByRole("textbox", { name: "Message", exact: true }).fill('<script>top.hacked=1</script> [a](javascript:alert(1)) <img src=x onerror="top.hacked=1"> **fine**');
    await page.keyboard.press("Control+Enter");
    const own = message(page, "fine");
    await own.getByText("Sent", { exact: true }).waitFor();
    assert.equal(await own.locator("script, img, a[href^=javascript]").count(), 0);
    assert.equal(await page.evaluate(() => window.hacked), undefined);
  });

  flow("A change that another site asks for is refused", async (h) => {
    const page = await h.page(SAM);
    await open(page, "Own markup");
    const { pathname } = new URL(page.url());
    const cookie = (await page.context().cookies()).map((one) => `${one.name}=${one.value}`).join("; ");
    for (const headers of [{ origin: "https://evil.example" }, { "sec-fetch-site": "cross-site" }, {}]) {
      const answer = await fetch(`${h.url}${pathname}/status`, { method: "POST", body: "status=resolved", redirect: "manual", headers: { cookie, "content-type": "application/x-www-form-urlencoded", ...headers } });
      assert.equal(answer.status, 403, JSON.stringify(headers));
    }
  });
});
