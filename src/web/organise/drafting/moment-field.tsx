import { parseDateTime, type CalendarDateTime } from "@internationalized/date";
import { Trans, useLingui } from "@lingui/react/macro";
import { useId } from "react";
import {
  Button,
  Calendar,
  CalendarCell,
  CalendarGrid,
  CalendarGridBody,
  CalendarGridHeader,
  CalendarHeaderCell,
  DateInput,
  DatePicker,
  DateSegment,
  Dialog,
  Group,
  Heading,
  I18nProvider,
  Label,
  Popover,
} from "react-aria-components";
import { formatMoment } from "../../i18n/format.ts";
import { fieldId, FieldFaults, useFieldFaults } from "../form/form-faults.tsx";
import type { MomentForm } from "./draft-form.ts";
import { momentOf, readWallTime, wallTimeAt, type WallTime } from "./wall-time.ts";
import { ownTimeZone } from "./zone-field.tsx";

export interface MomentFieldProps {
  pointer: string;
  label: string;
  moment: MomentForm;
  timeZone: string;
  onChange: (moment: MomentForm) => void;
}

/** A day and time by the clock of a zone, with what that is elsewhere. */
export function MomentField({ pointer, label, moment, timeZone, onChange }: MomentFieldProps) {
  const { i18n } = useLingui();
  const id = useId();
  const faults = useFieldFaults(pointer);
  const wall = readWallTime(moment.local, timeZone);
  return (
    <div className="form-field moment-field" id={fieldId(pointer)}>
      <I18nProvider locale={i18n.locale === "en" ? "en-GB" : i18n.locale}>
        <DatePicker
          value={localValue(moment.local)}
          granularity="minute"
          hourCycle={24}
          shouldForceLeadingZeros
          isInvalid={faults.length > 0}
          aria-describedby={`${id}-note ${id}-faults`}
          onChange={(value) =>
            onChange({ local: value?.toString().slice(0, 16) ?? "", which: null })
          }
        >
          <Label className="form-label">{label}</Label>
          <Group className="moment-group">
            <DateInput className="moment-input">
              {(segment) => <DateSegment segment={segment} className="moment-segment" />}
            </DateInput>
            <Button className="button quiet moment-button">
              <Trans>Calendar</Trans>
            </Button>
          </Group>
          <Popover className="moment-popover">
            <Dialog className="moment-dialog">
              <MomentCalendar />
            </Dialog>
          </Popover>
        </DatePicker>
      </I18nProvider>
      <div id={`${id}-note`}>
        {wall !== null && (
          <MomentNote wall={wall} moment={moment} timeZone={timeZone} onChange={onChange} />
        )}
      </div>
      <FieldFaults id={`${id}-faults`} faults={faults} />
    </div>
  );
}

function MomentCalendar() {
  const { t } = useLingui();
  return (
    <Calendar className="moment-calendar">
      <header>
        <Button slot="previous" className="button quiet" aria-label={t`Month before`}>
          ‹
        </Button>
        <Heading />
        <Button slot="next" className="button quiet" aria-label={t`Month after`}>
          ›
        </Button>
      </header>
      <CalendarGrid>
        <CalendarGridHeader>
          {(day) => <CalendarHeaderCell>{day}</CalendarHeaderCell>}
        </CalendarGridHeader>
        <CalendarGridBody>
          {(date) => <CalendarCell date={date} className="moment-day" />}
        </CalendarGridBody>
      </CalendarGrid>
    </Calendar>
  );
}

type MomentNoteProps = Pick<MomentFieldProps, "moment" | "timeZone" | "onChange"> & {
  wall: WallTime;
};

/** What the moment is elsewhere; and where clocks change, that it comes twice or not at all. */
function MomentNote({ wall, moment, timeZone, onChange }: MomentNoteProps) {
  const { i18n, t } = useLingui();
  const at = momentOf(wall, moment.which);
  const told = (iso: string) => formatMoment(i18n, iso, timeZone);
  if (wall.kind === "skipped") {
    const take = (iso: string) => onChange({ local: wallTimeAt(iso, timeZone), which: null });
    return (
      <div className="form-warning" role="status">
        <p>
          <Trans>
            This time does not come on that day: clocks are put forward. Choose one before or after.
          </Trans>
        </p>
        <div className="actions">
          {[wall.before, wall.after].map((iso) => (
            <button key={iso} type="button" className="button" onClick={() => take(iso)}>
              {told(iso)}
            </button>
          ))}
        </div>
      </div>
    );
  }
  return (
    <>
      {wall.kind === "twice" && (
        <fieldset className="form-warning">
          <legend>
            <Trans>This time comes twice on that day: clocks are put back. Which is meant?</Trans>
          </legend>
          {(["earlier", "later"] as const).map((which) => (
            <label key={which} className="choice-option">
              <input
                type="radio"
                name={`which ${moment.local}`}
                checked={moment.which === which}
                onChange={() => onChange({ ...moment, which })}
              />
              {which === "earlier"
                ? t`The first: ${told(wall.earlier)}`
                : t`The second: ${told(wall.later)}`}
            </label>
          ))}
        </fieldset>
      )}
      {at !== null && <Elsewhere at={at} timeZone={timeZone} />}
    </>
  );
}

/** The same moment by the reader's own clock and by UTC. */
function Elsewhere({ at, timeZone }: { at: string; timeZone: string }) {
  const { i18n } = useLingui();
  const utc = formatMoment(i18n, at, "UTC");
  const own = formatMoment(i18n, at);
  return (
    <p className="form-hint">
      {ownTimeZone() === timeZone || ownTimeZone() === "UTC" ? (
        <Trans>That is {utc}.</Trans>
      ) : (
        <Trans>
          That is {utc}, and {own} where you are.
        </Trans>
      )}
    </p>
  );
}

/** The widget's value of a local time; null where there is none. */
function localValue(local: string): CalendarDateTime | null {
  try {
    return parseDateTime(local);
  } catch {
    return null;
  }
}
