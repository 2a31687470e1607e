import type { CallTable, VersionedCall } from "../../shared/versioned-call.ts";
import { formatTraceparent, readTraceparent } from "../../telemetry/traces/span-context.ts";
import { currentSpan, inSpan } from "../../telemetry/traces/trace-scope.ts";
import type { Tracer } from "../../telemetry/traces/tracer.ts";

const system = { "rpc.system": "cloudflare_durable_objects" } as const;

/** Makes a call of an object in a span of its own, where whoever calls is recorded. */
export function traceCall<T>(
  { name }: CallTable,
  method: string,
  call: (trace: string | undefined) => Promise<T>,
): Promise<T> {
  return currentSpan() === null ? call(undefined) : inCallSpan(serviceOf(name), method, call);
}

/** The same for the one call that takes votes. */
export function traceCast<T>(call: (trace: string | undefined) => Promise<T>): Promise<T> {
  return currentSpan() === null ? call(undefined) : inCallSpan("shard", "castText", call);
}

/** After a span's end, and where its trace has too many, the object called is in no trace either. */
function inCallSpan<T>(
  service: string,
  method: string,
  call: (trace: string | undefined) => Promise<T>,
): Promise<T> {
  const attributes = { ...system, "rpc.service": service, "rpc.method": method };
  const span = currentSpan()?.child(`${service} ${method}`, { kind: "client", attributes }) ?? null;
  return inSpan(span, () => call(span === null ? undefined : formatTraceparent(span.context)));
}

/** Answers a call in the trace that it came with. */
export function traceAnswer<T>(
  tracer: Tracer,
  { name }: CallTable,
  { method, trace }: VersionedCall,
  answer: () => Promise<T>,
): Promise<T> {
  const parent = readTraceparent(trace);
  if (parent === null) return answer();
  const service = serviceOf(name);
  const attributes = { ...system, "rpc.service": service, "rpc.method": method };
  const span = tracer.start(`${service} ${method}`, { kind: "server", parent, attributes });
  return inSpan(span, answer);
}

/** Commits votes in the trace that they came with. */
export function traceCommit<T>(
  tracer: Tracer,
  trace: string | undefined,
  commit: () => Promise<T>,
): Promise<T> {
  const parent = readTraceparent(trace);
  if (parent === null) return commit();
  return inSpan(tracer.start("commit", { kind: "server", parent }), commit);
}

/** `a room` is told as `room`. */
function serviceOf(table: string): string {
  return table.replace(/^(?:a|the) /, "");
}
