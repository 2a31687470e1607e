import type { OpenAPIHono } from "@hono/zod-openapi";
import type { HttpDependencies } from "../../ports/http-dependencies.ts";
import { release } from "../../shared/release.ts";
import type { MetricPoint } from "../../telemetry/metrics/point.ts";
import { prometheusText, prometheusTextType } from "../../telemetry/metrics/prometheus-text.ts";
import type { GaugeName } from "../../telemetry/metrics/series.ts";
import * as contract from "../contract/metrics.ts";
import { guarded } from "../middleware/credentials.ts";
import { Problem } from "../problem.ts";
import { viewBacklog } from "../responses/view-backlog.ts";

/** For Prometheus: what the whole deployment measures. */
export function metricsRoutes(app: OpenAPIHono, deps: HttpDependencies): void {
  app.openapi(guarded(deps, contract.readMetricsRoute), async (c) => {
    if (deps.metrics === null) throw new Problem("metrics.off");
    const [points, waiting] = await Promise.all([deps.metrics.read(), readWaiting(deps)]);
    const text = prometheusText([...points, ...waiting, gauge("enviro.build", 1, [release])]);
    return c.text(text, 200, { "content-type": prometheusTextType });
  });
}

/** What waits, in the steps in which readiness tells it; nothing where the registry is silent. */
async function readWaiting(deps: HttpDependencies): Promise<MetricPoint[]> {
  const backlog = await deps.backlog().catch(() => null);
  const view = viewBacklog(backlog, deps.now());
  if (view.lagBallots === null || view.uncertified === null) return [];
  return [
    gauge("enviro.database.lag", (view.oldestMinutes ?? 0) * 60),
    gauge("enviro.database.waiting", view.lagBallots),
    gauge("enviro.certification.age", (view.uncertifiedMinutes ?? 0) * 60),
    gauge("enviro.certification.waiting", view.uncertified),
  ];
}

function gauge(name: GaugeName, value: number, values: readonly string[] = []): MetricPoint {
  return { name, values, kind: "gauge", value };
}
