/** An alert that fires at this moment, in Alertmanager's sense: its `for` has passed. */
export interface FiringAlert {
  readonly name: string
  /** When it became active, milliseconds since the Unix epoch. */
  readonly since: number
}

/** Somebody who can say which alerts fire. */
export interface AlertWatch extends AsyncDisposable {
  firing(): Promise<readonly FiringAlert[]>
}

/** Nobody can say, and why. */
export interface NoAlertWatch {
  readonly missing: string
}
