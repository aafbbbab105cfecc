//go:build !windows

package screen

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// tool returns a program of this machine, and skips the test where it is not.
func tool(t *testing.T, name string) (path string) {
	t.Helper()
	path, err := exec.LookPath(name)
	if err != nil {
		if os.Getenv("TABGATE_REQUIRE_E2E") == "1" {
			t.Fatal(err)
		}
		t.Skipf("no %s here: %v", name, err)
	}
	return path
}

// eventually asks until ok says yes.
func eventually(t *testing.T, what string, look func() string, ok func(screen string) bool) {
	t.Helper()
	again := time.NewTicker(20 * time.Millisecond)
	defer again.Stop()
	for limit := time.After(patient); ; {
		screen := look()
		if ok(screen) {
			return
		}
		select {
		case <-again.C:
		case <-limit:
			t.Fatalf("waited for %s; the screen is\n%s", what, screen)
		}
	}
}

func TestARedrawMendsAPictureInTmux(t *testing.T) {
	path, socket := tool(t, "tmux"), filepath.Join(t.TempDir(), "tmux")
	tmux := func(args ...string) string {
		out, err := exec.Command(path, append([]string{"-S", socket, "-f", "/dev/null"}, args...)...).CombinedOutput()
		if err != nil {
			t.Fatalf("tmux %v: %v: %s", args, err, out)
		}
		return string(out)
	}
	tmux("new-session", "-d", "-x", "60", "-y", "12", pages(t))
	defer tmux("kill-server")
	look := func() string { return tmux("capture-pane", "-p") }
	eventually(t, "the program", look, func(s string) bool { return strings.Contains(s, "q quit") })
	whole := look()
	tty := strings.TrimSpace(tmux("display-message", "-p", "#{pane_tty}"))
	// Line drawing characters, insert mode, margins, origin mode, and a text.
	if err := os.WriteFile(tty, []byte("\x1b(0\x1b[4h\x1b[3;7r\x1b[?6h\x1b[1;1Habc"), 0); err != nil {
		t.Fatal(err)
	}
	eventually(t, "a torn picture", look, func(s string) bool { return s != whole })
	tmux("send-keys", "L")
	eventually(t, "the whole picture", look, func(s string) bool { return s == whole })
	tmux("send-keys", "2")
	eventually(t, "the next picture", look, func(s string) bool { return strings.Count(s, "page 2 row") == 9 })
}

func TestGNUScreenIsLeftWithThePromptOnACleanLine(t *testing.T) {
	path, dir := tool(t, "screen"), t.TempDir()
	if err := os.Chmod(dir, 0o700); err != nil { // as screen wants it
		t.Fatal(err)
	}
	for _, alternate := range []string{"off", "on"} {
		t.Run("altscreen "+alternate, func(t *testing.T) {
			rc, copied, name := filepath.Join(dir, "rc"), filepath.Join(dir, "copy"), "tabgate-"+alternate
			if err := os.WriteFile(rc, []byte("altscreen "+alternate+"\n"), 0o600); err != nil {
				t.Fatal(err)
			}
			screen := func(args ...string) error {
				cmd := exec.Command(path, args...)
				cmd.Env = append(os.Environ(), "SCREENDIR="+dir, "LANG=C.UTF-8")
				return cmd.Run()
			}
			look := func() string { // it may not be there yet
				_ = screen("-S", name, "-X", "hardcopy", copied)
				b, _ := os.ReadFile(copied)
				return string(b)
			}
			if err := screen("-c", rc, "-dmS", name, "-T", "screen", "/bin/sh", "-c", "echo before; "+pages(t)+"; exec cat"); err != nil {
				t.Fatal(err)
			}
			defer screen("-S", name, "-X", "quit")
			eventually(t, "the program", look, func(s string) bool { return strings.Contains(s, "q quit") })
			if err := screen("-S", name, "-X", "stuff", "q"); err != nil {
				t.Fatal(err)
			}
			eventually(t, "the prompt", look, func(s string) bool {
				lines := strings.Split(s, "\n")
				first := map[string]string{"off": "ended: <nil>", "on": "before"}[alternate]
				return lines[0] == first && strings.Contains(s, "ended: <nil>") && !strings.Contains(s, "page 1")
			})
		})
	}
}
