// @ts-check
// The one connection of this tab: tells the server what is on screen, applies what it sends, and recovers by itself.
import { byId, openNumber } from "./dom.js";
import { apply } from "./ops.js";
import { forget, markSeen } from "./visit.js";
import { say } from "./words.js";

/** @typedef {{ v?: number, ops?: import("./ops.js").Op[], touched?: number[], stale?: boolean, reload?: boolean }} FromServer */

const FIRST_WAIT = 500, LONGEST_WAIT = 30_000, SPREAD = 0.3;
/** Without a word from the server for so long, the connection counts as dead. */
const SILENCE = 45_000;
/** Shorter breaks are not worth a word. */
const QUIET_BREAK = 1_000;

/** @type {WebSocket | null} */
let socket = null;
let attempts = 0;
let after = 0;
/** @typedef {ReturnType<typeof setTimeout> | undefined} Timer */
let retry = /** @type {Timer} */ (undefined), silence = /** @type {Timer} */ (undefined), notice = /** @type {Timer} */ (undefined);

/** @param {string} words */
function show(words) {
  const status = byId("connection");
  if (status && status.textContent !== words) status.textContent = words;
}

/** Tells the server something, when it can be told. @param {object} message */
export function tell(message) {
  if (socket?.readyState === WebSocket.OPEN) socket.send(JSON.stringify(message));
}

/** Tells the server what is on screen. */
function watch() {
  tell({ open: openNumber(), view: byId("list")?.dataset.view ?? null, after });
}

function alive() {
  clearTimeout(silence);
  silence = setTimeout(() => socket?.close(), SILENCE);
}

/** @param {string} path */
function connect(path) {
  clearTimeout(retry);
  const url = new URL(path, location.href);
  url.protocol = location.protocol === "https:" ? "wss:" : "ws:";
  const mine = socket = new WebSocket(url);
  mine.addEventListener("open", () => {
    attempts = 0;
    clearTimeout(notice);
    show("");
    alive();
    watch();
  });
  mine.addEventListener("message", (event) => {
    alive();
    receive(JSON.parse(event.data));
  });
  mine.addEventListener("close", () => {
    if (mine !== socket) return;
    clearTimeout(silence);
    clearTimeout(notice);
    notice = setTimeout(announce, attempts ? 0 : QUIET_BREAK);
    const wait = Math.min(FIRST_WAIT * 2 ** attempts++, LONGEST_WAIT) * (1 + SPREAD * (2 * Math.random() - 1));
    retry = setTimeout(() => connect(path), wait);
  });
}

function announce() {
  if (socket?.readyState !== WebSocket.OPEN) show(navigator.onLine ? say("reconnecting") : say("offline-kept"));
}

/** @param {FromServer} message */
async function receive(message) {
  if (message.reload) { location.reload(); return; }
  if (typeof message.v === "number") after = Math.max(after, message.v);
  for (const number of message.touched ?? []) forget(number);
  if (message.ops) { apply(message.ops); if (message.touched?.length) document.dispatchEvent(new CustomEvent("desk:news")); }
  const open = openNumber();
  if (open && !document.hidden && message.touched?.includes(open)) markSeen(open, true);
  if (message.stale) { forget(); await refetch(); }
}

/** Fetches the list and the thread anew, because too much was missed to be told piece by piece. */
async function refetch() {
  const list = byId("list");
  if (list?.dataset.view) {
    const answer = await fetch(`/inbox/${list.dataset.view}`, { headers: { "X-Fragment": "list" } }).catch(() => null);
    if (answer?.ok) apply([["rows", "list-scroll", await answer.text()]]);
  }
  const number = openNumber();
  if (number) {
    const answer = await fetch(`/c/${number}/live${location.search}`, { headers: { "X-Fragment": "ops" } }).catch(() => null);
    if (answer?.ok) apply((await answer.json()).ops);
  }
}

/** Starts. @param {string} path */
export function startLive(path) {
  after = Number(document.body.dataset.sequence ?? 0);
  connect(path);
  document.addEventListener("desk:opened", watch);
  const again = () => { if (socket?.readyState !== WebSocket.OPEN && socket?.readyState !== WebSocket.CONNECTING) { attempts = 0; connect(path); } };
  addEventListener("online", again);
  addEventListener("offline", () => { socket?.close(); announce(); });
  document.addEventListener("visibilitychange", () => { if (!document.hidden) again(); });
  addEventListener("pageshow", (event) => { if (event.persisted) again(); });
}
