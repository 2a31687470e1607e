/**
 * A page of this site was left for another, by a link (wouter tells of it) or the Back button.
 * A step within a page, such as the review of a ballot, has an entry of the history too.
 */
export async function untilPageLeft(): Promise<void> {
  const { pathname } = location;
  const { promise, resolve } = Promise.withResolvers<void>();
  const ended = new AbortController();
  const look = (): void => {
    if (location.pathname !== pathname) resolve();
  };
  for (const type of ["pushState", "popstate"]) {
    addEventListener(type, look, { signal: ended.signal });
  }
  await promise;
  ended.abort();
}
