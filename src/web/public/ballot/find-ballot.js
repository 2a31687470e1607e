import { choiceWords } from "../result/choice-words.js";

/**
 * @import { KeptBallot } from "./kept-ballots.js"
 *
 * @typedef {{ ballot_hash: string, choice?: KeptBallot["choice"] }} PublishedRow
 * @typedef {{ pages: number, items: PublishedRow[] }} PublishedPage Rows by ascending hash.
 * @typedef {(page: number) => Promise<PublishedPage>} PublishedList
 *
 * @typedef {{ list: "counted", row: PublishedRow } | { list: "others" } | { list: "none" }} Found
 */

/**
 * Looks for a ballot in both published lists. Whole pages are read, about as many as a page number
 * has bits, so that who serves them does not learn which of thousands of ballots is looked for.
 * @param {string} hash
 * @param {{ counted: PublishedList, others: PublishedList }} lists
 * @returns {Promise<Found>}
 */
export async function findBallot(hash, { counted, others }) {
  const row = await findRow(hash, counted);
  if (row !== null) return { list: "counted", row };
  return (await findRow(hash, others)) === null ? { list: "none" } : { list: "others" };
}

/**
 * @param {string} hash
 * @param {PublishedList} readPage
 */
async function findRow(hash, readPage) {
  const first = await readPage(1);
  let [from, to] = [1, first.pages];
  for (let page = 1, shown = first; ;) {
    const bounds = boundsOf(shown);
    if (bounds === null) return null;
    if (hash < bounds.least) to = page - 1;
    else if (hash > bounds.greatest) from = page + 1;
    else return shown.items.find((row) => row.ballot_hash === hash) ?? null;
    if (from > to) return null;
    page = Math.floor((from + to) / 2);
    shown = await readPage(page);
  }
}

/** @param {PublishedPage} page */
function boundsOf({ items }) {
  const [least, greatest] = [items[0]?.ballot_hash, items.at(-1)?.ballot_hash];
  if (items.length === 0) return null;
  if (typeof least !== "string" || typeof greatest !== "string") {
    throw new TypeError("a published row has no hash");
  }
  return { least, greatest };
}

/**
 * What was found, in plain words.
 * @param {Found} found
 * @param {Pick<KeptBallot, "choice">} ballot
 * @param {boolean} isNewest whether no later ballot of this voter is known here
 */
export function foundWords(found, { choice }, isNewest) {
  if (found.list === "none") {
    return "It is in neither published list. The first part of the downloaded receipt proves, and shows nothing else, that it was acknowledged and lost: take it to the organiser and to an observer.";
  }
  const isCountedHere = choice !== "withdrawn" && isNewest;
  if (found.list === "others") {
    const words = "Published among the ballots that do not count: it was replaced or taken back.";
    return isCountedHere
      ? `${words} If you did not do that, somebody else had your proof: tell the organiser.`
      : words;
  }
  const said = found.row.choice;
  if (said === undefined) return "Published among the counted ballots.";
  if (said === choice) {
    return `Published among the counted ballots, as ${choice === "withdrawn" ? choice : choiceWords[choice]}.`;
  }
  return "Published among the counted ballots, with another choice than yours: take the downloaded receipt to the organiser and to an observer.";
}
