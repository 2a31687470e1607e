import { runInDurableObject } from "cloudflare:test";
import { describe, expect, it } from "vitest";
import { sha256Hex } from "../../../../src/auth/digest.ts";
import { limits } from "../../../../src/shared/limits.ts";
import {
  collectionOf,
  featureOf,
  jaggedRing,
  squareAt,
  twoSquares,
} from "../../../support/map/squares.ts";
import { adminKey, api, send } from "../../../support/worker/api.ts";
import { readDecision, takeStep } from "../../../support/worker/decision-calls.ts";
import { draftDecision, openedDecision } from "../../../support/worker/decisions.ts";
import { issueOrganiserKey } from "../../../support/worker/keys.ts";
import { drawMap, mapPath } from "../../../support/worker/maps.ts";
import { roomOf } from "../../../support/worker/objects.ts";
import { refused } from "../../../support/worker/problems.ts";

describe("the map of a draft", () => {
  it("is kept as TopoJSON, which its hash is of, byte for byte", async () => {
    const id = await draftDecision();
    const body = await drawMap(id, twoSquares);
    expect(body).toMatchObject({ islands_left_out: 0, missing_regions: [], unknown_regions: [] });
    const text = await (await send("GET", mapPath(id), { key: adminKey })).text();
    expect(sha256Hex(text)).toBe(body.hash);
    expect(new TextEncoder().encode(text)).toHaveLength(body.bytes);
    const { body: decision } = await api<{ map: unknown }>("GET", `/api/v1/decisions/${id}`, {
      key: adminKey,
    });
    expect(decision.map).toEqual({ hash: body.hash, bytes: body.bytes });
  });

  it("tells which regions are missing and which are none, and is refused where none is one", async () => {
    const id = await draftDecision();
    const other = collectionOf(
      featureOf("north", squareAt(0, 0)),
      featureOf("sea", squareAt(2, 0)),
    );
    const body = await drawMap(id, other);
    expect(body.missing_regions).toEqual(["south"]);
    expect(body.unknown_regions).toEqual(["sea"]);
    const none = collectionOf(featureOf("sea", squareAt(2, 0)));
    const ask = { key: adminKey, body: none };
    await refused("PUT", mapPath(id), ask, 422, "map.other_regions");
    const { body: kept } = await api<{ map: { hash: string } }>("GET", `/api/v1/decisions/${id}`, {
      key: adminKey,
    });
    expect(kept.map.hash, "the one before stays").toBe(body.hash);
  });

  it("takes codes from a property that is named", async () => {
    const id = await draftDecision();
    const features = twoSquares.features.map((feature, index) => ({
      ...feature,
      id: index,
      properties: { code: index === 0 ? "north" : "south" },
    }));
    const body = await drawMap(id, collectionOf(...features), { region_property: "code" });
    expect(body.missing_regions).toEqual([]);
  });

  it("is replaced and taken away, and each step stands in the audit log once", async () => {
    const id = await draftDecision();
    const first = await drawMap(id, twoSquares);
    await drawMap(id, twoSquares);
    const second = await drawMap(id, collectionOf(featureOf("north", squareAt(0, 0))));
    expect((await send("DELETE", mapPath(id), { key: adminKey })).status).toBe(204);
    await refused("GET", mapPath(id), { key: adminKey }, 404, "map.none");
    await refused("DELETE", mapPath(id), { key: adminKey }, 404, "map.none");
    const { body } = await api<{ entries: { action: string; facts: object }[] }>(
      "GET",
      `/api/v1/decisions/${id}/audit-log`,
      { key: adminKey },
    );
    const drawn = body.entries.filter(({ action }) => action === "map.drawn");
    expect(drawn.map(({ facts }) => facts)).toEqual([
      { map_hash: first.hash },
      { map_hash: second.hash },
      { map_hash: null },
    ]);
  });

  it("says where it is no GeoJSON", async () => {
    const id = await draftDecision();
    const open = collectionOf(featureOf("north", squareAt(0, 0).slice(0, 4)));
    const { errors } = await refused(
      "PUT",
      mapPath(id),
      { key: adminKey, body: open },
      422,
      "map.not_geojson",
    );
    expect(errors?.map(({ pointer }) => pointer)).toEqual(["/features/0/geometry/coordinates/0"]);
    const ask = { key: adminKey, text: "{" };
    await refused("PUT", mapPath(id), ask, 400, "body.not_json");
    const list = { key: adminKey, text: "[]" };
    await refused("PUT", mapPath(id), list, 400, "body.wrong_type");
  });

  it("is bounded in bytes", async () => {
    const id = await draftDecision();
    const text = JSON.stringify(twoSquares).padEnd(limits.mapBytesMax + 1);
    await refused("PUT", mapPath(id), { key: adminKey, text }, 413, "body.too_large");
    const whole = await api("PUT", mapPath(id), { key: adminKey, text: text.slice(0, -1) });
    expect(whole.status).toBe(200);
  });

  it("is its owner's alone to read and to draw", async () => {
    const owner = (await issueOrganiserKey("cartographers")).key;
    const stranger = (await issueOrganiserKey("strangers")).key;
    const id = await draftDecision({}, owner);
    expect((await api("PUT", mapPath(id), { key: owner, body: twoSquares })).status).toBe(200);
    expect((await send("GET", mapPath(id), { key: owner })).headers.get("cache-control")).toBe(
      "no-store",
    );
    await refused("GET", mapPath(id), {}, 404, "decision.not_found");
    const ask = { key: stranger, body: twoSquares };
    await refused("PUT", mapPath(id), ask, 404, "decision.not_found");
    await refused("DELETE", mapPath(id), { key: stranger }, 404, "decision.not_found");
  });

  it("is deleted with its draft", async () => {
    const id = await draftDecision();
    await drawMap(id, twoSquares);
    await takeStep(id, "cancel");
    expect((await send("DELETE", `/api/v1/decisions/${id}`, { key: adminKey })).status).toBe(204);
    const names = await runInDurableObject(roomOf(id), (_, { storage }) =>
      [...storage.kv.list()].map(([name]) => name),
    );
    expect(names.filter((name) => name.startsWith("map"))).toEqual([]);
  });
});

