package main

import (
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

// A tag of somebody else's action can be moved; a commit cannot.
func TestEveryActionIsPinnedToACommit(t *testing.T) {
	pinned := regexp.MustCompile(`^[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+`)
	for _, name := range []string{"ci.yml", "release.yml"} {
		uses := regexp.MustCompile(`(?m)uses: (.*)$`).FindAllStringSubmatch(fromTop(t, ".github/workflows/"+name), -1)
		if len(uses) == 0 {
			t.Errorf("%s uses no action: the pattern is wrong", name)
		}
		for _, m := range uses {
			if !pinned.MatchString(m[1]) {
				t.Errorf("%s uses %s, which is not pinned", name, m[1])
			}
		}
	}
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

// The README's command verifies the file that the release signs, with the
// bundle that it makes, by the workflow that it runs in.
func TestTheReadmeVerifiesWhatTheReleaseSigns(t *testing.T) {
	var release struct {
		Checksum struct {
			Name string `yaml:"name_template"`
		}
		Signs []struct {
			Cmd, Artifacts, Signature string
			Args                      []string
		}
		Release struct{ Github struct{ Owner, Name string } }
	}
	if err := yaml.Unmarshal([]byte(fromTop(t, ".goreleaser.yaml")), &release); err != nil {
		t.Fatal(err)
	}
	if len(release.Signs) != 1 || release.Signs[0].Artifacts != "checksum" || !strings.HasPrefix(strings.Join(release.Signs[0].Args, " "), ".ci/sign ") {
		t.Fatalf("the release signs %+v, want the checksums alone, by .ci/sign", release.Signs)
	}
	sign := release.Signs[0]
	bundle := strings.ReplaceAll(sign.Signature, "${artifact}", release.Checksum.Name)
	if want := `cosign sign-blob --yes --bundle="$bundle" "$file"`; !strings.Contains(fromTop(t, ".ci/sign"), want) {
		t.Errorf(".ci/sign does not say %s", want)
	}
	text := readme(t)
	if want := "cosign verify-blob --bundle " + bundle + " " + release.Checksum.Name + " "; !strings.Contains(text, want) {
		t.Errorf("the README does not say %q", want)
	}
	identity := regexp.MustCompile(`--certificate-identity-regexp '([^']+)'`).FindStringSubmatch(text)
	if identity == nil {
		t.Fatal("the README's command checks no identity")
	}
	rule := regexp.MustCompile(identity[1])
	here := "https://github.com/" + release.Release.Github.Owner + "/" + release.Release.Github.Name + "/.github/workflows/"
	if !rule.MatchString(here + "release.yml@refs/tags/v1.2.3") {
		t.Errorf("%s does not fit a release of %s", rule, here)
	}
	for _, other := range []string{here + "ci.yml@refs/heads/main", here + "release.yml@refs/heads/main", "https://example.com/" + here} {
		if rule.MatchString(other) {
			t.Errorf("%s fits %s as well", rule, other)
		}
	}
}
