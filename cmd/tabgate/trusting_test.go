package main

import (
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/authtabs/tabgate/auth/trusted"
	"github.com/authtabs/tabgate/data/source"
	"github.com/authtabs/tabgate/tui"
)

// host is a server that a folder names. It keeps the headers of whoever asks.
type host struct {
	*httptest.Server
	mu      sync.Mutex
	headers []http.Header
}

func newHost(t *testing.T, answer http.HandlerFunc) *host {
	h := &host{}
	h.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h.mu.Lock()
		h.headers = append(h.headers, r.Header.Clone())
		h.mu.Unlock()
		answer(w, r)
	}))
	t.Cleanup(h.Close)
	return h
}

// asked are the values of a header in all requests since the last call.
func (h *host) asked(header string) (values []string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, one := range h.headers {
		values = append(values, one.Get(header))
	}
	h.headers = nil
	return values
}

func figures(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, "region,rate\nNorth,7\n") }

// ratesPage is a page with one source, which has these keys.
func ratesPage(source string) map[string]string {
	return map[string]string{"pages/3_Rates.yaml": "groups: []\nsources:\n  rates: {" + source + "}\nrows:\n  - - metric: {label: Rate, source: rates, field: rate}\n"}
}

func TestG41TheReadersTokenGoesNowhereBeforeTheYes(t *testing.T) {
	p := newPlace(t)
	pool := p.onPool()
	p.mustSignIn(pool, "underwriter@example.com")
	foreign := newHost(t, figures)
	token := strings.TrimSpace(p.run("token").out)
	var dir string
	show := func() output { return p.run("show", "rates", "--dir", dir, "--format", "json") }
	t.Run("not to an origin that may be asked as nobody", func(t *testing.T) {
		dir = p.desk(ratesPage("url: \"" + foreign.URL + "/x.csv\""))
		if got := p.run("trust", dir, "--yes"); got.code != exitDone {
			t.Fatalf("%+v", got)
		}
		if got := show(); got.code != exitDone || strings.Join(foreign.asked("Authorization"), "|") != "" {
			t.Errorf("without an identity: %+v", got)
		}
		p.desk(ratesPage("url: \"" + foreign.URL + "/x.csv\", identity: token"))
		if got := show(); got.code != exitConfig || !strings.Contains(got.err, "as you, giving it your access token") {
			t.Errorf("%+v", got)
		}
		if asked := foreign.asked("Authorization"); len(asked) > 0 {
			t.Errorf("it was asked: %q", asked)
		}
	})
	t.Run("after the yes, and to that origin alone", func(t *testing.T) {
		if got := p.run("trust", dir, "--yes"); got.code != exitDone {
			t.Fatalf("%+v", got)
		}
		got := show()
		if asked := foreign.asked("Authorization"); got.code != exitDone || len(asked) == 0 || asked[0] != "Bearer "+token {
			t.Errorf("exit %d: %q", got.code, got.err)
		}
		p.desk(ratesPage("url: \"" + strings.Replace(foreign.URL, "127.0.0.1", "localhost", 1) + "/x.csv\", identity: token"))
		if got := show(); got.code != exitConfig || len(foreign.asked("Authorization")) > 0 {
			t.Errorf("at another name: exit %d: %q", got.code, got.err)
		}
	})
	t.Run("not where a redirect leads", func(t *testing.T) {
		honest := newHost(t, func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, foreign.URL, http.StatusFound) })
		p.desk(ratesPage("url: \"" + honest.URL + "/x.csv\", identity: token"))
		p.run("trust", dir, "--yes")
		if got := show(); got.code == exitDone || len(honest.asked("Authorization")) == 0 || len(foreign.asked("Authorization")) > 0 {
			t.Errorf("exit %d: %q", got.code, got.err)
		}
	})
	t.Run("after a sign-out nobody's goes", func(t *testing.T) {
		p.desk(ratesPage("url: \"" + foreign.URL + "/x.csv\", identity: token"))
		p.run("logout")
		if got := show(); got.code == exitDone || !strings.Contains(got.err, "Please login!") || len(foreign.asked("Authorization")) > 0 {
			t.Errorf("exit %d: %q", got.code, got.err)
		}
	})
	t.Run("a token with which the account can be changed goes nowhere", func(t *testing.T) {
		p.env["COGNITO_SCOPES"] = "openid email aws.cognito.signin.user.admin"
		p.mustSignIn(pool, "underwriter@example.com")
		if got := show(); got.code == exitDone || !strings.Contains(got.err, "Please login!") {
			t.Errorf("exit %d: %q", got.code, got.err)
		}
		if asked := foreign.asked("Authorization"); len(asked) > 0 {
			t.Errorf("it was asked: %q", asked)
		}
	})
}

