package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/authtabs/tabgate/cmd/tabgate/config"
	"github.com/authtabs/tabgate/cmd/tabgate/prompt"
)

type panicking struct{ value any }

func (p panicking) Write([]byte) (int, error) { panic(p.value) }

// A panic in a command ends with one line and a report, as one in the app
// does, and undoes what was done to the terminal.
func TestU10APanicInACommandIsOneLineWithoutAStack(t *testing.T) {
	p := newPlace(t)
	const canary = "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiI0MiJ9.c2lnbmF0dXJl"
	var errs bytes.Buffer
	w := world{
		env: func(key string) (string, bool) { v, ok := p.env[key]; return v, ok },
		dir: p.home, in: strings.NewReader(""), out: panicking{"with " + canary}, err: &errs, now: time.Now,
	}
	undone := 0
	forget := prompt.OnRestore(func() { undone++ })
	defer forget()
	gone := prompt.OnRestore(func() { t.Error("what was taken out is undone") })
	gone()
	if code := run(w, []string{"config", "path"}); code != exitFailed || undone != 1 {
		t.Errorf("exit %d, undone %d times", code, undone)
	}
	text := errs.String()
	if !strings.HasPrefix(text, "tabgate: a fault in the program ended it; the report is in ") || strings.Count(text, "\n") != 1 || strings.Contains(text, "goroutine") {
		t.Errorf("it says %q", text)
	}
	reports, err := filepath.Glob(filepath.Join(config.Dirs(w.env).State, "panic-*.txt"))
	if err != nil || len(reports) != 1 {
		t.Fatalf("reports %v, %v", reports, err)
	}
	report, err := os.ReadFile(reports[0])
	if err != nil || !strings.Contains(string(report), "crash_test.go") || strings.Contains(string(report)+text, canary) {
		t.Errorf("the report: %v\n%s", err, report)
	}
}

// Only where neither a keyring service nor a person's debugger could want to
// look: with a real user pool, and the session elsewhere than in a keyring.
func TestU9OtherProgramsCannotReadTheMemoryOfASessionOutsideTheKeyring(t *testing.T) {
	for name, test := range map[string]struct {
		domain, store string
		want          bool
	}{
		"a file":       {"https://auth.example.com", "file", true},
		"memory":       {"https://auth.example.com", "memory", true},
		"a keyring":    {"https://auth.example.com", "keyring", false},
		"a local pool": {"http://127.0.0.1:9", "file", false},
		"no user pool": {"", "file", false},
	} {
		t.Run(name, func(t *testing.T) {
			p := newPlace(t)
			p.env["TABGATE_TOKEN_STORE"] = test.store
			if test.domain != "" {
				p.env["COGNITO_DOMAIN"], p.env["CLIENT_ID"] = test.domain, "1example"
			}
			called := false
			c := wiringIn(&world{
				env: func(key string) (string, bool) { v, ok := p.env[key]; return v, ok },
				dir: p.home, err: &bytes.Buffer{}, now: time.Now, unreadable: func() { called = true },
			})
			cfg, err := c.loadQuietly()
			if err != nil {
				t.Fatal(err)
			}
			if svc, err := c.service(cfg); err == nil {
				defer svc.Close()
			}
			if called != test.want {
				t.Errorf("called: %v", called)
			}
		})
	}
}
