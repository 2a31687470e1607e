import type { Admission, RequestClass } from "../../ports/admission.ts";
import type { Meter } from "../../telemetry/metrics/meter.ts";
import { BoundedMap } from "../../shared/bounded-map.ts";
import { withDeadline } from "../../shared/deadline.ts";
import { limits } from "../../shared/limits.ts";
import type { ReportFailure } from "../../shared/log-line.ts";
import { LoggableError } from "../../shared/loggable-error.ts";
import { Breaker } from "../../cache/breaker.ts";
import { FrequentVoters } from "./frequent-voters.ts";
import { OwnCounts } from "./own-counts.ts";
import { rateClasses, type RateClass } from "./rate-classes.ts";

/** As much as is used of the platform's `RateLimit`. */
export interface RateCounter {
  limit(options: { key: string }): Promise<{ success: boolean }>;
}

/** The platform's counters; each may be missing or fail. */
type RateBindings = Partial<Record<RateClass["binding"], RateCounter>>;

export interface AdmissionVariables extends RateBindings {
  /** "on", or "off" for load tests. */
  RATE_LIMITS?: string;
}

/** The clock (ms), and where it is told that the limiter is away. */
interface AdmissionDependencies {
  now: () => number;
  report: ReportFailure;
  meter: Meter;
}

/** Admission as the deployment's variables have it: by the platform's counters, or none. */
export function chooseAdmission(
  variables: AdmissionVariables,
  deps: AdmissionDependencies,
): Admission {
  return variables.RATE_LIMITS === "off" ? noLimits : new LimitedRates(variables, deps);
}

const noLimits: Admission = {
  isOn: false,
  admits: () => Promise.resolve(true),
  isFrequentVoter: () => false,
};

/** Counts by the platform's counters, each of which belongs to a location. */
class LimitedRates implements Admission {
  readonly isOn = true;
  readonly #bindings: RateBindings;
  readonly #deps: AdmissionDependencies;
  /** One a binding: another one that fails must not open this one's class. */
  readonly #breakers = new Map<RateClass["binding"], Breaker>();
  readonly #missing = new Set<RateClass["binding"]>();
  readonly #voters = new FrequentVoters();
  readonly #ownCounts = new OwnCounts();
  /** Until when (ms) a subject of a class is refused without a question. */
  readonly #refusedUntil = new BoundedMap<string, number>(limits.rateRefusalsKeptMax);

  constructor(bindings: RateBindings, deps: AdmissionDependencies) {
    this.#bindings = bindings;
    this.#deps = deps;
  }

  isFrequentVoter(pid: string): boolean {
    return this.#voters.count(pid, this.#deps.now());
  }

  async admits(kind: RequestClass, subject: string): Promise<boolean> {
    const name = `${kind} ${subject}`;
    const now = this.#deps.now();
    if (now < (this.#refusedUntil.get(name) ?? 0)) return this.#refuse(kind);
    const rate = rateClasses[kind];
    const isAdmitted =
      (await this.#ask(rate, subject)) ??
      (!rate.isCountedHere || this.#ownCounts.admits(name, rate.max, now));
    if (isAdmitted) return true;
    this.#refusedUntil.set(name, now + limits.rateRefusalKeptMs);
    return this.#refuse(kind);
  }

  #refuse(kind: RequestClass): false {
    this.#deps.meter.count("enviro.limiter.refusals", { class: kind });
    return false;
  }

  /** What the limiter says; null while it is away. */
  async #ask({ binding }: RateClass, subject: string): Promise<boolean | null> {
    const limiter = this.#bindings[binding];
    if (limiter === undefined) {
      this.#reportMissing(binding);
      return null;
    }
    const breaker = this.#breakerOf(binding);
    if (!breaker.allows(this.#deps.now())) return null;
    try {
      const asked = limiter.limit({ key: subject });
      const { success } = await withDeadline(asked, limits.rateAnswerMsMax);
      breaker.succeed();
      return success;
    } catch (error) {
      // Once for an outage, not once a request.
      if (breaker.fail(this.#deps.now())) this.#deps.report("admission.limiter_away", error);
      return null;
    }
  }

  #breakerOf(binding: RateClass["binding"]): Breaker {
    const known = this.#breakers.get(binding);
    if (known !== undefined) return known;
    const breaker = new Breaker();
    this.#breakers.set(binding, breaker);
    return breaker;
  }

  /** Once: a deployment without a binding has none until the next one. */
  #reportMissing(binding: RateClass["binding"]): void {
    if (this.#missing.has(binding)) return;
    this.#missing.add(binding);
    this.#deps.report("admission.limiter_away", new LoggableError(`no binding ${binding}`));
  }
}
