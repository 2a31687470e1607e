import {
  sendCall,
  type CallsOf,
  type CallTable,
  type CallTarget,
} from "../../shared/versioned-call.ts";
import {
  collectorTable,
  registryTable,
  roomTable,
  shardTable,
  writerTable,
  type CollectorObject,
  type MethodOf,
  type RegistryObject,
  type RoomObject,
  type ShardObject,
  type WriterObject,
} from "./call-tables.ts";
import { traceCall } from "./traced-calls.ts";

/** Votes go past the versioned calls: they have their versions in their texts. */
type ShardStub = Pick<DurableObjectStub<ShardObject>, "castText" | "fetch">;
type RoomStub = Pick<DurableObjectStub<RoomObject>, "castText" | "fetch">;

/** An object by its name, or by the id that the name gives. */
type ObjectName = string | DurableObjectId;
type Hint = DurableObjectNamespaceGetDurableObjectOptions;

/** A room, whose every call has a version; `fetch` has it in the request. */
export function versionedRoom(rooms: Env["DECISION_ROOM"], name: ObjectName, hint: Hint = {}) {
  const stub = stubOf(rooms, name, hint);
  const direct: RoomStub = {
    castText: (...call) => stub.castText(...call),
    fetch: (...call) => stub.fetch(...call),
  };
  return withCalls<RoomObject, RoomStub>(roomTable, stub, direct);
}

/** A shard in an object of its own, whose every call has a version; `fetch` has it in the request. */
export function versionedShard(shards: Env["BALLOT_SHARD"], name: ObjectName, hint: Hint = {}) {
  const stub = stubOf(shards, name, hint);
  const direct: ShardStub = {
    castText: (...call) => stub.castText(...call),
    fetch: (...call) => stub.fetch(...call),
  };
  return withCalls<ShardObject, ShardStub>(shardTable, stub, direct);
}

/** The one registry of a deployment, whose every call has a version. */
export function versionedRegistry(registries: Env["REGISTRY"]) {
  const stub = registries.getByName("registry");
  return withCalls<RegistryObject, object>(registryTable, stub, {});
}

/** A writer, whose every call has a version. */
export function versionedWriter(writers: Env["VOTE_WRITER"], name: string) {
  return withCalls<WriterObject, object>(writerTable, writers.getByName(name), {});
}

/** The one collector of a deployment's metrics, whose every call has a version. */
export function versionedCollector(collectors: Env["METRICS_COLLECTOR"]) {
  const stub = collectors.getByName("collector");
  return withCalls<CollectorObject, object>(collectorTable, stub, {});
}

function stubOf<Target extends Rpc.DurableObjectBranded>(
  namespace: DurableObjectNamespace<Target>,
  name: ObjectName,
  hint: Hint,
): DurableObjectStub<Target> {
  return typeof name === "string" ? namespace.getByName(name, hint) : namespace.get(name, hint);
}

function withCalls<Target, Direct extends object>(
  table: CallTable,
  stub: unknown,
  direct: Direct,
): Direct & CallsOf<Target, MethodOf<Target>> {
  // Every object is a VersionedObject.
  const target = stub as CallTarget;
  const calls = new Proxy(direct, {
    get(own, method) {
      if (typeof method !== "string" || !Object.hasOwn(table.versions, method))
        return Reflect.get(own, method);
      return (...args: unknown[]) =>
        traceCall(table, method, (trace) => sendCall(table, target, { method, args, trace }));
    },
  });
  // The table has every method of the object, and the object answers as its class says.
  return calls as Direct & CallsOf<Target, MethodOf<Target>>;
}
