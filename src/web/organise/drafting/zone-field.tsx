import { Trans, useLingui } from "@lingui/react/macro";
import { useMemo } from "react";
import { FormField } from "../form/form-field.tsx";
import { timeZones } from "./wall-time.ts";

/** The zone that a tab's own clock is in. */
export function ownTimeZone(): string {
  return new Intl.DateTimeFormat().resolvedOptions().timeZone;
}

export type ZoneFieldProps = { value: string; onChange: (zone: string) => void };

/** Whose clock the times are told by. */
export function ZoneField({ value, onChange }: ZoneFieldProps) {
  const { t } = useLingui();
  const zones = useMemo(() => timeZones(ownTimeZone()), []);
  return (
    <FormField
      pointer="/time_zone"
      label={t`Time zone`}
      hint={
        <Trans>
          The place whose clock you mean. Voters elsewhere read the same moments by their own
          clocks.
        </Trans>
      }
    >
      {(control) => (
        <select {...control} value={value} onChange={({ target }) => onChange(target.value)}>
          {[...new Set([value, ...zones])].map((zone) => (
            <option key={zone} value={zone}>
              {zone.replaceAll("_", " ")}
            </option>
          ))}
        </select>
      )}
    </FormField>
  );
}
