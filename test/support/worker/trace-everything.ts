import { env } from "cloudflare:workers";
import { afterEach, beforeEach, vi } from "vitest";
import { OtlpExporter } from "../../../src/telemetry/traces/otlp-exporter.ts";
import type { FinishedSpan } from "../../../src/telemetry/traces/span.ts";

const { fetch } = globalThis;

/**
 * Has the tests of a file choose what is traced, to nowhere. What begins meanwhile goes on with it,
 * so such a file has a runtime of its own.
 */
export function traceInTests(): void {
  // What is traced before anybody looks arrives.
  beforeEach(() => {
    Reflect.set(globalThis, "fetch", () => Promise.resolve(new Response("{}")));
  });
  afterEach(() => {
    Reflect.set(globalThis, "fetch", fetch);
    Reflect.set(env, "TRACES", "none");
  });
}

/** Has this share of requests and records traced from now on. */
export function traceShare(share: string, kind: "otlp" | "platform" = "otlp"): void {
  Reflect.set(env, "TRACES", kind);
  Reflect.set(env, "TRACES_URL", "http://127.0.0.1:9");
  Reflect.set(env, "TRACES_SAMPLING", share);
}

/** The spans that end from now on, as they would be sent. */
export function watchSpans(): FinishedSpan[] {
  const spans: FinishedSpan[] = [];
  vi.spyOn(OtlpExporter.prototype, "end").mockImplementation((span) => void spans.push(span));
  return spans;
}
