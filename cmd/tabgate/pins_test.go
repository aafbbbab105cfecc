package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"
)

func fromTop(t *testing.T, path string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("..", "..", filepath.FromSlash(path)))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// What the gate tries is what a release runs.
func TestOneVersionOfGoReleaserEverywhere(t *testing.T) {
	version := regexp.MustCompile(`goreleaser/v2@(v[\d.]+)`).FindStringSubmatch(fromTop(t, ".ci/run"))
	if version == nil {
		t.Fatal("the gate runs no goreleaser")
	}
	for path, want := range map[string]string{
		".ci/snapshot":                  "goreleaser/v2@" + version[1],
		".github/workflows/release.yml": "version: " + version[1] + "\n",
	} {
		if !strings.Contains(fromTop(t, path), want) {
			t.Errorf("%s has another goreleaser than the gate's %s", path, version[1])
		}
	}
}

// A package of npm's is known by its content, and runs nothing of its own
// while it is installed.
func TestTheMockProviderIsInstalledByItsLockFileAndRunsNoScripts(t *testing.T) {
	var lock struct {
		Packages map[string]struct{ Version, Integrity, Resolved string }
	}
	if err := json.Unmarshal([]byte(fromTop(t, ".ci/mock-provider/package-lock.json")), &lock); err != nil {
		t.Fatal(err)
	}
	if lock.Packages["node_modules/oauth2-mock-server"].Version == "" {
		t.Errorf("the lock file has %d packages, and not the mock provider", len(lock.Packages))
	}
	for name, p := range lock.Packages {
		if name != "" && !strings.HasPrefix(p.Integrity, "sha512-") {
			t.Errorf("the lock file does not say what %s contains", name)
		}
		if p.Resolved != "" {
			t.Errorf("the lock file says where %s was fetched: %s", name, p.Resolved)
		}
	}
	gate := fromTop(t, ".ci/run")
	if !strings.Contains(gate, "npm ci --ignore-scripts ") || strings.Contains(gate, "npm install") {
		t.Error("the gate installs by another command than npm ci --ignore-scripts")
	}
}

// The README's commands verify the file that the release signs, with the
// bundle that it makes, by the workflow that it runs in, at a tag.
func TestTheReadmeVerifiesWhatTheReleaseSigns(t *testing.T) {
	var release struct {
		Checksum struct {
			Name string `yaml:"name_template"`
		}
		Signs   []any
		Release struct{ Github struct{ Owner, Name string } }
	}
	if err := yaml.Unmarshal([]byte(fromTop(t, ".goreleaser.yaml")), &release); err != nil {
		t.Fatal(err)
	}
	if len(release.Signs) != 0 {
		t.Error("goreleaser signs, in a job that has no identity to sign with")
	}
	sums := release.Checksum.Name
	bundle := sums + ".sigstore.json"
	if want := "cosign sign-blob --yes --bundle=" + bundle + " " + sums; !strings.Contains(fromTop(t, ".github/workflows/release.yml"), want) {
		t.Errorf("the release does not run %s", want)
	}
	text, repo := readme(t), release.Release.Github.Owner+"/"+release.Release.Github.Name
	for _, want := range []string{
		"cosign verify-blob --bundle " + bundle + " " + sums + " ",
		"gh attestation verify FILE --repo " + repo + " ",
		"--signer-workflow " + repo + "/.github/workflows/release.yml\n",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("the README does not say %q", want)
		}
	}
	identity := regexp.MustCompile(`--certificate-identity-regexp '([^']+)'`).FindStringSubmatch(text)
	if identity == nil {
		t.Fatal("the README's command checks no identity")
	}
	rule := regexp.MustCompile(identity[1])
	here := "https://github.com/" + repo + "/.github/workflows/"
	if !rule.MatchString(here + "release.yml@refs/tags/v1.2.3") {
		t.Errorf("%s does not fit a release of %s", rule, here)
	}
	for _, other := range []string{
		here + "ci.yml@refs/tags/v1.2.3", here + "release.yml@refs/heads/main",
		"https://github.com/somebody/tabgate/.github/workflows/release.yml@refs/tags/v1.2.3", "https://example.com/" + here,
	} {
		if rule.MatchString(other) {
			t.Errorf("%s fits %s as well", rule, other)
		}
	}
}
