import { describe, expect, it } from "vitest";
import {
  checkedByFile,
  checkOnRoll,
} from "../../../../../src/web/organise/ballots/check-voters.ts";
import { loadLetterMessages } from "../../../../../src/web/organise/ballots/letter-messages.ts";
import { letterVoters } from "../../../../../src/web/organise/ballots/letter-voters.ts";
import { limits } from "../../../../../src/shared/limits.ts";

describe("the voters of letters", () => {
  it("have the lines, language, region and weight of their own row", () => {
    const table = {
      columns: ["id", "name", "street", "lang"],
      rows: [
        ["1", "Ana", "", "fr"],
        ["2", "a twin", "x", "fr"],
        ["3", "Ben", "Mill Lane 3", "klingon"],
      ],
    };
    const letters = letterVoters({
      table,
      rows: [0, 2],
      links: ["https://here/a#token=1.2.3", "https://here/b#token=4"],
      standings: [
        { region: "n", weight: 1 },
        { region: null, weight: 7 },
      ],
      columns: { language: 3, address: [1, 2] },
      regions: [{ code: "n", name: "North" }],
      language: "es",
    });
    expect(letters).toEqual([
      {
        number: 1,
        link: "https://here/a?language=fr#token=1.2.3",
        language: "fr",
        address: ["Ana"],
        region: "North",
        weight: 1,
      },
      {
        number: 2,
        link: "https://here/b?language=es#token=4",
        language: "es",
        address: ["Ben", "Mill Lane 3"],
        region: null,
        weight: 7,
      },
    ]);
  });

  it("are looked up on the roll in parts; who is not on it gets no link", async () => {
    const count = limits.batchVotesMax + 2;
    const voters = Array.from({ length: count }, (_, at) => ({ voter_id: `v${at}` }));
    const asked: number[] = [];
    const checked = await checkOnRoll(
      { voters, rows: [...voters.keys()], faults: [{ line: count + 5, reason: "twin" }] },
      (ids) => {
        asked.push(ids.length);
        const standing = { region: "n", weight: 2 };
        return Promise.resolve(ids.map((id) => ({ ...standing, eligible: id !== "v1000" })));
      },
      () => {},
    );
    expect(asked).toEqual([limits.batchVotesMax, 2]);
    expect(checked.voters).toHaveLength(count - 1);
    expect(checked.rows.at(-1)).toBe(count - 1);
    expect(checked.standings.at(-1)).toEqual({ region: "n", weight: 2 });
    expect(checked.faults).toEqual([
      { line: 1_002, reason: "not_on_roll" },
      { line: count + 5, reason: "twin" },
    ]);
  });

  it("stand where their file says, where there is no roll", () => {
    const voters = [
      { voter_id: "1", region: "n" },
      { voter_id: "2", weight: 3 },
    ];
    expect(checkedByFile({ voters, rows: [0, 1], faults: [] }).standings).toEqual([
      { region: "n", weight: 1 },
      { region: null, weight: 3 },
    ]);
  });

  it("have the words of each language that a letter is in, and of no other", async () => {
    const messages = await loadLetterMessages(new Set(["ar", "en"]));
    expect([...messages].map(([language, i18n]) => [language, i18n.locale])).toEqual([
      ["en", "en"],
      ["ar", "ar"],
    ]);
  });
});
