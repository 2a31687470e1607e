import { randomBytes } from "node:crypto";
import { connect } from "node:net";

/** What is asked for on a connection that is then held. */
export interface HoldPlan {
  origin: string;
  path: string;
  address: string;
  isSocket: boolean;
  onStatus: (status: number | "error") => void;
}

export interface HeldConnection {
  /** Whether the platform has let it in and it is open. */
  isHeld(): boolean;
  close(): void;
}

/** Whoever is refused tries again after so long, whatever it was told. */
const tryAgainMs = 5_000;

/**
 * Asks for a WebSocket or an event stream, and reads nothing once it is let in. Refused, it asks
 * again on the same connection, for ever.
 */
export function holdConnection({
  origin,
  path,
  address,
  isSocket,
  onStatus,
}: HoldPlan): HeldConnection {
  const { hostname, port, host } = new URL(origin);
  const socket = connect(Number(port), hostname);
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isIn = false;
  const upgrade = [
    "upgrade: websocket",
    "connection: Upgrade",
    "sec-websocket-version: 13",
    `sec-websocket-key: ${randomBytes(16).toString("base64")}`,
  ];
  const lines = [
    `GET ${path} HTTP/1.1`,
    `host: ${host}`,
    `cf-connecting-ip: ${address}`,
    ...(isSocket ? upgrade : []),
  ];
  const ask = (): void => void socket.write(`${lines.join("\r\n")}\r\n\r\n`);
  socket.on("connect", ask);
  socket.on("data", (chunk) => {
    const status = Number(/^HTTP\/1\.1 (\d{3})/.exec(chunk.toString("latin1"))?.[1] ?? 0);
    if (status === 0) return;
    onStatus(status);
    isIn = status === 101 || status === 200;
    if (isIn) socket.pause();
    else timer = setTimeout(ask, tryAgainMs);
  });
  socket.on("error", () => onStatus("error"));
  return {
    isHeld: () => isIn && !socket.destroyed,
    close: () => {
      clearTimeout(timer);
      socket.destroy();
    },
  };
}
