import type { GoTool } from './go-tool.ts'

/** Reads manifests with the types of Kubernetes itself and refuses fields that they do not have. */
export const manifestCheck: GoTool = {
  name: 'manifest-check',
  version: 'v0.31.3',
  requires: {
    'k8s.io/api': 'v0.31.3',
    'k8s.io/apimachinery': 'v0.31.3',
    'sigs.k8s.io/yaml': 'v1.4.0',
  },
  program: null,
  main: `package main

import (
	"fmt"
	"os"
	"strings"

	batch "k8s.io/api/batch/v1"
	core "k8s.io/api/core/v1"
	meta "k8s.io/apimachinery/pkg/apis/meta/v1"
	"sigs.k8s.io/yaml"
)

func main() {
	text, err := os.ReadFile(os.Args[1])
	if err != nil {
		fail(err)
	}
	for _, document := range strings.Split(string(text), "\\n---\\n") {
		var kind meta.TypeMeta
		if err := yaml.Unmarshal([]byte(document), &kind); err != nil {
			fail(err)
		}
		into, known := map[string]any{
			"v1/ConfigMap":             &core.ConfigMap{},
			"v1/PersistentVolumeClaim": &core.PersistentVolumeClaim{},
			"batch/v1/Job":             &batch.Job{},
		}[kind.APIVersion+"/"+kind.Kind]
		if !known {
			fail(fmt.Errorf("unknown kind %s/%s", kind.APIVersion, kind.Kind))
		}
		if err := yaml.UnmarshalStrict([]byte(document), into); err != nil {
			fail(err)
		}
		fmt.Printf("%s/%s\\n", kind.APIVersion, kind.Kind)
	}
}

func fail(err error) {
	fmt.Fprintln(os.Stderr, err)
	os.Exit(1)
}
`,
  takes: '1 to 3 minutes',
}
