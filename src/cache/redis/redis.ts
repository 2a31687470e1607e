import { Redis } from "@upstash/redis/cloudflare";
import { z } from "zod";
import { limits } from "../../shared/limits.ts";
import type { ResultCache } from "../result-cache.ts";
import {
  entryNameOf,
  keepScript,
  lookScript,
  probeNameOf,
  resultNamesOf,
} from "../../shared/redis-cache-scripts.ts";

export type RedisSettings = {
  /** Upstash's REST address, or that of the gateway. */
  url: string;
  token: string;
  /** The deployment's name: two deployments at one Redis do not meet. */
  deployment: string;
};

const commandMark = ", command was:";

/**
 * What Redis says where it may be read and not written: a replica, no memory, no disk, too few
 * replicas, no right. The gateway's and Upstash's words go before it.
 */
const writeRefusal = /\b(?:READONLY|OOM|MISCONF|NOREPLICAS|NOPERM)\b/;

const lookReply = z.union([
  z.tuple([z.literal("found"), z.coerce.number().int(), z.string(), z.number()]),
  z.tuple([z.enum(["foreign", "claimed", "awaited"])]),
]);

/** The cache in Redis, over Upstash's REST dialect; a call takes at most `answerMsMax`. */
export function redisCache(
  { url, token, deployment }: RedisSettings,
  answerMsMax: number = limits.cacheAnswerMsMax,
): ResultCache {
  const redis = new Redis({
    url,
    token,
    // Not `false`, with which the client still tries twice.
    retry: { retries: 0 },
    // A function, or the client would answer a call that was cut off with the reason as its result.
    signal: () => AbortSignal.timeout(answerMsMax),
    // It sends the commands of one turn together: a request would wait for what another one sent,
    // which hangs in a Worker.
    enableAutoPipelining: false,
    automaticDeserialization: false,
    enableTelemetry: false,
    readYourWrites: false,
  });
  const namesOf = (decisionId: string) => resultNamesOf(deployment, decisionId);
  const probed = probeNameOf(deployment);

  return {
    async look(decisionId) {
      const { newest, claim } = namesOf(decisionId);
      const reply = await withShortErrors(() =>
        redis.eval(lookScript, [newest, claim], [String(limits.cacheClaimMs)]),
      );
      const [kind, version, text, leftMs] = lookReply.parse(reply);
      if (kind === "found") return { kind, version, text, leftMs };
      if (kind === "foreign") return { kind };
      return { kind: "missing", isClaimed: kind === "claimed" };
    },

    async claim(decisionId) {
      const { claim } = namesOf(decisionId);
      const life = { nx: true, px: limits.cacheClaimMs } as const;
      return (await withShortErrors(() => redis.set(claim, "1", life))) === "OK";
    },

    async keep(decisionId, { version, text, lifeMs }) {
      const { newest, claim } = namesOf(decisionId);
      const names = [newest, claim, entryNameOf(newest, version)];
      const reply = await withShortErrors(() =>
        redis.eval(keepScript, names, [String(version), text, String(lifeMs)]),
      );
      return reply === 1;
    },

    async probe() {
      try {
        await withShortErrors(() => redis.set(probed, "1", { px: limits.healthSharedMs }));
        return "ok";
      } catch (error) {
        if (error instanceof Error && writeRefusal.test(error.message)) return "refuses_writes";
        throw error;
      }
    },
  };
}

/**
 * The client's errors end with the whole command, which may be a whole result: a log needs the
 * words before it.
 */
async function withShortErrors<Value>(work: () => Promise<Value>): Promise<Value> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof Error && error.message.includes(commandMark))
      error.message = error.message.slice(0, error.message.indexOf(commandMark));
    throw error;
  }
}
