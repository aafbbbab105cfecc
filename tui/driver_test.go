package tui

import (
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"

	"github.com/authtabs/tabgate/auth/session"
	"github.com/authtabs/tabgate/tui/page"
	"github.com/authtabs/tabgate/tui/page/pagetest"
)

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
	if d.root.inputBlocked.at(d.now) {
		d.now = d.now.Add(graceTime)
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
