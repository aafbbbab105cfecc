package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/authtabs/tabgate/auth/localpool"
	"github.com/authtabs/tabgate/cmd/tabgate/config"
	"github.com/authtabs/tabgate/cmd/tabgate/pins"
	"github.com/authtabs/tabgate/data/gate/client"
)

// serveDesk serves a folder with a page for anyone and one for CreditAnalysts, on
// this machine, until the test ends.
func (p *place) serveDesk() (address string) {
	p.t.Helper()
	for name, text := range map[string]string{
		"tabgate.yaml":        "title: Desk\n",
		"pages/1_Open.yaml":   "groups: []\nsources:\n  sales: {values: [{region: North, amount: 1}, {region: South, amount: 2}]}\nrows:\n  - - table: {source: sales}\n",
		"pages/2_Secret.yaml": "groups: [CreditAnalysts]\nsources:\n  book: {values: [{name: canary, amount: 42}]}\nrows:\n  - - table: {source: book}\n",
	} {
		path := filepath.Join(p.home, "desk", name)
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			p.t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			p.t.Fatal(err)
		}
	}
	ctx, stop := context.WithCancel(p.t.Context())
	reader, writer := io.Pipe()
	env := map[string]string{}
	for key, v := range p.env {
		env[key] = v
	}
	w := world{
		env: func(key string) (string, bool) { v, ok := env[key]; return v, ok },
		dir: p.home, in: strings.NewReader(""), out: writer, err: writer, now: time.Now,
	}
	var all sync.WaitGroup
	all.Go(func() {
		w.execute(ctx, []string{"serve", "desk", "--listen", "127.0.0.1:0"})
		writer.Close()
	})
	ready, text := make(chan string, 1), &bytes.Buffer{}
	all.Go(func() {
		told := false
		for buf := make([]byte, 4096); ; {
			n, err := reader.Read(buf)
			text.Write(buf[:n])
			if !told && strings.Contains(text.String(), "ready\n") || err != nil && !told {
				told = true
				ready <- text.String()
			}
			if err != nil {
				return
			}
		}
	})
	p.t.Cleanup(func() { stop(); all.Wait() })
	said := <-ready
	if address = regexp.MustCompile(`http://127\.0\.0\.1:\d+`).FindString(said); address == "" || !strings.Contains(said, "ready") {
		p.t.Fatalf("the server did not start: %s", said)
	}
	return regexp.MustCompile(`tabgate (http://127\.0\.0\.1:\d+)`).FindStringSubmatch(said)[1]
}

// elsewhere is the place of somebody who knows the server's address alone.
func (p *place) elsewhere() *place { return newPlace(p.t) }

