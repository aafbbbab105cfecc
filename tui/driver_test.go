package tui

import (
	"context"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"

	"github.com/authtabs/tabgate/auth/session"
	"github.com/authtabs/tabgate/tui/page"
	"github.com/authtabs/tabgate/tui/page/pagetest"
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
	guest       = person("guest")
)

// fakePage fills its frame with its name and remembers what it was told.
type fakePage struct {
	name      string
	ctx       context.Context
	w, h      int
	got       []tea.Msg
	capturing bool
	env       page.Env
}

func (p *fakePage) Init() tea.Cmd              { p.got = append(p.got, "init"); return nil }
func (p *fakePage) Update(msg tea.Msg) tea.Cmd { p.got = append(p.got, msg); return nil }
func (p *fakePage) SetSize(w, h int)           { p.w, p.h = w, h }
func (p *fakePage) Capturing() bool            { return p.capturing }
func (p *fakePage) Keys() []key.Binding        { return []key.Binding{rerun} }
func (p *fakePage) heard(what func(tea.Msg) bool) (n int) {
	for _, m := range p.got {
		if what(m) {
			n++
		}
	}
	return n
}

var rerun = key.NewBinding(key.WithKeys("r"), key.WithHelp("r", "re-run"))

func (p *fakePage) View() string {
	lines := make([]string, p.h)
	for i := range lines {
		lines[i] = p.env.Theme.Base.Render(strings.Repeat(" ", p.w))
	}
	if p.h > 0 {
		lines[0] = p.env.Theme.Base.Render(ansi.Truncate(p.name+" page"+strings.Repeat(" ", p.w), p.w, ""))
	}
	return strings.Join(lines, "\n")
}

func saw[T any](m tea.Msg) bool { _, ok := m.(T); return ok }

// fakeAuth answers with what its fields say; a nil field is nobody's session.
type fakeAuth struct {
	restore, refresh func(context.Context) (session.Session, error)
	begin            func(context.Context) (Attempt, error)
	signOut          func(context.Context) []session.Step
	events           chan session.Event
}

func (a *fakeAuth) Restore(ctx context.Context) (session.Session, error) { return call(a.restore, ctx) }
func (a *fakeAuth) Refresh(ctx context.Context) (session.Session, error) { return call(a.refresh, ctx) }
func (a *fakeAuth) Begin(ctx context.Context) (Attempt, error)           { return a.begin(ctx) }
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

func beginNew(context.Context) (Attempt, error) { return newAttempt(), nil }

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
	mu         sync.Mutex
	pasted     []string
	opened     int
	cancelled  bool
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

func (a *fakeAttempt) Wait(ctx context.Context) (session.Session, error) {
	select {
	case o := <-a.done:
		return o.s, o.err
	case <-ctx.Done():
		return nobody, ctx.Err()
	}
}

// driver runs a root without a program: every command in its own goroutine,
// as Bubble Tea does, and every answer back into Update. Commands that block
// stay blocked; ticks are kept for the test to fire.
type driver struct {
	t     *testing.T
	root  *Root
	pages map[string]*fakePage
	built map[string]int
	now   time.Time
	mu    sync.Mutex
	inbox []tea.Msg
	seen  []tea.Msg
	ticks []pagetest.Tick
}

// drive runs test in a bubble of time, with four fake pages. Change runs in
// the bubble too: channels that commands wait for are made there.
func drive(t *testing.T, auth Auth, change func(*Options), test func(d *driver)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		d := &driver{t: t, pages: map[string]*fakePage{}, built: map[string]int{}, now: pagetest.Noon}
		env := pagetest.Env(t)
		env.Now = func() time.Time { return d.now }
		if a, ok := auth.(*fakeAuth); ok {
			a.events = make(chan session.Event) // Channels belong to the bubble.
		}
		o := Options{Auth: auth, Asked: true, Pages: d.entries()}
		if change != nil {
			change(&o)
		}
		d.root = New(env, o)
		d.do(d.root.Init())
		d.send(tea.WindowSizeMsg{Width: 80, Height: 24})
		test(d)
	})
}