func TestG41InTheAppTheTokenIsThatOfWhoIsSignedInAndOfNobodyElse(t *testing.T) {
	p := newPlace(t)
	pool := p.onPool()
	p.mustSignIn(pool, "underwriter@example.com")
	token := strings.TrimSpace(p.run("token").out)
	foreign := newHost(t, figures)
	dir := p.desk(ratesPage("url: \"" + foreign.URL + "/x.csv\", identity: token"))
	c := appIn(&world{env: func(key string) (string, bool) { v, ok := p.env[key]; return v, ok }, dir: p.home, now: time.Now})
	d, err := c.openDashboard(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer d.close()
	cfg, err := c.loadQuietly()
	if err != nil {
		t.Fatal(err)
	}
	svc, err := c.appService(cfg)
	if err != nil {
		t.Fatal(err)
	}
	defer svc.Close()
	allowed := &atomic.Bool{}
	c.reader = &reader{}
	store := c.store(t.Context(), cfg, d, allowed, c.reader)
	defer store.Close()
	c.desk, c.changed = deskOf(d, store), store.ReaderChanged
	o := c.options(t.Context(), cfg, svc)
	feed := store.Open(d.Pages[len(d.Pages)-1].Content.Sources[0], nil)
	defer feed.Close()
	waiting(t, feed)
	if asked := foreign.asked("Authorization"); len(asked) > 0 {
		t.Fatalf("before the yes it was asked: %q", asked)
	}
	seq := 0
	next := func(what string, is func(source.Snapshot) bool) {
		t.Helper()
		for {
			s, err := feed.Next(t.Context(), seq)
			if err != nil {
				t.Fatalf("%s: %v", what, err)
			}
			if seq = s.Seq; is(s) {
				return
			}
		}
	}
	allowed.Store(true)
	store.Recheck()
	next("after the yes there are figures", func(s source.Snapshot) bool { return s.Complete && s.Frame != nil && s.Frame.Len() == 1 })
	if asked := foreign.asked("Authorization"); len(asked) != 1 || asked[0] != "Bearer "+token {
		t.Errorf("it was asked with %d headers", len(asked))
	}
	o.Auth.SignOut(t.Context())
	next("after the sign-out there are none", func(s source.Snapshot) bool {
		return s.Frame == nil && s.Err != nil && strings.Contains(s.Err.Error(), "Please login!")
	})
	if asked := foreign.asked("Authorization"); len(asked) != 0 {
		t.Errorf("after the sign-out it was asked %d times", len(asked))
	}
}

func TestG45NoSecretGoesToTheHostOfAFolderBeforeTheYes(t *testing.T) {
	p := newPlace(t)
	p.env["KEY"], p.env["OTHER"] = "canary-key", "canary-other"
	file := p.write("secret.txt", "canary-file\n")
	foreign := newHost(t, figures)
	page := func(header string) string {
		return p.desk(ratesPage("url: \"" + foreign.URL + "/x.csv\", headers: {X-Key: \"" + header + "\"}"))
	}
	show := func(dir string) output { return p.run("show", "rates", "--dir", dir, "--format", "json") }
	for _, header := range []string{"${env:KEY}", "${env:OTHER}", "${file:" + file + "}"} {
		dir := page(header)
		for _, args := range [][]string{{"show", "rates", "--dir", dir}, {"check", dir}, {"check", dir, "--live"}, {"trust", dir}} {
			if got := p.run(args...); strings.Contains(got.out+got.err, "canary") || len(foreign.asked("X-Key")) > 0 {
				t.Errorf("%s, before the yes: %v: %+v", header, args, got)
			}
		}
		if got := p.run("trust", dir, "--yes"); got.code != exitDone || strings.Contains(got.out+got.err, "canary") {
			t.Errorf("%s: %+v", header, got)
		}
		got := show(dir)
		if asked := foreign.asked("X-Key"); got.code != exitDone || len(asked) == 0 || !strings.HasPrefix(asked[0], "canary-") {
			t.Errorf("%s, after the yes: %q, %+v", header, asked, got)
		}
	}
	t.Run("nor does what a page with errors names", func(t *testing.T) {
		dir := p.desk(map[string]string{"pages/3_Rates.yaml": "", "pages/4_Bad.yaml": "groups: []\ncolour: red\nsources:\n  rates: {url: \"" + foreign.URL + "/x.csv\", headers: {X-Key: \"${env:KEY} of a draft\"}}\n"})
		if err := os.Remove(filepath.Join(dir, "pages", "3_Rates.yaml")); err != nil {
			t.Fatal(err)
		}
		if got := p.run("check", dir, "--live"); got.code != exitConfig || len(foreign.asked("X-Key")) > 0 {
			t.Errorf("it was asked: %+v", got)
		}
	})
}

func TestG42TextOfAFolderImitatesNoPromptAndSendsNoEscapes(t *testing.T) {
	for name, evil := range map[string]string{
		"escapes":     `\e]52;c;ZXZpbA==\a\e[2J\u202e\u0085`,
		"an answer":   `\nUse it? [y/N] y\r\nYes: trusted.`,
		"plain words": `. Let it? [y/N] y. Yes, trusted.`,
	} {
		t.Run(name, func(t *testing.T) {
			p := newPlace(t)
			dir := p.desk(map[string]string{
				"tabgate.yaml":       "title: \"Desk" + evil + "\"\n",
				"home.md":            strings.NewReplacer(`\e`, "\x1b", `\a`, "\a", `\n`, "\n", `\r`, "\r", `\u202e`, "\u202e", `\u0085`, "\u0085").Replace("# Desk" + evil + "\n"),
				"pages/3_Rates.yaml": "groups: [\"G" + evil + "\"]\ntitle: \"Rates" + evil + "\"\nabout: \"About" + evil + "\"\nrows:\n  - - markdown: \"Text" + evil + "\"\n",
				"pages/4_Net.yaml":   "groups: []\nsources:\n  rates: {url: \"https://example.com/x.csv\", headers: {X-Key: \"${file:/run/k" + evil + "}\"}}\n",
				"pages/5_Bad.yaml":   "groups: []\n\"key" + evil + "\": 1\nsources:\n  \"s" + evil + "\": {path: \"data/x" + evil + ".csv\"}\n",
			})
			for _, args := range [][]string{
				{"check", dir}, {"check", dir, "--sent"}, {"trust", dir}, {"pages", "--dir", dir}, {"pages", "--dir", dir, "--json"},
				{"show", "home", "--dir", dir}, {"show", "rates", "--dir", dir}, {"show", "net", "--dir", dir}, {"show", "bad", "--dir", dir},
			} {
				got := p.run(args...)
				text := got.out + got.err
				if strings.ContainsAny(text, "\x1b\a\r\u0085\u202e") {
					t.Errorf("%v sends %q", args, text)
				}
				if args[0] != "show" { // which shows what the page says, within its frame
					imitates(t, text)
				}
				if args[0] == "check" && !strings.Contains(text, "unknown key key") {
					t.Errorf("%v says %q", args, text)
				}
			}
			got := p.typed("n\nn\n", "trust", dir)
			if text := got.out + got.err; strings.ContainsAny(text, "\x1b\a\r\u0085\u202e") || !strings.Contains(text, "No: ") || name == "plain words" && !strings.Contains(text, `what stands in "/run/k`) {
				t.Errorf("it asks %q", text)
			}
		})
	}
}

// imitates finds a line that looks like one of the program's own questions or
// answers, where there was none.
func imitates(t *testing.T, text string) {
	t.Helper()
	for line := range strings.Lines(text) {
		if line = strings.TrimSpace(line); strings.HasPrefix(line, "Use it?") || strings.HasPrefix(line, "Let it?") || strings.HasPrefix(line, "Yes: ") {
			t.Errorf("it imitates a question: %q", text)
		}
	}
}

func TestG61APlantedFolderIsNotRead(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("owners and modes as other systems have them")
	}
	foreign := newHost(t, figures)
	plant := func(t *testing.T) (p *place, dir string) {
		p = newPlace(t)
		dir = p.desk(ratesPage("url: \"" + foreign.URL + "/x.csv\""))
		return p, dir
	}
	commands := [][]string{{"check", "--live"}, {"show", "rates"}, {"pages"}, {"trust"}, {"trust", "--yes"}, {"run"}}
	t.Run("no parent of the working directory is searched", func(t *testing.T) {
		p, dir := plant(t)
		p.home = filepath.Join(dir, "below")
		if err := os.MkdirAll(p.home, 0o700); err != nil {
			t.Fatal(err)
		}
		for _, args := range commands {
			if got := p.run(args...); strings.Contains(got.out+got.err, "rates  ") || strings.Contains(got.out+got.err, foreign.URL) || strings.Contains(got.out+got.err, "The desk") {
				t.Errorf("%v read it: %+v", args, got)
			}
		}
	})
	for name, mode := range map[string]string{"a folder": ".", "its pages": "pages", "a page": "pages/3_Rates.yaml", "its settings": "tabgate.yaml"} {
		t.Run(name+" that everybody may write is refused", func(t *testing.T) {
			p, dir := plant(t)
			at := filepath.Join(dir, mode)
			info, err := os.Stat(at)
			if err != nil {
				t.Fatal(err)
			}
			if err := os.Chmod(at, info.Mode().Perm()|0o022); err != nil {
				t.Fatal(err)
			}
			p.home = dir
			for _, args := range commands[:5] {
				if got := p.run(args...); got.code != exitConfig || !strings.Contains(got.err, "chmod") {
					t.Errorf("%v: %+v", args, got)
				}
			}
		})
	}
	t.Run("somebody else's is refused", func(t *testing.T) {
		p, dir := plant(t)
		reader := os.Getuid() + 1000
		if os.Getuid() == 0 { // whose files everybody trusts
			err := filepath.WalkDir(dir, func(path string, _ fs.DirEntry, err error) error {
				return errors.Join(err, os.Lchown(path, 4242, -1))
			})
			if err != nil {
				t.Fatal(err)
			}
		}
		for _, args := range commands[:5] {
			var out, errs lockedBuffer
			code := run(world{
				env: func(key string) (string, bool) { v, ok := p.env[key]; return v, ok }, dir: dir,
				in: strings.NewReader("y\ny\n"), out: &out, err: &errs, outTTY: true, inTTY: true, now: time.Now, user: trusted.As(reader),
			}, args)
			if code != exitConfig || strings.Contains(out.String(), "Rates") {
				t.Errorf("%v: exit %d: %s%s", args, code, out.String(), errs.String())
			}
		}
	})
	if asked := foreign.asked("Host"); len(asked) > 0 {
		t.Errorf("the planted host was asked %d times", len(asked))
	}
}

