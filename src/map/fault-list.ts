import { limits } from "../shared/limits.ts";
import { MapRefused, type MapFault, type MapRefusal } from "./region-map.ts";

/** The faults of a map, up to as many as one refusal names. */
export class FaultList {
  readonly #faults: MapFault[] = [];
  #code: MapRefusal = "map.not_geojson";

  get size(): number {
    return this.#faults.length;
  }

  /** @throws {MapRefused} it is the last that is named */
  add(pointer: string, detail: string): void {
    this.#faults.push({ pointer, detail });
    if (this.#faults.length === limits.mapFaultsMax) this.refuseAny();
  }

  /** Says that positions lie beyond what degrees can be, which has one cause for all of them. */
  addBeyondDegrees(pointer: string): void {
    this.#code = "map.not_degrees";
    this.add(pointer, "longitude from -180 to 180 and latitude from -90 to 90, in degrees");
  }

  /** @throws {MapRefused} there was a fault */
  refuseAny(): void {
    if (this.#faults.length > 0) throw new MapRefused(this.#code, this.#faults);
  }
}
