import type { ImportAnswer } from "../api/answers.ts";
import { formatCount } from "../command-line/progress-line.ts";

/** What became of the rows of an import, for the person who sent them. */
export function describeImport({
  rows,
  loaded,
  refused,
  reasons,
  problems,
  roll,
}: ImportAnswer): string[] {
  return [
    `${formatCount(rows)} rows: ${formatCount(loaded)} loaded, ${formatCount(refused)} refused`,
    ...reasons.map(
      ({ code, rows: count, detail }) => `  ${formatCount(count)} × ${code}: ${detail}`,
    ),
    ...problems.map(({ line, code }) => `  line ${line}: ${code}`),
    ...(problems.length < refused
      ? [`  the first ${formatCount(problems.length)} are listed`]
      : []),
    `In force: ${formatCount(roll.voters)} voters of weight ${roll.weight}, hash ${roll.hash}`,
    ...roll.regions.map(
      ({ region, voters, weight }) =>
        `  ${region}: ${formatCount(voters)} voters, weight ${weight}`,
    ),
  ];
}
