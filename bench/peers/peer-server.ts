import { serve } from "@hono/node-server";
import { openBallotTable } from "./ballot-table.ts";
import { groupInserts } from "./grouped-inserts.ts";
import { peerApp } from "./peer-app.ts";
import { peerCredentials } from "./peer-credentials.ts";
import type { PeerOptions } from "./start-peer.ts";

/**
 * The peer that one would write first: Node, Hono and pg, in a process of its own. It tells its
 * parent the port, and ends with it.
 */
process.once("message", (options: PeerOptions) => void start(options));
process.once("disconnect", () => process.exit());

async function start({ commit, databaseUrl, keys }: PeerOptions): Promise<void> {
  const table = await openBallotTable(databaseUrl);
  const insertOne = commit === "group" ? groupInserts(table) : table.insertOne;
  const { insertMany } = table;
  const { fetch } = peerApp({ credentials: peerCredentials(keys), insertOne, insertMany });
  serve({ fetch, hostname: "127.0.0.1", port: 0 }, ({ port }) => process.send?.(port));
}