func TestServer(t *testing.T) {
	t.Parallel()
	host := newPlace(t)
	pool := host.onPool()
	at := host.serveDesk()
	t.Run("G-58 without a terminal nothing is sent before a yes", func(t *testing.T) {
		for _, args := range [][]string{{"pages"}, {"show", "open"}, {"whoami"}, {"token"}, {"login"}, {"logout"}} {
			got := host.elsewhere().run(append(args, "--server", at)...)
			if got.code != exitConfig || !strings.Contains(got.err, "will be given your access token") || !strings.Contains(got.err, "pass --yes") || got.out != "" {
				t.Errorf("%v: %+v", args, got)
			}
		}
	})
	t.Run("whoever is signed out gets open pages alone", func(t *testing.T) {
		p := host.elsewhere()
		got := p.run("pages", "--json", "--server", at, "--yes")
		var list []access
		if err := json.Unmarshal([]byte(got.out), &list); err != nil || len(list) != 3 || list[1].Access != "open" || list[2].Access != "sign_in" || list[2].Groups[0] != "CreditAnalysts" {
			t.Errorf("%+v, %v", got, err)
		}
		if got := p.run("show", "open", "--format", "csv", "--server", at, "--yes"); got.code != 0 || got.out != "region,amount\nNorth,1\nSouth,2\n" {
			t.Errorf("%+v", got)
		}
		if got := p.run("show", "secret", "--server", at, "--yes"); got.code != exitNotSignedIn || !strings.Contains(got.err, "Please login!") || !strings.Contains(got.err, "tabgate login --server "+at) || strings.Contains(got.out+got.err, "canary") {
			t.Errorf("%+v", got)
		}
	})
	t.Run("a member gets the figures, and others 403", func(t *testing.T) {
		p := host.elsewhere()
		if got := p.signInBy(pool.Person("analyst@example.com", localpool.DemoPassword), "--server", at, "--yes"); got.code != 0 {
			t.Fatalf("%+v", got)
		}
		if got := p.run("show", "secret", "--format", "csv", "--server", at, "--yes"); got.code != 0 || got.out != "name,amount\ncanary,42\n" {
			t.Errorf("%+v", got)
		}
		if got := p.run("whoami", "--json", "--server", at, "--yes"); decode[identity](t, got.out).Profile != at {
			t.Errorf("%+v", got)
		}
		checked := p.run("doctor", "--json", "--server", at, "--yes")
		for _, id := range []string{"gate", "token", "refusal", "identity"} {
			if !strings.Contains(checked.out, `{"id":"`+id+`","status":"ok"`) {
				t.Errorf("%s is not ok: %s", id, checked.out)
			}
		}
		other := host.elsewhere()
		if got := other.signInBy(pool.Person("guest@example.com", localpool.DemoPassword), "--server", at, "--yes"); got.code != 0 {
			t.Fatalf("%+v", got)
		}
		got := other.run("show", "secret", "--server", at, "--yes")
		if got.code != exitNoAccess || !strings.Contains(got.err, "You do not have access. Please contact the administrator.") || strings.Contains(got.out+got.err, "canary") {
			t.Errorf("%+v", got)
		}
	})
	t.Run("what is asked wrongly is said", func(t *testing.T) {
		for text, args := range map[string][]string{
			"--server and --dir":          {"pages", "--server", at, "--dir", "desk"},
			"--yes goes with":             {"pages", "--yes"},
			"begins with https":           {"pages", "--server", "dash.example.com"},
			"http is for this machine":    {"pages", "--server", "http://dash.example.com"},
			"there are no pages of files": {"pages", "--server", ""},
		} {
			if got := host.elsewhere().run(args...); got.code != exitUsage {
				t.Errorf("%s: %+v", text, got)
			}
		}
		if got := host.elsewhere().run("pages", "--server", "http://127.0.0.1:1"); got.code != exitNetwork || !strings.Contains(got.err, "nothing listens on 127.0.0.1:1") {
			t.Errorf("%+v", got)
		}
	})
}

func TestG43AnAnswerAtAnotherPathThanTheIssuersIsRefused(t *testing.T) {
	t.Parallel()
	host := newPlace(t)
	host.onPool()
	at := host.serveDesk()
	o := offerOf(t, at)
	p := host.elsewhere()
	reader, writer := io.Pipe()
	w := world{
		env: func(key string) (string, bool) { v, ok := p.env[key]; return v, ok },
		dir: p.home, in: strings.NewReader(""), out: io.Discard, err: writer, now: time.Now,
	}
	ctx, stop := context.WithCancel(t.Context())
	var all sync.WaitGroup
	defer all.Wait()
	defer stop()
	all.Go(func() {
		defer writer.Close()
		w.execute(ctx, []string{"login", "--server", at, "--yes", "--timeout", "60s"})
	})
	text := &bytes.Buffer{}
	for buf := make([]byte, 4096); !strings.Contains(text.String(), "Waiting until"); {
		n, err := reader.Read(buf)
		if text.Write(buf[:n]); err != nil {
			t.Fatal(text.String())
		}
	}
	all.Go(func() { _, _ = io.Copy(io.Discard, reader) })
	asked, err := url.Parse(address.FindString(text.String()))
	if err != nil {
		t.Fatal(err)
	}
	q := asked.Query()
	back, err := url.Parse(q.Get("redirect_uri"))
	if err != nil || back.Path != client.CallbackPath(o.Issuer) || q.Get("resource") != at || q.Get("scope") != "openid email" {
		t.Fatalf("%v", q)
	}
	for _, path := range []string{"/", "/cb/", client.CallbackPath("https://another.example"), back.Path + "/"} {
		resp, err := http.Get("http://" + back.Host + path + "?code=x&state=" + url.QueryEscape(q.Get("state")))
		if err != nil {
			t.Fatal(err)
		}
		resp.Body.Close()
		if resp.StatusCode != http.StatusNotFound {
			t.Errorf("%s answers %d", path, resp.StatusCode)
		}
	}
}

