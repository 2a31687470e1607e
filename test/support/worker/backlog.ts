import { runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";

/** The deployment's registry. */
export function registryStub() {
  return env.REGISTRY.getByName("registry");
}

/** What other tests of this runtime have left waiting, with clocks that went ahead, is forgotten. */
export async function forgetBacklog(): Promise<void> {
  await runInDurableObject(registryStub(), (_, { storage }) => {
    storage.sql.exec("DELETE FROM backlogs");
    storage.sql.exec("DELETE FROM uncertified");
    storage.kv.delete("writer_failure");
  });
}
