// Package served is a page whose content somebody else sends: while it is on
// its way, and where it is refused, the page says so; then it is that content.
package served

import (
	"context"
	"errors"
	"io"
	"strings"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"github.com/authtabs/tabgate/auth/session"
	"github.com/authtabs/tabgate/tui/cell"
	"github.com/authtabs/tabgate/tui/page"
)

// Content is a page that was sent.
type Content struct {
	Version string // the same for content that is the same
	New     func(page.Env) page.Page
}

// Options are what the page is made of.
type Options struct {
	ID string
	// Load asks for the content. An error that is a Locked is the sender's lock.
	Load func(ctx context.Context) (Content, error)
}

// Locked is the lock of who sends the content.
type Locked struct {
	SignIn bool     // nobody is signed in, as far as the sender knows
	Needs  []string // the groups of which one opens the page
}

// Error is one of the two sentences of a lock.
func (l *Locked) Error() string {
	if l.SignIn {
		return "Please login!"
	}
	return "You do not have access. Please contact the administrator."
}

// Again tells the page of an ID that what it shows may no longer be its to show:
// it is dropped, and asked for again. Without an ID it tells every page.
type Again struct{ ID string }

// Page is the page.
type Page struct {
	env  page.Env
	opts Options

	inner   page.Page // nil until its content is there
	version string
	stop    context.CancelFunc // ends what inner began
	err     error
	asked   int // counts the questions, of which the last one's answer counts
	drawn   bool
	w, h    int
	shown   bool
	session page.Session
	tabs    page.Tabs
}

var (
	_ page.Exporter  = (*Page)(nil)
	_ page.Noter     = (*Page)(nil)
	_ page.Hoverer   = (*Page)(nil)
	_ page.KeyShower = (*Page)(nil)
	_ page.Lister    = (*Page)(nil)
	_ page.Replacer  = (*Page)(nil)
)

// New makes the page.
func New(env page.Env, o Options) *Page { return &Page{env: env, opts: o} }

// arrived is the answer to a question for the content.
type arrived struct {
	to      *Page
	asked   int
	content Content
	err     error
}

var retry = key.NewBinding(key.WithKeys("r"), key.WithHelp("r", "try again"))

// Init implements page.Page.
func (p *Page) Init() tea.Cmd { return p.load() }

// load asks for the content.
func (p *Page) load() tea.Cmd {
	p.asked++
	n, ctx, load := p.asked, p.env.Ctx, p.opts.Load
	return func() tea.Msg {
		content, err := load(ctx)
		return arrived{p, n, content, err}
	}
}

// Update implements page.Page.
func (p *Page) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case arrived:
		if msg.to != p || msg.asked != p.asked {
			return nil
		}
		return p.take(msg)
	case Again:
		if msg.ID != "" && msg.ID != p.opts.ID {
			return nil
		}
		p.drop()
		p.err = nil
		return p.load()
	case page.Session:
		p.session = msg
	case page.Tabs:
		p.tabs = msg
	case page.Shown:
		p.shown = true
	case page.Hidden:
		p.shown = msg.Blurred && p.shown
	case page.Rethemed:
		p.drawn = false
	case tea.KeyMsg:
		if p.inner == nil && p.err != nil && key.Matches(msg, retry) {
			p.err, p.drawn = nil, false
			return p.load()
		}
	}
	if p.inner == nil {
		return nil
	}
	return p.inner.Update(msg)
}

// take takes what was answered. What is shown stays where only the way to its
// sender is in trouble; a lock closes it.
func (p *Page) take(msg arrived) tea.Cmd {
	p.drawn = false
	var lock *Locked
	locked := errors.As(msg.err, &lock)
	switch {
	case msg.err != nil && p.inner != nil && !locked:
		return page.Send(page.Failed{Err: msg.err})
	case msg.err != nil:
		p.drop()
		p.err = msg.err
		if locked && lock.SignIn && p.shown && p.session.Session.SignedIn() {
			return page.Send(page.SignIn{}) // the sender takes the session for none
		}
		return nil
	case p.inner != nil && msg.content.Version == p.version:
		return nil
	}
	return p.become(msg.content)
}

