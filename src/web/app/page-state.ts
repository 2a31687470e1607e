import type { DehydratedState } from "@tanstack/react-query";
import type { RefusedQuery } from "../api/refused-queries.ts";

/** What the Worker has read for a page, as the page carries it. */
export type PageState = { read: DehydratedState; refused: RefusedQuery[] };
