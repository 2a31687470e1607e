import { areLimitsEnforced, refuseLargeMessages } from "./refuse-too-large.ts";
import { withMembers } from "./with-members.ts";

/**
 * A queue that refuses what is above half of the platform's limits, where the environment asks for
 * that; elsewhere it is the queue itself.
 */
export function limitedQueue<Body>(queue: Queue<Body>, env: object): Queue<Body> {
  if (!areLimitsEnforced(env)) return queue;
  return withMembers(queue, {
    async send(body, options) {
      refuseLargeMessages([{ body }]);
      return queue.send(body, options);
    },
    async sendBatch(messages, options) {
      const sent = [...messages];
      refuseLargeMessages(sent);
      return queue.sendBatch(sent, options);
    },
  });
}
