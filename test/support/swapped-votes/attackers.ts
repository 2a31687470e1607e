import type { Choice } from "../../../src/ballot/ballot.ts";
import { holdCoreElection, openerOf } from "./core-election.ts";
import type { Plant, Sight } from "./core-sights.ts";
import {
  Chance,
  hexOf,
  isBallot,
  makeElection,
  swapVotes,
  type ElectionTerms,
  type RandomElection,
} from "./random-election.ts";
import { swappablePairs } from "./swapped-pairs.ts";

/**
 * What an attacker has: the design, pids, the order and the time of every arrival, how everybody
 * but two voters voted, with their receipts, and the answers of every route. One of the two cast
 * the wanted choice last, and the other another one.
 */
export interface Evidence {
  /** The two in the order of their last ballots, each with its pid and when that came. */
  suspects: readonly [Suspect, Suspect];
  wanted: Choice;
  sights: readonly Sight[];
  /** Published ballots that belong to nobody else: what is left of the counted list. */
  left: readonly LeftRow[];
  /** How others had voted by a moment, by region and choice. */
  othersBy: (moment: number) => ReadonlyMap<string, number>;
}

/** One of two voters. */
export interface Suspect {
  pid: string;
  region: string;
  arrivedAt: number;
  arrival: number;
}

/** A row of a list: where it stands, what it says, and what a leak has added. */
export interface LeftRow {
  at: number;
  row: { ballot_hash: string; choice?: string; k?: string; u?: string | null };
  text: string;
  added: unknown;
}

/** Which of the suspects cast the wanted choice; null where it can't tell, and tosses a coin. */
export type Guess = (evidence: Evidence) => 0 | 1 | null;

const commitEveryMs = 300;
const opensAt = 1_000;

type Cast = Suspect & { voter: number; choice: string; isCounted: boolean };

/** Every ballot that was cast, as whoever watches the doors sees it. */
function castsOf({ commits, voters }: RandomElection): Cast[] {
  let arrival = 0;
  return commits.flatMap((commit, index) =>
    commit.flatMap((each): Cast[] => {
      const own = arrival++;
      const voter = voters[each.voter];
      if (!isBallot(each) || voter === undefined) return [];
      const { pid, region } = voter;
      const choice = each.kind === "withdrawal" ? "withdrawn" : each.choice;
      const arrivedAt = opensAt + index * commitEveryMs;
      return [{ pid, region, arrivedAt, arrival: own, voter: each.voter, choice, isCounted: true }];
    }),
  );
}

function rowsOf(sights: readonly Sight[], kind: Sight["kind"]): LeftRow[] {
  return sights.flatMap(({ kind: own, text }, at): LeftRow[] => {
    if (own !== kind || !text.startsWith("{")) return [];
    const end = text.indexOf("}") + 1;
    const row = JSON.parse(text.slice(0, end)) as LeftRow["row"];
    const added: unknown = end < text.length ? JSON.parse(text.slice(end)) : null;
    return [{ at, row, text: text.slice(0, end), added }];
  });
}

/** Which elections are attacked, and what is planted into them. */
interface AttackInput {
  seed: number;
  terms: ElectionTerms;
  plant?: Plant;
  /** Whether the room looks after every commit. */
  isWatched?: boolean;
}

