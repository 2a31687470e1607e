const moveMs = 400;
/**
 * Beyond a screenful nobody sees where a row came from, and measuring a thousand costs half a
 * second.
 */
const glidingRowsMax = 60;

/**
 * Puts rows into an order and lets the ones that moved glide there from where they were, unless the
 * reader asked for less motion.
 * @param {HTMLElement} list
 * @param {HTMLElement[]} ordered
 */
export function moveRows(list, ordered) {
  const isSame =
    list.children.length === ordered.length &&
    ordered.every((row, index) => list.children[index] === row);
  if (isSame) return;
  const isCalm =
    ordered.length > glidingRowsMax || matchMedia("(prefers-reduced-motion: reduce)").matches;
  const topOf = new Map(
    [...list.children].map((row) => [row, isCalm ? 0 : row.getBoundingClientRect().top]),
  );
  list.replaceChildren(...ordered);
  if (isCalm) return;
  for (const row of ordered) {
    const before = topOf.get(row);
    if (before === undefined) continue;
    const distance = before - row.getBoundingClientRect().top;
    if (distance !== 0) {
      row.animate([{ transform: `translateY(${distance}px)` }, { transform: "none" }], {
        duration: moveMs,
        easing: "ease-out",
      });
    }
  }
}
