/** A room's one alarm. It is set only where that changes something: each setting is a row written, and billed. */
export class RoomAlarm {
  readonly #storage: DurableObjectStorage;
  /** The moment that it is set to, in ms; null where it is not, undefined while this instance does not know. */
  #setTo: number | null | undefined;

  constructor(storage: DurableObjectStorage) {
    this.#storage = storage;
  }

  /** Takes note that the alarm has gone off, and is no longer set. */
  wentOff(): void {
    this.#setTo = null;
  }

  /** Sets it to this moment (ms), or takes it back where there is nothing to wake for. */
  async wakeAt(at: number | null): Promise<void> {
    if (at === this.#setTo) return;
    // At once, so that a call which comes while this waits sees it.
    this.#setTo = at;
    try {
      await (at === null ? this.#storage.deleteAlarm() : this.#storage.setAlarm(at));
    } catch (error) {
      this.#setTo = undefined;
      throw error;
    }
  }

  /** Sets it to this moment (ms), unless it is set to an earlier one. */
  async wakeBy(at: number): Promise<void> {
    if (this.#setTo === undefined) {
      const set = await this.#storage.getAlarm();
      // It may have been set while this waited.
      if (this.#setTo === undefined) this.#setTo = set;
    }
    if (this.#setTo === null || this.#setTo > at) await this.wakeAt(at);
  }
}
