import type { ImportAnswer } from "../api/answers.ts";
import { formatProgressCount } from "../command-line/progress-line.ts";

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
    `${formatProgressCount(rows)} rows: ${formatProgressCount(loaded)} loaded, ${formatProgressCount(refused)} refused`,
    ...reasons.map(
      ({ code, rows: count, detail }) => `  ${formatProgressCount(count)} × ${code}: ${detail}`,
    ),
    ...problems.map(({ line, code }) => `  line ${line}: ${code}`),
    ...(problems.length < refused
      ? [`  the first ${formatProgressCount(problems.length)} are listed`]
      : []),
    ...(refused === 0
      ? []
      : [
          `  Mend them and import the file again, or open the decision with accept_refused_rows: ${refused}`,
        ]),
    `In force: ${formatProgressCount(roll.voters)} voters of weight ${roll.weight}`,
    ...roll.regions.map(
      ({ region, voters, weight }) =>
        `  ${region === "" ? "without a region" : region}: ${formatProgressCount(voters)} voters, weight ${weight}`,
    ),
  ];
}
