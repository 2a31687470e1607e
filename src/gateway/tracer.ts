import { OtlpExporter } from "../telemetry/traces/otlp-exporter.ts";
import { readTraceparent, type SpanContext } from "../telemetry/traces/span-context.ts";
import { noTracer, sampledTracer, type Tracer } from "../telemetry/traces/tracer.ts";
import type { TracesConfig } from "./config.ts";
import type { GatewayLog } from "./log.ts";

/** Goes on with the traces of records, and begins none of its own but for what fails. */
export function createTracer(config: TracesConfig | null, log: GatewayLog): Tracer {
  if (config === null) return noTracer;
  const { url, headers, service } = config;
  const exporter = new OtlpExporter({
    url,
    headers,
    service: { name: service, version: "0.1.0" },
    fetch: (to, init) => fetch(to, init),
    now: () => Date.now(),
    wait: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
    // It never rejects, and a process that ends loses a second of spans.
    keepAlive: (work) => void work,
    onDropped: (error, unsaid) => log.warn("spans were dropped", { error, unsaid }),
  });
  return sampledTracer(exporter, { share: 0, random: () => 1 });
}

/** The span that each record was sent in. */
export function parentsOf(
  records: readonly { headers?: readonly { key: string; value: string }[] | undefined }[],
): (SpanContext | null)[] {
  return records.map(({ headers = [] }) =>
    readTraceparent(headers.find(({ key }) => key === "traceparent")?.value),
  );
}
