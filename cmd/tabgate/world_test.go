package main

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/authtabs/tabgate/auth/localpool"
	"github.com/authtabs/tabgate/auth/localpool/faults"
	"github.com/authtabs/tabgate/data/dashboard"
	"github.com/authtabs/tabgate/tui/page"
)

// place is a home directory, a working directory and an environment of a
// test's own, in which any command can be run in this process.
type place struct {
	t    testing.TB
	home string
	env  map[string]string

	listed dashboard.Pages // nil = the demo's
	draw   map[string]func(page.Env) page.Page
}

func newPlace(t testing.TB) *place {
	t.Helper()
	home := t.TempDir()
	return &place{t: t, home: home, env: map[string]string{
		"HOME": home, "LANG": "en_US.UTF-8", "TERM": "xterm-256color", "TABGATE_TOKEN_STORE": "file", "TABGATE_BROWSER": "none",
		"LocalAppData": home, "AppData": home,
	}}
}

// output is what a command left behind.
type output struct {
	code     int
	out, err string
}

func wiringIn(w *world) *wiring { return &wiring{services: &services{settings: &settings{world: w}}} }

// appIn is the app in a world. On a machine that is busy, reading a session may
// take longer than a person should wait for it.
func appIn(w *world) *app {
	a := newApp(wiringIn(w))
	a.early = time.Minute
	return a
}

func (p *place) run(args ...string) output {
	p.t.Helper()
	return p.runWith(strings.NewReader(""), args...)
}

func (p *place) runWith(in *strings.Reader, args ...string) output {
	p.t.Helper()
	var out, errs bytes.Buffer
	w := world{
		env: func(key string) (string, bool) { v, ok := p.env[key]; return v, ok },
		dir: p.home, in: in, out: &out, err: &errs, now: time.Now, listed: p.listed, draw: p.draw,
	}
	code := run(w, args)
	return output{code, out.String(), errs.String()}
}

// onPool starts a local pool and points the environment at it.
func (p *place) onPool() *faults.Pool {
	p.t.Helper()
	// Any free ports: tests of several packages run side by side.
	pool, err := faults.New(localpool.Options{RedirectURIs: freeRedirects(p.t)})
	if err != nil {
		p.t.Fatal(err)
	}
	p.t.Cleanup(func() { pool.Close() })
	pool.Start()
	for _, line := range pool.Settings() {
		key, value, _ := strings.Cut(line, "=")
		p.env[key] = value
	}
	return pool
}

// signIn runs `tabgate login` with a person at the browser: the address that
// the command prints is opened, and the browser's way back reaches the
// listener.
func (p *place) signIn(pool *faults.Pool, email string) output {
	p.t.Helper()
	return p.signInBy(pool.Person(email, localpool.DemoPassword))
}

// signInBy is signIn by a person whose browser may know somebody already, with
// more arguments of the command.
func (p *place) signInBy(person *localpool.Person, args ...string) output {
	p.t.Helper()
	reader, writer, err := os.Pipe()
	if err != nil {
		p.t.Fatal(err)
	}
	defer reader.Close()
	done := make(chan error, 1)
	shown := make(chan string, 1)
	go func() {
		defer close(shown)
		var text bytes.Buffer
		buf := make([]byte, 4096)
		for sent := false; ; {
			n, err := reader.Read(buf)
			text.Write(buf[:n])
			if m := address.FindString(text.String()); m != "" && !sent && strings.Contains(text.String(), "Waiting until") {
				sent = true
				go func() {
					_, err := person.SignIn(context.Background(), m)
					done <- err
				}()
			}
			if err != nil {
				shown <- text.String()
				return
			}
		}
	}()
	var out bytes.Buffer
	w := world{
		env: func(key string) (string, bool) { v, ok := p.env[key]; return v, ok },
		dir: p.home, in: strings.NewReader(""), out: &out, err: writer, now: time.Now,
	}
	code := run(w, append([]string{"login", "--timeout", "30s"}, args...))
	writer.Close()
	text := <-shown
	if !strings.Contains(text, "Waiting until") { // nobody was sent to a browser
		return output{code, out.String(), text}
	}
	if err := <-done; err != nil {
		p.t.Errorf("at the browser: %v", err)
	}
	return output{code, out.String(), text}
}

var address = regexp.MustCompile(`http://127\.0\.0\.1:\d+/oauth2/authorize\?\S+`)

func (p *place) write(name, content string) string {
	p.t.Helper()
	path := filepath.Join(p.home, name)
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		p.t.Fatal(err)
	}
	return path
}

func decode[T any](t *testing.T, text string) T {
	t.Helper()
	var v T
	if err := json.Unmarshal([]byte(text), &v); err != nil {
		t.Fatalf("not JSON: %v in %q", err, text)
	}
	return v
}
