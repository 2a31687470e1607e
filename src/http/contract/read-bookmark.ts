import type { z } from "@hono/zod-openapi";
import { jsonContent } from "./common.ts";

/** Where a reader's bookmark comes and goes. */
export const bookmarkHeader = "read-bookmark";

const schema = { type: "string" as const };

/** Read by hand, as the Idempotency-Key is. */
export const bookmarkParameters = [
  {
    name: "Read-Bookmark" as const,
    in: "header" as const,
    required: false,
    schema,
    description:
      "What came with the reader's last page: this one shows nothing older, and the nearest replica of the database that has come as far may answer. Without it, or with one that is an hour old, the primary does",
  },
];

/** A page of a list that replicas may answer. */
export function bookmarkedContent<Schema extends z.ZodType>(page: Schema, description: string) {
  const headers = {
    "Read-Bookmark": {
      schema,
      description:
        "For the reader's next page; it says nothing else. Leave it out after a change of your own: then the newest is read. None comes where the database has no replicas",
    },
  };
  return { ...jsonContent(page, description), headers };
}
