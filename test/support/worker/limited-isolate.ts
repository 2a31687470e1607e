import { env } from "cloudflare:workers";
import { createApp } from "../../../src/http/app.ts";
import { chooseCache } from "../../../src/platform/adapters/cache.ts";
import type { RateCounter } from "../../../src/platform/admission/admission.ts";
import { rateClasses } from "../../../src/platform/admission/rate-classes.ts";
import type { HttpDependencies } from "../../../src/ports/http-dependencies.ts";
import { httpDependencies } from "../../../src/platform/http-dependencies.ts";
import { expectDocumented } from "./documented.ts";

/** What a request comes with. */
export interface Sent {
  method?: string;
  path: string;
  address?: string;
  key?: string;
  cookie?: string;
  body?: object;
}

type Answered = { status: number; code: string | null; headers: Headers };

/** Whether no limiter is bound, and what stands for the platform's own parts. */
interface IsolateOptions {
  withoutLimiter?: boolean;
  replaced?: Partial<HttpDependencies>;
}

/**
 * An isolate whose rates are limited, by counters that never begin anew: the time and how busy the
 * machine is have no part in a test. It counts what it asks of objects and of the database.
 */
export function limitedIsolate({ withoutLimiter = false, replaced = {} }: IsolateOptions = {}) {
  const calls = { count: 0 };
  const counted = {
    DECISION_ROOM: counting(env.DECISION_ROOM, calls),
    BALLOT_SHARD: counting(env.BALLOT_SHARD, calls),
    REGISTRY: counting(env.REGISTRY, calls),
    DB: counting(env.DB, calls),
  };
  const limiters = Object.values(rateClasses).map(({ binding, max }) => [
    binding,
    withoutLimiter ? undefined : limiterOf(max),
  ]);
  const rates: object = { RATE_LIMITS: "on", ...Object.fromEntries(limiters) };
  const own: Env = { ...env, ...counted, ...rates };
  const app = createApp({ ...httpDependencies(own, chooseCache(own)), ...replaced });

  const send = async ({
    method = "GET",
    path,
    address,
    key,
    cookie,
    body,
  }: Sent): Promise<Answered> => {
    const headers = new Headers();
    if (address !== undefined) headers.set("cf-connecting-ip", address);
    if (key !== undefined) headers.set("authorization", `Bearer ${key}`);
    if (cookie !== undefined) headers.set("cookie", cookie);
    if (body !== undefined) headers.set("content-type", "application/json");
    const sent = body === undefined ? {} : { body: JSON.stringify(body) };
    const request = new Request(`https://enviro.example${path}`, { method, headers, ...sent });
    const response = await app.fetch(request);
    await expectDocumented(request, response);
    const isProblem = response.headers.get("content-type") === "application/problem+json";
    const code =
      isProblem && method !== "HEAD" ? (await response.json<{ code: string }>()).code : null;
    if (!isProblem) await response.body?.cancel();
    return { status: response.status, code, headers: response.headers };
  };

  /** Sends a request until it is refused for now; how many were let through before. */
  const exhaust = async (sent: Sent, most = 5_000): Promise<number> => {
    for (let count = 0; count < most; count += 1) {
      if ((await send(sent)).status === 429) return count;
    }
    return most;
  };
  /** A watcher from an address: its socket, or with which status it was refused. */
  const openSocketFrom = async (
    address: string,
    decisionId: string,
  ): Promise<WebSocket | number> => {
    const path = `/api/v1/decisions/${decisionId}/results/socket`;
    const headers = { upgrade: "websocket", "cf-connecting-ip": address };
    const request = new Request(`https://enviro.example${path}`, { headers });
    const response = await app.fetch(request);
    await expectDocumented(request, response);
    response.webSocket?.accept();
    return response.webSocket ?? response.status;
  };
  return { send, exhaust, openSocketFrom, calls };
}

function limiterOf(max: number): RateCounter {
  const counts = new Map<string, number>();
  return {
    limit: ({ key }) => {
      const count = (counts.get(key) ?? 0) + 1;
      counts.set(key, count);
      return Promise.resolve({ success: count <= max });
    },
  };
}

/** The same binding, which counts whatever is asked of it. */
function counting<Binding extends object>(binding: Binding, calls: { count: number }): Binding {
  return new Proxy(binding, {
    get(target, name) {
      const member: unknown = Reflect.get(target, name, target);
      if (typeof member !== "function") return member;
      return (...args: unknown[]): unknown => {
        calls.count += 1;
        return Reflect.apply(member, target, args);
      };
    },
  });
}
