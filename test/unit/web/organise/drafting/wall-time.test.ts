import { describe, expect, it } from "vitest";
import {
  isTimeZone,
  momentOf,
  readWallTime,
  timeZones,
  wallTimeAt,
  whichOfTwo,
} from "../../../../../src/web/organise/drafting/wall-time.ts";

describe("a wall's time in a named zone", () => {
  it("is one moment on an ordinary day, each zone by its own clock", () => {
    const at = (zone: string) => readWallTime("2027-05-01T18:00", zone);
    expect(at("Europe/Berlin")).toEqual({ kind: "once", at: "2027-05-01T16:00:00.000Z" });
    expect(at("Asia/Kathmandu")).toEqual({ kind: "once", at: "2027-05-01T12:15:00.000Z" });
    expect(at("UTC")).toEqual({ kind: "once", at: "2027-05-01T18:00:00.000Z" });
  });

  it("is none where clocks are put forward, also by half an hour", () => {
    expect(readWallTime("2027-03-28T02:30", "Europe/Berlin")?.kind).toBe("skipped");
    expect(readWallTime("2027-03-28T01:59", "Europe/Berlin")?.kind).toBe("once");
    expect(readWallTime("2027-03-28T03:00", "Europe/Berlin")?.kind).toBe("once");
    expect(readWallTime("2027-10-03T02:15", "Australia/Lord_Howe")?.kind).toBe("skipped");
  });

  it("is two moments where clocks are put back, and none until one is chosen", () => {
    const wall = readWallTime("2027-10-31T02:30", "Europe/Berlin");
    expect(wall).toEqual({
      kind: "twice",
      earlier: "2027-10-31T00:30:00.000Z",
      later: "2027-10-31T01:30:00.000Z",
    });
    expect(momentOf(wall, null)).toBeNull();
    expect(momentOf(wall, "later")).toBe("2027-10-31T01:30:00.000Z");
  });

  it("comes back from each of its moments as it was chosen", () => {
    for (const at of ["2027-10-31T00:30:00.000Z", "2027-10-31T01:30:00.000Z"]) {
      const wall = readWallTime(wallTimeAt(at, "Europe/Berlin"), "Europe/Berlin");
      expect(momentOf(wall, whichOfTwo(at, "Europe/Berlin"))).toBe(at);
    }
    expect(whichOfTwo("2027-05-01T16:00:00.000Z", "Europe/Berlin")).toBeNull();
  });

  it("is nothing without a date, or in a zone that there is not", () => {
    expect(readWallTime("", "UTC")).toBeNull();
    expect(readWallTime("2027-02-30T10:00", "UTC")).toBeNull();
    expect(readWallTime("2027-05-01T18:00", "Atlantis/Capital")).toBeNull();
    expect(isTimeZone("")).toBe(false);
  });

  it("has the reader's own zone first, and no zone twice", () => {
    const zones = timeZones("Asia/Kathmandu");
    expect(zones.slice(0, 2)).toEqual(["Asia/Kathmandu", "UTC"]);
    expect(new Set(zones).size).toBe(zones.length);
  });
});
