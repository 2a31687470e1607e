import { readBallotToken, tokenInLink } from "./ballot/ballot-token.js";
import { showDecision } from "./decision/decision-view.js";
import { showList } from "./list/list-view.js";
import { decisionAddress, readRoute } from "./page/route.js";

const root = document.querySelector("main");
if (root === null) throw new Error("The page has no main element.");

const route = readRoute(location.search);
const ballot = readBallotToken(tokenInLink(location.hash) ?? "");

if (route.kind === "decision") await showDecision(root, route);
else if (ballot === null) await showList(root, route);
// A ballot link without its decision still leads there: the token says which one it is for.
else location.replace(`${decisionAddress(ballot.claims.decisionId)}#token=${ballot.token}`);
