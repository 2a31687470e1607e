import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

const roots = ["src", "durable-objects", "workers", "bench", "scripts"];

/** Names that were given up for plainer ones. */
const retired = new Set(
  (
    "Ground layGround Bench Weighed prospects Way Site Cover Demand RoomUpkeep RoomLifecycle ObjectAlarm " +
    "AlarmWish Sleeper FinalWord ownCodes ShardSilence SharedLook retryThenBury PlacedBallot"
  ).split(" "),
);

/** Words that no log event and no problem code may hold. */
const retiredWords = new Set(["acts", "bury", "buried", "letter", "parcel", "silence", "upkeep"]);

type File = { path: string; text: string };

const files = roots
  .flatMap((root) =>
    readdirSync(root, { recursive: true, encoding: "utf8" }).map((name) => join(root, name)),
  )
  .filter((path) => /\.(ts|js|mjs)$/.test(path) && !path.includes("node_modules"))
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
