import type { RenderRequest } from "./render-request.ts";

/** Answers a request for a page. */
export type RenderPage = (request: RenderRequest) => Promise<Response>;
