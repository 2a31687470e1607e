import type { ApiRegion } from "../../contract.ts";
import { letterLanguageOf, type LetterLanguage } from "./letter-language.ts";
import type { LetterVoter } from "./letter-terms.ts";
import type { InvitedRows } from "./links-table.ts";
import type { VoterColumns } from "./voter-columns.ts";

/** Where a voter's vote counts, as the roll or the voter's token says. */
export interface Standing {
  region: string | null;
  weight: number | null;
}

const nowhere: Standing = { region: null, weight: null };

/** What letters are made of. */
export interface LettersInput extends InvitedRows {
  /** Of each voter, in the order of the links. */
  standings: readonly Standing[];
  columns: Pick<VoterColumns, "language" | "address">;
  regions: readonly ApiRegion[];
  /** Of whoever's language the file does not say. */
  language: LetterLanguage;
}

/** The voters of letters, in the file's order. */
export function letterVoters(input: LettersInput): LetterVoter[] {
  const { table, rows, links, standings, columns, language } = input;
  const regionNames = new Map(input.regions.map(({ code, name }) => [code, name]));
  return links.map((link, at) => {
    const row = table.rows[rows[at] ?? -1] ?? [];
    const { region, weight } = standings[at] ?? nowhere;
    const own = letterLanguageOf(row[columns.language] ?? "") ?? language;
    return {
      number: at + 1,
      link: inLanguage(link, own),
      language: own,
      address: columns.address.map((column) => row[column] ?? "").filter((line) => line !== ""),
      region: region === null || region === "" ? null : (regionNames.get(region) ?? region),
      weight: weight ?? 1,
    };
  });
}

/** The page that the code opens speaks the letter's language; what is behind `#` is sent nowhere. */
function inLanguage(link: string, language: LetterLanguage): string {
  const address = new URL(link);
  address.searchParams.set("language", language);
  return address.href;
}
