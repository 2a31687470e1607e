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
 * @throws {Error} the paper shows none that begins so and leaves just that open
 */
export function documentedCommand({ paper, begins, fill }: DocumentedCommand): string {
  const text = readFileSync(new URL(`../../../${paper}`, import.meta.url), "utf8");
  const shown = [...text.matchAll(/```\w*\n([^]*?)```|`([^`\n]+)`/g)].map(
    ([, block, code]) => block ?? code ?? "",
  );
  const open = Object.keys(fill);
  const command = shown
    .filter((one) => one.startsWith(begins) && open.every((name) => one.includes(name)))
    .map((one) => open.reduce((filled, name) => filled.replaceAll(name, fill[name] ?? ""), one))
    .find((one) => !/…|<[a-z]+>/.test(one));
  if (command === undefined) {
    throw new Error(`${paper} shows no "${begins} …" that leaves just ${open.join(" and ")} open`);
  }
  return command;
}
