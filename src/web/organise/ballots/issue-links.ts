import type { InvitedVoter } from "./voters-to-invite.ts";

/** How far issuing is. Links are in the memory of this page alone, in the order of the voters. */
export interface Issuing {
  links: readonly string[];
  all: number;
  state: "running" | "stopped" | "done";
  /** Why it stopped. */
  error: unknown;
}

/** What issuing needs of its page. */
export interface IssueLinksPorts {
  /** Issues a token for each voter, in their order. */
  issue: (voters: readonly InvitedVoter[]) => Promise<readonly string[]>;
  linkOf: (token: string) => string;
  onChange: (issuing: Issuing) => void;
  /** Lets the page draw between two batches. */
  pause: () => Promise<void>;
}

/**
 * Issues ballot links in batches, and goes on where it stopped. A batch whose answer was lost may
 * have been issued: it is asked for again whole, which ends the tokens that nobody has received.
 */
export class LinkIssuer {
  readonly #voters: readonly InvitedVoter[];
  readonly #batch: number;
  readonly #ports: IssueLinksPorts;
  readonly #links: string[] = [];
  #isRunning = false;
  #isToStop = false;

  constructor(voters: readonly InvitedVoter[], batch: number, ports: IssueLinksPorts) {
    this.#voters = voters;
    this.#batch = batch;
    this.#ports = ports;
  }

  /** Issues what is missing; a second call while one runs does nothing. */
  async run(): Promise<void> {
    if (this.#isRunning) return;
    this.#isRunning = true;
    this.#isToStop = false;
    try {
      while (this.#links.length < this.#voters.length && !this.#isToStop) {
        this.#tell("running");
        await this.#issueBatch();
        await this.#ports.pause();
      }
      this.#tell(this.#links.length < this.#voters.length ? "stopped" : "done");
    } catch (error) {
      this.#tell("stopped", error);
    } finally {
      this.#isRunning = false;
    }
  }

  /** Ends after the batch that is on its way, whose links are kept. */
  stop(): void {
    this.#isToStop = true;
  }

  async #issueBatch(): Promise<void> {
    const { issue, linkOf } = this.#ports;
    const first = this.#links.length;
    const voters = this.#voters.slice(first, first + this.#batch);
    const tokens = await issue(voters);
    if (tokens.length !== voters.length) throw new Error("every voter has a token");
    for (const token of tokens) this.#links.push(linkOf(token));
  }

  #tell(state: Issuing["state"], error: unknown = null): void {
    // A list of its own: what was told before does not change.
    this.#ports.onChange({ links: this.#links.slice(), all: this.#voters.length, state, error });
  }
}
