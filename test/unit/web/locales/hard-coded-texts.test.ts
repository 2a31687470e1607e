import { globSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { hardCodedTexts } from "./hard-coded-texts.ts";

const components = globSync("src/web/**/*.tsx");

/** Names, which are the same in each language. */
const names = new Set(["Enviro-Governance"]);

describe("the sources of the web app", () => {
  it("have no text but in Lingui's macros", () => {
    expect(components.length).toBeGreaterThan(100);
    const texts = components.flatMap((path) =>
      hardCodedTexts(path, readFileSync(path, "utf8"))
        .filter((text) => !names.has(text))
        .map((text) => `${path}: ${text}`),
    );
    expect(texts).toEqual([]);
  });
});

describe("a text that no catalogue can have", () => {
  const find = (jsx: string): string[] =>
    hardCodedTexts(
      "page.tsx",
      `import { Trans, useLingui } from "@lingui/react/macro";
       export function Page() { const { t } = useLingui(); return ${jsx}; }`,
    );

  it("is found between tags, in an expression and where a screen reader speaks it", () => {
    expect(find("<p>Two words</p>")).toEqual(["Two words"]);
    expect(find('<p>{"Two words"}</p>')).toEqual(["Two words"]);
    expect(find('<img alt="A map" />')).toEqual(["A map"]);
  });

  it("is none that a macro takes, nor a command, sign or class", () => {
    expect(find('<p className="two words"><Trans>Two <b>words</b></Trans></p>')).toEqual([]);
    expect(find("<img alt={t`A map`} />")).toEqual([]);
    expect(find("<p><code>npx enviro verify</code> – 5 %</p>")).toEqual([]);
  });
});
