import { z } from "@hono/zod-openapi";
import { batchSchema, castVoteSchema } from "./voting.ts";
import { decisionParams, keySecurity, queryFlag, voterSecurity } from "./common.ts";
import { route } from "./route.ts";

/** The subprotocol (RFC 6455, 1.9) of the messages below. */
export const ballotProtocol = "enviro-ballot.v1";

/** What a browser puts its token behind, as a subprotocol beside the one above: it sends no header. */
export const bearerProtocolPrefix = "bearer.";

/** A vote, as the body of `POST /voting/cast-vote` without the decision. */
export const ballotMessageSchema = castVoteSchema.omit({ decision_id: true }).extend({
  /** The client's own number of the message; its answer has it too. */
  id: z.int().min(0),
});

const ballotSocketQuery = z.object({
  results: queryFlag(
    "Whether to be told live results too, where the only shard of the decision is in its room",
  ),
});

/** What a voter is told when the window is extended. */
export const extensionMessageSchema = z.strictObject({
  type: z.literal("extension"),
  closes_at: z.string(),
});

export const openBallotSocketRoute = route({
  method: "get",
  path: "/api/v1/decisions/{decisionId}/ballot-socket",
  summary: "Vote over a WebSocket",
  description: `Straight to the shard that keeps the voter's ballots. Whoever can't set a header offers two subprotocols: \`${ballotProtocol}\`, and the ballot token behind \`${bearerProtocolPrefix}\`. Each message is a vote with a number of the client's own, \`{"id": 1, "vote": "yes", "nonce": "…"}\`, and is answered once it is durable: \`{"type": "receipt", "id": 1, "replayed": false, "receipt": {…}}\`, or \`{"type": "problem", "id": 1, "problem": {…}}\` with what POST /voting/cast-vote would refuse it with. What is not answered when the socket ends is sent again over either way, with the same nonce: it never counts twice. With \`results=true\` a decision whose only shard is in its room (up to 500 expected watchers) tells 500 voters its results over it too, as \`…/results/socket\` does, beginning with a \`state\`; where voting is extended, every voter is told \`{"type": "extension", "closes_at": "…"}\`. Send the text \`ping\` for a \`pong\`. Codes of closing: 1000 voting is over, 1003 not text, 1008 the token is good no more, 1009 the message is too big, 1011 something broke, 1013 try again later.`,
  security: voterSecurity,
  request: { params: decisionParams, query: ballotSocketQuery },
  errors: [
    "token.wrong_decision",
    "token.superseded",
    "decision.not_open",
    "decision.closed",
    "route.upgrade_required",
    "sockets.too_many",
    "sockets.full",
    "shard.unavailable",
  ],
  responses: {
    101: { description: "A WebSocket" },
  },
});

/** Votes of a station, as the body of `POST …/votes/batch`. */
export const stationMessageSchema = batchSchema.extend({ id: z.int().min(0) });

export const openStationSocketRoute = route({
  method: "get",
  path: "/api/v1/decisions/{decisionId}/station-socket",
  summary: "Cast votes of many voters over a WebSocket",
  description: `For polling stations and partner systems. Whoever can't set a header offers two subprotocols: \`${ballotProtocol}\`, and the key behind \`${bearerProtocolPrefix}\`. Each message has one or many votes and a number of the client's own, \`{"id": 1, "votes": [{"voter_id": "…", "vote": "yes", "nonce": "…"}]}\`, and is answered as POST …/votes/batch is, in whatever order: \`{"type": "results", "id": 1, "credits": 2000, "accepted": 1, …}\`, or \`{"type": "problem", "id": 1, "credits": 2000, "problem": {…}}\`. \`credits\`, which the server sends first by itself, is how many votes it takes beside those that it has not answered; what is above is refused with \`socket.no_credit\`. Codes of closing are those of \`…/ballot-socket\`, and 1001 once the socket has taken its share: open another.`,
  security: keySecurity("admin", "station"),
  request: { params: decisionParams },
  errors: [
    "decision.not_open",
    "vote.stations_excluded",
    "route.upgrade_required",
    // Of a message, in its answer.
    "socket.no_credit",
    "session.cross_site",
  ],
  responses: {
    101: { description: "A WebSocket" },
  },
});
