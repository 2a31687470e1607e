import { readBallotToken, tokenInLink } from "./ballot-token.js";

/**
 * Takes the ballot token out of the address, if it holds one. The address bar, the session's
 * history and every link copied from here on are free of it; it lives in this page's memory only.
 */
export function takeTokenFromAddress() {
  const token = tokenInLink(location.hash);
  if (token === null) return null;
  history.replaceState(history.state, "", location.pathname + location.search);
  return readBallotToken(token);
}
