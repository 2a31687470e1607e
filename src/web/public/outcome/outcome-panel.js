import { element, setText } from "../page/element.js";
import { forecastWords, verdictText } from "./forecast-words.js";
import { barOf } from "./requirement-bar.js";

/** @import { ApiDecisionStatus, ApiOutcome, ApiRequirement } from "../../contract.ts" */

/**
 * What the decision's rule says: the verdict, every requirement as a sentence with its bar, and
 * what is still needed.
 */
export function outcomePanel() {
  const heading = element("h2", { id: "outcome-title" });
  const verdict = element("p", { class: "verdict" });
  const certified = element("p", { class: "certified" });
  const rule = element("p", { class: "quiet-line" });
  const requirements = element("ul", { class: "requirements" });
  const forecast = element("p", { class: "forecast" });
  const node = element(
    "section",
    { class: "outcome", "aria-labelledby": "outcome-title", hidden: true },
    heading,
    verdict,
    certified,
    requirements,
    forecast,
    rule,
  );

  return {
    node,
    /** @param {ApiOutcome} outcome */
    show(outcome) {
      const said = outcome.final ? outcome.outcome : outcome.if_closed_now;
      setText(heading, outcome.final ? "Outcome" : "If it closed now");
      setText(verdict, verdictText(outcome, said));
      verdict.dataset["verdict"] = said;
      requirements.replaceChildren(...outcome.requirements.map(requirementRow));
      const words = forecastWords(outcome);
      setText(forecast, words ?? "");
      forecast.hidden = words === null;
      const { title } = outcome.rule;
      setText(rule, `Rule: ${typeof title === "string" ? title : ""}`);
      rule.hidden = typeof title !== "string" || title === "";
      node.hidden = false;
    },
    /** @param {ApiDecisionStatus} status */
    showStatus(status) {
      certified.hidden = status !== "certified";
      setText(
        certified,
        "Certified: the public copies are whole, and counted again they come to this result.",
      );
    },
  };
}

/** @param {ApiRequirement} requirement */
function requirementRow(requirement) {
  const { met, sentence, id } = requirement;
  const bar = barOf(requirement);
  return element(
    "li",
    { class: met ? "requirement met" : "requirement missed" },
    element(
      "p",
      { class: "requirement-head" },
      element("span", { class: "requirement-mark" }, met ? "Met" : "Not met"),
      element("span", { class: "requirement-name", dir: "auto" }, id.replaceAll("_", " ")),
    ),
    bar === null ? null : requirementBar(bar),
    element("p", { class: "requirement-words", dir: "auto" }, sentence),
  );
}

/** @param {{ actual: number, threshold: number }} bar */
function requirementBar({ actual, threshold }) {
  const filled = element("span", { class: "requirement-filled" });
  const mark = element("span", { class: "requirement-needed" });
  filled.style.setProperty("inline-size", `${actual}%`);
  mark.style.setProperty("inset-inline-start", `${threshold}%`);
  return element("div", { class: "requirement-bar", "aria-hidden": "true" }, filled, mark);
}
