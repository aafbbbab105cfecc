package tui

import (
	"slices"
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/authtabs/tabgate/auth/session"
	"github.com/authtabs/tabgate/data/dashboard"
	"github.com/authtabs/tabgate/tui/page"
)

// versioned is a fake page that takes over what is new in its next version.
type versioned struct {
	fakePage
	next []string
}

func (p *versioned) Replace(next page.Page) (tea.Cmd, bool) {
	n, ok := next.(*versioned)
	if ok {
		p.name, p.changed = n.name, true
		p.next = append(p.next, n.name)
	}
	return nil, ok
}

func wrong(text, source string) Problem {
	return Problem{Problem: dashboard.Problem{Place: dashboard.Place{File: "pages/2.yaml", Line: 14, Col: 5}, Text: text}, Source: source}
}

func TestReload(t *testing.T) {
	entry := func(id, title string) Entry {
		return func(env page.Env) page.Spec {
			return page.Spec{ID: id, Title: title, New: func() page.Page { return &versioned{fakePage: fakePage{name: title, env: env}} }}
		}
	}
	setup := func(o *Options) { o.Pages = []Entry{entry("a", "Alpha"), entry("b", "Beta")} }
	t.Run("keeps the page that is shown, wherever it stands now, and draws what is new in it", func(t *testing.T) {
		drive(t, &fakeAuth{}, setup, func(d *driver) {
			d.press("2")
			was := d.root.tabs.current()
			d.send(Reload{Pages: []Entry{entry("b", "Beta two"), entry("c", "Gamma"), entry("a", "Alpha")}})
			d.shows("Beta two page")
			if d.root.tabs.current() != was {
				t.Error("it is another page")
			}
			d.press("2")
			d.shows("Gamma page")
		})
	})
	t.Run("shows another page where the shown one is gone", func(t *testing.T) {
		drive(t, &fakeAuth{}, setup, func(d *driver) {
			d.press("2")
			d.send(Reload{Pages: []Entry{entry("a", "Alpha")}})
			d.shows("Alpha page")
		})
	})
	t.Run("opens a page again that cannot take over", func(t *testing.T) {
		drive(t, &fakeAuth{}, nil, func(d *driver) {
			d.send(Reload{Pages: d.entries()})
			if d.built["home"] != 2 {
				t.Errorf("home was built %d times", d.built["home"])
			}
			d.shows("Home page")
		})
	})
	t.Run("with problems keeps the pages and says what is wrong", func(t *testing.T) {
		drive(t, &fakeAuth{}, setup, func(d *driver) {
			d.send(Reload{Problems: []Problem{wrong("unknown key colour: did you mean color?", "\t - colour: red"), wrong("another", "")}})
			d.shows("Alpha page")
			lines := strings.Split(d.frame(), "\n")
			if !strings.Contains(lines[20], "! pages/2.yaml:14:5 unknown key colour: did you mean color?") {
				t.Errorf("line 20 is %q", lines[20])
			}
			if at := strings.Index(lines[21], "colour"); strings.Index(lines[22], "^") != at {
				t.Errorf("the caret is not below the key:\n%s\n%s", lines[21], lines[22])
			}
			d.press("E")
			d.shows("another")
			d.press("esc")
			d.send(Reload{Pages: []Entry{entry("a", "Alpha")}})
			d.hides("unknown key")
		})
	})
	t.Run("closes a page that is locked now", func(t *testing.T) {
		drive(t, &fakeAuth{}, setup, func(d *driver) {
			locked := func(env page.Env) page.Spec {
				s := entry("a", "Alpha")(env)
				s.Access = session.Rule{Groups: []string{"Underwriters"}}
				return s
			}
			d.send(Reload{Pages: []Entry{locked}})
			d.hides("Alpha page")
			d.shows("Please login!")
		})
	})
}

func TestEverythingIsFoundByItsName(t *testing.T) {
	drive(t, &fakeAuth{}, nil, func(d *driver) {
		d.press(":")
		d.shows("Everything with a name")
		d.shows("re-run")
		d.press("d", "a", "t", "a", "f", "enter")
		d.shows("DataFrame Demo page")
		d.press(":", "r", "e", "-", "r", "enter")
		if n := d.pages["dataframe"].heard(func(m tea.Msg) bool { k, ok := m.(tea.KeyMsg); return ok && k.String() == "r" }); n != 1 {
			t.Errorf("the page got the key %d times", n)
		}
		d.press(":")
		d.clickOn("Mapping Demo ")
		d.press("esc")
	})
}

func TestViewAs(t *testing.T) {
	preview := func(groups *[]string) func(*Options) {
		return func(o *Options) { o.Preview = &Preview{As: groups} }
	}
	t.Run("a member opens what members see, and the tab bar says so", func(t *testing.T) {
		drive(t, &fakeAuth{}, preview(&[]string{"Underwriters"}), func(d *driver) {
			d.press("2")
			d.shows("Plotting Demo page")
			d.shows("viewing as Underwriters")
			d.press("3")
			d.shows("You are signed in as a member of Underwriters.")
		})
	})
	t.Run("somebody signed out sees locks", func(t *testing.T) {
		drive(t, &fakeAuth{}, func(o *Options) { preview(&[]string{})(o); o.Initial = both }, func(d *driver) {
			d.press("2")
			d.shows("You see what somebody sees who is signed out.")
		})
	})
	t.Run("is chosen by its name, and ended so", func(t *testing.T) {
		drive(t, &fakeAuth{}, preview(nil), func(d *driver) {
			d.press("2")
			d.shows("Please login!")
			d.press(":")
			for _, c := range "view as Under" {
				d.press(string(c))
			}
			d.press("enter")
			d.shows("Plotting Demo page")
			d.press(":")
			for _, c := range "myself" {
				d.press(string(c))
			}
			d.press("enter")
			d.shows("Please login!")
			if d.pages["plotting"].ctx.Err() == nil {
				t.Error("the page that is locked again was not ended")
			}
		})
	})
	t.Run("is not offered for other pages than one's own", func(t *testing.T) {
		drive(t, &fakeAuth{}, nil, func(d *driver) {
			if slices.ContainsFunc(names(d.root), func(f found) bool { return strings.HasPrefix(f.name, "view as") }) {
				t.Error("it is offered")
			}
		})
	})
}
