import { checkPhase, sendVotes, type BenchRun, type VotingResult } from "./bench-run.ts";
import { sum, toRow, type Row } from "./row.ts";
import { closedLoopConnections, goals, openLoopConnections, openLoopShares } from "./settings.ts";

const decisionId = "bench-single";
const calibrationMs = 3_000;
const calibrationVotes = 30_000;
/** Tokens signed for a round, over what the last one needed: too few would end it early. */
const tokenReserve = 1.5;

/** One vote a request: first the highest rate there is, then the latency at shares of it. */
export async function benchSingleVotes(run: BenchRun): Promise<void> {
  await run.platform.openDecision(decisionId, run.shards);
  const closed = await benchClosedLoop(run);
  run.rows.push(closed.row);
  let { acknowledged } = closed;
  for (const share of openLoopShares) {
    const step = await benchOpenLoop(run, closed.row.requestsPerSecond, share);
    run.rows.push(step.row);
    acknowledged += step.acknowledged;
  }
  await checkPhase(run, decisionId, acknowledged);
}

type Step = { row: Row; acknowledged: number };

async function benchClosedLoop(run: BenchRun): Promise<Step> {
  const { settings, platform } = run;
  const pace = { kind: "closed", connections: closedLoopConnections } as const;
  const calibration = await sendVotes(run, decisionId, {
    name: "one vote a request: getting warm",
    plan: platform.votesPlan(decisionId, calibrationVotes),
    pace,
    warmUpMs: settings.warmUpMs,
    measureMs: calibrationMs,
  });
  const perSecond = calibration.requests / calibration.measuredSeconds;
  const seconds = (settings.warmUpMs + settings.roundMs) / 1_000;
  const results: VotingResult[] = [];
  const echoRates: number[] = [];
  for (let round = 1; round <= settings.rounds; round += 1) {
    const { result, echoPerSecond } = await run.echo.around(() =>
      sendVotes(run, decisionId, {
        name: `one vote a request, closed loop, round ${round} of ${settings.rounds}`,
        plan: platform.votesPlan(decisionId, Math.ceil(perSecond * seconds * tokenReserve)),
        pace,
        warmUpMs: settings.warmUpMs,
        measureMs: settings.roundMs,
      }),
    );
    results.push(result);
    echoRates.push(echoPerSecond);
  }
  const acknowledged = sum([calibration, ...results], (result) => result.acknowledgedVotes);
  await checkPhase(run, decisionId, acknowledged);
  const echoPerSecond = sum(echoRates, (rate) => rate) / echoRates.length;
  const name = `one vote a request, ${closedLoopConnections} at a time`;
  return { row: toRow(name, { results, echoPerSecond }), acknowledged };
}

async function benchOpenLoop(run: BenchRun, heldRate: number, share: number): Promise<Step> {
  const { settings, platform } = run;
  const perSecond = heldRate * share;
  const seconds = (settings.warmUpMs + settings.openLoopMs) / 1_000;
  const name = `  on schedule at ${Math.round(share * 100)} % of that`;
  const { result, echoPerSecond } = await run.echo.around(() =>
    sendVotes(run, decisionId, {
      name: `one vote a request, open loop, ${name.trim()}`,
      plan: platform.votesPlan(decisionId, Math.ceil(perSecond * seconds)),
      pace: { kind: "open", connections: openLoopConnections, perSecond },
      warmUpMs: settings.warmUpMs,
      measureMs: settings.openLoopMs,
    }),
  );
  const row = toRow(name, { results: [result], echoPerSecond }, ({ p99Ms }) =>
    share === goals.shareOfHeldRate
      ? { text: `p99 under ${goals.p99Ms} ms`, isMet: p99Ms < goals.p99Ms }
      : null,
  );
  return { row, acknowledged: result.acknowledgedVotes };
}
