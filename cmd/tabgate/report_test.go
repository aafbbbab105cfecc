package main

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/authtabs/tabgate/auth/secret"
	"github.com/authtabs/tabgate/tui/screen"
)

// broken is a world whose state directory is of the test's own.
func broken(t *testing.T, state string) *world {
	t.Helper()
	env := map[string]string{"XDG_STATE_HOME": state}
	return &world{
		env: func(key string) (string, bool) { v, ok := env[key]; return v, ok },
		err: &bytes.Buffer{}, now: func() time.Time { return time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC) },
	}
}

// panicked panics in a guarded goroutine, as the app would.
func panicked(value any) *screen.PanicError {
	var caught *screen.PanicError
	func() {
		defer func() {
			caught = &screen.PanicError{Value: recover(), Stack: []byte("goroutine 1 [running]:\nmain.panicked(...)")}
		}()
		panic(value)
	}()
	return caught
}

func TestTheReportOfAPanicHoldsNoSecrets(t *testing.T) {
	const canary = "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiI0MiJ9.c2lnbmF0dXJl"
	tests := map[string]struct {
		value any
		keeps string
	}{
		"a secret in an error":    {fmt.Errorf("refresh with %v failed", secret.New(canary)), "refresh with [redacted] failed"},
		"a token in a text":       {"no such claim in " + canary + " of the token", "no such claim in [redacted] of the token"},
		"a token as a field":      {fmt.Sprintf("%+v", struct{ Access string }{canary}), "[redacted]"},
		"a callback's address":    {errors.New("parse http://localhost:8501/?code=abc&state=def: bad"), "parse [redacted] bad"},
		"a code after its name":   {"code=4f2c9a1e-0b7d-4c55-9e0a-1c2d3e4f5a6b", "[redacted]"},
		"a mistake of the common": {errors.New("runtime error: index out of range [5] with length 3"), "index out of range [5] with length 3"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			state := t.TempDir()
			err := broken(t, state).ended(panicked(tt.value))
			files, _ := filepath.Glob(filepath.Join(state, "tabgate", "panic-*.txt"))
			if len(files) != 1 {
				t.Fatalf("there are %d reports, want 1 (%v)", len(files), err)
			}
			content, readErr := os.ReadFile(files[0])
			if readErr != nil {
				t.Fatal(readErr)
			}
			if !strings.Contains(err.Error(), files[0]) {
				t.Errorf("the last line %q does not name the report", err)
			}
			for _, secret := range []string{canary, "eyJzdWIi", "code=abc", "state=def", "4f2c9a1e"} {
				if strings.Contains(string(content)+err.Error(), secret) {
					t.Errorf("the report holds %q:\n%s", secret, content)
				}
			}
			if !strings.Contains(string(content), tt.keeps) || !strings.Contains(string(content), "main.panicked") {
				t.Errorf("the report lacks %q or the stack:\n%s", tt.keeps, content)
			}
			if info, _ := os.Stat(files[0]); info.Mode().Perm()&0o077 != 0 && filepath.Separator == '/' {
				t.Errorf("others can read the report: %v", info.Mode())
			}
		})
	}
}

func TestAReportThatCannotBeWrittenIsSaidInOneLine(t *testing.T) {
	notADir := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(notADir, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for name, state := range map[string]string{"nowhere to write": "", "a file in the way": notADir} {
		t.Run(name, func(t *testing.T) {
			err := broken(t, state).ended(panicked("out of luck"))
			if exitCode(err, false) != exitFailed || strings.Contains(err.Error(), "\n") ||
				!strings.Contains(err.Error(), "out of luck (the report could not be written)") {
				t.Errorf("exit %d: %q", exitCode(err, false), err)
			}
		})
	}
}
