import { describe, expect, test } from "vitest";
import { boardPicture } from "../../../../src/web/exports/board-picture.ts";
import { cutText, wrapText, type Picture } from "../../../../src/web/exports/picture.ts";
import { regionsCsv, turnoutCsv } from "../../../../src/web/exports/regions-csv.ts";
import { pictureRowsMax, regionsPicture } from "../../../../src/web/exports/regions-picture.ts";
import { turnoutPointsCsv } from "../../../../src/web/exports/save-turnout.ts";
import { svgText } from "../../../../src/web/exports/svg-text.ts";
import { turnoutPicture } from "../../../../src/web/exports/turnout-picture.ts";
import { createI18n } from "../../../../src/web/i18n/create-i18n.ts";
import { rankRegions } from "../../../../src/web/results/rank-regions.ts";
import { resultsAt, tallyOf } from "../results/tallies.ts";

const i18n = createI18n("en");
const subject = {
  title: 'Lower the <weir> & "open" the gate',
  address: "https://vote.example/decisions/weir",
  asOf: "2026-11-29T12:00:00.000Z",
  isFinal: false,
  isRehearsal: false,
};
const textsOf = ({ shapes }: Picture) =>
  shapes.flatMap((shape) => (shape.kind === "text" ? [shape.text] : []));

describe("the picture of a board", () => {
  const result = { total: tallyOf(6, 3, 1), final: false };
  const picture = boardPicture(i18n, { ...subject, result, measure: "ballots" });

  test("says what it is of, that it is not final, each figure, and what 100 % is", () => {
    expect(textsOf(picture)).toEqual(
      expect.arrayContaining([
        "Not final, as of 29 Nov 2026, 12:00 UTC",
        subject.address,
        "6",
        "60.0%",
        "3",
        "30.0%",
        "10 counted ballots",
        "Percentages are shares of all counted ballots, abstentions included.",
      ]),
    );
  });

  test("says of a rehearsal that it never counts", () => {
    const rehearsed = { ...subject, isRehearsal: true, result, measure: "ballots" } as const;
    expect(textsOf(boardPicture(i18n, rehearsed))).toContain(
      "Rehearsal: its results never count · Not final, as of 29 Nov 2026, 12:00 UTC",
    );
  });

  test("has a bar whose lengths are the shares", () => {
    const widths = picture.shapes.flatMap((shape) =>
      shape.kind === "rect" && shape.height === 72 ? [Math.round(shape.width)] : [],
    );
    expect(widths).toEqual([1_080, 648, 324, 108]);
  });

  test("is well-formed as SVG, whatever the title contains", () => {
    const svg = svgText(picture);
    expect(svg).toContain("<title>Lower the &lt;weir&gt; &amp; &quot;open&quot; the gate</title>");
    expect(svgText({ ...picture, title: "a\u0000b" })).toContain("<title>ab</title>");
  });

  test("keeps every figure inside, however long", () => {
    const wide = boardPicture(i18n, {
      ...subject,
      result: { total: tallyOf(9e15, 9e15, 1), final: true },
      measure: "ballots",
    });
    for (const shape of wide.shapes) {
      if (shape.kind !== "text" || !/^[\d,]+$/.test(shape.text)) continue;
      expect(shape.x + shape.text.length * shape.size * 0.62).toBeLessThanOrEqual(1_200);
    }
  });
});

describe("the picture of regions", () => {
  const regionsOf = (count: number) => {
    const codes = Array.from({ length: count }, (_, index) => ({ code: `r${index}`, name: "" }));
    const tallies = codes.map(({ code }, index) => ({ region: code, ...tallyOf(index + 1) }));
    return rankRegions(codes, tallies, "ballots");
  };

  test("shows the largest first, and says how many are left out", () => {
    const texts = textsOf(regionsPicture(i18n, { ...subject, regions: regionsOf(250) }));
    expect(texts).toContain("r249");
    expect(texts).not.toContain("r0");
    expect(texts).toContain(`The ${pictureRowsMax} largest of 250 regions`);
  });
});

describe("the table of regions", () => {
  test("has the whole first, then each region that is shown", () => {
    const result = resultsAt(5, { electorate: { voters: 9, weight: "9" } });
    const regions = rankRegions([{ code: "north", name: "North" }], result.regions, "ballots");
    const lines = regionsCsv(result, regions).trim().split("\r\n");
    expect(lines).toHaveLength(3);
    expect(lines[1]).toBe(`,,5,0,0,5,5,0,0,5,9,9,${result.as_of},false`);
    expect(lines[2]).toBe(`north,North,5,0,0,5,5,0,0,5,,,${result.as_of},false`);
  });

  test("of turnout tells of no choice", () => {
    const { total: _total, ...head } = resultsAt(5);
    const voted = { turnout: { voters: 2, weight: "2" } };
    const result = {
      ...head,
      ...voted,
      shows: "turnout" as const,
      regions: [{ region: "north", ...voted }],
    };
    const text = turnoutCsv(result, [{ code: "north", name: "North" }]);
    expect(text).not.toMatch(/yes|no_|abstain/);
    expect(text).toContain(`north,North,2,2,,,${head.as_of}`);
  });
});

describe("text of a picture", () => {
  test("is wrapped at words, and says where it was cut", () => {
    expect(wrapText("one two three four", 9, 3)).toEqual(["one two", "three", "four"]);
    expect(wrapText("one two three four", 9, 2)).toEqual(["one two", "three …"]);
    expect(cutText("abcdef", 4)).toBe("abc…");
  });
});

describe("turnout over time", () => {
  const points = [
    { at: "2026-11-29T12:00:00.000Z", voters: 10, weight: "10" },
    { at: "2026-11-29T13:00:00.000Z", voters: 40, weight: "40" },
  ];

  test("is a picture that says from when until when, and of how many", () => {
    const series = { points, electorate: { voters: 50, weight: "50" } };
    const opensAt = "2026-11-29T11:00:00.000Z";
    expect(textsOf(turnoutPicture(i18n, { ...subject, series, opensAt }))).toEqual(
      expect.arrayContaining([
        "29 Nov 2026, 11:00 UTC",
        "29 Nov 2026, 13:00 UTC",
        "Have voted: 40. Full height: 50",
      ]),
    );
  });

  test("is a table of its points", () => {
    expect(turnoutPointsCsv({ points }).split("\r\n")).toEqual([
      "\uFEFFat,voters,weight",
      "2026-11-29T12:00:00.000Z,10,10",
      "2026-11-29T13:00:00.000Z,40,40",
      "",
    ]);
  });
});
