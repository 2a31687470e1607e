import { runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { BallotShard } from "../../../durable-objects/ballot-shard/ballot-shard.ts";
import { VersionedObject } from "../../../durable-objects/shared/versioned-object.ts";
import { withinJurisdiction } from "../../../src/platform/objects/jurisdiction.ts";
import { versionedRegistry } from "../../../src/platform/objects/versioned-stubs.ts";
import { appOf } from "../../../workers/app.ts";
import { runCron } from "../../../workers/cron.ts";
import * as entry from "../../../workers/index.ts";
import { consumeQueue } from "../../../workers/queue-consumer.ts";
import { expectLogged } from "../../support/error-lines.ts";
import { adminKey } from "../../support/worker/api.ts";
import { shardStub } from "../../support/worker/objects.ts";

const classes = [
  "BALLOT_SHARD",
  "DECISION_ROOM",
  "REGISTRY",
  "VOTE_WRITER",
  "METRICS_COLLECTOR",
] as const;

/** A batch of one text that is no record, with what the consumer uses of it. */
function batchWith({ ack }: Pick<Message<string>, "ack">): MessageBatch<string> {
  const message = { body: "no record", attempts: 1, ack, retry: () => {} };
  return { queue: "votes", messages: [message] } as unknown as MessageBatch<string>;
}

/**
 * A deployment whose objects can be named inside the European Union alone. The local runtime knows
 * no jurisdictions, so what is inside is its only namespace.
 */
function deploymentInTheEu() {
  const entered: string[] = [];
  const bindings = classes.map((name) => {
    const outside = {
      jurisdiction: (chosen: string) => {
        entered.push(`${name} ${chosen}`);
        return env[name];
      },
    };
    const refuse = (member: string | symbol) => expect.fail(`${name}.${String(member)} outside`);
    return [
      name,
      new Proxy(outside, {
        get: (own, member) => (member === "jurisdiction" ? own.jurisdiction : refuse(member)),
      }),
    ];
  });
  // A namespace by what is used of it.
  const deployment = { ...env, ...Object.fromEntries(bindings), JURISDICTION: "eu" } as Env;
  return { deployment, entered };
}

describe("a deployment that is confined to the European Union", () => {
  it("names every object inside it, from the first request to a vote and its result", async () => {
    const { deployment, entered } = deploymentInTheEu();
    const app = appOf(deployment);
    const ask = async (path: string, key: string, body?: object) => {
      const headers = { authorization: `Bearer ${key}`, "content-type": "application/json" };
      const sent = body === undefined ? {} : { method: "POST", body: JSON.stringify(body) };
      return app.request(`/api/v1${path}`, { headers, ...sent }, deployment);
    };
    const draft = {
      title: "Protect the wetland",
      disclosure: "roll_call",
      ends_early: "by_organiser",
      shards: 2,
      regions: [{ code: "north" }, { code: "south" }],
    };
    const created = await ask("/decisions", adminKey, draft);
    expect(created.status, await created.clone().text()).toBe(201);
    const { id } = await created.json<{ id: string }>();
    const opened = await ask(`/decisions/${id}/open`, adminKey, {});
    expect(opened.status, await opened.text()).toBe(200);
    const voters = [{ voter_id: "ana", region: "north" }];
    const issued = await ask(`/decisions/${id}/tokens`, adminKey, { voters });
    const { tokens } = await issued.json<{ tokens: { token: string }[] }>();
    const vote = { decision_id: id, vote: "yes" };
    expect((await ask("/voting/cast-vote", tokens[0]?.token ?? "", vote)).status).toBe(201);
    expect((await ask(`/decisions/${id}/results`, adminKey)).status).toBe(200);
    expect((await ask("/api-keys", adminKey)).status).toBe(200);
    expect(entered).toEqual(classes.map((name) => `${name} eu`));
  });

  it.each([
    ["its cron trigger", (deployment: Env) => runCron(deployment, Date.now()), []],
    [
      "its queues' consumer",
      (deployment: Env) => consumeQueue(batchWith({ ack: () => {} }), deployment),
      ["writer.dead_letter"],
    ],
  ])("names them inside it from %s too", async (_, run, logged) => {
    const { deployment, entered } = deploymentInTheEu();
    await run(deployment);
    for (const event of logged) await expectLogged(event);
    expect(entered).toEqual(classes.map((name) => `${name} eu`));
  });

  it("names them inside it from its queues' consumer also where a batch fails, and is written after that", async () => {
    const { deployment, entered } = deploymentInTheEu();
    const failing = batchWith({ ack: () => expect.fail("not acknowledged") });
    await consumeQueue(failing, deployment);
    await expectLogged("writer.dead_letter");
    await expectLogged("writer.waits");
    const failure = async () => {
      const { writerFailure } = await versionedRegistry(env.REGISTRY).readBacklog();
      return writerFailure;
    };
    expect(await failure()).not.toBeNull();
    await consumeQueue(batchWith({ ack: () => {} }), deployment);
    await expectLogged("writer.dead_letter");
    expect(await failure()).toBeNull();
    expect(entered).toEqual(classes.map((name) => `${name} eu`));
  });

  it("has no object that begins otherwise", () => {
    const objects = Object.values(entry).filter((each) => typeof each === "function");
    expect(objects).toHaveLength(classes.length);
    for (const each of objects) expect(each.prototype).toBeInstanceOf(VersionedObject);
  });

  it("has objects that name other objects inside it alone", async () => {
    const { deployment, entered } = deploymentInTheEu();
    await runInDurableObject(shardStub(crypto.randomUUID(), 1), (_, ctx) => {
      const shard = new BallotShard(ctx, deployment);
      // What the object itself goes by; it is the class's own affair.
      const { env: own } = shard as unknown as { env: Env };
      expect(own.REGISTRY).toBe(env.REGISTRY);
      expect(own).toBe(withinJurisdiction(deployment));
    });
    expect(entered).toEqual(classes.map((name) => `${name} eu`));
  });
});

describe("a deployment with a jurisdiction that there is not", () => {
  it("names no object at all, neither inside nor outside", async () => {
    const deployment = { ...env, JURISDICTION: "europe" } as unknown as Env;
    const inside = withinJurisdiction(deployment);
    for (const name of classes) {
      expect(() => inside[name].getByName("x")).toThrow("JURISDICTION must be none, eu");
      expect(() => inside[name].idFromName("x")).toThrow("JURISDICTION must be none, eu");
    }
    await runCron({ ...deployment, VOTE_LOG_KIND: "kafka" } as unknown as Env, Date.now());
    await expectLogged("vote_log.misconfigured");
    await expectLogged("search.tick_not_sent");
    await expectLogged("checks.not_run");
  });

  it("has objects that begin all the same, so that no alarm is lost", async () => {
    await runInDurableObject(shardStub(crypto.randomUUID(), 1), (_, ctx) => {
      const deployment = { ...env, JURISDICTION: "europe" } as unknown as Env;
      expect(new BallotShard(ctx, deployment).reportSince(null)).toMatch(/^1 \[0,/);
    });
  });
});

describe("a deployment without a jurisdiction", () => {
  it("goes by the very environment that it was given", () => {
    expect(withinJurisdiction(env)).toBe(env);
  });
});