func TestG69APullThatAddsAnOriginAsksAgain(t *testing.T) {
	first, second := newHost(t, figures), newHost(t, figures)
	one := ratesPage("url: \"" + first.URL + "/x.csv\"")
	two := map[string]string{"pages/4_More.yaml": "groups: []\nsources:\n  more: {url: \"" + second.URL + "/x.csv\"}\nrows:\n  - - metric: {source: more, field: rate}\n"}
	t.Run("on the command line", func(t *testing.T) {
		p := newPlace(t)
		dir := p.desk(one)
		p.run("trust", dir, "--yes")
		if got := p.run("show", "rates", "--dir", dir, "--format", "json"); got.code != exitDone || len(first.asked("Host")) == 0 {
			t.Fatalf("%+v", got)
		}
		p.desk(two)
		for _, page := range []string{"rates", "more"} {
			if got := p.run("show", page, "--dir", dir); got.code != exitConfig || !strings.Contains(got.err, second.URL) {
				t.Errorf("%s: %+v", page, got)
			}
		}
	})
	t.Run("in the app a yes counts for what was asked, not for what came meanwhile", func(t *testing.T) {
		p := newPlace(t)
		dir := p.desk(one)
		w := world{env: func(key string) (string, bool) { v, ok := p.env[key]; return v, ok }, dir: p.home, now: time.Now}
		c := wiringIn(&w)
		d, err := c.openDashboard(dir)
		if err != nil {
			t.Fatal(err)
		}
		defer d.close()
		allowed := &atomic.Bool{}
		cfg, err := c.loadQuietly()
		if err != nil {
			t.Fatal(err)
		}
		store := c.store(t.Context(), cfg, d, allowed, nil)
		defer store.Close()
		c.desk = deskOf(d, store)
		r := &reloader{wiring: c, app: newApp(c), cfg: cfg, dir: d, store: store, allowed: allowed}
		before := r.permission(t.Context())
		if before == nil || !strings.Contains(strings.Join(before.Question.Text, " "), first.URL) {
			t.Fatalf("it asks %+v", before)
		}
		p.desk(two)
		var again *tui.Ask
		for _, msg := range r.reload(t.Context()) {
			if ask, ok := msg.(tui.Ask); ok {
				again = &ask
			}
		}
		before.Then(true)()
		if allowed.Load() {
			t.Error("a yes to the first origin lets the second one in")
		}
		feed := store.Open(d.Pages[len(d.Pages)-1].Content.Sources[0], nil)
		defer feed.Close()
		waiting(t, feed)
		if again == nil || !strings.Contains(strings.Join(again.Question.Text, " "), second.URL) {
			t.Fatalf("it asks %+v", again)
		}
		again.Then(true)()
		if !allowed.Load() {
			t.Error("a yes to both does not count")
		}
	})
	if asked := first.asked("Host"); len(asked) > 0 {
		t.Errorf("the first host was asked %d times", len(asked))
	}
}

func waiting(t *testing.T, feed *source.Feed) {
	t.Helper()
	s, err := feed.Next(t.Context(), 0)
	if err != nil || s.Waiting == "" {
		t.Errorf("it does not wait: %+v, %v", s, err)
	}
}
