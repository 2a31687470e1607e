import { moveTally, type Tally } from "../ballot/tally.ts";
import { tallyFromJson, tallyToJson, type TallyJson } from "../ballot/tally-json.ts";
import type { Disclosure } from "../decision/decision.ts";
import { fromHex } from "../shared/hex.ts";
import { invariant } from "../shared/invariant.ts";
import { emptyMerkleState, MerkleTree, type MerkleState } from "./merkle-tree.ts";
import { PageCutter, type PageText } from "./page-cutter.ts";
import type { PublishedBallot } from "./published-ballot.ts";
import { countedRowWriter, hashRow, openingRow, type IsCellShown, type WriteRow } from "./rows.ts";

/** The lists of a publication; the last is for auditors alone. */
export const publicationLists = ["counted", "others", "openings"] as const;
export type PublicationList = (typeof publicationLists)[number];

/** How far a publication has come: what is needed to go on with the next larger hashes. */
export interface PublicationState {
  /** The largest hash so far. */
  last: string;
  counted: MerkleState;
  others: MerkleState;
  /** Of the counted rows themselves, in roll calls: no hash covers names, statements and times. */
  rows: MerkleState;
  pages: Readonly<Record<PublicationList, number>>;
  /** What the counted ballots come to. */
  tally: TallyJson;
}

export const emptyPublicationState: PublicationState = {
  last: "",
  counted: emptyMerkleState,
  others: emptyMerkleState,
  rows: emptyMerkleState,
  pages: { counted: 1, others: 1, openings: 1 },
  tally: [],
};

/** Where a publication goes on, and how its rows are written. */
export interface BuilderInput {
  disclosure: Disclosure;
  isCellShown: IsCellShown;
  state: PublicationState;
  /** The rows of each list's last page, empty where there is none. */
  lastRows: (list: PublicationList) => string;
  pageCharactersMax: number;
}

const utf8 = new TextEncoder();

/** Size and root of a list, and in how many pages it is. */
export interface ListSummary {
  size: number;
  root: string;
  pages: number;
}

/**
 * Writes the publication of a decision from its ballots, which come by ascending hash in runs of
 * any length. Between two runs its state and pages are kept, so memory does not grow with ballots.
 */
export class PublicationBuilder {
  readonly #counted: MerkleTree;
  readonly #others: MerkleTree;
  readonly #rows: MerkleTree;
  readonly #hasRowsRoot: boolean;
  readonly #cutters: Readonly<Record<PublicationList, PageCutter>>;
  readonly #countedRow: WriteRow;
  #last: string;
  #tally: Tally;

  constructor({ disclosure, isCellShown, state, lastRows, pageCharactersMax }: BuilderInput) {
    this.#counted = new MerkleTree(state.counted);
    this.#others = new MerkleTree(state.others);
    this.#rows = new MerkleTree(state.rows);
    this.#hasRowsRoot = disclosure === "roll_call";
    this.#countedRow = countedRowWriter(disclosure, isCellShown);
    this.#last = state.last;
    this.#tally = tallyFromJson(state.tally);
    const cutterOf = (list: PublicationList): PageCutter =>
      new PageCutter(pageCharactersMax, { page: state.pages[list], rows: lastRows(list) });
    this.#cutters = {
      counted: cutterOf("counted"),
      others: cutterOf("others"),
      openings: cutterOf("openings"),
    };
  }

  /** Takes the ballots that follow, in any order, each of them above all that came before. */
  add(ballots: readonly PublishedBallot[]): void {
    const sorted = ballots.toSorted((a, b) => (a.hash < b.hash ? -1 : 1));
    for (const ballot of sorted) {
      invariant(ballot.hash > this.#last, "hashes of ballots ascend, and no two are the same");
      this.#last = ballot.hash;
      const list = ballot.isCounted ? "counted" : "others";
      (ballot.isCounted ? this.#counted : this.#others).add(fromHex(ballot.hash));
      const row = ballot.isCounted ? this.#countedRow(ballot) : hashRow(ballot);
      if (ballot.isCounted && this.#hasRowsRoot) this.#rows.add(utf8.encode(row));
      this.#cutters[list].add(row);
      this.#cutters.openings.add(openingRow(ballot));
    }
    const counted = sorted.filter(({ isCounted }) => isCounted);
    this.#tally = moveTally(this.#tally, counted, []);
  }

  /** The pages of a list that are new or longer than when they were last taken. */
  takePages(list: PublicationList): PageText[] {
    return this.#cutters[list].take();
  }

  get state(): PublicationState {
    const { counted, others, openings } = this.#cutters;
    return {
      last: this.#last,
      counted: this.#counted.state,
      others: this.#others.state,
      rows: this.#rows.state,
      pages: { counted: counted.pages, others: others.pages, openings: openings.pages },
      tally: tallyToJson(this.#tally),
    };
  }
}

/** Size, root and pages of a list that is complete. */
export function summarizeList(
  { counted, others, pages }: PublicationState,
  list: "counted" | "others",
): ListSummary {
  const tree = new MerkleTree(list === "counted" ? counted : others);
  return { size: tree.state.size, root: tree.root, pages: pages[list] };
}