// offerOf is what a server says of itself.
func offerOf(t *testing.T, at string) client.Offer {
	t.Helper()
	a, err := client.ParseAddress(at)
	if err != nil {
		t.Fatal(err)
	}
	o, err := client.FetchOffer(t.Context(), http.DefaultClient, a)
	if err != nil {
		t.Fatal(err)
	}
	return o
}

func TestG66SessionsOfTwoServersOfOnePoolAreApart(t *testing.T) {
	t.Parallel()
	host := newPlace(t)
	pool := host.onPool()
	one, two := host.serveDesk(), host.serveDesk()
	p := host.elsewhere()
	if got := p.signInBy(pool.Person("analyst@example.com", localpool.DemoPassword), "--server", one, "--yes"); got.code != 0 {
		t.Fatalf("%+v", got)
	}
	if got := p.run("whoami", "--server", one, "--yes"); got.code != 0 {
		t.Errorf("%+v", got)
	}
	if got := p.run("show", "secret", "--server", two, "--yes"); got.code != exitNotSignedIn {
		t.Errorf("the session of one counts at the other: %+v", got)
	}
	t.Run("G-28 the second is warned of", func(t *testing.T) {
		got := p.run("pages", "--server", two)
		if got.code != exitConfig || !strings.Contains(got.err, "You already sign in with this client") || !strings.Contains(got.err, one) || !strings.Contains(got.err, "could use yours there, as you") {
			t.Errorf("%+v", got)
		}
	})
	t.Run("G-28 so is one whose pool a profile uses", func(t *testing.T) {
		own := host.elsewhere()
		for _, key := range []string{"COGNITO_DOMAIN", "CLIENT_ID", "COGNITO_ISSUER", "APP_URI"} {
			own.env[key] = host.env[key]
		}
		if got := own.run("pages", "--server", two); !strings.Contains(got.err, "for the profile default") {
			t.Errorf("%+v", got)
		}
	})
}

func TestG67ForgettingAServerRevokesDeletesAndUnpins(t *testing.T) {
	t.Parallel()
	host := newPlace(t)
	pool := host.onPool()
	at := host.serveDesk()
	p := host.elsewhere()
	if got := p.signInBy(pool.Person("analyst@example.com", localpool.DemoPassword), "--server", at, "--yes"); got.code != 0 {
		t.Fatalf("%+v", got)
	}
	state := config.Dirs(func(key string) (string, bool) { v, ok := p.env[key]; return v, ok }).State
	if err := pins.In(state).Keep(t.Context(), offerOf(t, at), time.Now()); err != nil {
		t.Fatal(err)
	}
	got := p.run("connect", "--forget", at)
	if got.code != 0 || !strings.Contains(got.err, "The refresh token was revoked.") || !strings.Contains(got.err, "The stored session was deleted.") || !strings.Contains(got.err, "is forgotten") {
		t.Errorf("%+v", got)
	}
	if got := p.run("whoami", "--server", at, "--yes"); got.code != exitNotSignedIn {
		t.Errorf("%+v", got)
	}
	if all, err := pins.In(state).All(); err != nil || len(all) > 0 {
		t.Errorf("%+v, %v", all, err)
	}
	if got := p.run("connect", "--forget", at); got.code != 0 || !strings.Contains(got.err, "was not remembered") {
		t.Errorf("%+v", got)
	}
}

// stranger is a server that is elsewhere.
func stranger(change func(*client.Offer)) client.Offer {
	o := client.Offer{
		Server: "https://dash.example.com", Issuer: "https://issuer.example.com", Domain: "https://auth.example.com", ClientID: "abc",
		Redirects: []string{"http://localhost:8501/cb/x"}, Scopes: []string{"openid", "email"},
	}
	if change != nil {
		change(&o)
	}
	return o
}

