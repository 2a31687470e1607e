import { createApp, createMisconfiguredApp } from "../src/http/app.ts";
import { chooseCache } from "../src/platform/adapters/cache.ts";
import { findMisconfiguration } from "../src/platform/find-misconfiguration.ts";
import { httpDependencies } from "../src/platform/http-dependencies.ts";
import { withinJurisdiction } from "../src/platform/objects/jurisdiction.ts";
import { reportFailure } from "../src/platform/report-failure.ts";
import { LoggableError } from "../src/shared/loggable-error.ts";

const apps = new WeakMap<Env, ReturnType<typeof createApp>>();

/** The HTTP side of an environment, built on an isolate's first request. */
export function appOf(env: Env): ReturnType<typeof createApp> {
  const known = apps.get(env);
  if (known !== undefined) return known;
  const app = buildApp(env);
  apps.set(env, app);
  return app;
}

/** A deployment that lacks something is told of once an isolate, not with each request. */
function buildApp(env: Env): ReturnType<typeof createApp> {
  const fault = findMisconfiguration(env);
  if (fault === null) {
    return createApp(httpDependencies(withinJurisdiction(env), chooseCache(env)));
  }
  reportFailure("deployment.misconfigured", new LoggableError(fault));
  return createMisconfiguredApp();
}
