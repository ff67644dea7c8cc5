// Waiting for what must become true.

/** @param {number} ms */
export const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/**
 * Asks again and again until the answer is not false; returns it.
 * @template T
 * @param {string} what is waited for, for the message when it does not come
 * @param {() => Promise<T | false | undefined | null> | T | false | undefined | null} ask
 * @param {number} [longest] in milliseconds
 * @returns {Promise<T>}
 */
export async function until(what, ask, longest = 15_000) {
  const end = Date.now() + longest;
  for (;;) {
    const answer = await ask();
    if (answer) return /** @type {T} */ (answer);
    if (Date.now() > end) throw new Error(`It did not come true within ${longest} ms: ${what}`);
    await sleep(50);
  }
}
