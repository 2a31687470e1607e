import { seededRandom } from "../kill-test/random.ts";
import type { DecisionDocument } from "../../src/search/decision-document.ts";
import type { BallotPage } from "../../src/search/search.ts";

/** About as many as a large organisation's papers have. */
const vocabularySize = 60_000;
const titleWords = 8;
const descriptionWords = 40;
const firstAt = Date.UTC(2000, 0, 1);
/** A decision each two hours. */
const apartMs = 7_200_000;
const owners = 20;
const regionsInAll = 200;
const regionsEach = 8;
const statuses = ["open", "closed", "certified", "certified", "certified"] as const;

/** Decisions of words as often as in a language: the second half as often as the first, and so on (Zipf). */
export class SampleDecisions {
  readonly #random: () => number;
  readonly #vocabulary: string[];
  readonly #shares: number[] = [];

  constructor(seed: number) {
    this.#random = seededRandom(seed);
    const words = new Set<string>();
    while (words.size < vocabularySize) words.add(this.#syllables(2 + this.below(3)));
    this.#vocabulary = [...words];
    let sum = 0;
    for (let rank = 1; rank <= vocabularySize; rank += 1) {
      sum += 1 / (rank + 3);
      this.#shares.push(sum);
    }
  }

  /** From 0 on, below `limit`. */
  below(limit: number): number {
    return Math.floor(this.#random() * limit);
  }

  word(): string {
    const wanted = this.#random() * (this.#shares.at(-1) ?? 0);
    let [low, high] = [0, vocabularySize - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#shares[middle] ?? 0) < wanted) low = middle + 1;
      else high = middle;
    }
    return this.#vocabulary[low] ?? "";
  }

  words(count: number): string {
    return Array.from({ length: count }, () => this.word()).join(" ");
  }

  document(place: number): DecisionDocument {
    const status = statuses[place % statuses.length] ?? "open";
    const opensAt = firstAt + place * apartMs;
    const isOpen = status === "open";
    const first = place % (regionsInAll - regionsEach);
    return {
      id: `decision-${place}`,
      version: 2,
      texts: [
        {
          language: "en",
          title: this.words(titleWords),
          description: this.words(descriptionWords),
        },
      ],
      status,
      outcome: isOpen ? null : place % 3 === 0 ? "not_carried" : "carried",
      owner: `key-${place % owners}`,
      regions: Array.from({ length: regionsEach }, (_, index) => `r${first + index}`),
      rule: "ballots",
      opensAt,
      closesAt: opensAt + apartMs,
      closedAt: isOpen ? null : opensAt + apartMs,
      electorate: 200,
      voted: 140,
    };
  }

  /** A roll call: a ballot of each of 140 regions. */
  page(place: number): BallotPage {
    const at = firstAt + place * apartMs;
    const ballots = Array.from({ length: 140 }, (_, region) => ({
      hash: "",
      choice: (["yes", "no", "abstain", "yes"] as const)[(place + region) % 4] ?? "yes",
      region: `r${region}`,
      weight: 1,
      at,
    }));
    return { decisionId: `decision-${place}`, page: 1, ballots };
  }

  #syllables(count: number): string {
    const consonants = "bcdfghklmnprstvz";
    const vowels = "aeiou";
    const syllable = () =>
      `${consonants[this.below(consonants.length)]}${vowels[this.below(vowels.length)]}`;
    return Array.from({ length: count }, syllable).join("") + (this.below(2) === 0 ? "n" : "");
  }
}
