import type { GoTool } from './go-tool.ts'

/** k6 with `k6/x/redis` in it: the same program that xk6 writes, without xk6. */
export const k6: GoTool = {
  name: 'k6',
  version: 'v2.1.0',
  requires: { 'go.k6.io/k6/v2': 'v2.1.0', 'github.com/grafana/xk6-redis': 'v0.4.3' },
  program: null,
  main: `package main

import (
	_ "github.com/grafana/xk6-redis"
	"go.k6.io/k6/v2/cmd"
)

func main() { cmd.Execute() }
`,
  takes: '2 to 5 minutes',
}
