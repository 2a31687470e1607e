import { DurableObject } from "cloudflare:workers";
import { withinJurisdiction } from "../../src/platform/objects/jurisdiction.ts";
import { traceAnswer } from "../../src/platform/objects/traced-calls.ts";
import { tracerOf } from "../../src/platform/tracer.ts";
import { limitedState } from "../../src/platform/platform-limits/limited-state.ts";
import { reportFailure } from "../../src/platform/report-failure.ts";
import { flushMetricsLater } from "../../src/platform/metrics/flush-metrics.ts";
import { meterOf } from "../../src/platform/metrics/isolate-meter.ts";
import { alarmRetryDelayMs } from "../../src/shared/backoff.ts";
import { answerCall, type CallTable, type VersionedCall } from "../../src/shared/versioned-call.ts";
import { toLoggable } from "../../src/shared/loggable-error.ts";
import { UnknownVersion, type Versioned } from "../../src/shared/versioned.ts";

/** What an object consists of, or why it can't be read here. */
type Opened<Parts> = { parts: Parts } | { refusal: UnknownVersion };

export interface VersionedOptions<Parts> {
  /** The methods that this kind of object is called by. */
  table: CallTable;
  /** Reads what is stored, and writes nothing before it has read all of it. */
  compose: (ctx: DurableObjectState, env: Env) => Parts;
}

/**
 * An object that begins also where a newer release has stored what this one can't read. Until the
 * newer release is back every call is refused, the alarm only sets itself again, and nothing is
 * written. A constructor that threw would lose the alarm: the platform gives it up after six tries.
 */
export abstract class VersionedObject<Parts> extends DurableObject<Env> {
  readonly #table: CallTable;
  readonly #compose: () => Parts;
  #opened: Opened<Parts>;
  #refusedAlarms = 0;

  constructor(ctx: DurableObjectState, given: Env, { table, compose }: VersionedOptions<Parts>) {
    const env = withinJurisdiction(given);
    super(ctx, env);
    this.#table = table;
    this.#compose = () => compose(limitedState(ctx, env), env);
    this.#opened = open(this.#compose);
  }

  /**
   * What this object consists of.
   * @throws {UnknownVersion} where a newer release has stored it.
   */
  protected get parts(): Parts {
    if ("refusal" in this.#opened) throw this.#opened.refusal;
    return this.#opened.parts;
  }

  /** The same, or null where it can't be read: for what an object does by itself as it begins. */
  protected get readableParts(): Parts | null {
    return "refusal" in this.#opened ? null : this.#opened.parts;
  }

  /** Reads again what is stored, since something else than its parts has written it. */
  protected reopen(): void {
    this.#opened = open(this.#compose);
  }

  /** Whether a call is answered where what is stored can't be read. */
  protected takesUnread(_method: string): boolean {
    return false;
  }

  /**
   * Takes a call of one of this object's methods, by this or another release. What it throws says no
   * more than a log may hold: the platform logs what an object throws.
   * @throws {UnknownVersion} where what is stored or the call is of another version
   */
  async call(call: VersionedCall): Promise<Versioned<unknown>> {
    if ("refusal" in this.#opened && !this.takesUnread(call.method)) throw this.#opened.refusal;
    try {
      const answer = () => answerCall(this.#table, this, call);
      if (call.trace === undefined) return await answer();
      return await traceAnswer(tracerOf(this.env), this.#table, call, answer);
    } catch (error) {
      throw toLoggable(error);
    }
  }

  /** Has what was measured here handed on. */
  protected flushMetricsLater(): void {
    flushMetricsLater(this.env, this.ctx);
  }

  /** The work of the object's alarm, where it has one. It sets the next alarm. */
  protected async onAlarm(_parts: Parts): Promise<void> {}

  override async alarm(alarm?: AlarmInvocationInfo): Promise<void> {
    const opened = this.#opened;
    if (alarm !== undefined) {
      const seconds = Math.max(0, Date.now() - alarm.scheduledTime) / 1_000;
      const object = this.#table.name.replace(/^a /, "");
      meterOf(this.env).set("enviro.alarm.lateness", { object }, seconds, "alarms");
    }
    if ("parts" in opened) {
      await this.onAlarm(opened.parts);
      return this.flushMetricsLater();
    }
    this.#refusedAlarms += 1;
    if (this.#refusedAlarms === 1) {
      const { id } = this.ctx;
      reportFailure("object.unreadable", opened.refusal, { object: id.name ?? id.toString() });
    }
    await this.ctx.storage.setAlarm(Date.now() + alarmRetryDelayMs(this.#refusedAlarms));
  }
}

function open<Parts>(compose: () => Parts): Opened<Parts> {
  try {
    return { parts: compose() };
  } catch (error) {
    if (error instanceof UnknownVersion) return { refusal: error };
    throw error;
  }
}
