import { expect, it } from "vitest";
import { experimental_readRawConfig, unstable_readConfig } from "wrangler";

const { rawConfig } = experimental_readRawConfig({ config: "wrangler.toml" });

it.each([undefined, "staging"])(
  "the platform keeps our own lines and none of its own: no invocation, header, query or trace (%s)",
  (env) => {
    const config = unstable_readConfig({
      config: "wrangler.toml",
      ...(env !== undefined && { env }),
    });
    expect(config.observability).toEqual({
      enabled: true,
      redact_query_string: true,
      logs: { enabled: true, invocation_logs: false },
      traces: { enabled: false, head_sampling_rate: 0 },
    });
  },
);

it("nothing of an invocation is sent elsewhere, in any environment", () => {
  const elsewhere = new Set(["logpush", "tail_consumers", "streaming_tail_consumers"]);
  const environments = [rawConfig, ...Object.values(rawConfig.env ?? {})];
  expect(environments).toHaveLength(2);
  for (const environment of environments) {
    expect(Object.keys(environment).filter((name) => elsewhere.has(name))).toEqual([]);
  }
});
