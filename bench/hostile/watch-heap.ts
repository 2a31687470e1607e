import { z } from "zod";
import { inspectorTarget } from "../profile/inspector-target.ts";

const sampleMs = 1_000;

/** Of `Runtime.getHeapUsage` of the Chrome DevTools Protocol; in bytes. */
const usageSchema = z.object({
  result: z.object({ usedSize: z.number(), backingStorageSize: z.number().default(0) }),
});

/** The memory of JavaScript, all objects and requests of one Worker together. */
export interface HeapWatch {
  /** The most that was in use at a look, in bytes; 0 where none was answered. */
  mostBytes(): number;
  stop(): void;
}

/**
 * Looks at what the Worker's heap holds once a second, by V8's inspector. What is dead and not
 * collected yet counts, so it is an upper bound of what any of its objects holds.
 */
export async function watchHeap(inspectorPort: number, workerName: string): Promise<HeapWatch> {
  const socket = new WebSocket(await inspectorTarget(inspectorPort, workerName));
  let most = 0;
  socket.addEventListener("message", ({ data }) => {
    const usage = usageSchema.safeParse(JSON.parse(String(data)));
    if (!usage.success) return;
    const { usedSize, backingStorageSize } = usage.data.result;
    most = Math.max(most, usedSize + backingStorageSize);
  });
  let sent = 0;
  const timer = setInterval(() => {
    if (socket.readyState !== WebSocket.OPEN) return;
    sent += 1;
    socket.send(JSON.stringify({ id: sent, method: "Runtime.getHeapUsage" }));
  }, sampleMs);
  return {
    mostBytes: () => most,
    stop: () => {
      clearInterval(timer);
      socket.close();
    },
  };
}
