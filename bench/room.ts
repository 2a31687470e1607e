import { exitStatus, runMain } from "../src/cli/command-line/usage-error.ts";
import { changesEach, wholesSummedAnew, type Room } from "./room/rooms.ts";
import { measureRoom } from "./room/measure-room.ts";

const shards = 64;
const regions = 1_000;
/** What one object on the platform takes, some 10,000 votes a second over 64. */
const votesASecond = 156;
const sockets = 100;

/**
 * `npm run bench:room`: the share of its thread that a room of 64 shards and 1,000 regions takes to
 * read reports, to sum them and to tell watchers, with whole tallies and with changes.
 */
await runMain(async () => {
  const rooms: readonly (readonly [name: string, make: () => Room])[] = [
    ["whole tallies, summed anew, a text a socket", () => wholesSummedAnew(sockets)],
    ["changes, summed as they come, one text", () => changesEach(sockets)],
  ];
  console.log(
    `${shards} shards, ${regions} regions, ${votesASecond} votes/s a shard, ${sockets} sockets`,
  );
  console.log(
    "room                                         reports/s  kB/s  read+sum %  broadcast %  thread %",
  );
  const shares: number[] = [];
  for (const [name, make] of rooms) {
    const measured = measureRoom({ make, shards, regions, votesASecond });
    const { reports, bytes, mergeShare, broadcastShare } = measured;
    const share = mergeShare + broadcastShare;
    shares.push(share);
    const cells = [
      name.padEnd(44),
      reports.toFixed(0).padStart(9),
      (bytes / 1_000).toFixed(0).padStart(6),
      (mergeShare * 100).toFixed(1).padStart(11),
      (broadcastShare * 100).toFixed(1).padStart(12),
      (share * 100).toFixed(1).padStart(9),
    ];
    console.log(cells.join(" "));
  }
  const [before = 0, after = 1] = shares;
  console.log(`ratio ${(before / after).toFixed(1)}`);
  return exitStatus.ok;
});
