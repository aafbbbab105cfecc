//go:build !windows

package terminal

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/authtabs/tabgate/auth/localpool"
	"github.com/authtabs/tabgate/auth/localpool/faults"
)

// place is a home of a test's own, with its environment. Temporary files are
// in it too, so that all that is left behind can be found.
type place struct {
	t    *testing.T
	home string
	env  map[string]string
}

func newPlace(t *testing.T) *place {
	t.Helper()
	home := t.TempDir()
	tmp := filepath.Join(home, "tmp")
	if err := os.Mkdir(tmp, 0o700); err != nil {
		t.Fatal(err)
	}
	return &place{t, home, map[string]string{
		"HOME": home, "TMPDIR": tmp, "PATH": os.Getenv("PATH"), "LANG": "en_US.UTF-8", "TERM": "xterm-256color",
		"TABGATE_TOKEN_STORE": "file", "TABGATE_BROWSER": "none", "TABGATE_OFFLINE": "true", "TABGATE_REDUCED_MOTION": "true",
	}}
}

func (p *place) environ() []string {
	var list []string
	for _, key := range slices.Sorted(maps.Keys(p.env)) {
		list = append(list, key+"="+p.env[key])
	}
	return list
}

// output is what a command left behind.
type output struct {
	code     int
	out, err string
}

// run runs a command of the binary to its end.
func (p *place) run(args ...string) output {
	p.t.Helper()
	return p.start(args...).wait()
}

// process is a command of the binary that runs beside the test.
type process struct {
	t         *testing.T
	cmd       *exec.Cmd
	stop      context.CancelFunc
	out, errs lines
}

func (p *place) start(args ...string) *process {
	p.t.Helper()
	ctx, stop := context.WithTimeout(context.Background(), patient)
	c := &process{t: p.t, stop: stop, cmd: exec.CommandContext(ctx, binary, args...)}
	c.cmd.Dir, c.cmd.Env = p.home, p.environ()
	c.cmd.Stdout, c.cmd.Stderr = &c.out, &c.errs
	if err := c.cmd.Start(); err != nil {
		p.t.Fatal(err)
	}
	p.t.Cleanup(func() {
		stop()
		if c.cmd.ProcessState == nil {
			_ = c.cmd.Wait()
		}
	})
	return c
}

func (c *process) wait() output {
	c.t.Helper()
	err := c.cmd.Wait()
	c.stop()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		c.t.Fatal(err)
	}
	return output{c.cmd.ProcessState.ExitCode(), c.out.String(), c.errs.String()}
}

// lines is a buffer that may be read while a process writes into it.
type lines struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *lines) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

func (l *lines) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}

// app starts the binary on a terminal of 100x30.
func (p *place) app(args ...string) *terminal {
	p.t.Helper()
	return open(p.t, 100, 30, p.home, p.environ(), append([]string{binary}, args...)...)
}

var poolKeys = sync.OnceValue(localpool.NewKeys) // making keys is slow

// onPool starts a pool in this process and points the environment at it. Its
// redirect addresses are on free ports: other tests run beside this one.
func (p *place) onPool(o localpool.Options) *faults.Pool {
	p.t.Helper()
	if o.RedirectURIs == nil {
		o.RedirectURIs = freeRedirects(p.t)
	}
	o.Keys = poolKeys()
	pool, err := faults.New(o)
	if err != nil {
		p.t.Fatal(err)
	}
	p.t.Cleanup(func() { pool.Close() })
	pool.Start()
	p.settings(pool.Settings())
	return pool
}

func (p *place) settings(lines []string) {
	for _, line := range lines {
		if key, value, ok := strings.Cut(line, "="); ok {
			p.env[key] = value
		}
	}
}

// freeRedirects are three redirect addresses on ports that nobody has now.
func freeRedirects(t *testing.T) []string {
	t.Helper()
	var list []string
	for tries := 0; len(list) < 3; tries++ {
		// Ports from 32768 on are given to connections of others at any time.
		l, err := net.Listen("tcp4", fmt.Sprintf("127.0.0.1:%d", 20000+rand.IntN(12000)))
		if err != nil && tries < 100 {
			continue
		}
		if err != nil {
			t.Fatal(err)
		}
		defer l.Close() // all three are held until the list is full
		_, port, _ := net.SplitHostPort(l.Addr().String())
		list = append(list, "http://localhost:"+port+"/")
	}
	return list
}

var shownAddress = regexp.MustCompile(`http://127\.0\.0\.1:\d+/oauth2/authorize\?\S+`)

// address waits for the address that `tabgate login` prints.
func (c *process) address() (found string) {
	c.t.Helper()
	eventually(c.t, "the address of the login page", func() error {
		text := c.errs.String()
		if found = shownAddress.FindString(text); found == "" || !strings.Contains(text, "Waiting until") {
			return fmt.Errorf("it says %q", text)
		}
		return nil
	})
	return found
}

func (p *place) write(name, content string) string {
	p.t.Helper()
	path := filepath.Join(p.home, name)
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		p.t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		p.t.Fatal(err)
	}
	return path
}
