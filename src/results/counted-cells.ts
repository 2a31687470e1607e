import { limits } from "../shared/limits.ts";
import type { CountedGroup } from "./shown-cells.ts";

/**
 * Counts voters by region and weight, in so many cells at the most: beyond, the region with the most
 * weights is counted as one. Where every voter weighs differently no cell would be shown anyway.
 */
export class CountedCells {
  readonly #cellsMax: number;
  /** Voters by region and weight, or of the region alone. */
  readonly #regions = new Map<string, Map<number, number> | number>();
  #size = 0;

  constructor(cellsMax: number = limits.countedCellsMax) {
    this.#cellsMax = cellsMax;
  }

  get cells(): CountedGroup[] {
    return [...this.#regions].flatMap(([region, counted]): CountedGroup[] =>
      typeof counted === "number"
        ? [{ region, weight: null, voters: counted }]
        : [...counted].map(([weight, voters]) => ({ region, weight, voters })),
    );
  }

  add({ region, weight, voters }: CountedGroup): void {
    const known = this.#regions.get(region) ?? this.#begin(region);
    if (typeof known === "number") {
      this.#regions.set(region, known + voters);
    } else if (weight === null) {
      this.#merge(region, known);
      this.add({ region, weight, voters });
    } else {
      if (!known.has(weight)) this.#size += 1;
      known.set(weight, (known.get(weight) ?? 0) + voters);
      if (this.#size > this.#cellsMax) this.#mergeLargest();
    }
  }

  #begin(region: string): Map<number, number> {
    const weights = new Map<number, number>();
    this.#regions.set(region, weights);
    return weights;
  }

  /** Of equals the first that came. */
  #mergeLargest(): void {
    let [largest, weights] = ["", new Map<number, number>()];
    for (const [region, counted] of this.#regions) {
      if (typeof counted === "number" || counted.size <= weights.size) continue;
      [largest, weights] = [region, counted];
    }
    this.#merge(largest, weights);
  }

  #merge(region: string, weights: ReadonlyMap<number, number>): void {
    let voters = 0;
    for (const count of weights.values()) voters += count;
    this.#regions.set(region, voters);
    this.#size += weights.size === 0 ? 0 : -weights.size;
  }
}
