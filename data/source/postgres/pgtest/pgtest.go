// Package pgtest runs a PostgreSQL server for tests, with roles and policies as
// a dashboard's database would have them. It is not part of the program.
package pgtest

import (
	"embed"
	"fmt"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"sync"
	"testing"
)

//go:embed desk.sql
var desk embed.FS

// server is the PostgreSQL of a test binary: its socket, or why there is none.
var server struct {
	once   sync.Once
	dir    string
	reason string
	stop   func()
}

// Stop stops the server if one was started. It is for TestMain.
func Stop() {
	if server.stop != nil {
		server.stop()
	}
}

// DSN is a connection string for a role of the server, which is started where it
// was not yet: root, gate (a member of reader) or careless (a member of owner).
// Its socket asks for no password. The test is skipped where PostgreSQL is not
// installed.
func DSN(t *testing.T, role string) string {
	t.Helper()
	server.once.Do(start)
	if server.reason != "" {
		if os.Getenv("TABGATE_REQUIRE_E2E") == "1" {
			t.Fatal(server.reason)
		}
		t.Skip(server.reason)
	}
	return fmt.Sprintf("host='%s' port=54329 user=%s dbname=postgres", server.dir, role)
}

// start makes a cluster in a directory of its own and starts it there.
func start() {
	bin := installed()
	if bin == "" {
		server.reason = "PostgreSQL is not installed: no initdb below /usr/lib/postgresql"
		return
	}
	dir, err := os.MkdirTemp("", "pg")
	if err != nil {
		server.reason = err.Error()
		return
	}
	run := runner(dir)
	data := filepath.Join(dir, "data")
	script := filepath.Join(dir, "desk.sql")
	text, err := desk.ReadFile("desk.sql")
	if err == nil {
		err = os.WriteFile(script, text, 0o644)
	}
	if err != nil {
		server.reason = err.Error()
		return
	}
	steps := [][]string{
		{"initdb", "-D", data, "-U", "root", "-A", "trust", "-N", "-E", "UTF8", "--locale", "C"},
		{"pg_ctl", "-D", data, "-w", "-l", filepath.Join(dir, "log"), "-o", "-c listen_addresses='' -c unix_socket_directories=" + dir + " -p 54329 -c fsync=off", "start"},
		{"psql", "-X", "-q", "-v", "ON_ERROR_STOP=1", "-f", script, fmt.Sprintf("host=%s port=54329 user=root dbname=postgres", dir)},
	}
	server.dir = dir
	server.stop = func() {
		_ = run(filepath.Join(bin, "pg_ctl"), "-D", data, "-m", "immediate", "stop")
		_ = os.RemoveAll(dir)
	}
	for _, step := range steps {
		if err := run(filepath.Join(bin, step[0]), step[1:]...); err != nil {
			server.reason = fmt.Sprintf("PostgreSQL cannot be started here: %v", err)
			return
		}
	}
}

// installed is the directory of the newest PostgreSQL here.
func installed() string {
	found, _ := filepath.Glob("/usr/lib/postgresql/*/bin/initdb")
	if len(found) == 0 {
		if path, err := exec.LookPath("initdb"); err == nil {
			return filepath.Dir(path)
		}
		return ""
	}
	slices.Sort(found)
	return filepath.Dir(found[len(found)-1])
}

// runner runs commands as somebody who is not root, as PostgreSQL wants.
func runner(dir string) func(name string, args ...string) error {
	return func(name string, args ...string) error {
		cmd := exec.Command(name, args...)
		cmd.Env = []string{"PATH=" + os.Getenv("PATH"), "LC_ALL=C"}
		if runtime.GOOS != "windows" && os.Getuid() == 0 && filepath.Base(name) != "psql" {
			nobody, err := user.Lookup("postgres")
			if err != nil {
				return err
			}
			uid, _ := strconv.Atoi(nobody.Uid)
			gid, _ := strconv.Atoi(nobody.Gid)
			if err := os.Chown(dir, uid, gid); err != nil {
				return err
			}
			as(cmd, uid, gid)
		}
		out, err := cmd.CombinedOutput()
		if err != nil {
			return fmt.Errorf("%s: %w: %s", filepath.Base(name), err, out)
		}
		return nil
	}
}
