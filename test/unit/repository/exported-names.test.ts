import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

const roots = ["src", "durable-objects", "workers", "bench", "scripts"];

/** Names that were given up for plainer ones. */
const retired = new Set(
  (
    "Ground layGround Bench Weighed prospects Way Site Cover Demand RoomUpkeep RoomLifecycle ObjectAlarm " +
    "AlarmWish Sleeper FinalWord ownCodes ShardSilence SharedLook retryThenBury PlacedBallot " +
    "Place placeOf Rooms RoomMoments Prospects refusalOf viewOutcome countBallots judge judgeVoter settle"
  ).split(" "),
);

/** Words that no log event and no problem code may hold. */
const retiredWords = new Set(
  "acts bury buried letter parcel silence silent upkeep prospects judge judged settle".split(" "),
);

type File = { path: string; text: string };

const files = roots
  .flatMap((root) =>
    readdirSync(root, { recursive: true, encoding: "utf8" }).map((name) => join(root, name)),
  )
  .filter((path) => /\.(tsx?|js|mjs)$/.test(path) && !path.includes("node_modules"))
  .map((path): File => ({ path, text: readFileSync(path, "utf8") }));

/** The names that a text declares and exports. What it only passes on is exported once, where it is declared. */
function exportedNames(text: string): string[] {
  const declaration =
    /^export (?:declare )?(?:abstract )?(?:async )?(?:function\*?|class|const|let|type|interface|enum) ([\w$]+)/gm;
  const names = [...text.matchAll(declaration)].flatMap(([, name]) => name ?? []);
  return [...new Set(names)];
}

/** The codes of problems and log events: dotted words in quotes. */
function dottedCodes(text: string): string[] {
  return [...text.matchAll(/"([a-z_]+(?:\.[a-z_]+)+)"/g)].flatMap(([, code]) => code ?? []);
}

function isRetired(code: string): boolean {
  return code.split(/[._]/).some((word, index, words) => {
    const isDeadLetter = /^letters?$/.test(word) && words[index - 1] === "dead";
    return !isDeadLetter && retiredWords.has(word.replace(/(?<=letter|parcel)s$/, ""));
  });
}

/** Each name that stands in more than one file, with those files. */
function doubles(declared: readonly File[]): string[] {
  const exported = declared.flatMap(({ path, text }) =>
    exportedNames(text).map((name) => ({ name, path })),
  );
  return [...Map.groupBy(exported, ({ name }) => name)]
    .filter(([, places]) => places.length > 1)
    .map(([name, places]) => `${name}: ${places.map(({ path }) => path).join(", ")}`);
}

describe("exported names", () => {
  it("stand once each, types and values alike", () => {
    expect(files.length).toBeGreaterThan(300);
    expect(doubles(files)).toEqual([]);
  });

  it("are none of those that were given up", () => {
    const found = files.flatMap(({ path, text }) =>
      exportedNames(text)
        .filter((name) => retired.has(name))
        .map((name) => `${path}: ${name}`),
    );
    expect(found).toEqual([]);
  });

  it("are found, and compared, however they are exported", () => {
    const text = [
      "export const a = 1;",
      "export async function b() {}",
      "export type C = 1;",
      "export abstract class D {}",
      "const e = 1;",
      'export { f } from "./f.ts";',
    ].join("\n");
    expect(exportedNames(text)).toEqual(["a", "b", "C", "D"]);
    const twice = [
      { path: "x.ts", text },
      { path: "y.ts", text: "export interface C {}" },
    ];
    expect(doubles(twice)).toEqual(["C: x.ts, y.ts"]);
  });
});

/** Names of the code that a paper must not hold any more: where it quotes code, or tells of the API. */
const retiredInPapers =
  /\b(ObjectAlarm|AlarmWish|RoomLifecycle|RoomUpkeep|FinalWord|noteMark|prospects|bury|parcel|own-codes)\b/;

describe("the papers", () => {
  const papers = readdirSync("docs", { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".md"))
    .map((name) => join("docs", name))
    .concat(["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md"]);
  const decisions = readdirSync("docs/adr")
    .filter((name) => name !== "README.md")
    .toSorted();

  it.each(papers)("%s holds no name that was given up", (path) => {
    expect(readFileSync(path, "utf8")).not.toMatch(retiredInPapers);
  });

  it.each<[string, number]>([
    ["README.md", 900],
    ["ARCHITECTURE.md", 1_800],
    ...decisions.map((name): [string, number] => [join("docs/adr", name), 200]),
  ])("%s is read in minutes: at most %i words", (path, wordsMax) => {
    const words = readFileSync(path, "utf8").split(/\s+/).filter(Boolean);
    expect(words.length).toBeLessThanOrEqual(wordsMax);
  });

  it("of decisions are each named once in their list", () => {
    const list = readFileSync("docs/adr/README.md", "utf8");
    const named: string[] = [...list.matchAll(/\]\(([^)]+)\)/g)].flatMap(([, name]) => name ?? []);
    expect(decisions.length).toBeGreaterThan(90);
    expect(named.toSorted()).toEqual(decisions);
  });
});

describe("log events and problem codes", () => {
  it("hold none of the words that were given up", () => {
    const found = files.flatMap(({ path, text }) =>
      dottedCodes(text)
        .filter(isRetired)
        .map((code) => `${path}: ${code}`),
    );
    expect(found).toEqual([]);
  });

  it("are told apart from what only sounds like such a word", () => {
    const codes = dottedCodes('"room.upkeep_failed" "dead_letter.not_found" "letter.kept" "a b.c"');
    expect(codes.filter(isRetired)).toEqual(["room.upkeep_failed", "letter.kept"]);
  });
});
