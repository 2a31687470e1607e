import type { I18n } from "@lingui/core";
import { t } from "@lingui/core/macro";
import { choiceWord } from "../results/choice-words.ts";
import { findInPages } from "../votes/find-in-pages.ts";
import type { KeptBallot } from "./kept-ballots.ts";

export interface PublishedRow {
  ballot_hash: string;
  choice?: KeptBallot["choice"];
}

/** Rows by ascending hash. */
export interface PublishedPage {
  pages: number;
  items: PublishedRow[];
}

export type PublishedList = (page: number) => Promise<PublishedPage>;
export type PublishedLists = Record<"counted" | "others", PublishedList>;

export type FoundBallot =
  | { list: "counted"; row: PublishedRow }
  | { list: "others" }
  | { list: "none" };

/** Looks for a ballot in both published lists. */
export async function findBallot(
  hash: string,
  { counted, others }: PublishedLists,
): Promise<FoundBallot> {
  const row = await findRow(hash, counted);
  if (row !== null) return { list: "counted", row };
  return (await findRow(hash, others)) === null ? { list: "none" } : { list: "others" };
}

async function findRow(hash: string, readPage: PublishedList): Promise<PublishedRow | null> {
  const first = await readPage(1);
  return findInPages(hash, {
    pages: first.pages,
    readPage: async (page) => (page === 1 ? first : await readPage(page)).items,
    hashOf,
  });
}

function hashOf({ ballot_hash: hash }: PublishedRow): string {
  if (typeof hash !== "string") throw new TypeError("a published row has no hash");
  return hash;
}

/** What was found, in words; `isNewest` where no later ballot of this voter is known here. */
export function foundWords(
  i18n: I18n,
  found: FoundBallot,
  { choice, isNewest }: Pick<KeptBallot, "choice"> & { isNewest: boolean },
): string {
  if (found.list === "none") {
    return t(
      i18n,
    )`It is in neither published list. The first part of the downloaded receipt proves, and shows nothing else, that it was acknowledged and lost: take it to the organiser and to an observer.`;
  }
  if (found.list === "others") {
    return choice !== "withdrawn" && isNewest
      ? t(
          i18n,
        )`Published among the ballots that do not count: it was replaced or taken back. If you did not do that, somebody else had your proof: tell the organiser.`
      : t(i18n)`Published among the ballots that do not count: it was replaced or taken back.`;
  }
  const said = found.row.choice;
  if (said === undefined) return t(i18n)`Published among the counted ballots.`;
  if (said === choice && choice !== "withdrawn") {
    return t(i18n)`Published among the counted ballots, as ${choiceWord(i18n, choice)}.`;
  }
  return t(
    i18n,
  )`Published among the counted ballots, with another choice than yours: take the downloaded receipt to the organiser and to an observer.`;
}
