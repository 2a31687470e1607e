/** Enough of a title to know a decision by its address. */
const charactersMax = 32;

/**
 * What a new decision's address begins with: words of its title in plain letters, and what nobody
 * else has. The same slug again finds the same draft, so a repeat makes no second one.
 */
export function draftSlug(title: string, random: string): string {
  const words = title
    .normalize("NFKD")
    .toLowerCase()
    .replaceAll(/\p{M}/gu, "")
    .replaceAll(/[^a-z0-9]+/g, "-")
    .replaceAll(/^-+|-+$/g, "")
    .slice(0, charactersMax)
    .replace(/-+$/, "");
  return words === "" ? random : `${words}-${random}`;
}

/** Eight letters and digits that no other draft has. */
export function randomEnding(): string {
  return crypto.randomUUID().slice(0, 8);
}
