import type { ApiChoice } from "../contract.ts";
import { readBallotToken, type BallotToken } from "./ballot-token.ts";
import type { KeyedTexts } from "./browser-texts.ts";

/** A ballot as it was filled in last, and not sent. */
export interface BallotDraft {
  choice: ApiChoice | null;
  statement: string;
}

/** Nothing is filled in. */
export const noDraft: BallotDraft = { choice: null, statement: "" };

/**
 * What one tab keeps of one decision until it is closed: the ballot token, so that a reload goes on
 * where it was, and the ballot that is being filled in. Where the tab has no storage it is kept in
 * memory.
 */
export class TabMemory {
  #storage: KeyedTexts | null;
  #name: string;
  #texts = new Map<string, string>();

  constructor(storage: KeyedTexts | null, decisionId: string) {
    this.#storage = storage;
    this.#name = `enviro-governance/ballot/1/${decisionId}`;
  }

  token(): BallotToken | null {
    return readBallotToken(this.#read("token") ?? "");
  }

  keepToken(token: BallotToken): void {
    this.#write("token", token.token);
  }

  draft(): BallotDraft {
    try {
      // Nobody else writes under this name.
      return { ...noDraft, ...(JSON.parse(this.#read("draft") ?? "{}") as Partial<BallotDraft>) };
    } catch {
      return noDraft;
    }
  }

  keepDraft(draft: BallotDraft): void {
    this.#write("draft", JSON.stringify(draft));
  }

  /** The token too. */
  forget(): void {
    this.#drop("token");
    this.#drop("draft");
  }

  #read(member: string): string | null {
    return this.#texts.get(member) ?? this.#storage?.getItem(`${this.#name}/${member}`) ?? null;
  }

  #write(member: string, text: string): void {
    this.#texts.set(member, text);
    try {
      this.#storage?.setItem(`${this.#name}/${member}`, text);
    } catch {
      // Full, or forbidden: a reload asks for the link again.
    }
  }

  #drop(member: string): void {
    this.#texts.delete(member);
    this.#storage?.removeItem(`${this.#name}/${member}`);
  }
}

/** The tab's own storage; null where it is switched off. */
export function tabTexts(): KeyedTexts | null {
  try {
    return sessionStorage;
  } catch {
    return null;
  }
}
