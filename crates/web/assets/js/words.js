// @ts-check
// The words that scripts say, in the language of the page; the server writes them into the element "words".
import { byId } from "./dom.js";

/** @type {Record<string, string>} */
const WORDS = JSON.parse(byId("words")?.textContent ?? "{}");

/** The page's language; English as Britain writes it, like the server. */
const LANGUAGE = document.documentElement.lang === "en" ? "en-GB" : document.documentElement.lang;

/** Whether there is such a message. @param {string} id */
export const isKnown = (id) => `script-${id}` in WORDS;

/**
 * A message, filled in.
 * @param {string} id without its "script-"
 * @param {Record<string, string>} [filled] what stands for each {name}
 */
export const say = (id, filled = {}) => (WORDS[`script-${id}`] ?? id).replace(/\{(\w+)\}/g, (mark, name) => filled[name] ?? mark);

/** A number as the page's language writes it. @param {number} count */
export const number = (count) => new Intl.NumberFormat(LANGUAGE, { numberingSystem: "latn" }).format(count);

/** The time of day as the page's language writes it. @param {Date} at */
export const clock = (at) => at.toLocaleTimeString(LANGUAGE, { hour: "2-digit", minute: "2-digit", numberingSystem: "latn" });

/** Within a sentence; German keeps the capitals of its nouns. @param {string} words */
export const inSentence = (words) => (LANGUAGE === "de" ? words : words.toLocaleLowerCase(LANGUAGE));
