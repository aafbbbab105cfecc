//go:build !windows

package process

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/authtabs/tabgate/tui/screen"
)

// in is a terminal of this environment.
func in(env map[string]string) *Terminal {
	return &Terminal{env: func(name string) string { return env[name] }}
}

// fake puts a program of some lines of shell into a folder of its own, which
// becomes the whole PATH but for the system's own programs.
func fake(t *testing.T, script string, names ...string) (dir string) {
	t.Helper()
	dir = t.TempDir()
	for _, name := range names {
		if err := os.WriteFile(filepath.Join(dir, name), []byte("#!/bin/sh\n"+script), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	t.Setenv("PATH", dir)
	return dir
}

const keeps = `cd "$(/usr/bin/dirname "$0")" && /bin/cat >text && echo "$0 $*" >argv && /usr/bin/env >environ`

func TestATextGoesToTheClipboardOfTheMachine(t *testing.T) {
	dir := fake(t, keeps, "xclip", "wl-copy")
	for want, display := range map[string]string{"xclip": "DISPLAY", "wl-copy": "WAYLAND_DISPLAY"} {
		at, err := in(map[string]string{display: ":0", "CLIENT_SECRET": "canary"}).copy(t.Context(), "16.5646\tgeheim")
		if at != screen.OnClipboard || err != nil {
			t.Fatalf("%s: %v, %v", want, at, err)
		}
		read := func(name string) string {
			b, err := os.ReadFile(filepath.Join(dir, name))
			if err != nil {
				t.Fatal(err)
			}
			return string(b)
		}
		if got := read("text"); got != "16.5646\tgeheim" {
			t.Errorf("%s was given %q", want, got)
		}
		if argv := read("argv"); !strings.Contains(argv, want) || strings.Contains(argv, "geheim") {
			t.Errorf("it was run as %q", argv)
		}
		if strings.Contains(read("environ"), "canary") {
			t.Error("it was given a secret")
		}
	}
}

func TestATextIsLeftToTheTerminal(t *testing.T) {
	tests := map[string]struct {
		script string
		env    map[string]string
	}{
		"over SSH":                {keeps, map[string]string{"DISPLAY": ":10", "SSH_CONNECTION": "1 2 3 4"}},
		"without a display":       {keeps, map[string]string{}},
		"where the program fails": {"exit 1", map[string]string{"DISPLAY": ":0"}},
		"where tmux is too old":   {"exit 1", map[string]string{"TMUX": "/tmp/no,1,0", "DISPLAY": ":0"}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			fake(t, tt.script, "xclip", "xsel", "tmux")
			if at, err := in(tt.env).copy(t.Context(), "x"); err == nil {
				t.Errorf("it went to %v", at)
			}
		})
	}
	t.Run("where the program hangs", func(t *testing.T) {
		fake(t, "exec /bin/sleep 600", "xclip")
		ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
		defer cancel()
		if at, err := in(map[string]string{"DISPLAY": ":0"}).copy(ctx, "x"); err == nil {
			t.Errorf("it went to %v", at)
		}
	})
}

func TestAProgramThatStaysBehindIsNotWaitedFor(t *testing.T) {
	fake(t, "/bin/cat >/dev/null; (exec /bin/sleep 600) & echo $! >\"$(/usr/bin/dirname \"$0\")/pid\"", "xclip")
	if at, err := in(map[string]string{"DISPLAY": ":0"}).copy(t.Context(), "x"); at != screen.OnClipboard || err != nil {
		t.Errorf("%v, %v", at, err)
	}
	pid, err := os.ReadFile(filepath.Join(os.Getenv("PATH"), "pid"))
	if err != nil {
		t.Fatal(err)
	}
	_ = exec.Command("/bin/kill", strings.TrimSpace(string(pid))).Run()
}

func TestTmuxKeepsTheText(t *testing.T) {
	path, err := exec.LookPath("tmux")
	if err != nil {
		if os.Getenv("TABGATE_REQUIRE_E2E") == "1" {
			t.Fatal(err)
		}
		t.Skipf("no tmux here: %v", err)
	}
	socket := filepath.Join(t.TempDir(), "tmux")
	tmux := func(args ...string) string {
		t.Helper()
		out, err := exec.Command(path, append([]string{"-S", socket, "-f", "/dev/null"}, args...)...).CombinedOutput()
		if err != nil {
			t.Fatalf("tmux %v: %v: %s", args, err, out)
		}
		return string(out)
	}
	tmux("new-session", "-d", "cat")
	defer tmux("kill-server")
	at, err := in(map[string]string{"TMUX": socket + ",1,0", "PATH": os.Getenv("PATH")}).copy(t.Context(), "Brazil\t16.5646")
	if at != screen.InTmux || err != nil {
		t.Fatalf("%v, %v", at, err)
	}
	if got := tmux("show-buffer"); got != "Brazil\t16.5646" {
		t.Errorf("tmux keeps %q", got)
	}
}

func TestClipReadsUTF16(t *testing.T) {
	if got := wide("é😀"); got != "\xff\xfe\xe9\x00\x3d\xd8\x00\xde" {
		t.Errorf("% x", got)
	}
	for _, env := range []map[string]string{{"WSL_DISTRO_NAME": "Debian"}, {}} {
		goos := "linux"
		if len(env) == 0 {
			goos = "windows"
		}
		list := tools(goos, in(env).env)
		if len(list) != 1 || list[0].name != "clip.exe" || !list[0].wide {
			t.Errorf("%s: %v", goos, list)
		}
	}
	if list := tools("darwin", in(nil).env); len(list) != 1 || list[0].name != "pbcopy" {
		t.Errorf("macOS: %v", list)
	}
}
