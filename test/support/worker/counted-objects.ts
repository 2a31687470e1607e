import { env } from "cloudflare:workers";
import { createApp } from "../../../src/http/app.ts";
import { httpDependencies } from "../../../src/platform/http-dependencies.ts";
import type { ResultCache } from "../../../src/cache/result-cache.ts";

const bindings = [
  "BALLOT_SHARD",
  "DECISION_ROOM",
  "REGISTRY",
  "VOTE_WRITER",
  "METRICS_COLLECTOR",
] as const;
/** Whoever calls an object has a stub of it first. */
const stubMethods: ReadonlySet<PropertyKey> = new Set(["get", "getByName"]);

interface IsolateTerms {
  cache?: ResultCache | null;
  idKeys?: string;
  /** Of the deployment, in place of the tests'. */
  variables?: object;
}

/** A new isolate, and the objects that it has reached for: a binding's name for each stub. */
export function isolateThatCounts({
  cache = null,
  idKeys = env.ID_KEYS,
  variables = {},
}: IsolateTerms = {}) {
  const reached: string[] = [];
  const counted = Object.fromEntries(
    bindings.map((name) => [name, countedNamespace(env[name], () => reached.push(name))]),
  );
  const countedEnv = { ...env, ...counted, ID_KEYS: idKeys, ...variables };
  const state = () => Promise.resolve("ok" as const);
  const app = createApp(httpDependencies(countedEnv, { cache, fault: null, state }));
  const fetch = (path: string, init: RequestInit = {}) =>
    Promise.resolve(app.request(path, init, countedEnv));
  return { fetch, reached };
}

function countedNamespace<Namespace extends object>(namespace: Namespace, count: () => void) {
  return new Proxy(namespace, {
    get(target, member) {
      const value: unknown = Reflect.get(target, member, target);
      if (typeof value !== "function") return value;
      return (...args: unknown[]): unknown => {
        if (stubMethods.has(member)) count();
        return Reflect.apply(value, target, args);
      };
    },
  });
}
