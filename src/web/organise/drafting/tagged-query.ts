import { queryOptions } from "@tanstack/react-query";
import { readTagged } from "./draft-calls.ts";

/** A decision as its organiser reads it, with its tag; an editor that has it keeps its own. */
export function taggedQuery(id: string) {
  return queryOptions({
    queryKey: ["organised-decision", id],
    queryFn: ({ signal }) => readTagged(id, signal),
  });
}
