/**
 * A page of this site was left for another, by a link (wouter tells of it) or the Back button.
 * A step within a page, such as the review of a ballot, has an entry of the history too.
 */
export async function untilPageLeft(): Promise<void> {
  const { pathname } = location;
  do {
    await new Promise<unknown>((resolve) => {
      for (const type of ["pushState", "popstate"]) addEventListener(type, resolve, { once: true });
    });
  } while (location.pathname === pathname);
}
