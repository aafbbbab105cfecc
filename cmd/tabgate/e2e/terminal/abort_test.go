//go:build !windows

package terminal

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"github.com/authtabs/tabgate/auth/localpool"
	"github.com/authtabs/tabgate/auth/localpool/faults"
)

// crashWords are what the Go runtime prints when a signal kills a program.
var crashWords = []string{"goroutine", "SIGABRT", "SIGQUIT", "PC=", "panic", "runtime."}

func (s *terminal) noCrash() {
	s.t.Helper()
	for _, word := range crashWords {
		if strings.Contains(s.bytes(), word) {
			s.t.Errorf("the terminal shows %q", word)
		}
	}
}

func TestU10AnAbortedLoginGivesTheTerminalBack(t *testing.T) {
	for name, sig := range map[string]syscall.Signal{"SIGABRT": syscall.SIGABRT, "SIGQUIT": syscall.SIGQUIT} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s, address := login(t)
			s.signal(sig)
			if code := s.end(); code != 130 {
				t.Errorf("exit code %d, want 130", code)
			}
			s.clean()
			s.noCrash()
			if err := free(redirectOf(t, address)); err != nil {
				t.Errorf("the port is not free: %v", err)
			}
		})
	}
}

// What is under way may take its time after the first signal; a second one
// ends it at once, and not by the runtime, which would print its state.
func TestU10ASecondSignalEndsTheProgramAtOnce(t *testing.T) {
	for name, sig := range map[string]syscall.Signal{"SIGABRT": syscall.SIGABRT, "SIGQUIT": syscall.SIGQUIT, "SIGTERM": syscall.SIGTERM} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := newPlace(t)
			pool := p.onPool(localpool.Options{})
			c := p.start("login", "--timeout", "30s")
			if _, err := pool.Person("analyst@example.com", localpool.DemoPassword).SignIn(t.Context(), c.address()); err != nil {
				t.Fatal(err)
			}
			if got := c.wait(); got.code != 0 {
				t.Fatalf("exit %d: %s", got.code, got.err)
			}
			pool.Faults().Set(localpool.Revoke, faults.Fault{Hang: true})
			s := open(t, 100, 30, p.home, p.environ(), binary, "logout", "--local")
			eventually(t, "the revocation to hang", func() error {
				if pool.Faults().Seen(localpool.Revoke) == 0 {
					return os.ErrNotExist
				}
				return nil
			})
			begun, again := time.Now(), time.NewTicker(20*time.Millisecond)
			defer again.Stop()
			for ended := false; !ended; {
				select {
				case <-again.C:
					_ = s.cmd.Process.Signal(sig)
				case <-s.ended:
					ended = true
				}
			}
			if took := time.Since(begun); took > 4*time.Second {
				t.Errorf("it took %v", took)
			}
			if code := s.end(); code != 130 {
				t.Errorf("exit code %d, want 130", code)
			}
			s.clean()
			s.noCrash()
		})
	}
}

// A core file would hold the tokens, and lies where the program was started.
func TestU9NoCoreIsDumpedWhileTokensAreInMemory(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("core limits are read from /proc")
	}
	var limit unix.Rlimit
	if err := unix.Getrlimit(unix.RLIMIT_CORE, &limit); err != nil || limit.Max < 1<<20 {
		t.Skipf("core files are not allowed here (%v): the test could not fail", err)
	}
	for name, args := range map[string][]string{"the app": nil, "login": {"login", "--no-browser"}, "pool serve": {"pool", "serve", "--listen", "127.0.0.1:0"}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := newPlace(t)
			p.onPool(localpool.Options{})
			dir := t.TempDir()
			environ := append(p.environ(), "GOTRACEBACK=crash")
			s := open(t, 100, 30, dir, environ, append([]string{"/bin/sh", "-c", `ulimit -c unlimited; exec "$0" "$@"`, binary}, args...)...)
			eventually(t, "tabgate to lower its limit", func() error {
				// The shell before it may have begun with the limit that is looked for.
				proc := filepath.Join("/proc", strconv.Itoa(s.cmd.Process.Pid))
				if program, err := os.Readlink(filepath.Join(proc, "exe")); err != nil || program != binary {
					return fmt.Errorf("still %s, %v", program, err)
				}
				text, err := os.ReadFile(filepath.Join(proc, "limits"))
				if err != nil {
					return err
				}
				for line := range strings.Lines(string(text)) {
					if f := strings.Fields(line); strings.HasPrefix(line, "Max core file size") && (f[4] == "0" || f[4] == "1") {
						return nil
					}
				}
				return os.ErrExist
			})
			s.signal(syscall.SIGSEGV)
			s.end()
			if left, err := filepath.Glob(filepath.Join(dir, "*core*")); err != nil || len(left) != 0 {
				t.Errorf("left %v, %v", left, err)
			}
		})
	}
}