// become makes the page its content, in the place of an earlier version of it
// if there is one.
func (p *Page) become(c Content) tea.Cmd {
	p.err, p.version = nil, c.Version
	if r, ok := p.inner.(page.Replacer); ok {
		if cmd, ok := r.Replace(c.New(p.env)); ok {
			return cmd
		}
	}
	p.drop()
	env := p.env
	env.Ctx, p.stop = context.WithCancel(p.env.Ctx)
	p.inner, p.version = c.New(env), c.Version
	if p.w > 0 {
		p.inner.SetSize(p.w, p.h)
	}
	cmds := []tea.Cmd{p.inner.Update(p.session), p.inner.Update(p.tabs), p.inner.Init()}
	if p.shown {
		cmds = append(cmds, p.inner.Update(page.Shown{}))
	}
	return tea.Batch(cmds...)
}

// drop ends what the content began and lets go of it.
func (p *Page) drop() {
	if p.stop != nil {
		p.stop()
	}
	p.inner, p.stop, p.version, p.drawn = nil, nil, "", false
}

// SetSize implements page.Page.
func (p *Page) SetSize(width, height int) {
	p.w, p.h, p.drawn = width, height, false
	if p.inner != nil {
		p.inner.SetSize(width, height)
	}
}

// Keys implements page.Page.
func (p *Page) Keys() []key.Binding {
	switch {
	case p.inner != nil:
		return p.inner.Keys()
	case p.err != nil:
		return []key.Binding{retry}
	}
	return nil
}

// Capturing implements page.Page.
func (p *Page) Capturing() bool { return p.inner != nil && p.inner.Capturing() }

// Draw implements page.Page.
func (p *Page) Draw(g *cell.Grid) bool {
	if p.inner != nil {
		return p.inner.Draw(g)
	}
	if !g.Redraw(p, !p.drawn) {
		return false
	}
	t := p.env.Theme
	g.Fill(t.Background)
	g.NoCursor()
	text, color := "Asking for the page…", t.Muted
	if p.err != nil {
		text, color = p.err.Error(), t.Bad
	}
	y := 1
	attr := cell.Attr(0)
	for _, line := range append([]string{text}, p.reason()...) {
		for _, part := range page.Wrap(line, max(p.w-4, 1)) {
			g.Text(2, y, part, color, attr)
			y++
		}
		color, y = t.Text, y+1
	}
	p.drawn = true
	return true
}

// reason says more of a lock.
func (p *Page) reason() []string {
	var lock *Locked
	if !errors.As(p.err, &lock) || len(lock.Needs) == 0 {
		return nil
	}
	text := "The server opens this page to the group " + lock.Needs[0] + "."
	if len(lock.Needs) > 1 {
		text = "The server opens this page to the groups " + strings.Join(lock.Needs, ", ") + "; one of them is enough."
	}
	return []string{session.Clean(text, 400)}
}

// Export implements page.Exporter.
func (p *Page) Export(format string, w io.Writer) error {
	if e, ok := p.inner.(page.Exporter); ok {
		return e.Export(format, w)
	}
	return page.ErrFormat
}

// Notes implements page.Noter.
func (p *Page) Notes() []string {
	if n, ok := p.inner.(page.Noter); ok {
		return n.Notes()
	}
	return nil
}

// Hovering implements page.Hoverer.
func (p *Page) Hovering() bool {
	h, ok := p.inner.(page.Hoverer)
	return ok && h.Hovering()
}

// KeysShown implements page.KeyShower.
func (p *Page) KeysShown() []string {
	if k, ok := p.inner.(page.KeyShower); ok {
		return k.KeysShown()
	}
	return nil
}

// Named implements page.Lister.
func (p *Page) Named() []page.Named {
	if l, ok := p.inner.(page.Lister); ok {
		return l.Named()
	}
	return nil
}

// Replace implements page.Replacer: what is shown stays until its next version
// is there.
func (p *Page) Replace(next page.Page) (tea.Cmd, bool) {
	n, ok := next.(*Page)
	if !ok || n.opts.ID != p.opts.ID {
		return nil, false
	}
	p.opts = n.opts
	return p.load(), true
}