func (d *driver) entries() []Entry {
	entry := func(id, title string, groups ...string) Entry {
		return func(env page.Env) page.Spec {
			return page.Spec{ID: id, Title: title, Access: session.Rule{Groups: groups}, New: func() page.Page {
				d.built[id]++
				d.pages[id] = &fakePage{name: title, ctx: env.Ctx, env: env}
				return d.pages[id]
			}}
		}
	}
	return []Entry{
		entry("home", "Home"), entry("plotting", "Plotting Demo", "Underwriters"),
		entry("mapping", "Mapping Demo", "CreditAnalysts"), entry("dataframe", "DataFrame Demo"),
	}
}

func (d *driver) do(cmd tea.Cmd) {
	d.spawn(cmd)
	for {
		synctest.Wait()
		d.mu.Lock()
		msgs := d.inbox
		d.inbox = nil
		d.mu.Unlock()
		if len(msgs) == 0 {
			return
		}
		for _, msg := range msgs {
			switch msg := msg.(type) {
			case pagetest.Tick:
				d.ticks = append(d.ticks, msg)
			default:
				d.seen = append(d.seen, msg)
				_, cmd := d.root.Update(msg)
				d.spawn(cmd)
			}
		}
	}
}

func (d *driver) spawn(cmd tea.Cmd) {
	if cmd == nil {
		return
	}
	go func() {
		switch msg := cmd().(type) {
		case nil:
		case tea.BatchMsg:
			for _, c := range msg {
				d.spawn(c)
			}
		default:
			d.mu.Lock()
			d.inbox = append(d.inbox, msg)
			d.mu.Unlock()
		}
	}()
}

func (d *driver) send(msg tea.Msg) {
	_, cmd := d.root.Update(msg)
	d.do(cmd)
}

// settleDown lets the grace pass that may have begun.
func (d *driver) settleDown() {
	if d.root.deaf() {
		d.now = d.now.Add(grace)
	}
}

// press types keys, none of them in a grace.
func (d *driver) press(names ...string) {
	for _, name := range names {
		d.settleDown()
		d.send(page.Key(name))
	}
}

func (d *driver) click(x, y int) {
	d.settleDown()
	d.send(tea.MouseMsg{X: x, Y: y, Action: tea.MouseActionPress, Button: tea.MouseButtonLeft})
	d.send(tea.MouseMsg{X: x, Y: y, Action: tea.MouseActionRelease, Button: tea.MouseButtonLeft})
}

// clickOn clicks the first place where the frame says text.
func (d *driver) clickOn(text string) {
	d.t.Helper()
	for y, line := range strings.Split(d.frame(), "\n") {
		if before, _, found := strings.Cut(line, text); found {
			d.click(ansi.StringWidth(before), y)
			return
		}
	}
	d.t.Fatalf("%q is not on screen:\n%s", text, d.frame())
}

func (d *driver) paste(text string) {
	d.settleDown()
	d.send(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune(text), Paste: true})
}

func (d *driver) frame() string { return ansi.Strip(d.root.View()) }

// words is the frame with all spacing and borders made single blanks, so
// that sentences can be found across line breaks.
func (d *driver) words() string {
	return strings.Join(strings.FieldsFunc(d.frame(), func(c rune) bool { return c == ' ' || c == '\n' || c == '│' }), " ")
}

func (d *driver) shows(text string) {
	d.t.Helper()
	if !strings.Contains(d.words(), text) {
		d.t.Errorf("the screen does not say %q:\n%s", text, d.frame())
	}
}

func (d *driver) hides(text string) {
	d.t.Helper()
	if strings.Contains(d.words(), text) {
		d.t.Errorf("the screen says %q:\n%s", text, d.frame())
	}
}
