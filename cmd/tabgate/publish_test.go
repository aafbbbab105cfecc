package main

import (
	"crypto/sha256"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"
)

// releaseStep gives a step of the release workflow by its job and name, for
// its script to be run here.
func releaseStep(t *testing.T, jobName, name string) step {
	t.Helper()
	if runtime.GOOS != "linux" {
		t.Skip("the scripts of the release workflow are for Linux, with its sha256sum and find")
	}
	var w workflow
	if err := yaml.Unmarshal([]byte(fromTop(t, ".github/workflows/release.yml")), &w); err != nil {
		t.Fatal(err)
	}
	for _, s := range w.Jobs[jobName].Steps {
		if s.Name == name {
			return s
		}
	}
	t.Fatalf("job %s has no step %q", jobName, name)
	return step{}
}

// bash runs a step's script as the runner does, in dir, with env beside PATH.
func (s step) bash(t *testing.T, dir string, env ...string) (string, error) {
	t.Helper()
	cmd := exec.Command("bash", "--noprofile", "--norc", "-e", "-c", s.Run)
	cmd.Dir = dir
	cmd.Env = append([]string{"PATH=" + os.Getenv("PATH"), "LC_ALL=C"}, env...)
	out, err := cmd.CombinedOutput()
	return string(out), err
}

