/** What asked for a session, and waits. */
type Waiting = (isSignedIn: boolean) => void;

/**
 * Where calls wait that were refused because the session has ended: a dialog asks to sign in again,
 * and then they are sent once more. One dialog, however many calls wait.
 */
export class SessionGate {
  #waiting: Waiting[] = [];
  readonly #listeners = new Set<() => void>();

  /** Whether somebody is being asked to sign in again. */
  isAsking = (): boolean => this.#waiting.length > 0;

  /** Waits until somebody has signed in again, or has said that they won't now. */
  ask(): Promise<boolean> {
    const { promise, resolve } = Promise.withResolvers<boolean>();
    this.#waiting.push(resolve);
    this.#tell();
    return promise;
  }

  /** Lets all that wait go on. */
  answer(isSignedIn: boolean): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const goOn of waiting) goOn(isSignedIn);
    this.#tell();
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }
}

/** The one of this page. */
export const sessionGate = new SessionGate();
