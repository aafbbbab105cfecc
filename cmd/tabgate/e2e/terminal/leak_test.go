//go:build !windows

package terminal

import (
	"encoding/base64"
	"io/fs"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/authtabs/tabgate/auth/localpool"
	"github.com/authtabs/tabgate/auth/secret"
)

const (
	clientSecret = "canary-client-secret-0f3a9c"
	password     = "Canary-passw0rd-7b!"
	canaryEmail  = "canary@example.com"
)

func TestNoSecretIsAnywhereWhateverGoesWrong(t *testing.T) {
	t.Parallel()
	for name, tt := range troubles {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			newLeakHunt(t).play(tt)
		})
	}
}

// leakHunt collects every trace that tabgate leaves.
type leakHunt struct {
	t      *testing.T
	p      *place
	tap    *tap
	traces map[string]string
}

func newLeakHunt(t *testing.T) *leakHunt {
	t.Helper()
	p := newPlace(t)
	tp := newTap(t, p, localpool.Options{
		ClientSecret: secret.New(clientSecret),
		Users:        []localpool.User{{Email: canaryEmail, Password: password, Groups: []string{localpool.Underwriters}}},
	})
	tp.note("client secret", clientSecret)
	tp.note("client secret, encoded", base64.StdEncoding.EncodeToString([]byte(tp.pool.ClientID()+":"+clientSecret)))
	tp.note("password", password)
	// What the browser is started with is written down where the hunt looks.
	dir := t.TempDir()
	p.env["TABGATE_BROWSER"] = script(t, dir)
	h := &leakHunt{t, p, tp, map[string]string{}}
	t.Cleanup(func() { h.files("the browser", dir); h.check() })
	return h
}

// script is a browser that writes down its environment and its arguments.
func script(t *testing.T, dir string) string {
	t.Helper()
	path := filepath.Join(dir, "browser")
	text := "#!/bin/sh\n{ env; for a; do echo \"argument $a\"; done; } > " + dir + "/started.$$\nmv " + dir + "/started.$$ " + dir + "/done.$$\n"
	if err := os.WriteFile(path, []byte(text), 0o700); err != nil {
		t.Fatal(err)
	}
	return path
}

// play uses every command and the app, with the trouble on its step.
func (h *leakHunt) play(tt trouble) {
	h.t.Helper()
	tt.arm(h.tap)
	h.login(tt.login)
	if tt.every {
		h.everyCommand()
	}
	if tt.login == "" {
		h.run(tt.remote, "whoami", "--remote")
		if got := h.p.run("token", "id"); got.code != 0 {
			h.t.Errorf("token: exit %d: %s", got.code, got.err)
		} else {
			h.traces["token, stderr"] = got.err // stdout is what it is for
		}
	}
	h.app(tt)
	h.run(tt.logout, "logout")
	h.run("", "token")
}

func (h *leakHunt) everyCommand() {
	h.t.Helper()
	for _, args := range [][]string{
		{"whoami"},
		{"whoami", "--json"},
		{"pages"},
		{"pages", "--json"},
		{"show", "plotting"},
		{"show", "mapping"},
		{"show", "home", "--format", "ansi"},
		{"show", "dataframe", "--format", "svg"},
		{"doctor"},
		{"doctor", "--json"},
		{"config", "show"},
		{"config", "init"},
		{"completion", "bash"},
		{"man"},
	} {
		h.run("", args...)
	}
}

func (h *leakHunt) run(says string, args ...string) {
	h.t.Helper()
	got := h.p.run(args...)
	name := strings.Join(args, " ")
	h.traces[name] += got.out + got.err
	if !strings.Contains(got.err, says) {
		h.t.Errorf("%s does not say %q: %s", name, says, got.err)
	}
}

// login signs in without the app.
func (h *leakHunt) login(says string) {
	h.t.Helper()
	login := h.p.start("login", "--timeout", "30s")
	h.deliver(login.address())
	got := login.wait()
	h.traces["login"] = got.out + got.err
	if says == "" {
		says = "Signed in as " + canaryEmail
	}
	if !strings.Contains(got.err, says) {
		h.t.Errorf("login does not say %q: %s", says, got.err)
	}
}

// deliver signs in at the browser, writes down what passes through it, looks
// at all command lines of the moment, and lets the redirect arrive.
func (h *leakHunt) deliver(address string) {
	h.t.Helper()
	q := queryOf(h.t, address)
	for _, field := range []string{"state", "nonce"} {
		h.tap.note(field, q.Get(field))
		h.tap.public[q.Get(field)] = true
	}
	bar := elsewhereAs(h.t, address, canaryEmail, password)
	h.tap.note("code", queryOf(h.t, bar).Get("code"))
	h.commandLines()
	resp, err := http.Get(bar)
	if err != nil {
		h.t.Fatal(err)
	}
	resp.Body.Close()
}

// app signs in, refreshes and logs out in the app.
func (h *leakHunt) app(tt trouble) {
	h.t.Helper()
	h.p.run("logout", "--local")
	s := h.p.app()
	s.see("Nobody is signed in")
	h.deliver(s.loginAddress())
	if tt.login != "" {
		s.see("try again")
		s.dismiss("try again")
	} else {
		s.see("Signed in as " + canaryEmail)
		h.commandLines()
		says := tt.refresh
		if says == "" {
			says = "Session refreshed."
		}
		s.press("\x12", says)
		s.press("2", "Plotting")
	}
	s.quit()
	h.traces["the screen"] = s.bytes()
}

// commandLines reads the arguments of every process, where the system shows
// them.
func (h *leakHunt) commandLines() {
	files, _ := filepath.Glob("/proc/[0-9]*/cmdline")
	for _, file := range files {
		if line, err := os.ReadFile(file); err == nil {
			h.traces["command lines"] += string(line) + "\n"
		}
	}
}

// files reads every file under dir, but for the token store, which somebody
// chose to be one.
func (h *leakHunt) files(what, dir string) {
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || !d.Type().IsRegular() || strings.HasSuffix(path, ".session") {
			return err
		}
		text, err := os.ReadFile(path)
		h.traces[what+": "+strings.TrimPrefix(path, dir)] = string(text)
		return err
	})
	if err != nil {
		h.t.Error(err)
	}
}

// check looks for every secret in every trace, as it is and as an address or
// a header would carry it.
func (h *leakHunt) check() {
	h.t.Helper()
	h.files("home", h.p.home)
	h.tap.mu.Lock() // a request that hung up may still be answered
	defer h.tap.mu.Unlock()
	if len(h.tap.secrets) < 5 {
		h.t.Errorf("only %d secrets were seen: the hunt looks for too little", len(h.tap.secrets))
	}
	for value, what := range h.tap.secrets {
		for where, text := range h.traces {
			file := strings.HasPrefix(where, "home: ")
			if h.tap.public[value] && !file {
				continue // it is in the address that is shown and opened
			}
			for _, form := range []string{value, url.QueryEscape(value), base64.StdEncoding.EncodeToString([]byte(value))} {
				if at := strings.Index(text, form); at >= 0 {
					h.t.Errorf("the %s is in %s: …%q", what, where, text[max(0, at-80):at])
				}
			}
		}
	}
}
