import { describe, expect, test } from "vitest";
import { readBallotToken, tokenInLink } from "../../../../src/web/ballot/ballot-token.ts";

const segment = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
const tokenWith = (claims: unknown) => `${segment({ alg: "HS256" })}.${segment(claims)}.c2ln`;
const claims = { aud: "delta", sub: "pid", exp: 2_000_000_000, region: "Ägäis", weight: 3 };
const token = tokenWith(claims);
const read = {
  token,
  claims: { decisionId: "delta", region: "Ägäis", weight: 3, name: null, expiresAt: 2e12 },
};

describe("a pasted ballot token", () => {
  test("is read with its claims, in any script", () => {
    expect(readBallotToken(token)).toEqual(read);
  });

  test("is found in the link that it came in, broken over lines, quoted from a header", () => {
    expect(readBallotToken(`https://vote.example/?decision=delta#token=${token}`)).toEqual(read);
    expect(readBallotToken(` ${token.slice(0, 20)}\r\n  ${token.slice(20)}\n`)).toEqual(read);
    expect(readBallotToken(`Bearer ${token}`)).toEqual(read);
  });

  test("counts once and for no region unless it says otherwise", () => {
    const plain = readBallotToken(tokenWith({ aud: "delta", exp: 5 }));
    expect(plain?.claims).toEqual({
      decisionId: "delta",
      region: null,
      weight: 1,
      name: null,
      expiresAt: 5_000,
    });
    expect(readBallotToken(tokenWith({ aud: "delta", exp: 5, name: "Ana" }))?.claims.name).toBe(
      "Ana",
    );
  });

  test.each([
    ["nothing", ""],
    ["a word", "hello"],
    ["two parts of three", token.split(".").slice(0, 2).join(".")],
    ["claims that are not JSON", "a.b.c"],
    ["claims that are no object", tokenWith(null)],
    ["no decision", tokenWith({ exp: 1 })],
    ["no end", tokenWith({ aud: "delta" })],
    ["an essay", `${token}${"x".repeat(5_000)}`],
  ])("is not seen in %s", (_, pasted) => {
    expect(readBallotToken(pasted)).toBeNull();
  });
});

test("a token in an address stands in its fragment only", () => {
  expect(tokenInLink("/?token=abc")).toBeNull();
  expect(tokenInLink("#token=abc&x=1")).toBe("abc");
});