describe("the map of a decision that was opened", () => {
  it("is frozen with its hash in the manifest, and everybody's to keep", async () => {
    const id = await draftDecision();
    const { hash, bytes } = await drawMap(id, twoSquares);
    await takeStep(id, "open");
    const { body: manifest } = await api<{ map?: object }>(
      "GET",
      `/api/v1/decisions/${id}/manifest`,
    );
    expect(manifest.map).toEqual({ hash, bytes });
    const answer = await send("GET", mapPath(id));
    expect(sha256Hex(await answer.text())).toBe(hash);
    expect(answer.headers.get("cache-control")).toContain("immutable");
    const etag = answer.headers.get("etag") ?? "";
    const again = await send("GET", mapPath(id), { headers: { "if-none-match": etag } });
    expect(again.status).toBe(304);
    const ask = { key: adminKey, body: twoSquares };
    await refused("PUT", mapPath(id), ask, 409, "decision.not_draft");
    await refused("DELETE", mapPath(id), { key: adminKey }, 409, "decision.not_draft");
  });

  it("is none where none was drawn, in the manifest too", async () => {
    const id = await openedDecision();
    await refused("GET", mapPath(id), {}, 404, "map.none");
    const { body } = await api<object>("GET", `/api/v1/decisions/${id}/manifest`);
    expect("map" in body).toBe(false);
    expect((await readDecision(id)).body).toMatchObject({ map: null });
  });

  it("fits the platform at the largest that may be sent", async () => {
    const each = limits.mapPositionsMax / limits.regionsMax - 1;
    const regions = Array.from({ length: limits.regionsMax }, (_, index) => ({
      code: `region-${index}`,
    }));
    const rounded = (ring: unknown[]) =>
      JSON.parse(
        JSON.stringify(ring, (_, value: unknown) =>
          typeof value === "number" ? Number(value.toFixed(5)) : value,
        ),
      ) as unknown[];
    const features = regions.map(({ code }, index) => {
      const centre: [number, number] = [(index % 40) * 4 - 80, Math.floor(index / 40) * 4 - 50];
      return featureOf(code, rounded(jaggedRing(each, centre, 1.5)));
    });
    const id = await draftDecision({ regions });
    const body = await drawMap(id, collectionOf(...features));
    expect(body.bytes).toBeLessThanOrEqual(limits.mapCharactersMax);
    expect((await takeStep(id, "open")).status).toBe(200);
  });
});
