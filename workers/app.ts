import { createApp } from "../src/http/app.ts";
import { chooseCache } from "../src/platform/adapters/cache.ts";
import { httpDependencies } from "../src/platform/http-dependencies.ts";

const apps = new WeakMap<Env, ReturnType<typeof createApp>>();

/** The HTTP side of an environment, built on an isolate's first request. */
export function appOf(env: Env): ReturnType<typeof createApp> {
  const known = apps.get(env);
  if (known !== undefined) return known;
  const app = createApp(httpDependencies(env, chooseCache(env)));
  apps.set(env, app);
  return app;
}
