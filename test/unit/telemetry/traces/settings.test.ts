import { describe, expect, it } from "vitest";
import { chooseTraces, readHeaders } from "../../../../src/telemetry/traces/settings.ts";

describe("where traces go", () => {
  it("is nowhere unless it is said", () => {
    expect(chooseTraces({})).toEqual({ kind: "none" });
  });

  it("is a collector, at the place that OTLP names", () => {
    const TRACES_URL = "https://collector.example/otlp/";
    const TRACES_HEADERS = "Authorization=Basic eA==,x-scope=a b";
    expect(chooseTraces({ TRACES: "otlp", TRACES_URL, TRACES_HEADERS })).toEqual({
      kind: "otlp",
      share: 0.01,
      url: "https://collector.example/otlp/v1/traces",
      headers: { authorization: "Basic eA==", "x-scope": "a b" },
    });
  });

  it.each([
    [{ TRACES: "jaeger" }, "TRACES "],
    [{ TRACES: "otlp" }, "TRACES_URL"],
    [{ TRACES: "otlp", TRACES_URL: "ftp://secret.example" }, "TRACES_URL"],
    [{ TRACES: "platform", TRACES_SAMPLING: "1%" }, "TRACES_SAMPLING"],
    [{ TRACES: "platform", TRACES_SAMPLING: "1.5" }, "TRACES_SAMPLING"],
    [{ TRACES: "otlp", TRACES_URL: "http://a", TRACES_HEADERS: "secret" }, "TRACES_HEADERS"],
  ])("is not %j: the variable is named, and no value", (variables, name) => {
    const choice = chooseTraces(variables);
    expect(choice).toMatchObject({ kind: "misconfigured" });
    expect(JSON.stringify(choice)).toContain(name);
    expect(JSON.stringify(choice)).not.toContain("secret");
  });

  it("has headers as services write them for OpenTelemetry: percent-encoded, or as they are", () => {
    expect(readHeaders("Authorization=Basic%20eA%3D%3D,x-list=a%2Cb,x-odd=50%")).toEqual({
      authorization: "Basic eA==",
      "x-list": "a,b",
      "x-odd": "50%",
    });
  });

  it("has no header that would end another", () => {
    expect(readHeaders("a=b\r\nc: d")).toBeNull();
    expect(readHeaders("a=b%0D%0Ac: d")).toBeNull();
    expect(readHeaders("a=%20")).toBeNull();
    expect(readHeaders("")).toEqual({});
  });
});
