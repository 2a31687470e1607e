/** As much of the browser's storage as is used. */
export type KeyedTexts = Pick<Storage, "getItem" | "setItem" | "removeItem">;

/** Under which name a decision's ballots are kept. */
export function keptBallotsName(decisionId: string): string {
  return `enviro-governance/ballots/1/${decisionId}`;
}

/** The browser's own storage; null where it is switched off. */
export function browserTexts(): KeyedTexts | null {
  try {
    return localStorage;
  } catch {
    return null;
  }
}
