import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { once } from "node:events";
import { z } from "zod";

const traceId = z.string().regex(/^(?!0{32})[\da-f]{32}$/);
const spanId = z.string().regex(/^(?!0{16})[\da-f]{16}$/);
const nanoseconds = z.string().regex(/^\d{19}$/);
const attribute = z.strictObject({
  key: z.string().min(1),
  value: z.union([
    z.strictObject({ stringValue: z.string() }),
    z.strictObject({ intValue: z.string().regex(/^-?\d+$/) }),
    z.strictObject({ boolValue: z.boolean() }),
  ]),
});
const attributes = z.array(attribute);

/** OTLP/JSON as opentelemetry-proto 1.x has it: whatever is not named here is refused. */
const requestSchema = z.strictObject({
  resourceSpans: z.array(
    z.strictObject({
      resource: z.strictObject({ attributes }),
      scopeSpans: z.array(
        z.strictObject({
          scope: z.strictObject({ name: z.string().min(1), version: z.string() }),
          spans: z
            .array(
              z.strictObject({
                traceId,
                spanId,
                parentSpanId: spanId.optional(),
                flags: z.literal(1),
                name: z.string().min(1),
                kind: z.int().min(1).max(5),
                startTimeUnixNano: nanoseconds,
                endTimeUnixNano: nanoseconds,
                attributes,
                links: z.array(z.strictObject({ traceId, spanId })).optional(),
                droppedLinksCount: z.int().min(1).optional(),
                status: z.strictObject({ code: z.literal(2).optional() }),
              }),
            )
            .min(1),
        }),
      ),
    }),
  ),
});

/** A span as it came, with its attributes by name. */
export interface SeenSpan {
  service: string;
  name: string;
  kind: number;
  traceId: string;
  spanId: string;
  parentSpanId: string | null;
  /** In ms. */
  startedAt: number;
  endedAt: number;
  attributes: Record<string, string | number | boolean>;
  links: { traceId: string; spanId: string }[];
  isFailed: boolean;
}

/** How a collector may behave; `well` is how it should. */
export type SinkManner = "well" | "nonsense" | "refuses" | "hangs";

export interface OtlpSink {
  url: string;
  spans: SeenSpan[];
  /** What was sent and is no OTLP/JSON. */
  faults: string[];
  /** Headers of the last request. */
  headers: IncomingMessage["headers"];
  requests: number;
  /** Requests that are not answered yet, at most at once. */
  mostAtOnce: number;
  manner: SinkManner;
  stop(): Promise<void>;
}

/** A collector of traces that takes nothing but what the specification names. */
export async function startOtlpSink(): Promise<OtlpSink> {
  let underWay = 0;
  const server = createServer((request, response) => {
    underWay += 1;
    sink.mostAtOnce = Math.max(sink.mostAtOnce, underWay);
    response.once("close", () => (underWay -= 1));
    void take(sink, request, response);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  // A server that listens on a port has an address of this kind.
  const { port } = server.address() as AddressInfo;
  const sink: OtlpSink = {
    url: `http://127.0.0.1:${port}`,
    spans: [],
    faults: [],
    headers: {},
    requests: 0,
    mostAtOnce: 0,
    manner: "well",
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
  return sink;
}

async function take(
  sink: OtlpSink,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  sink.requests += 1;
  sink.headers = request.headers;
  if (sink.manner === "hangs") return;
  if (sink.manner === "refuses") return void response.writeHead(500).end("no");
  const isPlace = request.method === "POST" && request.url === "/v1/traces";
  if (!isPlace) sink.faults.push(`${request.method} ${request.url}`);
  if (request.headers["content-type"] !== "application/json") sink.faults.push("content-type");
  keep(sink, Buffer.concat(chunks).toString());
  if (sink.manner === "nonsense") return void response.end("<html>".repeat(1_000));
  response.setHeader("content-type", "application/json").end("{}");
}

function keep(sink: OtlpSink, body: string): void {
  const parsed = requestSchema.safeParse(JSON.parse(body));
  if (!parsed.success) return void sink.faults.push(z.prettifyError(parsed.error));
  for (const { resource, scopeSpans } of parsed.data.resourceSpans) {
    const service = String(toObject(resource.attributes)["service.name"]);
    for (const span of scopeSpans.flatMap(({ spans }) => spans)) {
      const { name, kind, links = [] } = span;
      sink.spans.push({
        service,
        name,
        kind,
        traceId: span.traceId,
        spanId: span.spanId,
        parentSpanId: span.parentSpanId ?? null,
        startedAt: Number(span.startTimeUnixNano) / 1e6,
        endedAt: Number(span.endTimeUnixNano) / 1e6,
        attributes: toObject(span.attributes),
        links,
        isFailed: span.status.code === 2,
      });
    }
  }
}

function toObject(list: z.infer<typeof attributes>): SeenSpan["attributes"] {
  return Object.fromEntries(
    list.map(({ key, value }) => {
      if ("intValue" in value) return [key, Number(value.intValue)];
      return [key, "boolValue" in value ? value.boolValue : value.stringValue];
    }),
  );
}
