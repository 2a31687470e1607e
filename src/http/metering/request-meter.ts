import { votersRoutes } from "../../telemetry/metrics/series.ts";
import type { Meter } from "../../telemetry/metrics/meter.ts";
import type { RouteTable } from "../middleware/route-table.ts";
import { pathOf } from "../requests/path-of.ts";
import { isVotersRequestCounted } from "./counted-requests.ts";

const methods: ReadonlySet<string> = new Set(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"]);

/** What is measured of a request that was answered. */
export interface AnsweredRequest {
  request: Request;
  status: number;
  /** From its arrival to the head of its answer. */
  ms: number;
}

/**
 * Measures an answered request, by its route's pattern. On voters' routes only what failed, and what
 * is known to be of a decision that shows its turnout.
 */
export function meterRequest(
  meter: Meter,
  routes: RouteTable,
  { request, status, ms }: AnsweredRequest,
): void {
  if (!meter.isOn) return;
  const route = routes.find(pathOf(request.url))?.path ?? "none";
  if (votersRoutes.has(route) && status < 500 && !isVotersRequestCounted(request)) return;
  const labels = {
    "http.request.method": methods.has(request.method) ? request.method : "_OTHER",
    "http.route": route,
    status_class: `${Math.floor(status / 100)}xx`,
  };
  meter.record("http.server.request.duration", labels, ms / 1_000);
}
