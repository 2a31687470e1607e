/**
 * A decision was asked for by an id that this deployment has not given out. No object was asked,
 * and whoever asks learns as much as of a decision that was never created.
 */
export class UnknownDecision extends Error {
  override readonly name = "UnknownDecision";

  constructor() {
    super("this deployment has not given out such an id");
  }
}
