import { randomNonce } from "../../client/draw-nonce.ts";
import { decisionResource } from "../api/queries.ts";
import { readFromBrowser, readResource } from "../api/read-api.ts";
import type { ApiSigningKey } from "../contract.ts";
import type { BallotPorts } from "./ballot-ports.ts";
import { browserTexts } from "./browser-texts.ts";
import { tabTexts } from "./tab-memory.ts";

/** The browser, as a ballot of one decision uses it. */
export function browserPorts(decisionId: string): BallotPorts {
  return {
    fetch: (path, init) => fetch(path, init),
    sleep: (ms) => new Promise((wake) => setTimeout(wake, ms)),
    random: () => Math.random(),
    isSecure: () => isSecureContext,
    isOnline: () => navigator.onLine,
    now: () => Date.now(),
    readServerTime: () => readServerTime(decisionId),
    readSigningKeys,
    withLock: (name, run) =>
      // Not in every browser of an insecure context; those cast no votes.
      "locks" in navigator ? navigator.locks.request(name, run) : run(),
    drawNonce: randomNonce,
    openSocket: async (token) =>
      (await import("./vote-socket.ts")).openVoteSocket(decisionId, token),
    browserTexts,
    tabTexts,
  };
}

/** By the Date of an answer (RFC 9110, section 6.6.1), in whole seconds. */
async function readServerTime(decisionId: string): Promise<number | null> {
  try {
    const { headers } = await readFromBrowser(decisionResource(decisionId));
    const time = Date.parse(headers.get("date") ?? "");
    return Number.isNaN(time) ? null : time;
  } catch {
    return null;
  }
}

async function readSigningKeys(): Promise<readonly ApiSigningKey[] | null> {
  try {
    const path = "/.well-known/enviro-governance/keys";
    return (await readResource<{ keys: readonly ApiSigningKey[] }>(readFromBrowser, path)).keys;
  } catch {
    return null;
  }
}
