/** The voters that a text names, one on each line; empty lines and repeats are passed over. */
export function namedVoters(text: string): string[] {
  const lines = text.split(/\r\n|\r|\n/).map((line) => line.trim());
  return [...new Set(lines.filter((line) => line !== ""))];
}
