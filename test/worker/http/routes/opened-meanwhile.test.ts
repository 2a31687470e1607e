import { env } from "cloudflare:workers";
import { expect, it } from "vitest";
import { createApp } from "../../../../src/http/app.ts";
import { chooseCache } from "../../../../src/platform/adapters/cache.ts";
import { httpDependencies } from "../../../../src/platform/http-dependencies.ts";
import type { HttpDependencies } from "../../../../src/ports/http-dependencies.ts";
import { adminKey } from "../../../support/worker/api.ts";
import { decisionsPath, takeStep } from "../../../support/worker/decision-calls.ts";
import { draftDecision } from "../../../support/worker/decisions.ts";

const real = httpDependencies(env, chooseCache(env));

/** What an answer is made from, each as it is where the decision is opened just after it. */
const looks: Record<string, (open: () => Promise<void>) => Partial<HttpDependencies>> = {
  "the first look": (open) => ({
    results: { read: askThen((...asked) => real.results.read(...asked), open) },
    decisions: { ...real.decisions, turnout: askThen((id) => real.decisions.turnout(id), open) },
  }),
  "the look who may read it": (open) => ({
    decisions: { ...real.decisions, read: askThen((id) => real.decisions.read(id), open) },
  }),
};

/** The same question, after whose answer something else is done. */
function askThen<Args extends unknown[], Value>(
  ask: (...args: Args) => Promise<Value>,
  then: () => Promise<void>,
): (...args: Args) => Promise<Value> {
  return async (...args) => {
    const answer = await ask(...args);
    await then();
    return answer;
  };
}

const cases = Object.entries(looks).flatMap(([after, look]) =>
  ["results", "turnout"].map((path) => ({ path, after, look })),
);

it.each(cases)(
  "$path of a decision that is opened after $after are read",
  async ({ path, look }) => {
    const id = await draftDecision();
    let isOpened = false;
    const open = async () => {
      if (isOpened) return;
      isOpened = true;
      expect((await takeStep(id, "open")).status).toBe(200);
    };
    const app = createApp({ ...real, ...look(open) });
    const answer = await app.request(`${decisionsPath}/${id}/${path}`, {
      headers: { authorization: `Bearer ${adminKey}` },
    });
    expect(answer.status, await answer.clone().text()).toBe(200);
    // A draft's answer is for its owner alone, and this one is made the same way.
    expect(answer.headers.get("cache-control")).toBe("no-store");
    expect(await answer.json()).toMatchObject({ decision_id: id });
    expect(isOpened).toBe(true);
  },
);
