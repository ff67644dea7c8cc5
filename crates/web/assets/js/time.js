// @ts-check
// Keeps ages fresh, and tells the server the reader's zone so that it can write times in it.
import { all } from "./dom.js";
import { number, say } from "./words.js";

const MINUTE = 60, HOUR = 3600, DAY = 86400, WEEK = 604800;

/**
 * An age in the same short words as the server's; nothing when it is old enough to be a date.
 * @param {number} seconds
 */
function shortAge(seconds) {
  if (seconds < MINUTE) return say("now");
  if (seconds < HOUR) return say("minutes", { count: number(Math.floor(seconds / MINUTE)) });
  if (seconds < DAY) return say("hours", { count: number(Math.floor(seconds / HOUR)) });
  if (seconds < WEEK) return say("days", { count: number(Math.floor(seconds / DAY)) });
  return "";
}

/** Brings every age up to date. */
function refresh() {
  for (const time of all("time[data-age]")) {
    const words = shortAge((Date.now() - Date.parse(time.getAttribute("datetime") ?? "")) / 1000);
    if (words && time.textContent !== words) time.textContent = words;
  }
}

/** Starts. The first visit in a new zone is written in the old one, the next in the right one. */
export function startTimes() {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  if (zone && !document.cookie.includes(`zone=${encodeURIComponent(zone)}`)) {
    const secure = location.protocol === "https:" ? "; secure" : "";
    document.cookie = `zone=${encodeURIComponent(zone)}; path=/; max-age=31536000; samesite=lax${secure}`;
  }
  setInterval(refresh, 30_000);
  document.addEventListener("visibilitychange", () => { if (!document.hidden) refresh(); });
}
