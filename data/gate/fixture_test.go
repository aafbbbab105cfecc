package gate_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"

	"github.com/authtabs/tabgate/data/dashboard"
	"github.com/authtabs/tabgate/data/gate"
	"github.com/authtabs/tabgate/data/gate/wire"
	"github.com/authtabs/tabgate/data/source"
	"github.com/authtabs/tabgate/data/source/postgres/pgtest"
)

func TestMain(m *testing.M) {
	goleak.VerifyTestMain(m, goleak.Cleanup(func(code int) {
		pgtest.Stop()
		os.Exit(code)
	}))
}

// desk is a folder that is served at a socket.
type desk struct {
	t       testing.TB
	dir     string
	url     string
	log     *lines
	audit   *lines
	changes chan struct{}
	people  *people
	client  *http.Client
	gate    *gate.Gate
	stop    func() // ends the server as a signal does, and waits
}

// lines are lines that were written.
type lines struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (l *lines) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.Write(p)
}

func (l *lines) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.String()
}

// people are who tokens stand for.
type people struct {
	mu   sync.Mutex
	m    map[string]*gate.Caller
	down bool // nobody can be verified
}

func (p *people) verify(_ context.Context, token string) (*gate.Caller, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.down {
		return nil, gate.ErrUnavailable
	}
	if c := p.m[token]; c != nil {
		return c, nil
	}
	return nil, &gate.Refused{Text: `the access token was refused: it is "nobody's"`}
}

// put says whom a token stands for.
func (p *people) put(token string, c gate.Caller) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.m[token] = &c
}

func caller(sub string, groups ...string) gate.Caller {
	return gate.Caller{Issuer: "https://issuer.example.com", Sub: sub, ID: "jti-" + sub, Groups: groups, Expiry: time.Now().Add(time.Hour), Token: text("token-of-" + sub)}
}

type text string

func (t text) Reveal() string { return string(t) }

// options change how a desk is served.
type options struct {
	gate.Options

	open   func(*source.Store) gate.Open
	client *http.Client // that sources are asked with; nil = they are offline
	http2  bool
}

// files are those of a folder, by their paths.
type files map[string]string

