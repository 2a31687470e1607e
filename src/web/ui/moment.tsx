import { useLingui } from "@lingui/react/macro";
import { formatClock, formatDay, formatMoment } from "../i18n/format.ts";
import { useTimeZone } from "../i18n/use-time-zone.ts";

const formats = { moment: formatMoment, day: formatDay, clock: formatClock };

export type MomentProps = {
  iso: string;
  /** Day and time with the zone, the day alone, or the time of day to the second. */
  show?: keyof typeof formats;
};

/** A moment in the reader's own zone, with the exact one for machines and on hover. */
export function Moment({ iso, show = "moment" }: MomentProps) {
  const { i18n } = useLingui();
  const timeZone = useTimeZone();
  return (
    <time dateTime={iso} title={iso} dir="auto">
      {formats[show](i18n, iso, timeZone)}
    </time>
  );
}
