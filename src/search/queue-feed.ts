import { inChildSpan } from "../telemetry/traces/trace-scope.ts";
import { sending } from "../vote-log/traced-text.ts";
import { sendTexts, type QueueSender } from "../vote-log/queue.ts";
import type { LogSignature } from "../vote-log/signed-text.ts";
import type { SearchFeed } from "./search-feed.ts";
import { signChange } from "./signed-change.ts";

/** The feed on a Cloudflare Queue: a change a message, as text. */
export function queueSearchFeed(queue: QueueSender<string>, signature: LogSignature): SearchFeed {
  return {
    async publish(changes) {
      const texts = changes.map((change) => signChange(signature, change));
      await inChildSpan("tell search", sending("cloudflare_queues"), () => sendTexts(queue, texts));
    },
  };
}
