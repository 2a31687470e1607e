import { expect, test } from "vitest";
import { misplacedBallotLink } from "../../../../src/web/ballot/misplaced-link.ts";

const claims = Buffer.from(JSON.stringify({ aud: "delta", exp: 2_000_000_000 }));
const token = `e30.${claims.toString("base64url")}.c2ln`;
const ballot = `/decisions/delta/ballot#token=${token}`;

test.each([
  ["/", `#token=${token}`, ballot],
  ["/decisions/delta", `#token=${token}`, ballot],
  ["/decisions/river", `#token=${token}`, ballot],
  ["/nowhere", `#token=${token}`, ballot],
  ["/decisions/river/votes", "#token=cut", "/decisions/river/ballot#token=cut"],
  ["/", "#token=cut", null],
  ["/decisions/river/ballot", `#token=${token}`, null],
  ["/decisions/delta", "#content", null],
  ["/", "", null],
])("a link to %s%s leads to the ballot that it is for", (pathname, hash, address) => {
  expect(misplacedBallotLink({ pathname, hash })).toBe(address);
});
