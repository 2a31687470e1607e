import { tracing, waitUntil } from "cloudflare:workers";
import { LoggableError } from "../shared/loggable-error.ts";
import { release } from "../shared/release.ts";
import { OtlpExporter } from "../telemetry/traces/otlp-exporter.ts";
import {
  chooseTraces,
  type TracesChoice,
  type TracesVariables,
} from "../telemetry/traces/settings.ts";
import type { SpanSink } from "../telemetry/traces/span.ts";
import { noTracer, sampledTracer, type Tracer } from "../telemetry/traces/tracer.ts";
import { platformSpans } from "./platform-spans.ts";
import { reportDroppedSpans, reportFailure } from "./report-failure.ts";

/** Of the isolate's one deployment: its objects have environments of their own. */
let kept: { variables: string; tracer: Tracer } | null = null;

/** Begins the traces of a deployment; its one way to their collector is the isolate's. */
export function tracerOf(env: TracesVariables & { DEPLOYMENT: string }): Tracer {
  const { TRACES, TRACES_URL, TRACES_SAMPLING, TRACES_HEADERS, DEPLOYMENT } = env;
  if ((TRACES ?? "none") === "none") return noTracer;
  const variables = JSON.stringify([
    TRACES,
    TRACES_URL,
    TRACES_SAMPLING,
    TRACES_HEADERS,
    DEPLOYMENT,
  ]);
  if (kept?.variables !== variables) {
    kept = { variables, tracer: makeTracer(chooseTraces(env), DEPLOYMENT) };
  }
  return kept.tracer;
}

function makeTracer(choice: TracesChoice, deployment: string): Tracer {
  if (choice.kind === "none") return noTracer;
  if (choice.kind === "misconfigured") {
    reportFailure("traces.misconfigured", new LoggableError(choice.problem));
    return noTracer;
  }
  const sink: SpanSink =
    choice.kind === "platform"
      ? platformSpans(tracing)
      : new OtlpExporter({
          ...choice,
          service: { name: deployment, version: release },
          fetch: (url, init) => fetch(url, init),
          now: () => Date.now(),
          wait: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
          keepAlive: (work) => waitUntil(work),
          onDropped: reportDroppedSpans,
        });
  return sampledTracer(sink, { share: choice.share, random: () => Math.random() });
}