func write(t *testing.T, dir, name, text string) {
	t.Helper()
	name = filepath.Join(dir, name)
	if err := os.MkdirAll(filepath.Dir(name), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

// released lays out a small release with .ci/collect, and gives its folder
// and the digest that the build hands on.
func released(t *testing.T) (dir, digest string) {
	t.Helper()
	dist := t.TempDir()
	var sums strings.Builder
	for _, name := range []string{"t.tar.gz", "t.zip", "t.deb", "t.rpm", "t.apk", "t.cdx.json"} {
		write(t, dist, name, name)
		fmt.Fprintf(&sums, "%x  %s\n", sha256.Sum256([]byte(name)), name)
	}
	write(t, dist, "checksums.txt", sums.String())
	write(t, dist, "CHANGELOG.md", "changes")
	write(t, dist, "homebrew/Casks/tabgate.rb", "cask")
	write(t, dist, "scoop/tabgate.json", "{}")
	write(t, dist, "winget/manifests/a/authtabs/tabgate/1.2.3/authtabs.tabgate.yaml", "winget")
	dir = filepath.Join(t.TempDir(), "out")
	out, err := exec.Command("bash", "../../.ci/collect", dist, dir).CombinedOutput()
	if err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	digest, found := strings.CutPrefix(strings.TrimSpace(string(out)), "digest=")
	if !found {
		t.Fatalf(".ci/collect says %q", out)
	}
	return dir, digest
}

func TestNothingIsPublishedButTheFilesThatWereBuilt(t *testing.T) {
	verify := releaseStep(t, "publish", "Exactly the files that were built")
	for name, c := range map[string]struct {
		tamper func(t *testing.T, dir string)
		ok     bool
	}{
		"as built":              {func(*testing.T, string) {}, true},
		"a changed file":        {func(t *testing.T, dir string) { write(t, dir, "release/t.deb", "other") }, false},
		"a changed manifest":    {func(t *testing.T, dir string) { write(t, dir, "manifests/scoop/tabgate.json", "[]") }, false},
		"changed notes":         {func(t *testing.T, dir string) { write(t, dir, "notes.md", "other") }, false},
		"one more file":         {func(t *testing.T, dir string) { write(t, dir, "release/more.deb", "more") }, false},
		"one more in no folder": {func(t *testing.T, dir string) { write(t, dir, "more", "more") }, false},
		"a file less":           {func(t *testing.T, dir string) { remove(t, dir, "release/t.zip") }, false},
		"one more, and a digest": {func(t *testing.T, dir string) {
			write(t, dir, "release/m.deb", "m")
			appendDigest(t, dir, "release/m.deb", "m")
		}, false},
		"a link": {func(t *testing.T, dir string) { link(t, "/etc/hostname", filepath.Join(dir, "release/link")) }, false},
	} {
		t.Run(name, func(t *testing.T) {
			dir, digest := released(t)
			c.tamper(t, dir)
			out, err := verify.bash(t, dir, "DIGEST="+digest)
			if (err == nil) != c.ok {
				t.Errorf("%v: %s", err, out)
			}
		})
	}
	t.Run("a file that no checksum was signed for", func(t *testing.T) {
		dir, _ := released(t)
		write(t, dir, "release/m.deb", "m")
		appendDigest(t, dir, "release/m.deb", "m")
		list, err := os.ReadFile(filepath.Join(dir, "digests.txt"))
		if err != nil {
			t.Fatal(err)
		}
		out, err := verify.bash(t, dir, fmt.Sprintf("DIGEST=%x", sha256.Sum256(list)))
		if err == nil {
			t.Errorf("published: %s", out)
		}
	})
}

func appendDigest(t *testing.T, dir, name, text string) {
	t.Helper()
	f, err := os.OpenFile(filepath.Join(dir, "digests.txt"), os.O_APPEND|os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if _, err := fmt.Fprintf(f, "%x  ./%s\n", sha256.Sum256([]byte(text)), name); err != nil {
		t.Fatal(err)
	}
}

func remove(t *testing.T, dir, name string) {
	t.Helper()
	if err := os.Remove(filepath.Join(dir, name)); err != nil {
		t.Fatal(err)
	}
}

func link(t *testing.T, to, name string) {
	t.Helper()
	if err := os.Symlink(to, name); err != nil {
		t.Fatal(err)
	}
}

// fakeGH puts a gh into a PATH of its own that writes down how it is called,
// and knows the commit "built" and no file of any repository.
func fakeGH(t *testing.T) (path string, calls func() []string) {
	t.Helper()
	dir := t.TempDir()
	write(t, dir, "gh", `#!/bin/sh
echo "$*" >>`+dir+`/calls
case "$*" in
  *contents*ref=*) echo '{"message":"Not Found"}'; exit 1 ;;
  *commits/*) echo built ;;
  *git/ref/*) echo head ;;
esac
`)
	if err := os.Chmod(filepath.Join(dir, "gh"), 0o700); err != nil {
		t.Fatal(err)
	}
	return "PATH=" + dir + ":" + os.Getenv("PATH"), func() []string {
		text, err := os.ReadFile(filepath.Join(dir, "calls"))
		if err != nil && !os.IsNotExist(err) {
			t.Fatal(err)
		}
		return strings.Split(strings.TrimSpace(string(text)), "\n")
	}
}

func TestAReleaseIsMadeOfTheTagThatWasBuilt(t *testing.T) {
	publish := releaseStep(t, "publish", "Publish")
	for name, c := range map[string]struct{ tag, sha, want string }{
		"a release":           {"v1.2.3", "built", "release create v1.2.3 --verify-tag --title v1.2.3 --notes-file notes.md release/checksums.txt"},
		"one before the time": {"v1.2.3-rc.1", "built", "--notes-file notes.md --prerelease release/checksums.txt"},
		"a tag that moved":    {"v1.2.3", "other", ""},
	} {
		t.Run(name, func(t *testing.T) {
			dir, _ := released(t)
			path, calls := fakeGH(t)
			out, err := publish.bash(t, dir, path, "TAG="+c.tag, "GH_REPO=authtabs/tabgate", "GITHUB_SHA="+c.sha)
			last := calls()[len(calls())-1]
			if c.want == "" && (err == nil || strings.Contains(last, "release create")) || !strings.Contains(last, c.want) {
				t.Errorf("%v: %s\n%q", err, out, last)
			}
		})
	}
}

func TestPackageManagersAreToldOnlyWithATokenForThem(t *testing.T) {
	tell := releaseStep(t, "packages", "Tell Homebrew, Scoop and winget")
	dir, _ := released(t)
	dir = filepath.Join(dir, "manifests")
	path, calls := fakeGH(t)
	if out, err := tell.bash(t, dir, path, "TAG=v1.2.3"); err != nil || calls()[0] != "" {
		t.Errorf("without a token: %v: %s\n%q", err, out, calls())
	}
	out, err := tell.bash(t, dir, path, "TAG=v1.2.3", "GH_TOKEN=x")
	if err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	all := calls()
	for _, want := range []string{
		"PUT repos/authtabs/homebrew-tap/contents/Casks/tabgate.rb .* -f branch=main -f content=Y2Fzaw==$",
		"PUT repos/authtabs/scoop-bucket/contents/tabgate.json .* -f branch=main ",
		"PUT repos/authtabs/winget-pkgs/contents/manifests/a/authtabs/tabgate/1.2.3/authtabs.tabgate.yaml .* -f branch=tabgate-1.2.3 ",
		"pr create --repo microsoft/winget-pkgs --base master --head authtabs:tabgate-1.2.3 ",
	} {
		if !slices.ContainsFunc(all, regexp.MustCompile(want).MatchString) {
			t.Errorf("no call %q in %q", want, all)
		}
	}
}
