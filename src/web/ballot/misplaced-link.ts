import { decisionAddress } from "../app/addresses.ts";
import { findPage } from "../app/find-page.ts";
import { ballotAddress, readBallotToken, tokenInLink } from "./ballot-token.ts";

const ballotPath = "/decisions/:id/ballot";

/**
 * Where a ballot link leads that has come to another page: to the ballot of the decision that its
 * token names, or, where the token is cut, of the decision whose page it is. Null for any other
 * address.
 */
export function misplacedBallotLink({
  pathname,
  hash,
}: Pick<Location, "pathname" | "hash">): string | null {
  const linked = tokenInLink(hash);
  const found = findPage(pathname);
  if (linked === null || found?.route.path === ballotPath) return null;
  const token = readBallotToken(linked);
  if (token !== null) return ballotAddress(token);
  const id = found?.params["id"];
  return id === undefined ? null : `${decisionAddress(id, "ballot")}#token=${linked}`;
}
