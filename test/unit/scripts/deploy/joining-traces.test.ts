import { describe, expect, it } from "vitest";
import {
  describeJoiningTraces,
  readTracedConfig,
} from "../../../../scripts/deploy/joining-traces.ts";

const platform = { TRACES: "platform" };
const enabled = { traces: { enabled: true } };

describe("traces that would join voters to votes", () => {
  it("are refused where votes count, by the names of what asks for them", () => {
    const asked = { environment: "", vars: platform, observability: enabled };
    expect(describeJoiningTraces(asked)).toMatch(
      /TRACES = "platform" and \[observability\.traces\] enabled/,
    );
    expect(describeJoiningTraces({ ...asked, vars: {} })).toMatch(/^\[observability\.traces\]/);
    expect(describeJoiningTraces({ environment: "other", vars: platform })).toMatch(/^TRACES/);
  });

  it("are taken in staging, and there are none elsewhere", () => {
    expect(describeJoiningTraces({ environment: "staging", vars: platform })).toBeNull();
    expect(describeJoiningTraces({ environment: "", vars: { TRACES: "otlp" } })).toBeNull();
  });

  it.each(["", "staging"])("are not in wrangler.toml (%s)", (environment) => {
    const { vars, observability } = readTracedConfig(environment);
    expect(describeJoiningTraces({ environment: "", vars, observability })).toBeNull();
  });
});
