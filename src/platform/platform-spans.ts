import { allowedAttributes } from "../telemetry/traces/span-attributes.ts";
import type { BegunSpan, SpanSink } from "../telemetry/traces/span.ts";

/** What is used of the platform's own tracing (`cloudflare:workers`). */
interface PlatformTracing {
  startSpan(name: string): PlatformSpan;
  withActiveSpan<T>(span: PlatformSpan, work: () => T): T;
}

interface PlatformSpan {
  setAttributes(attributes: Record<string, string | number | boolean>): unknown;
  setStatus(status: { code: "ok" | "error" }): unknown;
  end(): void;
}

/**
 * Spans of the platform's own tracing. It joins Worker and objects by itself, and knows no links: of
 * a rehearsed vote its request and its record stay apart.
 */
export function platformSpans(tracing: PlatformTracing): SpanSink {
  const natives = new WeakMap<BegunSpan, PlatformSpan>();
  return {
    begin(name, parent) {
      const around = parent === null ? undefined : natives.get(parent);
      const start = (): PlatformSpan => tracing.startSpan(name);
      const native = around === undefined ? start() : tracing.withActiveSpan(around, start);
      const begun: BegunSpan = {
        end({ attributes, isFailed }) {
          native.setAttributes(Object.fromEntries(allowedAttributes(attributes)));
          if (isFailed) native.setStatus({ code: "error" });
          native.end();
        },
      };
      natives.set(begun, native);
      return begun;
    },
  };
}
