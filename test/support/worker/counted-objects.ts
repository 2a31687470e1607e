import { env } from "cloudflare:workers";
import { createApp } from "../../../src/http/app.ts";
import { httpDependencies } from "../../../src/platform/http-dependencies.ts";
import { chooseCache } from "../../../src/platform/adapters/cache.ts";

const bindings = ["BALLOT_SHARD", "DECISION_ROOM", "REGISTRY", "VOTE_WRITER"] as const;
/** Whoever calls an object has a stub of it first. */
const stubMethods: ReadonlySet<PropertyKey> = new Set(["get", "getByName"]);

/** A new isolate, and the objects that it has reached for: a binding's name for each stub. */
export function isolateThatCounts() {
  const reached: string[] = [];
  const counted = Object.fromEntries(
    bindings.map((name) => [name, countedNamespace(env[name], () => reached.push(name))]),
  );
  const countedEnv = { ...env, ...counted };
  const app = createApp(httpDependencies(countedEnv, chooseCache(countedEnv)));
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
