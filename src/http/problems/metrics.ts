import type { ProblemTable } from "./problem-table.ts";

/** Measurements that can't be read. */
export const metricsProblems = {
  "metrics.off": {
    status: 404,
    title: "This deployment gives no metrics here",
    detail: "Set METRICS to prometheus; with analytics-engine they are in the platform's dataset.",
  },
} satisfies ProblemTable;
