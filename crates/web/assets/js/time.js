// @ts-check
// Keeps ages fresh, and tells the server the reader's zone so that it can write times in it.
import { all } from "./dom.js";

const MINUTE = 60, HOUR = 3600, DAY = 86400, WEEK = 604800;

/**
 * An age in the same short words as the server's; nothing when it is old enough to be a date.
 * @param {number} seconds
 */
function shortAge(seconds) {
  if (seconds < MINUTE) return "now";
  if (seconds < HOUR) return `${Math.floor(seconds / MINUTE)}m`;
  if (seconds < DAY) return `${Math.floor(seconds / HOUR)}h`;
  if (seconds < WEEK) return `${Math.floor(seconds / DAY)}d`;
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
