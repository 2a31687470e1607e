import { createApp } from "../src/http/app.ts";
import { cacheOf } from "../src/platform/composition.ts";
import { httpDependencies } from "../src/platform/http-dependencies.ts";

const apps = new WeakMap<Env, ReturnType<typeof createApp>>();

/** The HTTP side of an environment, built on an isolate's first request. */
export function appOf(env: Env): ReturnType<typeof createApp> {
  const known = apps.get(env);
  if (known !== undefined) return known;
  const app = createApp(httpDependencies(env, cacheOf(env)));
  apps.set(env, app);
  return app;
}
