import { StorageInNode } from "../sqlite/storage-in-node.ts";

/** A statement that fails on purpose. */
export class DiskFailure extends Error {
  override readonly name = "DiskFailure";
}

/** An object's storage with its alarm, whose n-th statement can be made to fail. */
export class FuzzedDisk extends StorageInNode {
  #alarm: number | null = null;

  async getAlarm(): Promise<number | null> {
    return this.#alarm;
  }

  async setAlarm(at: number): Promise<void> {
    this.#alarm = at;
  }

  async deleteAlarm(): Promise<void> {
    this.#alarm = null;
  }

  get isAlarmSet(): boolean {
    return this.#alarm !== null;
  }

  /** The alarm goes off: gives its time, or null, and it is no longer set. */
  takeAlarm(): number | null {
    const at = this.#alarm;
    this.#alarm = null;
    return at;
  }

  /** Lets the n-th statement from now on fail (n from 1), or none. */
  failAt(statement: number | null): void {
    let left = statement ?? Infinity;
    this.beforeStatement = () => {
      left -= 1;
      if (left > 0) return;
      left = Infinity;
      throw new DiskFailure("the disk is full");
    };
  }

  override holdWrites(): () => void {
    const alarm = this.#alarm;
    const lose = super.holdWrites();
    return () => {
      lose();
      this.#alarm = alarm;
    };
  }
}