/** An election with a secret: which of two voters cast what. Null where no two are alike. */
export function makeEvidence(input: AttackInput): { evidence: Evidence; truth: 0 | 1 } | null {
  const { seed, terms, plant, isWatched = false } = input;
  const made = makeElection(seed, terms);
  const election = isWatched ? { ...made, looks: made.looks.map(() => true) } : made;
  const chance = new Chance(seed + 2);
  const opener = openerOf(election);
  const planted = plant === undefined ? {} : { plant };
  const base = holdCoreElection({ election, opener, ...planted });
  const last = lastCasts(election);
  const pairs = swappablePairs(election, base).filter(([one, other]) => {
    const [a, b] = [last.get(one), last.get(other)];
    const isVote = a?.choice !== "withdrawn" && b?.choice !== "withdrawn";
    // Nothing tells apart two who come in one commit, were there any leak.
    return isVote && a?.choice !== b?.choice && a?.arrivedAt !== b?.arrivedAt;
  });
  if (pairs.length === 0) return null;
  const pair = chance.oneOf(pairs);
  const isSwapped = chance.is(0.5);
  const held = isSwapped ? swapVotes(election, pair) : election;
  const { sights } = isSwapped ? holdCoreElection({ election: held, opener, ...planted }) : base;
  const suspects = pair
    .map((voter) => lastCasts(held).get(voter) as Cast)
    .toSorted((a, b) => a.arrival - b.arrival) as [Cast, Cast];
  // Of the two choices the same one, whoever cast it.
  const wanted = suspects.map(({ choice }) => choice).toSorted()[0] as Choice;
  const seen = sights.filter(({ voter }) => voter === null || !pair.includes(voter));
  const evidence: Evidence = {
    suspects,
    wanted,
    sights: seen,
    left: leftRows(seen),
    othersBy: (moment) => countOthers(held, pair, moment),
  };
  return { evidence, truth: suspects[0].choice === wanted ? 0 : 1 };
}

function lastCasts(election: RandomElection): Map<number, Cast> {
  return new Map(castsOf(election).map((cast) => [cast.voter, cast]));
}

/** The counted rows that no receipt of another voter names. */
function leftRows(sights: readonly Sight[]): LeftRow[] {
  const known = new Set(
    sights.flatMap(({ kind, text }) =>
      kind === "answer" ? (/"ballotHash":"([0-9a-f]{64})"/.exec(text)?.slice(1) ?? []) : [],
    ),
  );
  return rowsOf(sights, "counted row").filter(({ row }) => !known.has(row.ballot_hash));
}

