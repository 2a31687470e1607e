import { once } from "node:events";
import { z } from "zod";
import { inspectorTarget } from "./inspector-target.ts";

const answerSchema = z.object({
  id: z.number(),
  result: z.unknown().optional(),
  error: z.object({ message: z.string() }).optional(),
});

/** A session of the Chrome DevTools Protocol. */
export interface InspectorSession {
  /** @throws where the inspector refuses the method */
  call(method: string, params?: Record<string, unknown>): Promise<unknown>;
  close(): void;
}

export async function openInspector(port: number, workerName: string): Promise<InspectorSession> {
  const socket = new WebSocket(await inspectorTarget(port, workerName));
  await once(socket, "open");
  const waiting = new Map<number, (answer: z.infer<typeof answerSchema>) => void>();
  socket.addEventListener("message", ({ data }) => {
    const answer = answerSchema.safeParse(JSON.parse(String(data)));
    // Events have no number.
    if (!answer.success) return;
    waiting.get(answer.data.id)?.(answer.data);
    waiting.delete(answer.data.id);
  });
  let calls = 0;
  return {
    call: async (method, params = {}) => {
      calls += 1;
      const id = calls;
      const { promise, resolve } = Promise.withResolvers<z.infer<typeof answerSchema>>();
      waiting.set(id, resolve);
      socket.send(JSON.stringify({ id, method, params }));
      const { result, error } = await promise;
      if (error !== undefined) throw new Error(`${method}: ${error.message}`);
      return result;
    },
    close: () => socket.close(),
  };
}
