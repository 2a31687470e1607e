import { Hono } from "hono";
import { expect, it } from "vitest";
import { answerRefusals } from "../../../src/gateway/http/on-error.ts";
import { dialectErrorOf } from "../../../src/gateway/kafka/broker-error.ts";
import { createLog, type GatewayFields } from "../../../src/gateway/log.ts";
import { createMetrics } from "../../../src/gateway/metrics.ts";

const canary = "canary-of-a-record";

function logged(): { lines: string[]; log: ReturnType<typeof createLog> } {
  const lines: string[] = [];
  return { lines, log: createLog("debug", (line) => lines.push(line)) };
}

it.each([
  ["a command with its arguments", new Error(`ERR unknown command 'EVAL', with args: '${canary}'`)],
  ["a body", new SyntaxError(`Unexpected token, "${canary}" is not valid JSON`)],
  [
    "a request to the brokers",
    dialectErrorOf(
      Object.assign(new Error(`failed at ${canary}`, { cause: new Error(canary) }), {
        code: "PLT_KFK_NETWORK",
        request: canary,
      }),
    ),
  ],
])("no line of the gateway has what an error quotes: %s", async (_, error) => {
  const { lines, log } = logged();
  const app = new Hono();
  app.onError(answerRefusals(createMetrics(), log));
  app.post("/produce", () => {
    throw error;
  });
  const headers = { authorization: `Basic ${btoa(canary)}` };
  await app.request(`/produce?key=${canary}`, { method: "POST", headers, body: canary });
  expect(lines).toHaveLength(1);
  expect(lines[0]).toContain("a request was refused");
  expect(lines.join()).not.toContain(canary);
  expect(lines.join()).not.toContain(btoa(canary));
});

it("no line of the gateway has a field that is not on its list, or that does not look like it", () => {
  const { lines, log } = logged();
  // @ts-expect-error a group may be anybody's text
  log.info("readiness", { group: canary });
  log.info("readiness", { state: canary, backend: canary } as unknown as GatewayFields);
  expect(lines.map((line) => Object.keys(JSON.parse(line)))).toEqual([
    ["level", "time", "msg"],
    ["level", "time", "msg"],
  ]);
});
