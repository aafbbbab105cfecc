//go:build !windows

package config

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/authtabs/tabgate/auth/trusted"
)

// spoilers make a file, or the folder it is in, one that somebody else could
// have written. Where root runs the tests, the file is given away; elsewhere
// another user asks.
var spoilers = map[string]func(t *testing.T, path string) (user trusted.User, says string){
	"everybody may write it": func(t *testing.T, path string) (trusted.User, string) {
		return trusted.User{}, must(t, os.Chmod(path, 0o666), "chmod go-w")
	},
	"everybody may write its folder": func(t *testing.T, path string) (trusted.User, string) {
		return trusted.User{}, must(t, os.Chmod(filepath.Dir(path), 0o777), "chmod go-w "+filepath.Dir(path))
	},
	"another user owns it": func(t *testing.T, path string) (trusted.User, string) {
		if os.Geteuid() != 0 {
			return trusted.As(os.Geteuid() + 1), "another user"
		}
		return trusted.User{}, must(t, os.Chown(path, 65534, 65534), "another user")
	},
	"it is a pipe": func(t *testing.T, path string) (trusted.User, string) {
		must(t, os.Remove(path), "")
		return trusted.User{}, must(t, syscall.Mkfifo(path, 0o600), "named pipe")
	},
	"it never ends": func(t *testing.T, path string) (trusted.User, string) {
		must(t, os.Remove(path), "")
		return trusted.User{}, must(t, os.Symlink("/dev/zero", path), "device")
	},
	"it is too large": func(t *testing.T, path string) (trusted.User, string) {
		return trusted.User{}, must(t, os.WriteFile(path, []byte(strings.Repeat("# x\n", 512<<10)), 0o600), "larger than 1 MiB")
	},
}

func must(t *testing.T, err error, says string) string {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	return says
}

func TestW3W6ADotenvThatIsNotTheUsersIsIgnored(t *testing.T) {
	for name, spoil := range spoilers {
		t.Run(name, func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), "project")
			must(t, os.Mkdir(dir, 0o755), "")
			path := filepath.Join(dir, ".env")
			must(t, os.WriteFile(path, []byte("COGNITO_DOMAIN="+relay+"\nCLIENT_ID=web\nTABGATE_THEME=dark\n"), 0o600), "")
			user, says := spoil(t, path)
			yes := func(string) Answer { return Yes }
			c, err := Load(Options{Env: lookup(""), WorkDir: dir, User: user, Answer: yes})
			if err != nil || c.Configured() || c.Theme != "auto" || c.Folder.State != Ignored || c.Folder.Why() != "" {
				t.Errorf("%v, %+v", err, c)
			}
			if len(c.Notes) != 1 || !strings.Contains(c.Notes[0], says) || !strings.HasPrefix(c.Notes[0], "./.env") || !strings.Contains(c.Notes[0], "ignored") {
				t.Errorf("notes %q, want %q", c.Notes, says)
			}
		})
	}
	dir := t.TempDir()
	must(t, os.Mkdir(filepath.Join(dir, ".env"), 0o700), "") // a Python environment
	if c, err := Load(Options{Env: lookup(""), WorkDir: dir}); err != nil || len(c.Notes) > 0 {
		t.Errorf("a folder: %v, %q", err, c.Notes)
	}
}

func TestW7AConfigFileThatIsNotTheUsersIsAnError(t *testing.T) {
	for name, spoil := range spoilers {
		t.Run(name, func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), "tabgate")
			must(t, os.Mkdir(dir, 0o755), "")
			path := filepath.Join(dir, "config.yaml")
			must(t, os.WriteFile(path, []byte("browser: ./evil.sh\n"), 0o600), "")
			user, says := spoil(t, path)
			c, err := Load(Options{Env: lookup("TABGATE_CONFIG=" + path + "\n"), WorkDir: t.TempDir(), User: user})
			var wrong *Error
			if !errors.As(err, &wrong) || !strings.Contains(err.Error(), says) || strings.Contains(err.Error(), "\n") || c.Browser != "" {
				t.Errorf("%v, want %q", err, says)
			}
		})
	}
}
