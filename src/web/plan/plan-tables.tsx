import { Trans, useLingui } from "@lingui/react/macro";
import type { ReactNode } from "react";
import type { Bill } from "../../planner/bill.ts";
import type { Stage } from "../../planner/bottleneck.ts";
import type { Latency } from "../../planner/latency.ts";
import { TurnoutBar } from "../results/turnout-bar.tsx";
import { formatFigure, formatPart, formatUsd } from "./format-figure.ts";
import { basisWords, itemWords, partWords, stageWords } from "./plan-words.ts";

interface PlanTableProps {
  /** Id of the heading that names it. */
  labelledBy: string;
  children: ReactNode;
}

/** A table that is moved sideways where a screen is too narrow for it. */
function PlanTable({ labelledBy, children }: PlanTableProps) {
  return (
    <div className="plan-scroll" role="group" aria-labelledby={labelledBy} tabIndex={0}>
      <table className="figures-table" aria-labelledby={labelledBy}>
        {children}
      </table>
    </div>
  );
}

/** The bill, line by line. */
export function BillTable({ bill }: { bill: Bill }) {
  const { i18n } = useLingui();
  return (
    <PlanTable labelledBy="plan-bill">
      <thead>
        <tr>
          <th scope="col">
            <Trans>What is billed</Trans>
          </th>
          <th scope="col" className="count">
            <Trans>A month</Trans>
          </th>
          <th scope="col" className="count plan-included">
            <Trans>Of it included</Trans>
          </th>
          <th scope="col" className="count">
            <Trans>US dollars</Trans>
          </th>
        </tr>
      </thead>
      <tbody>
        {bill.lines.map(({ item, quantity, included, usd }) => (
          <tr key={item}>
            <th scope="row">{i18n._(itemWords[item])}</th>
            <td className="count">{formatFigure(i18n, quantity)}</td>
            <td className="count plan-included">
              {included === 0 ? "–" : formatFigure(i18n, included)}
            </td>
            <td className="count">{formatUsd(i18n, usd)}</td>
          </tr>
        ))}
      </tbody>
    </PlanTable>
  );
}

/** The time of a vote by its parts, and what each rests on. */
export function TimesTable({ latency }: { latency: Latency }) {
  const { i18n } = useLingui();
  return (
    <PlanTable labelledBy="plan-times">
      <thead>
        <tr>
          <th scope="col">
            <Trans>Part</Trans>
          </th>
          <th scope="col" className="count">
            <Trans>Half within, ms</Trans>
          </th>
          <th scope="col" className="count">
            <Trans>99 of 100, ms</Trans>
          </th>
          <th scope="col" className="count">
            <Trans>Rests on</Trans>
          </th>
        </tr>
      </thead>
      <tbody>
        {latency.parts.map(({ name, p50Ms, p99Ms, basis }) => (
          <tr key={name}>
            <th scope="row">{i18n._(partWords[name])}</th>
            <td className="count">{formatFigure(i18n, p50Ms)}</td>
            <td className="count">{formatFigure(i18n, p99Ms)}</td>
            <td className="count">{i18n._(basisWords[basis])}</td>
          </tr>
        ))}
      </tbody>
    </PlanTable>
  );
}

/** How much of what each part can do is asked of it, as bars. */
export function StagesTable({ stages }: { stages: readonly Stage[] }) {
  const { i18n } = useLingui();
  return (
    <PlanTable labelledBy="plan-stages">
      <thead>
        <tr>
          <th scope="col">
            <Trans>Part</Trans>
          </th>
          <th scope="col">
            <span className="unseen">
              <Trans>As a bar</Trans>
            </span>
          </th>
          <th scope="col" className="count">
            <Trans>Of what is possible</Trans>
          </th>
        </tr>
      </thead>
      <tbody>
        {stages.map(({ name, share }) => (
          <tr key={name}>
            <th scope="row">{i18n._(stageWords[name])}</th>
            <td className="bar-cell">
              <TurnoutBar
                voted={BigInt(Math.min(thousandths, Math.round(share * thousandths)))}
                all={BigInt(thousandths)}
              />
            </td>
            <td className="count">{formatPart(i18n, share)}</td>
          </tr>
        ))}
      </tbody>
    </PlanTable>
  );
}

const thousandths = 1_000;
