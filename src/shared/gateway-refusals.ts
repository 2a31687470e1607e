/**
 * What the gateway before Kafka and Redis refuses: by its code the status, and the words that its
 * answers begin with. Callers know a refusal by its words, since clients pass nothing else on.
 */
export const gatewayRefusals = {
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
} as const;

/** The words of a refusal that a text begins with, or null where it is none of the gateway's. */
export function gatewayRefusalIn(text: string): string | null {
  const known = Object.values(gatewayRefusals).find(
    (refusal) => text === refusal.text || text.startsWith(`${refusal.text}: `),
  );
  return known?.text ?? null;
}

function of<const Status extends number>(
  status: Status,
  text: string,
): { status: Status; text: string } {
  return { status, text };
}
