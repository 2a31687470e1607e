import { packBySize } from "../vote-log/pack-by-size.ts";
import type { QueueSender } from "../vote-log/queue.ts";
import type { LogSignature } from "../vote-log/signed-text.ts";
import type { SearchFeed } from "./search-feed.ts";
import { signChange } from "./signed-change.ts";

/** The feed on a Cloudflare Queue: a change a message, as text. */
export function queueSearchFeed(queue: QueueSender<string>, signature: LogSignature): SearchFeed {
  return {
    async publish(changes) {
      for (const send of packBySize(changes.map((change) => signChange(signature, change)))) {
        await queue.sendBatch(send.map((body) => ({ body, contentType: "text" })));
      }
    },
  };
}
