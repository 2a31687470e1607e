import { limits } from "../../shared/limits.ts";
import type { MetricPoint } from "../../telemetry/metrics/point.ts";
import { chooseMetrics, type MetricsChoice } from "../../telemetry/metrics/settings.ts";
import { withinJurisdiction } from "../objects/jurisdiction.ts";
import { versionedCollector } from "../objects/versioned-stubs.ts";
import { writeDataPoints } from "./analytics-points.ts";
import { isolateMeter } from "./isolate-meter.ts";

/** What work that goes on behind an answer is given to: of a request's context, or an object's. */
type Background = { waitUntil(work: Promise<unknown>): void };

/** Until when (ms) this isolate waits to hand on what it has measured. */
let waitingUntil = 0;
let isolateName: string | null = null;

/**
 * Has what this isolate has measured handed on, within `limits.metricsFlushMs`, by the context that
 * asks first. One that was broken off is followed by another's.
 */
export function flushMetricsLater(env: Env, background: Background): void {
  if (!isolateMeter.hasChanged) return;
  const now = Date.now();
  if (now < waitingUntil) return;
  const choice = chooseMetrics(env);
  if (choice.kind !== "prometheus" && choice.kind !== "analytics-engine") return;
  waitingUntil = now + limits.metricsFlushMs;
  background.waitUntil(flushAfter(env, choice, limits.metricsFlushMs));
}

type Sink = Extract<MetricsChoice, { kind: "prometheus" | "analytics-engine" }>;

/** Never rejects: what can't be handed on is lost, and counted. */
async function flushAfter(env: Env, sink: Sink, ms: number): Promise<void> {
  await scheduler.wait(ms);
  // The collector holds back for all isolates together.
  const points = isolateMeter.take({ holdsBack: sink.kind === "analytics-engine" });
  if (points.length === 0) return;
  try {
    if (sink.kind === "prometheus") await tellCollector(env, points);
    else countLost(writeDataPoints(sink.dataset, points));
  } catch {
    countLost(points.length);
  }
}

async function tellCollector(env: Env, points: readonly MetricPoint[]): Promise<void> {
  // Drawn when it is first needed: as an isolate begins there are no random numbers.
  isolateName ??= crypto.randomUUID();
  const { METRICS_COLLECTOR: collectors } = withinJurisdiction(env);
  await versionedCollector(collectors).take(isolateName, points);
}

function countLost(points: number): void {
  if (points > 0) isolateMeter.count("enviro.telemetry.dropped", { reason: "not_sent" }, points);
}
