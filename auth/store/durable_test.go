//go:build linux

package store

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"
)

const saveInside = "TABGATE_TEST_SAVE_IN"

// TestK6TheContentIsOnTheDiskBeforeItTakesItsName watches the system calls of
// a save: whoever loses power at any moment has the old file or the new one.
func TestK6TheContentIsOnTheDiskBeforeItTakesItsName(t *testing.T) {
	if dir := os.Getenv(saveInside); dir != "" {
		s, err := File(dir)
		must(t, err)
		must(t, s.Save(t.Context(), ana, big("x", 100, 100, 100)))
		must(t, End(dir, ana, 7))
		return
	}
	if _, err := exec.LookPath("strace"); err != nil {
		t.Skip("strace is not installed, so the order of system calls is not looked at")
	}
	dir := filepath.Join(t.TempDir(), "tokens")
	log := filepath.Join(t.TempDir(), "calls")
	cmd := exec.CommandContext(t.Context(), "strace", "-f", "-y", "-o", log, "-e", "trace=openat,fsync,fdatasync,rename,renameat,renameat2",
		os.Args[0], "-test.run=^"+t.Name()+"$")
	cmd.Env = append(os.Environ(), saveInside+"="+dir)
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Skipf("strace may not trace here: %v, %.300s", err, out)
	}
	calls, err := os.ReadFile(log)
	must(t, err)
	for _, name := range []string{".session", ".ended"} {
		quoted := regexp.QuoteMeta(dir + "/" + ana.Key() + name)
		steps := []string{
			`openat\([^)]*"` + quoted + `\.new-\d+", O_RDWR\|O_CREAT\|O_EXCL\|O_CLOEXEC, 0600`,
			`fsync\(\d+<` + quoted + `\.new-\d+>`,
			`rename\w*\(.*"` + quoted + `\.new-\d+",.*"` + quoted + `"`,
			`fsync\(\d+<` + regexp.QuoteMeta(dir) + `>`,
		}
		rest := string(calls)
		for _, step := range steps {
			at := regexp.MustCompile(step).FindStringIndex(rest)
			if at == nil {
				t.Errorf("K-6 %s: no %s after what came before, in\n%s", name, step, relevant(string(calls), dir))
				break
			}
			rest = rest[at[1]:]
		}
	}
}

func relevant(calls, dir string) string {
	var lines []string
	for line := range strings.Lines(calls) {
		if strings.Contains(line, dir) {
			lines = append(lines, line)
		}
	}
	return strings.Join(lines, "")
}

// A named pipe in the place of a file would hold up whoever opens it.
func TestK6ANamedPipeIsRefusedAndNotWaitedFor(t *testing.T) {
	s, dir := fileIn(t)
	must(t, syscall.Mkfifo(filepath.Join(dir, ana.Key()+".session"), 0o600))
	var e *Error
	if _, err := s.Load(t.Context(), ana); !errors.As(err, &e) || e.Reason != Unsafe {
		t.Errorf("K-6 load: %v", err)
	}
	if err := s.Save(t.Context(), ana, big("x", 10, 10, 10)); !errors.As(err, &e) || e.Reason != Unsafe {
		t.Errorf("K-6 save: %v", err)
	}
}