// agreeing runs agree about an offer, with an answer typed where there is a
// terminal.
func (p *place) agreeing(o client.Offer, typed string) (string, error) {
	var errs bytes.Buffer
	w := world{
		env: func(key string) (string, bool) { v, ok := p.env[key]; return v, ok },
		dir: p.home, in: strings.NewReader(typed), inTTY: typed != "", out: io.Discard, err: &errs, now: time.Now,
	}
	c := wiringIn(&w).services
	at, err := client.ParseAddress(o.Server)
	if err != nil {
		p.t.Fatal(err)
	}
	cfg, err := c.loadQuietly()
	if err != nil {
		p.t.Fatal(err)
	}
	err = c.agree(p.t.Context(), cfg, at, o, false)
	return errs.String(), err
}

func TestAgree(t *testing.T) {
	t.Parallel()
	t.Run("G-58 a server that is elsewhere is asked about once", func(t *testing.T) {
		p := newPlace(t)
		_, err := p.agreeing(stranger(nil), "")
		if exitCode(err, false) != exitConfig || !strings.Contains(fmt.Sprint(err), "tabgate connect https://dash.example.com --yes") {
			t.Errorf("%v", err)
		}
		said, err := p.agreeing(stranger(nil), "no\n")
		if exitCode(err, false) != exitConfig || !strings.Contains(said, "dash.example.com shows pages to people who sign in at auth.example.com. It will be given your access token for that. Continue?") {
			t.Errorf("%q, %v", said, err)
		}
		if _, err := p.agreeing(stranger(nil), "yes\n"); err != nil {
			t.Fatal(err)
		}
		if said, err := p.agreeing(stranger(nil), ""); err != nil || said != "" {
			t.Errorf("%q, %v", said, err)
		}
	})
	t.Run("G-29 one that changed is refused with what has changed, on a terminal too", func(t *testing.T) {
		p := newPlace(t)
		if _, err := p.agreeing(stranger(nil), "yes\n"); err != nil {
			t.Fatal(err)
		}
		said, err := p.agreeing(stranger(func(o *client.Offer) { o.TokenTo = []string{"https://evil.example"} }), "yes\n")
		if exitCode(err, false) != exitConfig || !strings.Contains(fmt.Sprint(err), "https://evil.example") || !strings.Contains(fmt.Sprint(err), "tabgate connect https://dash.example.com --yes") || said != "" {
			t.Errorf("%q, %v", said, err)
		}
	})
	t.Run("G-29 a file of servers that is damaged is no yes", func(t *testing.T) {
		p := newPlace(t)
		if _, err := p.agreeing(stranger(nil), "yes\n"); err != nil {
			t.Fatal(err)
		}
		state := config.Dirs(func(key string) (string, bool) { v, ok := p.env[key]; return v, ok }).State
		if err := os.WriteFile(filepath.Join(state, "servers.json"), []byte("{"), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := p.agreeing(stranger(nil), "yes\n"); exitCode(err, false) != exitConfig || !strings.Contains(fmt.Sprint(err), "damaged") {
			t.Errorf("%v", err)
		}
	})
	t.Run("a server of this machine is asked about by each process", func(t *testing.T) {
		p := newPlace(t)
		local := stranger(func(o *client.Offer) { o.Server = "http://127.0.0.1:8443" })
		for range 2 {
			if said, err := p.agreeing(local, "y\n"); err != nil || !strings.Contains(said, "Continue?") {
				t.Errorf("%q, %v", said, err)
			}
		}
	})
}

func TestConnectRefusesWhatIsNoServer(t *testing.T) {
	t.Parallel()
	p := newPlace(t)
	for text, args := range map[string][]string{
		"connect takes one address": {"connect"}, "begins with https": {"connect", "dash.example.com"}, "no path": {"https://dash.example.com/x"}, "http is for this machine": {"http://dash.example.com"},
	} {
		if got := p.run(args...); got.code != exitUsage || !strings.Contains(got.err, text) {
			t.Errorf("%v: %+v", args, got)
		}
	}
}
