import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, it } from "vitest";
import { appOf } from "../../../../workers/app.ts";
import { adminKey, send } from "../../../support/worker/api.ts";
import { castBatch, votesOf } from "../../../support/worker/batches.ts";
import { openedDecision } from "../../../support/worker/decisions.ts";
import { certified } from "../../../support/worker/published.ts";

const regions = Array.from({ length: 30 }, (_, index) => ({ code: `region ${index}` }));
const edge = { "cf-ray": "230b030023ae2822-SJC" };
let large = "";
let small = "";
let closed = "";

beforeAll(async () => {
  large = `/api/v1/decisions/${await openedDecision({ regions })}/results`;
  small = `/api/v1/decisions/${await openedDecision({ regions: [] })}/results`;
  const id = await openedDecision();
  await castBatch(id, votesOf(50, "yes", "north"));
  await send("POST", `/api/v1/decisions/${id}/close`, { key: adminKey });
  closed = `/api/v1/decisions/${id}/export`;
  await certified(id);
});

async function get(path: string, headers: Record<string, string> = {}, key?: string) {
  const response = await send("GET", path, { headers, ...(key !== undefined && { key }) });
  const bytes = new Uint8Array(await response.arrayBuffer());
  const isGzip = bytes[0] === 0x1f && bytes[1] === 0x8b;
  const plain = isGzip
    ? new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"))
    : new Blob([bytes]).stream();
  const text = await new Response(plain, { headers: { "content-type": "text/plain" } }).text();
  const { status } = response;
  const vary = response.headers.get("vary");
  return { status, encoding: response.headers.get("content-encoding"), vary, text };
}

describe("an answer of over 1,000 bytes", () => {
  it("is sent as it is to whoever does not ask for gzip", async () => {
    const { encoding, text } = await get(large);
    expect(encoding).toBeNull();
    expect(text.length).toBeGreaterThan(1_000);
  });

  it("is sent as gzip too where it is the audit log of the keys", async () => {
    for (let key = 0; key < 4; key += 1) {
      const body = { role: "auditor", label: `compressed ${key}` };
      await send("POST", "/api/v1/api-keys", { key: adminKey, body });
    }
    const gzip = { "accept-encoding": "gzip" };
    const { encoding, text } = await get("/api/v1/audit-log", gzip, adminKey);
    expect([encoding, text.length > 1_000]).toEqual(["gzip", true]);
  });

  it.each(["gzip", "deflate, gzip", "GZIP", "gzip;q=0.5", "br, gzip ; q=0.8", "*"])(
    "is sent as gzip to whoever accepts %j, and is the same once unpacked",
    async (accepted) => {
      const { encoding, vary, text } = await get(large, { "accept-encoding": accepted });
      expect(encoding).toBe("gzip");
      expect(vary).toMatch(/accept-encoding/i);
      expect(JSON.parse(text)).toMatchObject({ total: { ballots: 0 }, regions: { length: 30 } });
    },
  );

  it.each(["br", "deflate", "identity", "gzip;q=0", "xgzip", "gzip;q=0.000", "gzip;q=0, *;q=0.1"])(
    "is sent as it is to whoever accepts %j",
    async (accepted) => {
      const { encoding, text } = await get(large, { "accept-encoding": accepted });
      expect(encoding).toBeNull();
      expect(JSON.parse(text)).toMatchObject({ regions: { length: 30 } });
    },
  );

  it.each([
    ["", null],
    ["br", null],
    ["gzip", "gzip"],
  ])(
    "is sent as the client itself wants it, %j, where a proxy puts its own wish into the header",
    async (clientAcceptEncoding, encoding) => {
      const headers = { "accept-encoding": "br, gzip" };
      // The members of `cf` that a proxy of the platform sets, of which this is one.
      const cf = { clientAcceptEncoding } as IncomingRequestCfProperties;
      const request = new Request(`https://enviro.example${large}`, { headers, cf });
      const answer = await appOf(env).fetch(request, env);
      expect(answer.headers.get("content-encoding")).toBe(encoding);
    },
  );

  it("is left to Cloudflare's edge where the request came through it", async () => {
    const { encoding } = await get(large, { ...edge, "accept-encoding": "gzip" });
    expect(encoding).toBeNull();
  });
});

describe("an answer of at most 1,000 bytes", () => {
  it("is sent as it is, whatever is accepted", async () => {
    const { encoding, text } = await get(small, { "accept-encoding": "gzip" });
    expect(text.length).toBeLessThanOrEqual(1_000);
    expect([encoding, JSON.parse(text)]).toMatchObject([null, { total: { ballots: 0 } }]);
  });
});

describe("an export", () => {
  it("as NDJSON is packed here also behind the edge, which leaves that type alone", async () => {
    const plain = await get(closed);
    const packed = await get(closed, { ...edge, "accept-encoding": "gzip" });
    expect([plain.encoding, packed.encoding]).toEqual([null, "gzip"]);
    expect(packed.text).toBe(plain.text);
  });

  it("as CSV is packed here only where no edge does it", async () => {
    const path = `${closed}?format=csv`;
    const direct = await get(path, { "accept-encoding": "gzip" });
    const behind = await get(path, { ...edge, "accept-encoding": "gzip" });
    expect([direct.encoding, behind.encoding]).toEqual(["gzip", null]);
    expect(direct.text).toBe(behind.text);
  });
});
