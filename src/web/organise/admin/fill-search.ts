import { callApi } from "../api/organiser-api.ts";

/** What has come into the search index so far, and what has not. */
export interface SearchFilling {
  decisions: number;
  ballots: number;
  /** What the index refuses or could not be read: decisions, and pages of ballots. */
  refused: readonly string[];
}

/**
 * Fills the search index again from the record, a portion after the other, and tells what is in it
 * after each. What is searched meanwhile is the index that there was.
 * @throws {Refusal} it is to begin again
 */
export async function fillSearch(onPortion: (filling: SearchFilling) => void): Promise<void> {
  let filling: SearchFilling = { decisions: 0, ballots: 0, refused: [] };
  let after: string | null = null;
  do {
    const body: { after?: string } = after === null ? {} : { after };
    const portion = await callApi("POST /api/v1/search/reindex", { body });
    filling = {
      decisions: filling.decisions + portion.decisions,
      ballots: filling.ballots + portion.ballots,
      refused: [...filling.refused, ...portion.refused],
    };
    onPortion(filling);
    after = portion.next;
  } while (after !== null);
}
