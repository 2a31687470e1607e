import { expect } from "vitest";
import { ballotProtocol, bearerProtocolPrefix } from "../../../src/http/contract/ballot-socket.ts";
import { limits } from "../../../src/shared/limits.ts";
import { send } from "./api.ts";
import { followSocket } from "./ballot-socket.ts";
import { nonceOfWords, type BatchBody, type VoteItem } from "./batches.ts";

type Answer =
  | { type: "credits"; credits: number }
  | ({ type: "results"; id: number; credits: number } & BatchBody)
  | { type: "problem"; id: number | null; credits: number; problem: { code: string } };

export const stationPathOf = (id: string) => `/api/v1/decisions/${id}/station-socket`;

export const offered = (key: string) => ({
  upgrade: "websocket",
  "sec-websocket-protocol": `${ballotProtocol}, ${bearerProtocolPrefix}${key}`,
});

export const withNonces = (votes: readonly VoteItem[]) =>
  votes.map((item) => ({ nonce: nonceOfWords(item), ...item }));

/** A station's socket to a decision, and what comes over it. */
export async function openStation(id: string, key: string) {
  const response = await send("GET", stationPathOf(id), { headers: offered(key) });
  expect(response.status).toBe(101);
  expect(response.headers.get("sec-websocket-protocol")).toBe(ballotProtocol);
  if (response.webSocket === null) throw new Error("an upgrade gives a socket");
  const socket = followSocket(response.webSocket);
  const next = async () => JSON.parse(await socket.nextText()) as Answer;
  const nextResults = async () => {
    const answer = await next();
    if (answer.type !== "results") throw new Error(JSON.stringify(answer));
    return answer;
  };
  const nextCode = async () => {
    const answer = await next();
    return answer.type === "problem" ? answer.problem.code : answer.type;
  };
  expect(await next()).toEqual({ type: "credits", credits: limits.stationVotesUnansweredMax });
  return { ...socket, next, nextResults, nextCode };
}
