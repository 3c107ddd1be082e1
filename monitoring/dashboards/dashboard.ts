/** A dashboard as data; `toGrafana` lays it out. */
export interface Dashboard {
  /** Part of its address; alerts link to it. */
  readonly uid: string
  readonly title: string
  readonly rows: readonly Row[]
}

export interface Row {
  /** The question that its panels answer. */
  readonly title: string
  /** Side by side, of equal width. */
  readonly panels: readonly Panel[]
}

export interface Panel {
  readonly title: string
  /** What a reader should think when it goes up, or is empty. */
  readonly description: string
  readonly kind: 'timeseries' | 'stat'
  /** Grafana's unit id: `short`, `bytes`, `s`, `ops`. */
  readonly unit: string
  readonly queries: readonly Query[]
  /** From here on the value is red. */
  readonly redFrom?: number
}

export interface Query {
  readonly expr: string
  /** Grafana's legend, such as `{{group}}`. */
  readonly legend: string
}
