import { once } from "node:events";
import { parentPort, workerData } from "node:worker_threads";
import type { AttackPlan, AttackReport } from "./attack.ts";
import { askWithoutEnd } from "./ask-without-end.ts";
import { costlyEvaluation } from "./costly-rule.ts";
import { holdConnection, type HeldConnection } from "./hold-connection.ts";

// The thread's creator gives it a plan, and says when to stop.
const plan = workerData as AttackPlan;
const answers: AttackReport["answers"] = {};

function note(what: string, status: number | "error"): void {
  const counts = (answers[what] ??= {});
  counts[status] = (counts[status] ?? 0) + 1;
}

/** 200 inventors then send some 400 requests a second, 100 evaluators 50 of 88 kB each. */
const pauseMs = 500;
const evaluatorPauseMs = 2_000;

const results = `/api/v1/decisions/${plan.decisionId}/results`;
const body = costlyEvaluation();
const hex = (length: number): string =>
  Array.from({ length }, () => Math.floor(Math.random() * 16).toString(16)).join("");
/** One of so many addresses of a network for documentation (RFC 5737, RFC 3849). */
const addressOf = (index: number, among: number): string => `198.51.100.${index % among}`;

const sockets: HeldConnection[] = Array.from({ length: plan.socketsOfOneAddress }, () =>
  holdConnection({
    origin: plan.origin,
    path: `${results}/socket`,
    address: "203.0.113.66",
    isSocket: true,
    onStatus: (status) => note("socket", status),
  }),
);
const streams: HeldConnection[] = Array.from({ length: plan.slowReaders }, (_, index) =>
  holdConnection({
    origin: plan.origin,
    path: `${results}/stream`,
    address: addressOf(index, 40),
    isSocket: false,
    onStatus: (status) => note("stream", status),
  }),
);
const inventors = Array.from({ length: plan.inventors }, (_, index) =>
  askWithoutEnd(plan.origin, note, () => inventedRequest(index)),
);
const evaluators = Array.from({ length: plan.evaluators }, (_, index) =>
  askWithoutEnd(plan.origin, note, () => ({
    name: "rule",
    method: "POST",
    path: "/api/v1/rules/evaluate",
    headers: { "content-type": "application/json", "cf-connecting-ip": addressOf(index, 2) },
    body,
    pauseMs: evaluatorPauseMs,
  })),
);

/** A made-up decision, key or token, in turn. */
function inventedRequest(index: number) {
  const headers: Record<string, string> = {
    "cf-connecting-ip": `2001:db8:${index % 6}::${hex(4)}`,
  };
  const made = `made-up-${hex(16)}`;
  const kind = Math.floor(Math.random() * 3);
  if (kind === 0) {
    return {
      name: "decision",
      method: "GET",
      path: `/api/v1/decisions/${made}`,
      headers,
      pauseMs,
    } as const;
  }
  const isKey = kind === 1;
  headers["authorization"] = `Bearer ${isKey ? `eg_${hex(16)}_${hex(64)}_${hex(16)}` : hex(80)}`;
  if (isKey)
    return { name: "key", method: "GET", path: "/api/v1/api-keys", headers, pauseMs } as const;
  headers["content-type"] = "application/json";
  const vote = { decision_id: plan.decisionId, vote: "yes", nonce: hex(64) };
  const path = "/api/v1/voting/cast-vote";
  return {
    name: "token",
    method: "POST",
    path,
    headers,
    body: JSON.stringify(vote),
    pauseMs,
  } as const;
}

if (parentPort === null) throw new Error("this runs as a thread");
await once(parentPort, "message");
const report: AttackReport = {
  answers,
  held: {
    sockets: sockets.filter((one) => one.isHeld()).length,
    streams: streams.filter((one) => one.isHeld()).length,
  },
};
await Promise.all([...inventors, ...evaluators].map((client) => client.stop()));
for (const connection of [...sockets, ...streams]) connection.close();
parentPort.postMessage(report, []);
