import {
  parseAbsolute,
  parseDateTime,
  toCalendarDateTime,
  toZoned,
  type CalendarDateTime,
} from "@internationalized/date";

/** Which of two moments is meant where clocks are put back, and the hour comes twice. */
export type WhichOfTwo = "earlier" | "later";

/**
 * A wall's calendar and clock in a named zone, as moments (ISO 8601, UTC): one; two where clocks
 * are put back; or none where they are put forward, and then those just before and after it.
 */
export type WallTime =
  | { kind: "once"; at: string }
  | { kind: "twice"; earlier: string; later: string }
  | { kind: "skipped"; before: string; after: string };

/**
 * What a local time such as "2027-03-28T02:30" is in a zone; null where it is no date and time, or
 * the zone is none that this browser knows.
 */
export function readWallTime(local: string, timeZone: string): WallTime | null {
  const written = parseLocal(local);
  if (written === null || !isTimeZone(timeZone)) return null;
  const [earlier, later] = (["earlier", "later"] as const).map((which) =>
    toZoned(written, timeZone, which),
  );
  if (earlier === undefined || later === undefined) return null;
  const [first, last] = [earlier.toAbsoluteString(), later.toAbsoluteString()];
  if (first === last) return { kind: "once", at: first };
  const isShown = toCalendarDateTime(earlier).compare(written) === 0;
  return isShown
    ? { kind: "twice", earlier: first, later: last }
    : { kind: "skipped", before: first, after: last };
}

/** The moment that is meant; null where there is none, or nobody has said which of two. */
export function momentOf(wall: WallTime | null, which: WhichOfTwo | null): string | null {
  if (wall === null || wall.kind === "skipped") return null;
  if (wall.kind === "once") return wall.at;
  return which === null ? null : wall[which];
}

/** What a wall's clock in a zone shows at a moment, to the minute: "2027-05-01T18:00". */
export function wallTimeAt(iso: string, timeZone: string): string {
  return toCalendarDateTime(parseAbsolute(iso, timeZone)).toString().slice(0, 16);
}

/** Which of two moments this one is, where its wall time comes twice; else null. */
export function whichOfTwo(iso: string, timeZone: string): WhichOfTwo | null {
  const wall = readWallTime(wallTimeAt(iso, timeZone), timeZone);
  if (wall?.kind !== "twice") return null;
  return Date.parse(iso) < Date.parse(wall.later) ? "earlier" : "later";
}

/** Whether this browser knows a zone by this name. */
export function isTimeZone(name: string): boolean {
  try {
    return name !== "" && new Intl.DateTimeFormat("en", { timeZone: name }).format(0) !== "";
  } catch {
    return false;
  }
}

/** Every zone by its name, the reader's own first and then UTC. */
export function timeZones(own: string): string[] {
  const names = new Set([own, "UTC", ...Intl.supportedValuesOf("timeZone")]);
  return [...names].filter(isTimeZone);
}

function parseLocal(text: string): CalendarDateTime | null {
  try {
    return parseDateTime(text);
  } catch {
    return null;
  }
}
