/** One message to a watcher; `version` is what the watcher knows once it has it. */
export type WatchMessage = { type: "state" | "delta"; version: number; body: object };
