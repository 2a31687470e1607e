import { readFileSync } from "node:fs";

export interface DocumentedCommand {
  /** The paper's path from the root. */
  paper: string;
  begins: string;
  /** What the paper leaves open, each with what is put in its place. */
  fill: Record<string, string>;
}

/**
 * Commands as a paper shows them, in a block or in a sentence, with what it leaves open filled in.
 * @throws {Error} the paper shows none that begin so and leave that open
 */
export function documentedCommand({ paper, begins, fill }: DocumentedCommand): string {
  const text = readFileSync(new URL(`../../../${paper}`, import.meta.url), "utf8");
  const shown = [...text.matchAll(/```\w*\n([^]*?)```|`([^`\n]+)`/g)].map(
    ([, block, code]) => block ?? code ?? "",
  );
  const open = Object.keys(fill);
  const command = shown.find(
    (one) => one.startsWith(begins) && open.every((name) => one.includes(name)),
  );
  if (command === undefined) {
    throw new Error(`${paper} shows no "${begins} …" with ${open.join(" and ")} in it`);
  }
  return open.reduce((filled, name) => filled.replaceAll(name, fill[name] ?? ""), command);
}
