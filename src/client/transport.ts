/** As much of a request as the client makes. */
export type FetchRequest = {
  method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  headers: Record<string, string>;
  body?: string | Blob;
  signal: AbortSignal;
};

/** As much of an answer as the client reads. */
export type FetchAnswer = {
  status: number;
  headers: { get(name: string): string | null };
  text(): Promise<string>;
};

/** Sends one request. The platform's own `fetch` will do, or one that keeps its connections. */
export type Fetch = (url: URL, request: FetchRequest) => Promise<FetchAnswer>;
