import { fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import type { PeerKeys } from "./peer-credentials.ts";

export type PeerOptions = {
  /** An INSERT a vote, or one for all that wait. */
  commit: "each" | "group";
  databaseUrl: string;
  keys: PeerKeys;
};

export interface Peer {
  origin: string;
  pid: number;
  stop(): Promise<void>;
}

const serverFile = fileURLToPath(new URL("peer-server.ts", import.meta.url));

/** @throws where it ends before it listens; what it has to say is on stderr. */
export async function startPeer(options: PeerOptions): Promise<Peer> {
  const child = fork(serverFile, { stdio: ["ignore", "inherit", "inherit", "ipc"] });
  const ended = once(child, "exit");
  child.send(options);
  const port = await Promise.race([once(child, "message"), ended.then(() => null)]);
  if (port === null) throw new Error("the peer's server ended while it started");
  return {
    origin: `http://127.0.0.1:${Number(port[0])}`,
    pid: child.pid ?? 0,
    stop: async () => {
      child.disconnect();
      await ended;
    },
  };
}
