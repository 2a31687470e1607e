import type { Plant, Secrets, SightKind } from "./core-sights.ts";

type Leaks = Readonly<Record<string, (secrets: Secrets) => unknown>>;

/** What a careless change would add to what is shown of single ballots. */
const ofBallots: Leaks = {
  pid: ({ of }) => of?.pid,
  "seq and shard": ({ of }) => (of === null ? undefined : [of.shard, of.seq]),
  "time of arrival": ({ of }) => of?.arrivedAt,
  "order of arrival": ({ of }) => of?.arrival,
  nonce: ({ of }) => (of === null ? undefined : [of.nonce, of.pid]),
};

/** To what is shown of all; the exact whole is no leak once votes are counted. */
const ofCounting: Leaks = { "the true counts": ({ result }) => figuresOf(result?.total) };

const ofResults: Leaks = {
  "the tally of each shard": ({ kept }) => talliesByShard(kept),
  "the newest ballot": ({ kept }) => {
    const newest = kept.toSorted((a, b) => b.arrival - a.arrival)[0];
    return newest === undefined ? undefined : [newest.choice, newest.region];
  },
};

const ofVoters: Leaks = {
  "who has voted yes": ({ kept }) => {
    const newest = new Map(kept.map(({ pid, choice }) => [pid, choice]));
    return [...newest].flatMap(([pid, choice]) => (choice === "yes" ? [pid] : [])).toSorted();
  },
};

function figuresOf(total: NonNullable<Secrets["result"]>["total"] | undefined) {
  if (total === undefined) return undefined;
  return [total.yes.ballots, total.no.ballots, total.abstain.ballots];
}

function talliesByShard(kept: Secrets["kept"]): unknown {
  const tallies = new Map<string, number>();
  const newest = new Map(kept.map((ballot) => [ballot.pid, ballot]));
  for (const { shard, choice } of newest.values()) {
    const key = `${shard} ${choice}`;
    tallies.set(key, (tallies.get(key) ?? 0) + 1);
  }
  return [...tallies].toSorted(([a], [b]) => (a < b ? -1 : 1));
}

const ballotKinds: readonly SightKind[] = ["counted row", "other row", "opening"];
const countingKinds: readonly SightKind[] = ["results", "region", "frame", "live outcome"];
const resultKinds: readonly SightKind[] = [...countingKinds, "closed outcome", "certified outcome"];

/** A leak, and what it is planted into. */
export interface CoreLeak {
  name: string;
  kind: SightKind;
  plant: Plant;
}

function leaksOf(kinds: readonly SightKind[], leaks: Leaks): CoreLeak[] {
  return kinds.flatMap((kind) =>
    Object.entries(leaks).map(([name, leak]) => ({
      name,
      kind,
      plant: (planted, secrets) => (planted === kind ? leak(secrets) : undefined),
    })),
  );
}

/** Every leak of every kind of route. */
export const coreLeaks: readonly CoreLeak[] = [
  ...leaksOf(ballotKinds, ofBallots),
  ...leaksOf(countingKinds, ofCounting),
  ...leaksOf(resultKinds, ofResults),
  ...leaksOf([...resultKinds, "answer"], ofVoters),
];
