package tui

import (
	"context"
	"sync"
	"time"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"github.com/authtabs/tabgate/auth/session"
	"github.com/authtabs/tabgate/tui/cell"
	"github.com/authtabs/tabgate/tui/page"
	"github.com/authtabs/tabgate/tui/page/pagetest"
	"github.com/authtabs/tabgate/tui/signin"
)

func person(name string, groups ...string) session.Session {
	return session.Session{
		Sub: name, Email: name + "@example.com", Groups: groups, Issuer: "https://pool.example.com/one",
		ExpiresAt: pagetest.Noon.Add(time.Hour), TokenStore: "keyring",
	}
}

var (
	nobody      = session.Session{}
	underwriter = person("underwriter", "Underwriters")
	analyst     = person("analyst", "CreditAnalysts")
	both        = person("both", "CreditAnalysts", "Underwriters")
	guest       = person("guest")
)

// fakePage fills its frame with its name and remembers what it was told.
type fakePage struct {
	name      string
	ctx       context.Context
	w, h      int
	got       []tea.Msg
	capturing bool
	hovering  bool
	finds     bool // the key / begins to take text
	changed   bool // since it was drawn
	drawn     int  // how often it was
	env       page.Env
}

func (p *fakePage) Init() tea.Cmd { p.got = append(p.got, "init"); return nil }
func (p *fakePage) Update(msg tea.Msg) tea.Cmd {
	p.got = append(p.got, msg)
	if k, ok := msg.(tea.KeyMsg); ok && k.String() == "/" {
		p.capturing = p.finds
	}
	return nil
}
func (p *fakePage) SetSize(w, h int)    { p.w, p.h = w, h }
func (p *fakePage) Capturing() bool     { return p.capturing }
func (p *fakePage) Hovering() bool      { return p.hovering }
func (p *fakePage) Keys() []key.Binding { return []key.Binding{rerun} }
func (p *fakePage) heard(what func(tea.Msg) bool) (n int) {
	for _, m := range p.got {
		if what(m) {
			n++
		}
	}
	return n
}

var rerun = key.NewBinding(key.WithKeys("r"), key.WithHelp("r", "re-run"))

func (p *fakePage) Draw(g *cell.Grid) bool {
	if !g.Redraw(p, p.changed) {
		return false
	}
	p.changed = false
	p.drawn++
	t := p.env.Theme
	g.Fill(t.Background)
	g.Text(0, 0, p.name+" page", t.Text, 0)
	return true
}

func saw[T any](m tea.Msg) bool { _, ok := m.(T); return ok }

// fakeAuth answers with what its fields say; a nil field is nobody's session.
type fakeAuth struct {
	restore, refresh func(context.Context) (session.Session, error)
	begin            func(context.Context) (signin.Attempt, error)
	signOut          func(context.Context) []session.Step
	events           chan session.Event
}

func (a *fakeAuth) Restore(ctx context.Context) (session.Session, error) { return call(a.restore, ctx) }

func (a *fakeAuth) Refresh(ctx context.Context) (session.Session, error) { return call(a.refresh, ctx) }
func (a *fakeAuth) Begin(ctx context.Context) (signin.Attempt, error)    { return a.begin(ctx) }
func (a *fakeAuth) Events(context.Context) <-chan session.Event          { return a.events }
func (a *fakeAuth) SignOut(ctx context.Context) []session.Step {
	if a.signOut == nil {
		return []session.Step{{Name: "delete", Text: "The stored session is deleted."}}
	}
	return a.signOut(ctx)
}

func call(f func(context.Context) (session.Session, error), ctx context.Context) (session.Session, error) {
	if f == nil {
		return nobody, nil
	}
	return f(ctx)
}

func beginNew(context.Context) (signin.Attempt, error) { return newAttempt(), nil }

func always(s session.Session, err error) func(context.Context) (session.Session, error) {
	return func(context.Context) (session.Session, error) { return s, err }
}

// fakeAttempt is a sign-in that ends when the test says so.
type fakeAttempt struct {
	done       chan outcome
	hints      chan string
	browserErr error
	pasteErr   error
	remote     string
	noBrowser  bool
	mu         sync.Mutex
	pasted     []string
	opened     int
	cancelled  bool
	accept     func(context.Context) (session.Session, error)
	refused    int
	ctx        context.Context // of Wait
}

type outcome struct {
	s   session.Session
	err error
}

func newAttempt() *fakeAttempt {
	return &fakeAttempt{done: make(chan outcome, 1), hints: make(chan string, 1)}
}

const (
	loginURL = "https://auth.example.com/oauth2/authorize?client_id=abc&redirect_uri=http%3A%2F%2Flocalhost%3A8501%2F&state=s3cret"
	backURL  = "http://localhost:8501/?code=c0de-c0de&state=s3cret"
)

func (a *fakeAttempt) URL() string          { return loginURL }
func (a *fakeAttempt) RedirectURI() string  { return "http://localhost:8501/" }
func (a *fakeAttempt) Deadline() time.Time  { return pagetest.Noon.Add(5 * time.Minute) }
func (a *fakeAttempt) Remote() string       { return a.remote }
func (a *fakeAttempt) Hints() <-chan string { return a.hints }
func (a *fakeAttempt) HasBrowser() bool     { return !a.noBrowser }
func (a *fakeAttempt) OpenBrowser() error {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.opened++
	return a.browserErr
}
func (a *fakeAttempt) Cancel() { a.mu.Lock(); defer a.mu.Unlock(); a.cancelled = true }
func (a *fakeAttempt) Paste(s string) error {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.pasted = append(a.pasted, s)
	return a.pasteErr
}

func (a *fakeAttempt) Accept(ctx context.Context) (session.Session, error) {
	return call(a.accept, ctx)
}

func (a *fakeAttempt) Refuse() session.Step {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.refused++
	return session.Step{Name: "revoke", Text: "The refresh token was revoked."}
}

func (a *fakeAttempt) Wait(ctx context.Context) (session.Session, error) {
	a.ctx = ctx
	select {
	case o := <-a.done:
		return o.s, o.err
	case <-ctx.Done():
		return nobody, ctx.Err()
	}
}
