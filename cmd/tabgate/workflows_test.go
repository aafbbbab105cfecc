package main

import (
	"fmt"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"
)

// workflow is what the rules below need of a GitHub workflow.
type workflow struct {
	On          yaml.Node
	Permissions any
	Env         map[string]string
	Jobs        map[string]job
}

type job struct {
	Permissions any
	Environment string
	Env         map[string]string
	Steps       []step
}

type step struct {
	Name, Uses, Run string
	With            map[string]any
	Env             map[string]string
}

// A release is built by jobs that may write nothing, and published by jobs
// that run nothing of what was built.
func TestWorkflowsGiveNoRightToCodeThatTheyRun(t *testing.T) {
	files, err := filepath.Glob(filepath.Join("..", "..", ".github", "workflows", "*.yml"))
	if err != nil || len(files) < 2 {
		t.Fatalf("%d workflows, %v", len(files), err)
	}
	for _, file := range files {
		for _, w := range workflowFaults(fromTop(t, ".github/workflows/"+filepath.Base(file))) {
			t.Errorf("%s: %s", filepath.Base(file), w)
		}
	}
}

var (
	usesLine = regexp.MustCompile(`(?m)^\s*(?:- )?uses: (.*)$`)
	pinned   = regexp.MustCompile(`^[\w.-]+/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+\b`)
	runsCode = regexp.MustCompile(`(?m)(?:^|[;&|(]|\bthen\b|\bdo\b)\s*(?:\./\S+|\.ci/\S+|(?:go|bash|sh|source|eval|npm|npx|node|make|python3?|goreleaser|git) )`)
)

// passive are the actions that run nothing of the repository.
var passive = []string{"actions/download-artifact", "sigstore/cosign-installer", "actions/attest-build-provenance"}

// workflowFaults says what a workflow does that none may do.
func workflowFaults(text string) (faults []string) {
	var w workflow
	if err := yaml.Unmarshal([]byte(text), &w); err != nil {
		return []string{err.Error()}
	}
	fault := func(format string, args ...any) { faults = append(faults, fmt.Sprintf(format, args...)) }
	for _, m := range usesLine.FindAllStringSubmatch(text, -1) {
		if !pinned.MatchString(m[1]) {
			fault("%q is not pinned by a commit with its version beside it", m[1])
		}
	}
	on, err := yaml.Marshal(&w.On)
	if err != nil || regexp.MustCompile(`pull_request_target|workflow_run`).Match(on) {
		fault("it runs with this repository's rights on the code of others: %s", on)
	}
	if w.Permissions == nil || mayWrite(w.Permissions) {
		fault("its permissions are %v: a job states what it needs more than reading", w.Permissions)
	}
	if hasSecret(w.Env) {
		fault("it gives a secret to every job")
	}
	for name, j := range w.Jobs {
		for _, f := range jobFaults(j, mayWrite(j.Permissions)) {
			fault("job %s %s", name, f)
		}
	}
	return faults
}

// jobFaults says what a job does that it may not. Writes tells that it has a
// right to write; a secret counts as one.
func jobFaults(j job, writes bool) (faults []string) {
	writes = writes || hasSecret(j.Env)
	for _, s := range j.Steps {
		writes = writes || hasSecret(s.Env) || hasSecret(s.With)
	}
	if writes && j.Environment != "release" {
		faults = append(faults, "may write, outside the environment release")
	}
	for _, s := range j.Steps {
		action, _, _ := strings.Cut(s.Uses, "@")
		switch {
		case strings.Contains(s.Run, "${{"):
			faults = append(faults, fmt.Sprintf("puts a value into a script instead of its environment: %q", s.Run))
		case action == "actions/checkout" && s.With["persist-credentials"] != false:
			faults = append(faults, "leaves its token in the checkout")
		case !writes:
		case action == "actions/checkout":
			faults = append(faults, "may write, and checks out the repository")
		case action != "" && !slices.Contains(passive, action):
			faults = append(faults, "may write, and uses "+action)
		case runsCode.MatchString(s.Run):
			faults = append(faults, fmt.Sprintf("may write, and runs %q", runsCode.FindString(s.Run)))
		}
	}
	return faults
}

func mayWrite(permissions any) bool {
	return strings.Contains(fmt.Sprint(permissions), "write")
}

func hasSecret[V any](values map[string]V) bool {
	for _, v := range values {
		if strings.Contains(fmt.Sprint(v), "secrets.") {
			return true
		}
	}
	return false
}

