import { lag99, quantile, type Simulation } from "./run-simulation.ts";

const face = "A SIMULATION: drawn from measured and assumed times, nothing here ran at Cloudflare";
const panel = { width: 440, height: 210, left: 70, top: 150, apart: 560 } as const;
const slowestMs = 250;

/** The simulations side by side as an SVG that says what it is. */
export function drawSimulations(simulations: readonly Simulation[]): string {
  const width = panel.apart * simulations.length + 20;
  const columns = simulations.map((each, at) => drawColumn(each, panel.left + at * panel.apart));
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} 720" font-family="sans-serif" font-size="13" fill="#15201c">
<rect width="100%" height="100%" fill="#f7f8f6"/>
<text x="20" y="34" font-size="18" font-weight="bold" fill="#8a2b0c">${face}</text>
${columns.join("\n")}
</svg>
`;
}

function drawColumn(simulation: Simulation, left: number): string {
  const { scenario, latencies, load, votesACommit, lags, plan, votes } = simulation;
  const { votesPerSecond, decisions, shards, seconds, seed } = scenario;
  const lines = [
    `${count(votesPerSecond)} votes a second, ${decisions} × ${shards} shards, ${seconds} s, seed ${seed}: ${count(votes)} votes`,
    `a shard's thread is busy ${percent(load)}, ${votesACommit.toFixed(1)} votes a commit`,
    `p50 ${ms(quantile(latencies, 0.5))}, p99 ${ms(quantile(latencies, 0.99))}, p99.9 ${ms(quantile(latencies, 0.999))}; p99 of the lag ${ms(lag99(lags))}`,
    `${plan.database}, four sessions of two hours: $${plan.bill.usdAMonth.toFixed(0)} a month, $${(plan.bill.usdAMillionVotes ?? 0).toFixed(2)} a million votes`,
  ];
  const words = lines.map((line, at) => `<text x="${left}" y="${62 + at * 19}">${line}</text>`);
  const lagTop = panel.top + panel.height + 80;
  const shownLags = lags.filter(({ at }) => at <= seconds * 1_000);
  const worstLag = shownLags.reduce((most, { lagMs }) => Math.max(most, lagMs), 1);
  return [
    ...words,
    drawAxes(left, panel.top, "share of votes by their time, to 250 ms", "100 %"),
    drawLine(sharesByTime(latencies), left, panel.top),
    drawAxes(
      left,
      lagTop,
      `how long ballots wait for the database, over ${seconds} s`,
      ms(worstLag),
    ),
    drawLine(
      shownLags.map(({ at, lagMs }) => [at / 1_000 / seconds, lagMs / worstLag]),
      left,
      lagTop,
    ),
  ].join("\n");
}

/** Points of the distribution, both from 0 to 1. */
function sharesByTime(latencies: Float64Array): [number, number][] {
  return Array.from({ length: 201 }, (_, at) => {
    const share = at / 200;
    return [Math.min(1, quantile(latencies, share) / slowestMs), share];
  });
}

function drawAxes(left: number, top: number, title: string, most: string): string {
  const bottom = top + panel.height;
  return `<path d="M${left} ${top}V${bottom}H${left + panel.width}" fill="none" stroke="#51605a"/>
<text x="${left}" y="${bottom + 22}">${title}</text>
<text x="${left - 8}" y="${top + 10}" text-anchor="end">${most}</text>
<text x="${left - 8}" y="${bottom}" text-anchor="end">0</text>`;
}

function drawLine(points: readonly (readonly [number, number])[], left: number, top: number) {
  // As many as can be told apart.
  const step = Math.max(1, Math.floor(points.length / 1_000));
  const drawn = points.filter((_, at) => at % step === 0);
  const path = drawn
    .map(
      ([x, y]) =>
        `${(left + x * panel.width).toFixed(1)},${(top + (1 - y) * panel.height).toFixed(1)}`,
    )
    .join(" ");
  return `<polyline points="${path}" fill="none" stroke="#14648c" stroke-width="2"/>`;
}

function count(value: number): string {
  return value.toLocaleString("en-GB");
}

function ms(value: number): string {
  return value >= 10_000 ? `${(value / 1_000).toFixed(1)} s` : `${value.toFixed(0)} ms`;
}

function percent(share: number): string {
  return `${(share * 100).toFixed(0)} %`;
}
