import { z } from "@hono/zod-openapi";
import { keySecurity } from "./common.ts";
import { route } from "./route.ts";

export const readMetricsRoute = route({
  method: "get",
  path: "/metrics",
  summary: "Read what the deployment measures, as Prometheus does",
  description:
    "Prometheus' text format. Give it the key as `authorization` of its scrape. What votes move grows by ten or more at once, and of sealed decisions nothing of their votes is counted.",
  security: keySecurity("admin", "auditor"),
  errors: ["metrics.off"],
  responses: {
    200: {
      description: "Counters, histograms and gauges",
      content: { "text/plain": { schema: z.string() } },
    },
  },
});
