import { expect, it } from "vitest";
import { experimental_readRawConfig } from "wrangler";

const { rawConfig } = experimental_readRawConfig({ config: "wrangler.toml" });

it("the platform keeps our own lines and none of its own: no invocation, header, query or trace", () => {
  expect(rawConfig.observability).toEqual({
    enabled: true,
    redact_query_string: true,
    logs: { enabled: true, invocation_logs: false },
    traces: { enabled: false, head_sampling_rate: 0 },
  });
});

it("nothing of an invocation is sent elsewhere, in any environment", () => {
  const elsewhere = new Set(["logpush", "tail_consumers", "streaming_tail_consumers", "env"]);
  expect(Object.keys(rawConfig).filter((name) => elsewhere.has(name))).toEqual([]);
});
