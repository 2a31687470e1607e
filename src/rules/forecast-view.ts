import type { ForecastView, LeastView } from "./forecast-json.ts";
import type { Forecast } from "./forecast/forecast.ts";
import type { LeastSteps } from "./forecast/least-steps.ts";

/** What is still needed, as the API shows it. */
export function viewForecast(forecast: Forecast | null): ForecastView {
  if (forecast === null) return null;
  return {
    counted_by: forecast.countedBy,
    certainty: forecast.certainty,
    further_yes: viewLeast(forecast.furtherYes),
    no_to_yes: viewLeast(forecast.noToYes),
    abstain_to_yes: viewLeast(forecast.abstainToYes),
    yes_to_no: viewLeast(forecast.yesToNo),
  };
}

function viewLeast(least: LeastSteps | null): LeastView {
  if (least === null) return null;
  if (least.type !== "found") {
    return {
      result: least.type,
      votes: null,
      at_least: null,
      exact: least.type !== "unknown",
      regions: [],
      reason: least.type === "unknown" ? least.reason : null,
    };
  }
  return {
    result: "found",
    votes: String(least.steps),
    at_least: String(least.atLeast),
    exact: least.steps === least.atLeast,
    regions: [...least.regions].map(([region, votes]) => ({ region, votes: String(votes) })),
    reason: null,
  };
}
