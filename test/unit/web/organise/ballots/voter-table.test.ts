import { describe, expect, it } from "vitest";
import { guessColumns } from "../../../../../src/web/organise/ballots/voter-columns.ts";
import { readVoterTable } from "../../../../../src/web/organise/ballots/voter-table.ts";
import { votersToInvite } from "../../../../../src/web/organise/ballots/voters-to-invite.ts";

describe("a file of voters", () => {
  it.each([",", ";", "\t"])("is read with %j between its fields", (between) => {
    const text = `voter_id${between}name\r\n17${between}Ana\r\n18${between}Ben\r\n`;
    const rows = [
      ["17", "Ana"],
      ["18", "Ben"],
    ];
    expect(readVoterTable(text)).toEqual({ columns: ["voter_id", "name"], rows });
  });

  it("may have a byte order mark, quotes, lines within quotes, and no end of its last line", () => {
    const text = '\uFEFFid,address\n17,"Mill Lane 3\n""The Mill"", Ford"\n18,x';
    expect(readVoterTable(text)).toEqual({
      columns: ["id", "address"],
      rows: [
        ["17", 'Mill Lane 3\n"The Mill", Ford'],
        ["18", "x"],
      ],
    });
  });

  it("keeps an empty last field, fills short rows up and passes over rows without text", () => {
    expect(readVoterTable("id,name\n17,\n\n,,\n18")).toEqual({
      columns: ["id", "name"],
      rows: [
        ["17", ""],
        ["18", ""],
      ],
    });
  });

  it.each([
    ["", "empty"],
    ["id,name\n", "empty"],
    ['id\n"17', "quotes"],
    ["id,,name\n1,2,3", "header"],
    ["id,id\n1,2", "header"],
  ])("is refused where it is %j: %s", (text, fault) => {
    expect(readVoterTable(text)).toBe(fault);
  });
});

describe("the columns of a file of voters", () => {
  it("are guessed by their names", () => {
    const columns = ["Member ID", "First name", "Surname", "Street", "City", "Language", "Fee"];
    expect(guessColumns(columns)).toEqual({
      voterId: 0,
      region: -1,
      weight: -1,
      language: 5,
      address: [1, 2, 3, 4],
    });
  });

  it("are left open where no name is likely", () => {
    expect(guessColumns(["a", "b"])).toMatchObject({ voterId: -1, language: -1, address: [] });
  });
});

describe("the voters to invite", () => {
  const columns = { voterId: 0, region: 1, weight: 2 };

  it("are one a person: who stands there again is told by line, in whatever spelling", () => {
    const table = {
      columns: ["id", "region", "weight"],
      rows: [
        ["Ana  Lima", "north", "2"],
        ["", "north", ""],
        ["ana lima", "south", ""],
        ["Ben", "", ""],
      ],
    };
    expect(votersToInvite(table, columns, false)).toEqual({
      voters: [{ voter_id: "Ana  Lima" }, { voter_id: "Ben" }],
      rows: [0, 3],
      faults: [
        { line: 3, reason: "no_id" },
        { line: 4, reason: "twin" },
      ],
    });
  });

  it("say region and weight where there is no roll, and no weight that is no whole number", () => {
    const rows = [
      ["17", "north", "2"],
      ["18", "", ""],
      ["19", "north", "0"],
      ["20", "north", "1.5"],
    ];
    const table = { columns: ["id", "region", "weight"], rows };
    expect(votersToInvite(table, columns, true)).toEqual({
      voters: [{ voter_id: "17", region: "north", weight: 2 }, { voter_id: "18" }],
      rows: [0, 1],
      faults: [
        { line: 4, reason: "weight" },
        { line: 5, reason: "weight" },
      ],
    });
  });
});
