import type { HttpDependencies } from "../../ports/http-dependencies.ts";
import { CoalescedProbe } from "../coalescing/coalesced-probe.ts";
import { probeParts, type Readiness } from "./probe-parts.ts";

const shared = new WeakMap<HttpDependencies, CoalescedProbe<Readiness>>();

/** The look at all parts that everybody who asks an isolate shares. */
export function sharedReadinessOf(deps: HttpDependencies): CoalescedProbe<Readiness> {
  const known = shared.get(deps);
  if (known !== undefined) return known;
  const made = new CoalescedProbe(() => probeParts(deps), {
    now: () => deps.now(),
    sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
  });
  shared.set(deps, made);
  return made;
}
