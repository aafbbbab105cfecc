// Package strangers signs in with programs that are not ours: a real browser, and
// an OpenID provider that somebody else wrote. It looks at tabgate from
// outside.
package strangers

import (
	"bufio"
	"bytes"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/authtabs/tabgate/auth/localpool"
)

// patience bounds every wait for another program.
const patience = 30 * time.Second

// without skips a test on a machine that lacks a program, and says which. In
// CI, where TABGATE_REQUIRE_E2E is 1, lacking it is a failure.
func without(t *testing.T, reason string) {
	t.Helper()
	if os.Getenv("TABGATE_REQUIRE_E2E") == "1" {
		t.Fatal(reason)
	}
	t.Skip(reason)
}

// freeRedirect is a redirect address on a port that nobody listens on.
func freeRedirect(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp4", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	_, port, _ := net.SplitHostPort(l.Addr().String())
	return "http://localhost:" + port + "/"
}

// build gives the program, built once for all tests.
var build = sync.OnceValues(func() (string, error) {
	dir, err := os.MkdirTemp("", "tabgate-e2e-")
	if err != nil {
		return "", err
	}
	bin := filepath.Join(dir, "tabgate.exe")
	out, err := exec.Command("go", "build", "-o", bin, "github.com/authtabs/tabgate/cmd/tabgate").CombinedOutput()
	if err != nil {
		os.Stderr.Write(out)
	}
	return bin, err
})

func TestMain(m *testing.M) {
	code := m.Run()
	if bin, err := build(); err == nil {
		os.RemoveAll(filepath.Dir(bin))
	}
	os.Exit(code)
}

// home is somebody's machine: a home directory and a user pool to sign in to.
type home struct {
	t    *testing.T
	dir  string
	env  []string
	pool *localpool.Pool
}

func newHome(t *testing.T) *home {
	t.Helper()
	pool, err := localpool.New(localpool.Options{RedirectURIs: []string{freeRedirect(t)}})
	if err != nil {
		t.Fatal(err)
	}
	pool.Start()
	t.Cleanup(func() { pool.Close() })
	h := &home{t: t, dir: t.TempDir(), pool: pool}
	h.env = append(pool.Settings(), "HOME="+h.dir, "LocalAppData="+h.dir, "AppData="+h.dir,
		"PATH="+os.Getenv("PATH"), "SystemRoot="+os.Getenv("SystemRoot"), "TABGATE_TOKEN_STORE=file", "LANG=C.UTF-8")
	return h
}

func (h *home) command(args ...string) *exec.Cmd {
	h.t.Helper()
	bin, err := build()
	if err != nil {
		h.t.Fatal("build tabgate: ", err)
	}
	cmd := exec.CommandContext(h.t.Context(), bin, args...)
	cmd.Env, cmd.Dir = h.env, h.dir
	return cmd
}

// run gives what a command prints on stdout; failing is fatal.
func (h *home) run(args ...string) string {
	h.t.Helper()
	cmd := h.command(args...)
	var errs bytes.Buffer
	cmd.Stderr = &errs
	out, err := cmd.Output()
	if err != nil {
		h.t.Fatalf("tabgate %s: %v\n%s", strings.Join(args, " "), err, errs.String())
	}
	return string(out)
}

var authorizeURL = regexp.MustCompile(`http://127\.0\.0\.1:\d+/oauth2/authorize\?\S+`)

// login starts a sign-in without a browser and gives the address it shows;
// ended gives the rest of what it says once it is over.
func (h *home) login() (address string, ended func() (string, error)) {
	h.t.Helper()
	cmd := h.command("login", "--no-browser", "--timeout", patience.String())
	pipe, err := cmd.StderrPipe()
	if err == nil {
		err = cmd.Start()
	}
	if err != nil {
		h.t.Fatal(err)
	}
	text := bufio.NewReader(pipe)
	for {
		line, err := text.ReadString('\n')
		if found := authorizeURL.FindString(line); found != "" {
			return found, func() (string, error) {
				rest, _ := io.ReadAll(text)
				return string(rest), cmd.Wait()
			}
		}
		if err != nil {
			h.t.Fatalf("no address: %q, %v", line, cmd.Wait())
		}
	}
}