function countOthers(
  election: RandomElection,
  pair: readonly number[],
  moment: number,
): ReadonlyMap<string, number> {
  const newest = new Map<number, Cast>();
  for (const cast of castsOf(election))
    if (cast.arrivedAt <= moment && !pair.includes(cast.voter)) newest.set(cast.voter, cast);
  const counts = new Map<string, number>();
  for (const { region, choice } of newest.values()) {
    const key = `${region} ${choice}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return counts;
}

/** What somebody who knows pids would look for: a value that can be made of one. */
function fingerprintsOf(pid: string): string[] {
  return [pid, `delta ${pid}`, `${pid},`, `roll ${pid}`].flatMap((text) => [text, hexOf(text)]);
}

/** A value of the wanted row that follows from a suspect's pid, as `roll.hash` once did. */
export const matchFingerprints: Guess = ({ suspects, wanted, left }) => {
  const row = left.find((each) => each.row.choice === wanted);
  if (row === undefined) return null;
  const text = `${row.text} ${JSON.stringify(row.added)}`;
  const found = suspects.map(({ pid }) => fingerprintsOf(pid).some((one) => text.includes(one)));
  return found[0] === found[1] ? null : found[0] === true ? 0 : 1;
};

/** Who came first stands first: in the list, or by a number beside the row. */
export const compareOrders: Guess = ({ wanted, left }) => {
  const mine = left.find((each) => each.row.choice === wanted);
  const other = left.find((each) => each.row.choice !== wanted);
  if (mine === undefined || other === undefined) return null;
  const place = ({ at, added }: LeftRow): number => (typeof added === "number" ? added : at);
  return place(mine) < place(other) ? 0 : 1;
};

/** Bits of hashes that follow bits of pids. */
export const compareBits: Guess = ({ suspects, wanted, left }) => {
  const row = left.find((each) => each.row.choice === wanted);
  if (row === undefined) return null;
  const [one, other] = suspects.map(({ pid }) => Number.parseInt(hexOf(pid).slice(0, 8), 16));
  const hash = Number.parseInt(row.row.ballot_hash.slice(0, 8), 16);
  return Math.abs(hash - (one ?? 0)) < Math.abs(hash - (other ?? 0)) ? 0 : 1;
};

/** A moment in what is shown of the wanted row at which only one of the two came. */
export const joinTimes: Guess = ({ suspects, wanted, left }) => {
  const row = left.find((each) => each.row.choice === wanted);
  if (row === undefined) return null;
  const text = `${row.text} ${JSON.stringify(row.added)}`;
  const numbers = new Set(text.match(/\b\d{4,7}\b/g) ?? []);
  const found = suspects.map(({ arrivedAt }) => numbers.has(String(arrivedAt)));
  return found[0] === found[1] ? null : found[0] === true ? 0 : 1;
};

interface View {
  at: number;
  region: string;
  counts: Readonly<Record<string, number>>;
}

type Counted = Readonly<Record<string, { ballots: number }>>;

/** Every view of the suspects' region that any route gave, with the moment it is said to be of. */
function viewsOf({ sights, suspects }: Evidence): View[] {
  const [{ region }] = suspects;
  return sights.flatMap(({ kind, text }): View[] => {
    if (!["results", "region", "frame"].includes(kind)) return [];
    const [, shown = "", added] = /^(?:W\/"\d+" )?(\{.*?\})(?: (\[.*\]))?$/s.exec(text) ?? [];
    if (shown === "") return [];
    const body = JSON.parse(shown) as {
      as_of?: string;
      region?: string;
      total?: Counted;
      regions?: ({ region: string } & Counted)[];
    };
    const at = Date.parse(body.as_of ?? "");
    const counts = (cell: Counted | undefined): View[] =>
      cell === undefined ? [] : [{ at, region, counts: ballotsOf(cell) }];
    const ofRegion = body.region === region ? counts(body.total) : [];
    const ofRegions = counts(body.regions?.find((cell) => cell.region === region));
    const whole = region === "" && body.region === undefined ? counts(body.total) : [];
    return [...ofRegion, ...ofRegions, ...whole, ...addedViews(added, region)];
  });
}

function ballotsOf(cell: Counted): Record<string, number> {
  const { yes, no, abstain } = cell;
  return { yes: yes?.ballots ?? 0, no: no?.ballots ?? 0, abstain: abstain?.ballots ?? 0 };
}

/** What a leak adds: the moment, and the true counts of each region. */
function addedViews(added: string | undefined, region: string): View[] {
  if (added === undefined) return [];
  const [at, regions] = JSON.parse(added) as [number, [string, Record<string, number>][]];
  return regions.flatMap(([code, counts]) => (code === region ? [{ at, region, counts }] : []));
}

/**
 * Takes what others had cast from every view and from what differs between every two of them: where
 * a single vote is left, or a changed one, it is that of the suspect who has come in between.
 */
export const subtractViews: Guess = (evidence) => {
  const { suspects, wanted, othersBy } = evidence;
  const residues = viewsOf(evidence).map(({ at, region, counts }) => {
    const others = othersBy(at);
    const left = Object.entries(counts).map(
      ([choice, ballots]) => [choice, ballots - (others.get(`${region} ${choice}`) ?? 0)] as const,
    );
    return { at, left: new Map(left) };
  });
  const none = { at: 0, left: new Map<string, number>() };
  const all = [none, ...residues.toSorted((a, b) => a.at - b.at)];
  const [first, second] = suspects;
  for (const [index, later] of all.entries()) {
    for (const earlier of all.slice(0, index)) {
      const changed = [...later.left].flatMap(([choice, count]) => {
        const by = count - (earlier.left.get(choice) ?? 0);
        return by === 0 ? [] : [[choice, by] as const];
      });
      const gained = changed.filter(([, by]) => by === 1);
      const lost = changed.filter(([, by]) => by === -1);
      const [only] = gained;
      if (only === undefined || gained.length !== 1 || lost.length > 1) continue;
      if (gained.length + lost.length !== changed.length) continue;
      const came = [first, second].filter(
        ({ arrivedAt }) => arrivedAt > earlier.at && arrivedAt <= later.at,
      );
      const [who] = came;
      if (came.length !== 1 || who === undefined) continue;
      const isWanted = only[0] === wanted;
      return (who === first) === isWanted ? 0 : 1;
    }
  }
  return null;
};
