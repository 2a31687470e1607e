import { randomBytes } from "node:crypto";
import { connect, type Socket } from "node:net";

/** How a watcher watches. */
export type WatchWay = "stream" | "socket";

export interface WatchPlan {
  origin: string;
  decisionId: string;
  way: WatchWay;
  /** Hears of each version that came, and of none twice. */
  onVersion: (version: number) => void;
}

const mark = Buffer.from('"version":');
const versionDigitsMax = 16;

/**
 * Opens one watcher, and returns when the first version has come. It is a plain TCP connection that
 * looks for versions alone: ten thousand clients of a library would be what is measured.
 */
export function openWatcher(plan: WatchPlan): Promise<Socket> {
  const { hostname, port, host } = new URL(plan.origin);
  const socket = connect({ host: hostname, port: Number(port), noDelay: true });
  socket.write(requestText(plan, host));
  let last = -1;
  return new Promise((resolve, reject) => {
    socket.on("error", reject);
    socket.on("close", () => reject(new Error("a watcher was cut off")));
    socket.on("data", (chunk) => {
      const version = versionIn(chunk);
      if (version === null || version === last) return;
      last = version;
      plan.onVersion(version);
      resolve(socket);
    });
  });
}

function requestText({ decisionId, way }: WatchPlan, host: string): string {
  const path = `/api/v1/decisions/${decisionId}/results/${way}`;
  const upgrade = [
    "upgrade: websocket",
    "connection: upgrade",
    "sec-websocket-version: 13",
    `sec-websocket-key: ${randomBytes(16).toString("base64")}`,
  ];
  const lines = [`GET ${path} HTTP/1.1`, `host: ${host}`, ...(way === "socket" ? upgrade : [])];
  return `${lines.join("\r\n")}\r\n\r\n`;
}

/** The last version that a chunk names; null for none. Messages are written in one piece. */
function versionIn(chunk: Buffer): number | null {
  const at = chunk.lastIndexOf(mark);
  if (at === -1) return null;
  const from = at + mark.length;
  const version = Number.parseInt(chunk.toString("latin1", from, from + versionDigitsMax), 10);
  return Number.isNaN(version) ? null : version;
}
