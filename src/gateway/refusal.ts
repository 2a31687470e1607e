import type { ContentfulStatusCode } from "hono/utils/http-status";

/**
 * A refusal with a stable code. Each dialect writes it in its own shape; anything else that is
 * thrown is a plain 500.
 */
export class GatewayRefusal extends Error {
  override readonly name = "GatewayRefusal";
  readonly code: RefusalCode;
  readonly status: ContentfulStatusCode;

  constructor(code: RefusalCode, detail?: string, options?: ErrorOptions) {
    super(
      detail === undefined ? refusals[code].text : `${refusals[code].text}: ${detail}`,
      options,
    );
    this.code = code;
    this.status = refusals[code].status;
  }
}

export const refusals = {
  "body.not_json": of(400, "The body is not JSON"),
  "body.invalid": of(400, "The body is not what this call takes"),
  "body.too_large": of(413, "The body is too large"),
  "credential.invalid": of(401, "The credential is missing or wrong"),
  "route.not_found": of(404, "There is nothing here"),
  "gateway.overloaded": of(503, "Too many requests are under way; repeat this one later"),
  "gateway.stopping": of(503, "The gateway is stopping; repeat the request"),
  "gateway.error": of(500, "Something broke in the gateway; its log says what"),

  "kafka.unknown_topic": of(404, "There is no such topic"),
  "kafka.unknown_partition": of(404, "The topic has no such partition"),
  "kafka.unknown_consumer": of(404, "The instance has not consumed here, or was idle for too long"),
  "kafka.record_too_large": of(413, "A record is larger than the broker takes"),
  "kafka.forbidden": of(403, "The brokers do not let the gateway do that"),
  "kafka.no_offset": of(409, "The group has no offset there, and the instance asked for no reset"),
  "kafka.rebalancing": of(409, "The group is rebalancing; consume again"),
  "kafka.too_many_consumers": of(503, "Too many consumer instances are open"),
  "kafka.login_refused": of(502, "The brokers refuse the gateway's login"),
  "kafka.unreachable": of(503, "The brokers do not answer"),
  "kafka.too_slow": of(504, "The brokers did not answer in time; repeat the request"),
  "kafka.refused": of(502, "The brokers refuse"),

  "redis.command_refused": of(400, "ERR Command is not available over REST"),
  "redis.login_refused": of(502, "Redis refuses the gateway's login"),
  "redis.unreachable": of(503, "Redis does not answer"),
  "redis.too_slow": of(504, "Redis did not answer in time"),
} satisfies Record<string, RefusalKind>;

type RefusalKind = { status: ContentfulStatusCode; text: string };
export type RefusalCode = keyof typeof refusals;

function of(status: ContentfulStatusCode, text: string): RefusalKind {
  return { status, text };
}
