/** What tabs of one browser tell one another: they have one session. */
export type SessionNews = "signed in" | "signed out";

/** Tells the other tabs. */
export function tellTabs(news: SessionNews): void {
  const channel = new BroadcastChannel("session");
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- it has this origin alone
  channel.postMessage(news);
  channel.close();
}

/** Hears what other tabs tell, until it is ended. */
export function hearTabs(listener: (news: SessionNews) => void): () => void {
  const channel = new BroadcastChannel("session");
  channel.addEventListener("message", ({ data }: MessageEvent<unknown>) => {
    if (data === "signed in" || data === "signed out") listener(data);
  });
  return () => channel.close();
}
