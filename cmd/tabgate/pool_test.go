package main

import (
	"bufio"
	"context"
	"io"
	"maps"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/authtabs/tabgate/auth/localpool"
)

// serve runs `tabgate pool serve` on a free port until the test ends, and
// gives what it printed before "ready".
func (p *place) serve(args ...string) []string {
	p.t.Helper()
	reader, writer := io.Pipe()
	w := world{
		env: func(key string) (string, bool) { v, ok := p.env[key]; return v, ok },
		dir: p.home, in: strings.NewReader(""), out: writer, err: io.Discard, now: time.Now,
	}
	root := newRoot(&w)
	root.SetArgs(append([]string{"pool", "serve", "--listen", "127.0.0.1:0"}, args...))
	ctx, stop := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() {
		err := root.ExecuteContext(ctx)
		writer.CloseWithError(io.EOF)
		done <- err
	}()
	p.t.Cleanup(func() {
		stop()
		if err := <-done; err != nil {
			p.t.Errorf("pool serve ended with %v", err)
		}
	})
	var printed []string
	for lines := bufio.NewScanner(reader); lines.Scan(); {
		if lines.Text() == "ready" {
			return printed
		}
		printed = append(printed, lines.Text())
	}
	p.t.Fatalf("the pool was never ready; it printed %q", printed)
	return nil
}

func (p *place) adopt(lines []string) {
	for _, line := range lines {
		key, value, _ := strings.Cut(line, "=")
		p.env[key] = value
	}
}

func TestPoolServePrintsItsSettingsThenReady(t *testing.T) {
	p := newPlace(t)
	keys := map[string]string{}
	for _, line := range p.serve() {
		key, value, ok := strings.Cut(line, "=")
		if !ok || value == "" {
			t.Errorf("%q is no KEY=value", line)
		}
		keys[key] = value
	}
	want := []string{"APP_URI", "CLIENT_ID", "COGNITO_DOMAIN", "COGNITO_ISSUER", "LOGOUT_URI"}
	if got := slices.Sorted(maps.Keys(keys)); !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	if keys["APP_URI"] != "http://localhost:8501/,http://localhost:8502/,http://localhost:8503/" {
		t.Errorf("APP_URI is %q", keys["APP_URI"])
	}
}

func TestPoolServeRegistersTheAddressesOfTheEnvironment(t *testing.T) {
	own := freeRedirects(t)
	tests := map[string]struct {
		env            map[string]string
		appURI, logout string // "" = not looked at
	}{
		"its own":                 {map[string]string{"APP_URI": own[0]}, own[0], ""},
		"several, with spaces":    {map[string]string{"APP_URI": own[0] + " , " + own[1] + ","}, own[0] + "," + own[1], ""},
		"by the other name":       {map[string]string{"AWS_COGNITO_REDIRECT_URL": own[2]}, own[2], ""},
		"a sign-out address":      {map[string]string{"APP_URI": own[0], "LOGOUT_URI": own[1] + "bye"}, own[0], own[1] + "bye"},
		"a sign-out address only": {map[string]string{"LOGOUT_URI": own[1] + "bye"}, "", own[1] + "bye"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			p := newPlace(t)
			maps.Copy(p.env, test.env)
			lines := p.serve()
			if test.appURI != "" && !slices.Contains(lines, "APP_URI="+test.appURI) {
				t.Errorf("APP_URI should be %s: %q", test.appURI, lines)
			}
			if test.logout != "" && !slices.Contains(lines, "LOGOUT_URI="+test.logout) {
				t.Errorf("LOGOUT_URI should be %s: %q", test.logout, lines)
			}
			p.adopt(lines)
			if d := decode[diagnosis](t, p.run("doctor", "--json").out); test.appURI != "" && !d.OK {
				t.Errorf("what it prints is not what it has registered: %+v", d)
			}
		})
	}
}

func TestGroupsAreThoseOfTheConfiguredPool(t *testing.T) {
	p := newPlace(t)
	first := p.serve()
	p.serve() // another one that was started later, in the same home
	p.adopt(first)
	if got := p.run("pool", "groups", "add", "guest@example.com", "Underwriters"); got.code != 0 {
		t.Fatal(got)
	}
	if got := p.run("pool", "users"); !strings.Contains(got.out, "guest@example.com        confirmed  Underwriters") {
		t.Errorf("the configured pool has\n%s", got.out)
	}
	delete(p.env, "COGNITO_DOMAIN")
	delete(p.env, "CLIENT_ID")
	if got := p.run("pool", "users"); !strings.Contains(got.out, "guest@example.com        confirmed  none") {
		t.Errorf("the last one has\n%s", got.out)
	}
}

// The local pool shows the code that a mail would bring, so whoever opens its
// pages can reset a password: its help says so, and a flag switches it off.
func TestU7PoolServeNoResetSwitchesResetsOff(t *testing.T) {
	for flag, want := range map[string]int{"--no-reset=false": http.StatusOK, "--no-reset": http.StatusNotFound} {
		p := newPlace(t)
		p.adopt(p.serve(flag))
		page, err := localpool.NewPerson("", "").Open(t.Context(), p.env["COGNITO_DOMAIN"]+"/forgotPassword")
		if err != nil || page.Status != want {
			t.Errorf("%s: %d, %v", flag, page.Status, err)
		}
	}
	help := newPlace(t).run("pool", "serve", "--help").out
	for _, want := range []string{"anybody's password at /forgotPassword", "--no-reset"} {
		if !strings.Contains(help, want) {
			t.Errorf("the help lacks %q", want)
		}
	}
}

// A misspelled group is kept: who administers a pool may add the page later.
func TestGroupsThatOpenNoPageAreTold(t *testing.T) {
	p := newPlace(t)
	path := p.write("config.yaml", "pages: {plotting: {groups: [Actuaries]}, mapping: {groups: ['*']}}\n")
	p.env["TABGATE_CONFIG"] = path
	p.adopt(p.serve())
	for group, says := range map[string]string{
		"Actuarise":    "No page is for the group Actuarise: did you mean Actuaries?\n",
		"Underwriters": "No page is for the group Underwriters. There are pages for: Actuaries.\n",
		"Actuaries":    "",
	} {
		got := p.run("pool", "groups", "add", "guest@example.com", group)
		if got.code != exitDone || got.err != says || !strings.Contains(got.out, "guest@example.com is now in "+group) {
			t.Errorf("%s: exit %d, %q, %q", group, got.code, got.out, got.err)
		}
	}
	if got := p.run("pool", "groups", "remove", "guest@example.com", "Actuarise"); got.code != exitDone || got.err != "" {
		t.Errorf("taken out again: exit %d, %q", got.code, got.err)
	}
}
