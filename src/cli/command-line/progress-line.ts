export type ProgressState = {
  label: string;
  unit: string;
  done: number;
  total: number;
  elapsedMs: number;
};

const barCells = 24;

/** One line that says how far the work is, how fast it goes and when it ends. */
export function progressLine(state: ProgressState): string {
  const share = state.total === 0 ? 1 : Math.min(state.done / state.total, 1);
  const filled = Math.floor(share * barCells);
  const bar = "█".repeat(filled) + "░".repeat(barCells - filled);
  const perSecond = state.elapsedMs === 0 ? 0 : (state.done * 1_000) / state.elapsedMs;
  const left =
    perSecond === 0
      ? ""
      : `  ${formatDuration(((state.total - state.done) / perSecond) * 1_000)} left`;
  const percent = String(Math.floor(share * 100)).padStart(3);
  const done = `${formatProgressCount(state.done)} of ${formatProgressCount(state.total)} ${state.unit}`;
  return `${state.label} ${bar} ${percent} %  ${done}  ${formatProgressCount(Math.round(perSecond))}/s${left}`;
}

/** A count with thousands separators. */
export function formatProgressCount(count: number): string {
  return count.toLocaleString("en-GB");
}

/** Milliseconds as a person says them: `850 ms`, `12.3 s`, `2 min 05 s`. */
export function formatDuration(ms: number): string {
  if (ms < 1_000) return `${Math.round(ms)} ms`;
  if (ms < 60_000) return `${(ms / 1_000).toFixed(1)} s`;
  const seconds = Math.round(ms / 1_000);
  return `${Math.floor(seconds / 60)} min ${String(seconds % 60).padStart(2, "0")} s`;
}
