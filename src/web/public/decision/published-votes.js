import { read } from "../page/api.js";
import { button, element } from "../page/element.js";
import { formatInteger } from "../page/format.js";
import { decisionResource } from "../page/route.js";
import { choiceMark } from "../result/choice-mark.js";
import { choiceWords } from "../result/choice-words.js";

/**
 * @import { ApiChoice, ApiDecision } from "../../contract.ts"
 * @typedef {{ ballot_hash: string, choice: ApiChoice, region: string, weight: number,
 *   name: string | null, statement: string | null }} PublishedVote
 * @typedef {{ pages: number, next: number | null, items: PublishedVote[] }} VotesPage
 */

/** What is added at once: a page of the list can have thousands of rows. */
const rowsAdded = 50;

/**
 * How each voter of a certified roll call has voted, with names and reasons. It is read when
 * somebody unfolds it, as what was done is.
 * @param {ApiDecision} decision
 */
export function publishedVotes(decision) {
  const list = element("div");
  const node = element(
    "details",
    { class: "votes" },
    element("summary", {}, "How each voted, with names and reasons"),
    list,
  );
  let isRead = false;
  node.addEventListener("toggle", () => {
    if (!node.open || isRead) return;
    isRead = true;
    showVotes(list, decision).catch(() => {
      isRead = false;
      list.replaceChildren("It can’t be read right now. Unfold it again to retry.");
    });
  });
  return node;
}

/**
 * @param {HTMLElement} list
 * @param {ApiDecision} decision
 */
async function showVotes(list, decision) {
  /** @type {(page: number) => Promise<VotesPage>} */
  const readPage = (page) => read(decisionResource(decision.id, `/votes?page=${page}`));
  const first = await readPage(1);
  let waiting = first.pages === 1 ? first.items.toSorted(byName) : first.items;
  let { next } = first;
  const body = element("tbody");
  const trouble = element("p", { role: "status" });
  const more = button("Show more", () => void showMore());
  const showMore = async () => {
    more.disabled = true;
    try {
      if (waiting.length === 0 && next !== null) {
        const page = await readPage(next);
        waiting = page.items;
        next = page.next;
      }
      trouble.replaceChildren();
      body.append(...waiting.slice(0, rowsAdded).map((vote) => voteRow(vote, decision)));
      waiting = waiting.slice(rowsAdded);
    } catch {
      trouble.replaceChildren("More can’t be read right now. Try it again.");
    }
    more.disabled = false;
    more.hidden = waiting.length === 0 && next === null;
  };
  await showMore();
  list.replaceChildren(
    element("table", { "aria-label": "How each voted" }, tableHead(), body),
    trouble,
    more,
  );
}

/**
 * Names in the order of the reader's language, those without one last.
 * @param {PublishedVote} a
 * @param {PublishedVote} b
 */
export function byName(a, b) {
  if (a.name === null || b.name === null) return Number(a.name === null) - Number(b.name === null);
  return a.name.localeCompare(b.name);
}

function tableHead() {
  const cells = ["Voter", "Vote"].map((name) => element("th", { scope: "col" }, name));
  return element("thead", {}, element("tr", {}, ...cells));
}

/**
 * @param {PublishedVote} vote
 * @param {ApiDecision} decision
 */
function voteRow({ ballot_hash: hash, choice, region, weight, name, statement }, { regions }) {
  const regionName = regions.find(({ code }) => code === region)?.name ?? region;
  const who = name === null ? element("code", {}, hash.slice(0, 8)) : element("bdi", {}, name);
  return element(
    "tr",
    {},
    element(
      "th",
      { scope: "row" },
      who,
      regionName === "" ? null : element("p", { class: "region" }, element("bdi", {}, regionName)),
      statement === null ? null : element("p", { class: "reasons", dir: "auto" }, statement),
    ),
    element(
      "td",
      { class: "vote" },
      choiceMark(choice),
      choiceWords[choice],
      weight === 1 ? null : `, weight ${formatInteger(weight)}`,
    ),
  );
}
