import type { ApiKeyRecord } from "../../auth/api-key.ts";
import { BoundedMap } from "../../shared/bounded-map.ts";
import type { ApiKeys } from "../../ports/api-keys.ts";
import { limits } from "../../shared/limits.ts";
import { versionedRegistry } from "../objects/versioned-stubs.ts";

/**
 * API keys in the registry object, kept by this isolate for half a minute: a busy station does not
 * ask the one object for each batch.
 */
export function registryApiKeys(namespace: Env["REGISTRY"], known: KnownKeys): ApiKeys {
  // A stub belongs to the request that made it; this object lives as long as the isolate.
  const registry = () => versionedRegistry(namespace);
  return {
    async find(keyId) {
      const fresh = known.get(keyId);
      if (fresh !== undefined && Date.now() - fresh.readAt < limits.apiKeyFreshMs)
        return fresh.record;
      const record = await registry().findApiKey(keyId);
      known.set(keyId, { record, readAt: Date.now() });
      return record;
    },
    keep: (record, actor) => registry().keepApiKey(record, actor),
    list: () => registry().listApiKeys(),
    listStations: (decisionId) => registry().listStationKeys(decisionId),
    async revoke(keyId, actor) {
      known.set(keyId, { record: null, readAt: Date.now() });
      return registry().revokeApiKey(keyId, actor);
    },
    readAuditLog: (seq, max) => registry().readAuditLog(seq, max),
  };
}

export type KnownKeys = BoundedMap<string, { record: ApiKeyRecord | null; readAt: number }>;

export function knownKeys(): KnownKeys {
  return new BoundedMap(limits.isolateKeysMax);
}
