import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { castMany, type ShardState } from "../../../src/ballot/cast-many.ts";
import { ballotOpener } from "../../../src/ballot/opening.ts";
import { stateAfter, type LoggedBallot } from "../../../src/ballot/state-after.ts";
import type { VoterRecord } from "../../../src/ballot/voter.ts";
import { cellsOf } from "../../support/cells-of.ts";
import { batchesArbitrary, termsFor } from "./election-arbitraries.ts";

const terms = termsFor("revisable");
const serials: ReadonlyMap<string, number> = new Map();
const nothing: ShardState = { seq: 0, tally: new Map() };

describe("the state after what a log holds", () => {
  it("is that of the transition, from whichever older state it is taken", () => {
    fc.assert(
      fc.property(batchesArbitrary, (batches) => {
        const logged: LoggedBallot[] = [];
        const records = new Map<string, VoterRecord>();
        const states = [nothing];
        for (const requests of batches) {
          const state = states.at(-1) ?? nothing;
          const common = { terms, roll: null, serials, now: 1_500, opener: ballotOpener(terms) };
          const stage = { isSealed: false, isPaused: false, areTokensOver: false };
          const bounds = { ...stage, ballotsAVoterMax: 100 };
          const transition = castMany({ ...common, ...bounds, state, records, requests });
          for (const ballot of transition.ballots)
            logged.push({ ballot, replaced: transition.replaced.get(ballot.seq) ?? null });
          for (const [pid, record] of transition.voters) records.set(pid, record);
          states.push(transition.state);
        }
        const last = states.at(-1) ?? nothing;
        for (const older of states) {
          const state = stateAfter(older, logged.slice(older.seq));
          expect(state.seq).toBe(last.seq);
          expect(cellsOf(state.tally)).toEqual(cellsOf(last.tally));
        }
      }),
    );
  });

  it("is refused where the log does not begin right after the older state", () => {
    const ballot = { pid: "a", choice: "yes", region: "", weight: 1, acceptedAt: 0 } as const;
    const logged = [{ ballot: { ...ballot, seq: 2 }, replaced: null }];
    expect(() => stateAfter(nothing, logged)).toThrow("no gap");
  });
});
