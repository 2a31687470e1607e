import { Client } from "undici";
import { cpuSecondsOf } from "./process-cost.ts";

const requestsMeasured = 4_000;
const connections = 8;
const untilRefusedMax = 100;

/**
 * What a refused request costs the platform, in microseconds of the runtime's processor time: one
 * client asks for exports beyond its rate.
 */
export async function measureRefused(
  origin: string,
  { decisionId, pid }: { decisionId: string; pid: number },
): Promise<number> {
  const path = `/api/v1/decisions/${decisionId}/export?format=csv`;
  const headers = { "cf-connecting-ip": "203.0.113.99" };
  const clients = Array.from({ length: connections }, () => new Client(origin));
  const ask = async (client: Client): Promise<number> => {
    const { statusCode, body } = await client.request({ method: "GET", path, headers });
    await body.dump();
    return statusCode;
  };
  const first = new Client(origin);
  for (let asked = 0; (await ask(first)) !== 429; asked += 1) {
    if (asked === untilRefusedMax) throw new Error("a client is never refused: are the limits on?");
  }
  await first.close();
  const before = cpuSecondsOf(pid);
  let asked = 0;
  const askInTurn = async (client: Client): Promise<void> => {
    while (asked < requestsMeasured) {
      asked += 1;
      await ask(client);
    }
    await client.close();
  };
  await Promise.all(clients.map(askInTurn));
  return ((cpuSecondsOf(pid) - before) / requestsMeasured) * 1_000_000;
}
