import { Trans } from "@lingui/react/macro";
import type { CountMeasure } from "./measure.ts";

export type MeasureSwitchProps = {
  measure: CountMeasure;
  onChange: (measure: CountMeasure) => void;
};

/** Two radio buttons that choose whether heads or their weight are shown, where a rule counts both. */
export function MeasureSwitch({ measure, onChange }: MeasureSwitchProps) {
  return (
    <fieldset className="switch">
      <legend className="unseen">
        <Trans>What is counted</Trans>
      </legend>
      <label>
        <input
          type="radio"
          name="measure"
          checked={measure === "ballots"}
          onChange={() => onChange("ballots")}
        />
        <span>
          <Trans>Heads</Trans>
        </span>
      </label>
      <label>
        <input
          type="radio"
          name="measure"
          checked={measure === "weight"}
          onChange={() => onChange("weight")}
        />
        <span>
          <Trans>Weight</Trans>
        </span>
      </label>
    </fieldset>
  );
}
