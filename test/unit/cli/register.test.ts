import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { OutcomeAnswer } from "../../../src/cli/api/answers.ts";
import { compareRegister } from "../../../src/cli/register/compare-register.ts";
import { markRegister } from "../../../src/cli/register/mark-register.ts";
import { createClient } from "../../../src/client/client.ts";
import { ContractError } from "../../../src/client/client-errors.ts";
import { runRegister } from "../../../src/cli/register/run-register.ts";
import { UsageError } from "../../../src/cli/command-line/usage-error.ts";
import { limits } from "../../../src/shared/limits.ts";

async function* each<Item>(items: readonly Item[]): AsyncGenerator<Item> {
  yield* items;
}

/** A platform where whoever has an even number has voted. */
function answerTo(csv: string): string {
  const [, ...rows] = csv.split("\n").slice(0, -1);
  const lines = rows.map((row) => `${row},${/[02468]"?$/.test(row) ? "yes" : "no"}\r\n`);
  return `voter_id,voted\r\n${lines.join("")}`;
}

function clientWith(answer: (csv: string) => string) {
  const parts: string[] = [];
  const client = createClient({
    origin: "http://fake",
    fetch: async (_url, { body }) => {
      const csv = body instanceof Blob ? await body.text() : "";
      parts.push(csv);
      const headers = new Headers({ "content-type": "text/csv; charset=utf-8" });
      return { status: 200, headers, text: async () => answer(csv) };
    },
  });
  return { client, parts };
}

describe("marking a register", () => {
  it("sends parts that the platform takes, and keeps the order of the voters", async () => {
    const voters = Array.from({ length: 2 * limits.registerVotersMax + 1 }, (_, at) => `v${at}`);
    const { client, parts } = clientWith(answerTo);
    let register = "";
    const count = await markRegister({
      client,
      decisionId: "d",
      voterIds: each(voters),
      write: (lines) => (register += lines),
    });
    expect(parts.map((csv) => csv.split("\n").length - 2)).toEqual([2_000, 2_000, 1]);
    expect(register.split("\r\n").slice(0, -1)).toEqual(
      voters.map((voter, at) => `${voter},${at % 2 === 0 ? "yes" : "no"}`),
    );
    expect(count).toEqual({ voters: 4_001, marked: 2_001 });
  });

  it("sends a voter_id as it stands, quoted where it must be, and asks for nobody where nobody is", async () => {
    const { client, parts } = clientWith(answerTo);
    const work = { client, decisionId: "d", write: () => {} };
    await markRegister({ ...work, voterIds: each(["=1", 'Dee "D", junior']) });
    expect(parts).toEqual(['voter_id\n=1\n"Dee ""D"", junior"\n']);
    expect(await markRegister({ ...work, voterIds: each([]) })).toEqual({ voters: 0, marked: 0 });
    expect(parts).toHaveLength(1);
  });

  it.each([
    ["a row less", "voter_id,voted\r\nv1,no\r\n"],
    ["another header", "voter_id,has_voted\r\nv1,no\r\nv2,yes\r\n"],
    ["other words", "voter_id,voted\r\nv1,no\r\nv2,perhaps\r\n"],
  ])("does not take %s for an answer", async (_, answer) => {
    const { client } = clientWith(() => answer);
    const work = { client, decisionId: "d", voterIds: each(["v1", "v2"]), write: () => {} };
    await expect(markRegister(work)).rejects.toBeInstanceOf(ContractError);
  });
});

it("drops the byte order mark of an answer that is read with it", async () => {
  const { client } = clientWith((csv) => `\uFEFF${answerTo(csv)}`);
  let register = "";
  const write = (lines: string) => (register += lines);
  await markRegister({ client, decisionId: "d", voterIds: each(["v2"]), write });
  expect(register).toBe("v2,yes\r\n");
});

const listOf = (size: number) => ({ size, root: "", pages: 1 });
function outcomeWith(counted: number, withdrawn: number): Pick<OutcomeAnswer, "publication"> {
  const publication = {
    counted: listOf(counted),
    others: listOf(9),
    rows_root: null,
    standing_withdrawals: withdrawn,
    shown_cells: null,
  };
  return { publication };
}

describe("a register beside the outcome", () => {
  it.each([
    [2, 1, true],
    [3, 0, true],
    [2, 0, false],
    [2, 2, false],
  ])(
    "with %i counted ballots and %i standing withdrawals fits three marks: %s",
    (counted, withdrawn, isSame) => {
      const found = compareRegister({ voters: 5, marked: 3 }, outcomeWith(counted, withdrawn));
      expect(found.isSame).toBe(isSame);
      expect(found.said).toContain(isSame ? ", as many as " : "NOT as many as");
    },
  );

  it("can't be held against a decision that is not certified", () => {
    const found = compareRegister({ voters: 5, marked: 3 }, {});
    expect(found).toMatchObject({ isSame: false });
    expect(found.said).toContain("not certified yet");
  });
});

describe("the command", () => {
  let folder = "";
  let server: Server;
  let asked: string[] = [];

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), "register-"));
    asked = [];
    vi.spyOn(process.stderr, "write").mockReturnValue(true);
    server = createServer((request, response) => {
      asked.push(request.url ?? "");
      // Less than the contract's outcome: what the platform answers is refused at the end.
      response.writeHead(500).end("{}");
    }).listen(0, "127.0.0.1");
    await once(server, "listening");
  });
  afterEach(() => {
    vi.restoreAllMocks();
    server.close();
    rmSync(folder, { recursive: true });
  });

  const optionsFor = (csv: string) => {
    const [file, out] = [join(folder, "voters.csv"), join(folder, "register.csv")];
    writeFileSync(file, csv);
    const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    return { origin, key: "k", decisionId: "d", file, out };
  };

  it("asks nobody where the file has no voters' column, or the register is there already", async () => {
    await expect(runRegister(optionsFor("name\nana\n"))).rejects.toBeInstanceOf(UsageError);
    const options = optionsFor("voter_id\nana\n");
    writeFileSync(options.out, "kept");
    await expect(runRegister(options)).rejects.toBeInstanceOf(UsageError);
    expect(readFileSync(options.out, "utf8")).toBe("kept");
    expect(asked).toEqual([]);
  });

  it("leaves no register where the platform refused a part", async () => {
    const options = optionsFor("voter_id\nana\n");
    await expect(runRegister(options)).rejects.toThrow("500");
    expect(asked).toEqual(["/api/v1/decisions/d/marked-register"]);
    expect(existsSync(options.out)).toBe(false);
  });
});
