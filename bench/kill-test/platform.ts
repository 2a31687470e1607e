import { z } from "zod";
import { startScript } from "./child.ts";

const readySchema = z.object({
  origin: z.string(),
  adminKey: z.string(),
  runtimePid: z.int().positive(),
});

/** The platform as two processes, the host and `workerd`, that can be killed at once. */
export type KillablePlatform = {
  origin: string;
  adminKey: string;
  kill(): Promise<void>;
  stop(): Promise<void>;
};

export async function startPlatform(stateFolder: string, port: number): Promise<KillablePlatform> {
  const host = startScript("bench/kill-test/host.ts", [stateFolder, String(port)]);
  const ready = readySchema.parse(JSON.parse(await host.line(/^\{"origin"/)));
  return {
    origin: ready.origin,
    adminKey: ready.adminKey,
    kill: async () => {
      // The host first: it would start a killed workerd again.
      host.process.kill("SIGKILL");
      process.kill(ready.runtimePid, "SIGKILL");
      await host.exited;
    },
    stop: async () => {
      // The end of its stdin is what the host takes for the end of its parent.
      host.process.stdin?.end();
      await host.exited;
    },
  };
}
