import { createServer } from "node:net";

const portsTriedMax = 20;

/** The wanted port, or the next one above it that nothing on this machine listens on. */
export async function findFreePort(wanted: number): Promise<number> {
  for (let port = wanted; port < wanted + portsTriedMax; port += 1) {
    if (await isFree(port)) return port;
  }
  throw new Error(`no free port from ${wanted} to ${wanted + portsTriedMax - 1}`);
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(false));
    server.listen(port, "127.0.0.1", () => server.close(() => resolve(true)));
  });
}
