import { z } from "zod";
import { limits } from "../../shared/limits.ts";
import * as values from "../draft-values.ts";
import { locationHints } from "../shard-map.ts";
import { field, type FieldTable } from "./field.ts";

/** How many objects carry it, and where they live. */
export const shardFields = {
  shards: field({
    member: "shards",
    written: z
      .int()
      .min(1)
      .max(limits.shardsMax)
      .meta({
        description:
          "How many objects share the votes, each a few hundred a second; with `placement` those of the regions in no group. The only one of a decision is its room's object, too, unless a crowd is expected to watch; frozen at opening",
      })
      .default(1),
    keep: (shards) => shards,
    shown: z.int(),
    show: ({ draft }) => draft.shards,
  }),
  locationHints: field({
    member: "location_hints",
    written: z
      .array(z.enum(locationHints))
      .max(limits.shardsMax)
      .meta({
        description:
          "Where Cloudflare is asked to put them, in turn; `[]` leaves it to where the first caller is. Where an only shard lives is settled when the decision is created",
      })
      .default([]),
    keep: (hints) => hints,
    shown: z.array(z.enum(locationHints)),
    show: ({ draft }) => [...draft.locationHints],
  }),
  placement: field({
    member: "placement",
    written: values.placementSchema
      .meta({
        description:
          "Groups of regions whose voters have shards of their own, near them; only with a roll, whose region picks the group. Regions in no group share the `shards` at `location_hints`, and at least one is left to them. Where shards live is settled by the first import, whatever `location_hint` says later; a roll is imported again after a change of regions or shards; frozen at opening",
      })
      .default([]),
    keep: (groups) =>
      groups.map(({ regions, location_hint, shards }) => ({
        regions,
        locationHint: location_hint,
        shards,
      })),
    shown: z.array(values.shownGroupSchema),
    show: ({ draft }) =>
      draft.placement.map(({ regions, locationHint, shards }) => ({
        regions: [...regions],
        location_hint: locationHint,
        shards,
      })),
  }),
  expectedWatchers: field({
    member: "expected_watchers",
    written: z
      .int()
      .min(0)
      .max(limits.expectedWatchersMax)
      .meta({
        description: `How many you expect to watch the results live at one time. Above ${limits.roomWithShardWatchersMax} an only shard has an object of its own, so that watchers do not slow down votes; frozen at opening`,
      })
      .default(0),
    keep: (watchers) => watchers,
    shown: z.int(),
    show: ({ draft }) => draft.expectedWatchers,
  }),
} satisfies Partial<FieldTable>;
