import type { CallTable, VersionedCall } from "../../shared/versioned-call.ts";
import { readTraceparent } from "../../telemetry/traces/span-context.ts";
import {
  currentSpan,
  currentTraceparent,
  inChildSpan,
  inSpan,
} from "../../telemetry/traces/trace-scope.ts";
import type { Tracer } from "../../telemetry/traces/tracer.ts";

const system = { "rpc.system": "cloudflare_durable_objects" } as const;
const castName = "shard castText";

/** Makes a call of an object in a span of its own, where whoever calls is recorded. */
export function traceCall<T>(
  { name }: CallTable,
  method: string,
  call: (trace: string | undefined) => Promise<T>,
): Promise<T> {
  if (currentSpan() === null) return call(undefined);
  const service = serviceOf(name);
  const attributes = { ...system, "rpc.service": service, "rpc.method": method };
  return inChildSpan(`${service} ${method}`, { kind: "client", attributes }, () =>
    call(currentTraceparent()),
  );
}

/** The same for the one call that takes votes. */
export function traceCast<T>(call: (trace: string | undefined) => Promise<T>): Promise<T> {
  if (currentSpan() === null) return call(undefined);
  const attributes = { ...system, "rpc.service": "shard", "rpc.method": "castText" };
  return inChildSpan(castName, { kind: "client", attributes }, () => call(currentTraceparent()));
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
