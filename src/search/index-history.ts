/**
 * Whether the deployment's index was ever filled, kept where no index is: so an index that is empty
 * though it was filled is told from one that is new.
 */
export interface IndexHistory {
  noteFilled(): Promise<void>;
  wasFilled(): Promise<boolean>;
}
