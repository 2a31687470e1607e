import type { PageTemplate } from "./page-template.ts";

/** Asks for a path of the API: the browser over the network, the Worker its own routes. */
export type ReadApi = (path: string, signal?: AbortSignal) => Promise<Response>;

export type RenderRequest = {
  url: URL;
  /** The reader's, as in "es-MX". */
  locale: string;
  /** The built page, into which the content goes. */
  template: PageTemplate;
  /** What leads to a search is shown where the deployment has one. */
  hasSearch: boolean;
  ask: ReadApi;
  /** Takes what a component has thrown; a browser then renders that part itself. */
  report: (error: unknown) => void;
};
