import type { ApiDecision } from "../../contract.ts";
import type { LetterLanguage } from "./letter-language.ts";

/** Sheets that letters are printed on. */
export const papers = ["a4", "letter"] as const;
export type Paper = (typeof papers)[number];

/** What differs from letter to letter. */
export interface LetterVoter {
  /** From 1 on, in the order of the file: what a voter names when something does not work. */
  number: number;
  link: string;
  language: LetterLanguage;
  /** The lines in the envelope's window. */
  address: readonly string[];
  /** Its name; null where the decision has no regions. */
  region: string | null;
  weight: number;
}

type Question = Pick<ApiDecision, "title" | "description" | "translations" | "rehearsal">;

/** What all letters of a language say. */
export interface LetterTerms {
  /** The question, which a letter says in its own language. */
  decision: Question;
  /** When the letter is written, as all times in ISO 8601. */
  date: string;
  opensAt: string | null;
  closesAt: string | null;
  /** IANA name; undefined for the reader’s own. */
  timeZone: string | undefined;
  isRevisable: boolean;
  sender: string;
  /** Whom to ask: a name with a telephone number or an address. */
  contact: string;
  host: string;
}

/** What whoever prints the letters has written. */
export interface LetterWords {
  sender: string;
  contact: string;
}

/** What the letters of one decision say. */
export function letterTerms(
  decision: Question & Pick<ApiDecision, "opens_at" | "closes_at" | "revote_policy">,
  { sender, contact }: LetterWords,
  { now, host, timeZone }: { now: number; host: string; timeZone: string | undefined },
): LetterTerms {
  return {
    decision,
    date: new Date(now).toISOString(),
    opensAt: decision.opens_at,
    closesAt: decision.closes_at,
    timeZone,
    isRevisable: decision.revote_policy === "revisable",
    sender,
    contact,
    host,
  };
}
