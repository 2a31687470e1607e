export interface ReloadPorts {
  /** Whether the site answers at all. */
  isReachable: () => Promise<boolean>;
  /** Remembers over a reload; throws where storage is refused. */
  store: Pick<Storage, "getItem" | "setItem">;
  /** Whether this page itself came by a reload. */
  isReloaded: () => boolean;
  reload: () => void;
}

const reloadedFor = "reloaded-for";

/**
 * Takes the new version of the page once: a release removes files of the one before, and whoever
 * still has its page misses them. Without a connection everything is missing, and a reload would
 * lose the page that is there.
 */
export async function reloadOnce(missing: string, ports: ReloadPorts): Promise<void> {
  if (!(await ports.isReachable())) return;
  if (isFirst(missing, ports)) ports.reload();
}

function isFirst(missing: string, { store, isReloaded }: ReloadPorts): boolean {
  try {
    if (store.getItem(reloadedFor) === missing) return false;
    store.setItem(reloadedFor, missing);
    return true;
  } catch {
    // Nothing can be remembered; a page that was just reloaded is not reloaded again.
    return !isReloaded();
  }
}
