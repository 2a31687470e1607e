import { clientAddressOf } from "../src/http/admission/client-address.ts";
import { createApp, createMisconfiguredApp } from "../src/http/app.ts";
import { chooseCache } from "../src/platform/adapters/cache.ts";
import { findMisconfiguration } from "../src/platform/find-misconfiguration.ts";
import { httpDependencies } from "../src/platform/http-dependencies.ts";
import { withinJurisdiction } from "../src/platform/objects/jurisdiction.ts";
import { reportFailure } from "../src/platform/report-failure.ts";
import { LoggableError } from "../src/shared/loggable-error.ts";

interface BuiltApp {
  app: ReturnType<typeof createApp>;
  /** Null where the deployment lacks what it needs. */
  deps: ReturnType<typeof httpDependencies> | null;
}

const apps = new WeakMap<Env, BuiltApp>();

/** The HTTP side of an environment, built on an isolate's first request. */
export function appOf(env: Env): ReturnType<typeof createApp> {
  return builtApp(env).app;
}

/** Whether a page may be rendered for whoever asks: each counts as one read of the API. */
export async function admitsPage(env: Env, request: Request): Promise<boolean> {
  const { deps } = builtApp(env);
  if (deps === null || !deps.admission.isOn) return true;
  return deps.admission.admits("read", clientAddressOf(request));
}

function builtApp(env: Env): BuiltApp {
  const known = apps.get(env);
  if (known !== undefined) return known;
  const built = buildApp(env);
  apps.set(env, built);
  return built;
}

/** A deployment that lacks something is told of once an isolate, not with each request. */
function buildApp(env: Env): BuiltApp {
  const fault = findMisconfiguration(env);
  if (fault === null) {
    const deps = httpDependencies(withinJurisdiction(env), chooseCache(env));
    return { app: createApp(deps), deps };
  }
  reportFailure("deployment.misconfigured", new LoggableError(fault));
  return { app: createMisconfiguredApp(), deps: null };
}