// serve serves a folder with these files. Its people are ana (Underwriters), bob
// (CreditAnalysts) and guest (no group), by tokens of those names.
func serve(t testing.TB, f files, change ...func(*options)) *desk {
	t.Helper()
	d := &desk{t: t, dir: t.TempDir(), log: &lines{}, audit: &lines{}, changes: make(chan struct{}), people: &people{m: map[string]*gate.Caller{}}}
	for name, text := range f {
		d.write(name, text)
	}
	d.people.put("ana", caller("ana", "Underwriters"))
	d.people.put("bob", caller("bob", "CreditAnalysts"))
	d.people.put("guest", caller("guest"))
	root, err := os.OpenRoot(d.dir)
	if err != nil {
		t.Fatal(err)
	}
	var store *source.Store
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	_, port, _ := net.SplitHostPort(l.Addr().String())
	d.url = "http://127.0.0.1:" + port
	o := options{Options: gate.Options{
		Verify: d.people.verify, Hosts: gate.LoopbackHosts(port), Audit: d.audit,
		Rate:     100_000, // but where the limit is what is tested
		Log:      func(line string) { fmt.Fprintln(d.log, line) },
		Resource: wire.Resource{Resource: d.url, Servers: []string{"https://issuer.example.com"}, Methods: []string{"header"}},
		Open: func(s dashboard.Source, params map[string][]string, _ *gate.Caller) gate.Feed {
			return store.Open(s, params)
		},
	}}
	for _, c := range change {
		c(&o)
	}
	store = source.NewStore(context.Background(), source.Options{Root: root, HTTP: o.client})
	if o.open != nil {
		o.Open = o.open(store)
	}
	read := func() gate.Reading {
		board, problems := dashboard.Read(root)
		if board.Whole() {
			store.Use(board)
		}
		return gate.Reading{Dashboard: board, Problems: problems, Load: func(name string, most int64) ([]byte, error) {
			f, err := root.Open(filepath.FromSlash(name))
			if err != nil {
				return nil, err
			}
			defer f.Close()
			return io.ReadAll(io.LimitReader(f, most))
		}}
	}
	first := read()
	for _, p := range first.Problems {
		if !p.Warning {
			t.Fatal(p)
		}
	}
	if d.gate, err = gate.New(o.Options, first); err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	served := make(chan error, 1)
	server := gate.NewServer(d.gate)
	if o.http2 {
		gate.SpeakHTTP2(server)
	}
	go func() { served <- d.gate.Serve(ctx, server, l, d.changes, read) }()
	d.stop = sync.OnceFunc(func() {
		stop()
		if err := <-served; err != nil {
			t.Error(err)
		}
		d.gate.Close()
		store.Close()
		root.Close()
	})
	transport := &http.Transport{DisableCompression: true}
	d.client = &http.Client{Transport: transport, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	t.Cleanup(func() { transport.CloseIdleConnections(); d.stop() })
	return d
}

func (d *desk) write(name, text string) {
	d.t.Helper()
	at := filepath.Join(d.dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(at), 0o755); err != nil {
		d.t.Fatal(err)
	}
	if err := os.WriteFile(at, []byte(text), 0o644); err != nil {
		d.t.Fatal(err)
	}
}

func (d *desk) remove(name string) {
	d.t.Helper()
	if err := os.Remove(filepath.Join(d.dir, filepath.FromSlash(name))); err != nil {
		d.t.Fatal(err)
	}
}

// reload tells the server that the folder has changed, and waits until it has
// read it.
func (d *desk) reload() {
	d.changes <- struct{}{}
	d.changes <- struct{}{} // is taken when the one before was read
}

// answer is what came of a request.
type answer struct {
	*http.Response

	body string
	err  error // of reading the body
}

// get asks as the holder of a token, "" for nobody. Headers are name, value.
func (d *desk) get(path, token string, headers ...string) answer {
	d.t.Helper()
	req, err := http.NewRequestWithContext(context.Background(), http.MethodGet, d.url+path, nil)
	if err != nil {
		d.t.Fatal(err)
	}
	if token != "" {
		req.Header.Set("Authorization", "Bearer "+token)
	}
	for i := 0; i < len(headers); i += 2 {
		req.Header.Add(headers[i], headers[i+1])
	}
	return d.do(req)
}

func (d *desk) do(req *http.Request) answer {
	d.t.Helper()
	resp, err := d.client.Do(req)
	if err != nil {
		d.t.Fatal(err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	return answer{resp, string(body), err}
}

// raw sends bytes to the server and returns all that it answers until it closes
// the connection.
func (d *desk) raw(request string) string {
	d.t.Helper()
	c, err := net.Dial("tcp", strings.TrimPrefix(d.url, "http://"))
	if err != nil {
		d.t.Fatal(err)
	}
	defer c.Close()
	if _, err := io.WriteString(c, request); err != nil {
		return ""
	}
	if err := c.SetReadDeadline(time.Now().Add(20 * time.Second)); err != nil {
		d.t.Fatal(err)
	}
	out, _ := io.ReadAll(c) // what came before a cut counts
	return string(out)
}

// host is the server's name in a raw request.
func (d *desk) host() string { return strings.TrimPrefix(d.url, "http://") }

// refused checks that an answer is a problem of a status, and gives nothing away.
func (a answer) refused(t testing.TB, status int, secrets ...string) wire.Problem {
	t.Helper()
	var p wire.Problem
	if a.StatusCode != status || a.Header.Get("Content-Type") != wire.ProblemJSON || json.Unmarshal([]byte(a.body), &p) != nil || p.Status != status {
		t.Fatalf("answered with %d, not %d: %s", a.StatusCode, status, a.body)
	}
	if a.Header.Get("Cache-Control") != "no-store" {
		t.Errorf("a refusal may be stored: %v", a.Header)
	}
	for _, s := range secrets {
		if strings.Contains(a.body, s) {
			t.Errorf("the refusal tells %q: %s", s, a.body)
		}
	}
	return p
}

// ok checks that an answer is one with figures or a document.
func (a answer) ok(t testing.TB) answer {
	t.Helper()
	if a.StatusCode != http.StatusOK || a.err != nil {
		t.Fatalf("answered with %d: %s (%v)", a.StatusCode, a.body, a.err)
	}
	return a
}

// into reads a document.
func (a answer) into(t testing.TB, v any) {
	t.Helper()
	if err := json.Unmarshal([]byte(a.ok(t).body), v); err != nil {
		t.Fatal(err)
	}
}

// page reads a page's definition as a token's holder.
func (d *desk) page(id, token string) wire.Page {
	d.t.Helper()
	var p wire.Page
	d.get(wire.PagePath(id), token).into(d.t, &p)
	return p
}

// complete checks that all rows of a frame came.
func (a answer) complete(t testing.TB, rows string) answer {
	t.Helper()
	a.ok(t)
	if got := a.Trailer.Get(wire.RowsTrailer); got != rows || a.Trailer.Get(wire.TruncatedTrailer) != wire.Complete {
		t.Fatalf("the trailers are %v, not %s rows", a.Trailer, rows)
	}
	return a
}

// headings are the columns of an answer in csv.
func (a answer) headings() []string {
	line, _, _ := strings.Cut(a.body, "\n")
	out := strings.Split(line, ",")
	slices.Sort(out)
	return out
}

// house is a folder with an open page and two that are gated, whose figures are
// told apart by their words.
func house() files {
	return files{
		"tabgate.yaml": "title: House\n",
		"home.md":      "# Welcome\n",
		"pages/1_Open.yaml": `
groups: []
about: What anyone may see.
sources:
  open: {path: data/open.csv}
rows:
  - - table: {source: open}
`,
		"pages/2_Risk.yaml": `
groups: [Underwriters]
about: What underwriters see.
sources:
  risk: {path: data/risk.csv}
  unused: {path: data/unused.csv}
inputs:
  - multiselect: {name: sectors, source: risk, field: sector}
  - text: {name: find, source: risk, field: name}
  - range: {name: amounts, source: risk, field: amount}
  - toggle: {name: late, source: risk, field: late}
rows:
  - - bar_chart: {source: risk, x: sector, y: amount}
      where: {region: {eq: North}}
`,
		"pages/3_Team.yaml": `
groups: ["*"]
sources:
  team: {values: [{who: zoe, desk: 1}]}
rows:
  - - table: {source: team}
`,
		"data/open.csv":   "a,b\n1,two\n",
		"data/risk.csv":   "name,sector,amount,late,region,secret\nalpha,Energy,10,true,North,hush\nbeta,Retail,20,false,North,hush\ngamma,Energy,30,false,South,hush\n",
		"data/unused.csv": "x\nburied\n",
	}
}
