import { randomBytes } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { choices } from "../src/ballot/ballot.ts";
import { exitStatus, runMain } from "../src/cli/command-line/usage-error.ts";
import { limits } from "../src/shared/limits.ts";

const migration = new URL("../migrations/d1/0000_tables.sql", import.meta.url);
const ballots = 1_000_000;

/** What makes a row of `votes` long or short. */
interface Sample {
  name: string;
  decisionId: string;
  regions: string[];
  weight: number;
}

const samples: Sample[] = [
  { name: "short: delta-2027, no regions", decisionId: "delta-2027", regions: [""], weight: 1 },
  {
    name: "usual: mangrove-restoration-2027, country codes",
    decisionId: "mangrove-restoration-2027",
    regions: ["KE", "BD", "VN", "BR"],
    weight: 1,
  },
  {
    name: "long: an id of 64, regions of 24, weights of 10^12",
    decisionId: "d".repeat(64),
    regions: ["Upper basin of the river", "Lower basin of the river"],
    weight: limits.ballotWeightMax,
  },
];

/** `npm run bench:d1-size`: bytes that a ballot takes in D1's file, and how many D1 holds. */
await runMain(async () => {
  console.log("bytes a ballot   ballots in 10 GB   rows");
  for (const sample of samples) {
    const bytes = bytesOf(sample) / ballots;
    const millions = Math.floor(limits.d1BytesMax / bytes / 1e6);
    console.log(
      `${bytes.toFixed(1).padStart(14)} ${`${millions} million`.padStart(18)}   ${sample.name}`,
    );
  }
  return exitStatus.ok;
});

/** The size of a file with D1's tables and these ballots, 500 a transaction, as they come. */
function bytesOf({ decisionId, regions, weight }: Sample): number {
  const folder = mkdtempSync(join(tmpdir(), "enviro-d1-size-"));
  const file = join(folder, "d1.sqlite");
  const database = new DatabaseSync(file);
  database.exec("PRAGMA synchronous = OFF");
  database.exec(readFileSync(migration, "utf8"));
  const insert = database.prepare("INSERT INTO votes VALUES (?, ?, ?, ?, ?, ?, ?, ?)");
  const shards = 64;
  const now = Date.now();
  for (let from = 0; from < ballots; from += limits.recordBallotsMax) {
    database.exec("BEGIN");
    const run = from / limits.recordBallotsMax;
    const firstSeq = Math.floor(run / shards) * limits.recordBallotsMax + 1;
    for (let index = 0; index < limits.recordBallotsMax; index += 1) {
      const pid = randomBytes(16).toString("base64url");
      const choice = choices[index % choices.length] ?? "yes";
      const region = regions[index % regions.length] ?? "";
      insert.run(
        decisionId,
        run % shards,
        firstSeq + index,
        pid,
        choice,
        region,
        weight,
        now + index,
      );
    }
    database.exec("COMMIT");
  }
  database.close();
  const { size } = statSync(file);
  rmSync(folder, { recursive: true });
  return size;
}
