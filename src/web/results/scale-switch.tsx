import { Trans } from "@lingui/react/macro";

/** Bars of one length that compare shares, or lengths that compare sizes. */
export type BarScale = "share" | "size";

export type ScaleSwitchProps = { scale: BarScale; onChange: (scale: BarScale) => void };

/** Two radio buttons that choose what the length of a region's bar says. */
export function ScaleSwitch({ scale, onChange }: ScaleSwitchProps) {
  return (
    <fieldset className="switch">
      <legend className="unseen">
        <Trans>What the bars compare</Trans>
      </legend>
      <label>
        <input
          type="radio"
          name="scale"
          checked={scale === "share"}
          onChange={() => onChange("share")}
        />
        <span>
          <Trans>Shares</Trans>
        </span>
      </label>
      <label>
        <input
          type="radio"
          name="scale"
          checked={scale === "size"}
          onChange={() => onChange("size")}
        />
        <span>
          <Trans>Sizes</Trans>
        </span>
      </label>
    </fieldset>
  );
}
