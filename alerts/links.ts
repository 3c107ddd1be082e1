/** Where a reader of an alert is sent. */
export interface Links {
  /** Folder of the runbooks on the web; a runbook is `<this>/<alert in kebab-case>.md`. */
  readonly runbooks: string
  /** Folder of the dashboards; a dashboard is `<this>/<uid>`. */
  readonly dashboards: string
}

/** `RedisDown` is the file `redis-down`: of its rule, and of its runbook. */
export function kebab(name: string): string {
  return name.replace(/(?<!^)([A-Z])/g, '-$1').toLowerCase()
}
