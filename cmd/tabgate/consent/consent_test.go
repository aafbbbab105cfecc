package consent

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"
)

var now = time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func said(t *testing.T, a Answers, hash string) string {
	t.Helper()
	yes, known, err := a.Said(hash)
	must(t, err)
	switch {
	case !known:
		return "unasked"
	case yes:
		return "yes"
	}
	return "no"
}

func TestW4AnAnswerIsRememberedUntilItIsChangedOrForgotten(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "state")
	a := In(dir)
	if got := said(t, a, "h1"); got != "unasked" {
		t.Errorf("before: %s", got)
	}
	must(t, a.Remember(t.Context(), "h1", "one", true, now))
	must(t, a.Remember(t.Context(), "h2", "two", false, now))
	if one, two, other := said(t, In(dir), "h1"), said(t, In(dir), "h2"), said(t, In(dir), "h3"); one != "yes" || two != "no" || other != "unasked" {
		t.Errorf("%s, %s, %s", one, two, other)
	}
	must(t, a.Remember(t.Context(), "h1", "one", false, now))
	must(t, a.Forget(t.Context(), "h2"))
	if one, two := said(t, a, "h1"), said(t, a, "h2"); one != "no" || two != "unasked" {
		t.Errorf("%s, %s", one, two)
	}
	if runtime.GOOS != "windows" {
		info, err := os.Stat(filepath.Join(dir, "answers.json"))
		must(t, err)
		if info.Mode().Perm() != 0o600 {
			t.Errorf("mode %v", info.Mode())
		}
	}
}

func TestW4TheFileOfAnswersHasABound(t *testing.T) {
	a := In(t.TempDir())
	must(t, os.Chmod(a.dir, 0o700))
	for name, what := range map[string]string{"many": "x", "large": strings.Repeat("<", 200)} {
		one := fmt.Sprintf(`{"hash":"x","what":%q},`, what)
		must(t, os.WriteFile(a.path(), []byte(`{"version":1,"answers":[`+strings.TrimSuffix(strings.Repeat(one, maxAnswers), ",")+`]}`), 0o600))
		must(t, a.Remember(t.Context(), "new", what, true, now))
		got, err := a.read()
		if err != nil || len(got.Answers) > maxAnswers || len(got.Answers) < maxAnswers/4 || got.Answers[len(got.Answers)-1].Hash != "new" {
			t.Errorf("%s: %d answers, %v", name, len(got.Answers), err)
		}
	}
}

func TestW4AnswersThatSomebodyElseCouldHaveWrittenDoNotCount(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("mode bits as other systems have them")
	}
	dir := filepath.Join(t.TempDir(), "state")
	a := In(dir)
	must(t, a.Remember(t.Context(), "h", "x", true, now))
	must(t, os.Chmod(a.path(), 0o646))
	if yes, known, err := a.Said("h"); yes || known || err == nil {
		t.Errorf("%v, %v, %v", yes, known, err)
	}
	if err := a.Remember(t.Context(), "h", "x", true, now); err == nil || !strings.Contains(err.Error(), "chmod") {
		t.Errorf("%v", err)
	}
}

func TestADamagedFileOfAnswersIsReplaced(t *testing.T) {
	a := In(filepath.Join(t.TempDir(), "state"))
	must(t, a.Remember(t.Context(), "old", "x", true, now))
	for _, content := range []string{"", "{", `{"version":2}`, "[]"} {
		must(t, os.WriteFile(a.path(), []byte(content), 0o600))
		if yes, known, err := a.Said("old"); yes || known || err == nil {
			t.Errorf("%q: %v, %v, %v", content, yes, known, err)
		}
		must(t, a.Remember(t.Context(), "new", "x", true, now))
		if got := said(t, a, "new"); got != "yes" {
			t.Errorf("%q: %s", content, got)
		}
	}
}

func TestAnswersOfProcessesAtOnceAreAllKept(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "state")
	var all sync.WaitGroup
	for i := range 10 {
		all.Go(func() {
			if err := In(dir).Remember(t.Context(), fmt.Sprint(i), "x", true, now); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	for i := range 10 {
		if got := said(t, In(dir), fmt.Sprint(i)); got != "yes" {
			t.Errorf("%d: %s", i, got)
		}
	}
}

func TestWithoutAHomeNothingIsRemembered(t *testing.T) {
	if got := said(t, In(""), "h"); got != "unasked" {
		t.Errorf("%s", got)
	}
	if err := In("").Remember(t.Context(), "h", "x", true, now); err == nil || !strings.Contains(err.Error(), "XDG_STATE_HOME") {
		t.Errorf("%v", err)
	}
}