func TestEachRuleForWorkflowsFindsItsFault(t *testing.T) {
	release := fromTop(t, ".github/workflows/release.yml")
	for name, c := range map[string]struct{ old, new, want string }{
		"a tag instead of a commit":     {"actions/checkout@08c6903cd8c0fde910a37f88322edcfb5dd907a8 # v5.0.0", "actions/checkout@v5", "is not pinned"},
		"a commit without its version":  {"goreleaser-action@f06c13b6b1a9625abc9e6e439d9c05a8f2190e94 # v7.2.3", "goreleaser-action@f06c13b6b1a9625abc9e6e439d9c05a8f2190e94", "is not pinned"},
		"a token left in the checkout":  {", persist-credentials: false", "", "leaves its token"},
		"rights for every job":          {"permissions: {}\nconcurrency", "permissions: write-all\nconcurrency", "its permissions are"},
		"no permissions at all":         {"permissions: {}\nconcurrency", "concurrency", "its permissions are"},
		"code of a pull request":        {`tags: ["v*"]`, "tags: [\"v*\"]\n  pull_request_target:", "on the code of others"},
		"a build that may write":        {"permissions: { contents: read }\n    timeout-minutes: 40", "permissions: { contents: write }\n    timeout-minutes: 40", "job build may write"},
		"a build that knows a secret":   {"args: release --clean --skip=publish,announce", "args: ${{ secrets.TAP_TOKEN }}", "job build may write"},
		"a publisher that checks out":   {"- uses: sigstore/cosign-installer@faadad0cce49287aee09b3a48701e75088a2c6ad # v4.0.0", "- uses: actions/checkout@08c6903cd8c0fde910a37f88322edcfb5dd907a8 # v5.0.0\n        with: { persist-credentials: false }", "checks out the repository"},
		"a publisher that builds":       {"run: cosign sign-blob", "run: go run ./.ci/licences && cosign sign-blob", `runs "go "`},
		"a publisher that runs a file":  {"run: cosign sign-blob", "run: ./collect; cosign sign-blob", `runs "./collect;"`},
		"a publisher of other actions":  {"sigstore/cosign-installer@", "goreleaser/goreleaser-action@", "uses goreleaser/goreleaser-action"},
		"a publisher out of its place":  {"environment: release\n    permissions:\n      contents: write", "permissions:\n      contents: write", "outside the environment"},
		"a tag's name inside a script":  {`gh release create "$TAG"`, "gh release create ${{ github.ref_name }}", "puts a value into a script"},
		"a secret for every job":        {"permissions: {}\nconcurrency", "permissions: {}\nenv: { T: \"${{ secrets.T }}\" }\nconcurrency", "gives a secret to every job"},
		"a secret for a whole job":      {"jobs:\n", "jobs:\n  other: { env: { T: \"${{ secrets.T }}\" } }\n", "job other may write"},
		"a secret out of its place":     {"environment: release\n    permissions: {}", "permissions: {}", "outside the environment"},
		"something that is no workflow": {"jobs:", "jobs: 1", "yaml"},
	} {
		t.Run(name, func(t *testing.T) {
			if !strings.Contains(release, c.old) {
				t.Fatalf("release.yml has no %q", c.old)
			}
			faults := strings.Join(workflowFaults(strings.Replace(release, c.old, c.new, 1)), "\n")
			if !strings.Contains(faults, c.want) {
				t.Errorf("got %q, want %q", faults, c.want)
			}
		})
	}
}

// A poisoned cache would be a way from any branch into a release.
func TestAReleaseTakesNothingFromACache(t *testing.T) {
	var w workflow
	if err := yaml.Unmarshal([]byte(fromTop(t, ".github/workflows/release.yml")), &w); err != nil {
		t.Fatal(err)
	}
	seen := 0
	for name, j := range w.Jobs {
		for _, s := range j.Steps {
			if strings.HasPrefix(s.Uses, "actions/cache") {
				t.Errorf("job %s has a cache", name)
			}
			if strings.HasPrefix(s.Uses, "actions/setup-go@") {
				seen++
				if s.With["cache"] != false || s.With["go-version-file"] != "go.mod" {
					t.Errorf("job %s sets Go up with %v", name, s.With)
				}
			}
		}
	}
	if seen == 0 {
		t.Error("no job sets Go up")
	}
}

// go.mod's toolchain line is the Go that releases are built with: without one
// it is the oldest that the module allows, with none of the fixes since.
func TestAReleaseIsBuiltWithACurrentToolchain(t *testing.T) {
	if !regexp.MustCompile(`(?m)^toolchain go1\.\d+\.\d+$`).MatchString(fromTop(t, "go.mod")) {
		t.Error("go.mod has no toolchain line")
	}
}
