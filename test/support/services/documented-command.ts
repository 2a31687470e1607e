import { readFileSync } from "node:fs";

const placeholder = "https://…";

/**
 * A command as a paper shows it, in a block or in a sentence, with the origin in the place of
 * `https://…`.
 * @throws {Error} the paper does not show it, or it has no such place
 */
export function documentedCommand(paper: string, begins: string, origin: string): string {
  const text = readFileSync(new URL(`../../../${paper}`, import.meta.url), "utf8");
  const shown = [...text.matchAll(/```\w*\n([^]*?)```|`([^`\n]+)`/g)].map(
    ([, block, code]) => block ?? code ?? "",
  );
  const command = shown.find((one) => one.startsWith(begins) && one.includes(placeholder));
  if (command === undefined) {
    throw new Error(`${paper} shows no "${begins} …" with ${placeholder} in it`);
  }
  return command.replaceAll(placeholder, origin);
}
