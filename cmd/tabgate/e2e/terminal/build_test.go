//go:build !windows

package terminal

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"
)

// patient is how long a test waits for what must come. It is long because
// machines that test are slow; nothing is measured against it.
const patient = 30 * time.Second

// binary is the program under test, built once for all tests.
var binary string

// builtBinary is the variable that names a binary to test, and makes this
// process one of another's tests.
const builtBinary = "TABGATE_E2E_BINARY"

func TestMain(m *testing.M) {
	if socket := os.Getenv(relaySocket); socket != "" {
		if err := relay(socket, os.Args[1:]); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(all(m))
}

func all(m *testing.M) int {
	if binary = os.Getenv(builtBinary); binary != "" {
		return m.Run()
	}
	dir, err := os.MkdirTemp("", "tabgate-terminal-")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	defer os.RemoveAll(dir)
	binary = filepath.Join(dir, "tabgate")
	if reason, failed := build(binary); reason != "" {
		fmt.Fprintln(os.Stderr, "e2e/terminal: "+reason)
		if failed || required() {
			return 1
		}
		return 0
	}
	return m.Run()
}

// build makes the binary, with the race detector where the tests have it. A
// missing tool is a reason to skip, a program that does not build a failure.
func build(path string) (reason string, failed bool) {
	tool, err := exec.LookPath("go")
	if err != nil {
		return "skipped, because Go is not on the PATH to build the binary with: " + err.Error(), false
	}
	args := []string{"build", "-o", path}
	if raceEnabled {
		args = append(args, "-race")
	}
	if out, err := exec.Command(tool, append(args, "github.com/authtabs/tabgate/cmd/tabgate")...).CombinedOutput(); err != nil {
		return fmt.Sprintf("build the binary: %v\n%s", err, out), true
	}
	return "", false
}

func required() bool { return os.Getenv("TABGATE_REQUIRE_E2E") == "1" }

// lacking skips a test for what this machine does not have, unless all tests
// are required.
func lacking(t *testing.T, what string, err error) {
	t.Helper()
	if required() {
		t.Fatalf("%s: %v", what, err)
	}
	t.Skipf("%s: %v", what, err)
}
