package home

import (
	"fmt"
	"strings"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/exp/golden"
	"github.com/muesli/termenv"

	"github.com/authtabs/tabgate/auth/session"
	"github.com/authtabs/tabgate/data/dashboard"
	"github.com/authtabs/tabgate/data/demo"
	"github.com/authtabs/tabgate/tui/cell"
	"github.com/authtabs/tabgate/tui/page"
	"github.com/authtabs/tabgate/tui/page/pagetest"
	"github.com/authtabs/tabgate/tui/theme"
)

var ana = session.Session{
	Sub: "1", Email: "ana@example.com", Groups: []string{"Underwriters"}, ExpiresAt: pagetest.Noon.Add(time.Hour),
	Issuer: "https://cognito-idp.eu-central-1.amazonaws.com/eu-central-1_Ab12", TokenStore: "keyring", Profile: "work",
}

// open makes Home for a person, with the four tabs as the gate sees them.
func open(t *testing.T, env page.Env, o Options, s session.Session, w, h int) page.Page {
	t.Helper()
	p := New(env, demo.Pages(), o)
	var tabs []page.Tab
	for _, tab := range []page.Tab{
		{ID: "home", Title: "Home"},
		{ID: "plotting", Title: "Plotting Demo", Access: session.Rule{Groups: []string{"Underwriters"}}},
		{ID: "mapping", Title: "Mapping Demo", Access: session.Rule{Groups: []string{"CreditAnalysts", "Geographers"}}},
		{ID: "dataframe", Title: "DataFrame Demo", Access: session.Rule{Groups: []string{"*"}}},
	} {
		tab.Verdict = tab.Access.Check(s, env.Now())
		tabs = append(tabs, tab)
	}
	p.Update(page.Session{Session: s})
	p.Update(page.Tabs{Tabs: tabs})
	pagetest.Open(t, p, w, h)
	return p
}

func TestHomeSays(t *testing.T) {
	ended := ana
	ended.ExpiresAt = pagetest.Noon
	local := ana
	local.LocalPool, local.Groups, local.Profile = true, nil, ""
	hostile := ana
	hostile.Email, hostile.Groups = "\x1b]0;x\x07", []string{"\x1b[2J", "a\u202eb"}
	tests := map[string]struct {
		o    Options
		who  session.Session
		want []string
	}{
		"who you are":                {Options{}, ana, []string{"ana@example.com", "Underwriters", "13:00, renewed by itself", "the keyring", "eu-central-1_Ab12", "work", "Log out"}},
		"what is open and why":       {Options{}, ana, []string{"2 Plotting Demo", "open to you", "3 Mapping Demo", "for CreditAnalysts, Geographers"}},
		"nobody":                     {Options{}, session.Session{}, []string{"Nobody is signed in.", "Log in", "for Underwriters", "log in to open"}},
		"an ended session":           {Options{}, ended, []string{"The session of ana@example.com has", "Log in"}},
		"the local pool":             {Options{}, local, []string{"the local user pool", "none yet"}},
		"the three choices":          {Options{Setup: true}, session.Session{}, []string{"tabgate demo", "tabgate config init", "COGNITO_DOMAIN CLIENT_ID"}},
		"nothing with power":         {Options{}, hostile, []string{"�]0;x�", "�[2J, a�b"}},
		"where to read and commands": {Options{}, ana, []string{"Cognito: users in groups", "tabgate doctor"}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			frame := ansi.Strip(view(open(t, pagetest.Env(t), tt.o, tt.who, 120, 38)))
			for _, want := range tt.want {
				if !strings.Contains(strings.Join(strings.Fields(strings.ReplaceAll(frame, "│", " ")), " "), want) {
					t.Errorf("it does not say %q:\n%s", want, frame)
				}
			}
		})
	}
}

func TestEveryItemDoesWhatItSays(t *testing.T) {
	want := []tea.Msg{
		page.SignOut{},
		page.Open{ID: "plotting"},
		page.Open{ID: "mapping"},
		page.Open{ID: "dataframe"},
		page.Browse{URL: links[0].url},
		page.Browse{URL: links[1].url},
		page.Browse{URL: links[2].url},
	}
	for _, size := range [][2]int{{120, 38}, {80, 22}, {40, 10}} {
		t.Run(fmt.Sprint("by key at ", size), func(t *testing.T) {
			p := open(t, pagetest.Env(t), Options{}, ana, size[0], size[1])
			pagetest.Press(t, p, "up")
			pagetest.Press(t, p, "up")
			for i, msg := range want {
				if _, got := pagetest.Press(t, p, "enter"); len(got) != 1 || got[0] != msg {
					t.Errorf("item %d: got %v, want %v", i, got, msg)
				}
				pagetest.Press(t, p, "down")
			}
		})
		t.Run(fmt.Sprint("by click at ", size), func(t *testing.T) {
			p := open(t, pagetest.Env(t), Options{}, ana, size[0], size[1])
			view(p)
			seen := map[int]bool{}
			for _, z := range p.(*home).zones {
				seen[z.Means] = true
				for _, at := range [][2]int{{z.X, z.Y}, {z.X + z.W - 1, z.Y + z.H - 1}} {
					_, got := pagetest.Settle(t, p.Update, p.Update(tea.MouseMsg{X: at[0], Y: at[1], Button: tea.MouseButtonLeft}))
					if len(got) != 1 || got[0] != want[z.Means] {
						t.Errorf("item %d: got %v, want %v", z.Means, got, want[z.Means])
					}
				}
			}
			if len(seen) != len(want) {
				t.Errorf("only %d of %d items can be clicked", len(seen), len(want))
			}
		})
	}
}

// Enter, pressed by somebody who only came in, must not log them out.
func TestWhereTheCursorLands(t *testing.T) {
	guest := ana
	guest.Groups = nil
	tests := map[string]struct {
		o    Options
		who  session.Session
		want tea.Msg
	}{
		"signed out: to log in":           {Options{}, session.Session{}, page.SignIn{}},
		"signed in: the first open tab":   {Options{}, ana, page.Open{ID: "plotting"}},
		"in no group: the tab for anyone": {Options{}, guest, page.Open{ID: "dataframe"}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			p := open(t, pagetest.Env(t), tt.o, tt.who, 80, 22)
			if _, got := pagetest.Press(t, p, "enter"); len(got) != 1 || got[0] != tt.want {
				t.Errorf("enter asks for %v, want %v", got, tt.want)
			}
		})
	}
	t.Run("it stays through a refresh, and moves when somebody logs out", func(t *testing.T) {
		p := open(t, pagetest.Env(t), Options{}, ana, 80, 22).(*home)
		tabs := page.Tabs{Tabs: p.tabs}
		pagetest.Press(t, p, "down")
		pagetest.Press(t, p, "down")
		at := p.at
		p.Update(page.Session{Session: ana})
		p.Update(tabs)
		if p.at != at {
			t.Errorf("after a refresh it is at %d, was at %d", p.at, at)
		}
		p.Update(page.Session{})
		p.Update(tabs)
		if _, got := pagetest.Press(t, p, "enter"); len(got) != 1 || got[0] != tea.Msg(page.SignIn{}) {
			t.Errorf("after logging out, enter asks for %v", got)
		}
	})
}

func TestTheCursorIsAlwaysOnScreen(t *testing.T) {
	for h := 5; h < 14; h++ {
		p := open(t, pagetest.Env(t), Options{}, ana, 40, h)
		for i := range 7 {
			if frame := ansi.Strip(view(p)); !strings.Contains(frame, "›") {
				t.Errorf("height %d, item %d: no cursor\n%s", h, i, frame)
			}
			pagetest.Press(t, p, "down")
		}
	}
}

func TestEveryFrameFits(t *testing.T) {
	profiles := []termenv.Profile{termenv.TrueColor, termenv.ANSI, termenv.Ascii}
	for i, profile := range profiles {
		env := pagetest.Env(t, profile)
		for _, o := range []Options{{}, {Setup: true}} {
			for _, who := range []session.Session{{}, ana} {
				p := open(t, env, o, who, 0, 0)
				for w := i; w <= 250; w += 23 {
					for h := 0; h <= 80; h += 7 {
						p.SetSize(w, h)
						if pagetest.Fits(t, view(p), w, h); t.Failed() {
							t.Fatalf("at %dx%d", w, h)
						}
					}
				}
			}
		}
	}
}

func TestNothingIsDrawnTwice(t *testing.T) {
	p := open(t, pagetest.Env(t), Options{}, ana, 80, 22).(*home)
	view(p)
	for _, msg := range []tea.Msg{struct{}{}, page.Shown{}, page.Hidden{}, tea.MouseMsg{Action: tea.MouseActionMotion, X: 3, Y: 3}} {
		p.Update(msg)
		p.SetSize(80, 22)
		if !p.drawn {
			t.Errorf("%T makes it draw again", msg)
		}
	}
}

func TestSketches(t *testing.T) {
	for name, dark := range map[string]bool{"dark": true, "light": false} {
		t.Run(name, func(t *testing.T) {
			env := pagetest.Env(t, termenv.TrueColor)
			env.Theme.Rebuild(theme.Options{Dark: dark, Glyphs: theme.Quadrant})
			golden.RequireEqual(t, []byte(view(open(t, env, Options{}, ana, 100, 28))))
		})
	}
}

// lines is a text of 30 lines.
type lines struct {
	page.Page
	env page.Env
}

func (l *lines) Init() tea.Cmd    { return nil }
func (l *lines) SetSize(int, int) {}
func (l *lines) Lines(int) int    { return 30 }
func (l *lines) Links(int) []page.Link {
	return []page.Link{{URL: "https://example.com/a", Parts: []cell.Rect{{X: 2, Y: 1, W: 3, H: 1}}}, {URL: "https://example.com/b", Parts: []cell.Rect{{Y: 28, W: 7, H: 1}, {Y: 29, W: 4, H: 1}}}}
}
func (l *lines) Draw(g *cell.Grid) bool {
	for i := range 30 {
		g.Text(0, i, fmt.Sprint("line ", i), l.env.Theme.Text, 0)
	}
	return true
}

// A folder's Home has its title, its text and a card for each of its pages,
// however many there are: it scrolls.
func TestTheHomeOfAFolder(t *testing.T) {
	pages := dashboard.Pages{{ID: "home", Title: "Home"}}
	tabs := []page.Tab{{ID: "home", Title: "Home"}}
	for i := range 40 {
		p := dashboard.Page{ID: fmt.Sprint("p", i), Title: fmt.Sprint("Page number ", i), About: fmt.Sprint("About the page of number ", i, ".")}
		tab := page.Tab{ID: p.ID, Title: p.Title}
		if i%2 == 1 {
			p.Groups = []string{"Traders"}
			tab.Access = session.Rule{Groups: p.Groups}
		}
		tab.Verdict = tab.Access.Check(session.Session{}, pagetest.Noon)
		pages, tabs = append(pages, p), append(tabs, tab)
	}
	o := Options{Title: "The desk", Text: func(env page.Env) Text { return &lines{env: env} }}
	for _, size := range [][2]int{{40, 10}, {80, 22}, {120, 38}, {200, 60}} {
		t.Run(fmt.Sprint("all of it can be reached at ", size), func(t *testing.T) {
			p := New(pagetest.Env(t), pages, o)
			p.Update(page.Session{})
			p.Update(page.Tabs{Tabs: tabs})
			pagetest.Open(t, p, size[0], size[1])
			all := ""
			for range 60 {
				frame := ansi.Strip(view(p))
				pagetest.Fits(t, frame, size[0], size[1])
				all += frame
				pagetest.Press(t, p, "pgdown")
			}
			for _, want := range []string{"The desk", "line 0", "line 29", "About the page of number 39.", "for Traders", "open to anyone"} {
				if !strings.Contains(all, want) {
					t.Errorf("it never shows %q", want)
				}
			}
			if strings.Contains(all, "tabgate") || strings.Contains(all, "Streamlit") {
				t.Error("it speaks of the demo")
			}
			pagetest.Press(t, p, "up", "up") // through the links of the text
			for i := range 42 {
				if frame := ansi.Strip(view(p)); i > 2 && !strings.Contains(frame, "›") {
					t.Fatalf("no cursor at item %d:\n%s", i, frame)
				}
				pagetest.Press(t, p, "down")
			}
			if _, got := pagetest.Press(t, p, "enter"); len(got) != 1 || got[0] != tea.Msg(page.Open{ID: "p39"}) {
				t.Errorf("enter on the last card asks for %v", got)
			}
		})
	}
}

// The links of a folder's text are opened by a key and by a click, and come
// before all else, as they stand.
func TestTheLinksOfAFoldersText(t *testing.T) {
	o := Options{Title: "The desk", Text: func(env page.Env) Text { return &lines{env: env} }}
	p := New(pagetest.Env(t), dashboard.Pages{{ID: "home", Title: "Home"}}, o)
	p.Update(page.Session{})
	p.Update(page.Tabs{Tabs: []page.Tab{{ID: "home", Title: "Home"}}})
	pagetest.Open(t, p, 80, 40)
	view(p)
	pagetest.Press(t, p, "up", "up", "down")
	if _, got := pagetest.Press(t, p, "enter"); len(got) != 1 || got[0] != tea.Msg(page.Browse{URL: "https://example.com/b"}) {
		t.Errorf("enter asks for %v", got)
	}
	for _, y := range []int{32, 31} { // the text begins at 1, 3
		_, got := pagetest.Settle(t, p.Update, p.Update(tea.MouseMsg{X: 2, Y: y, Action: tea.MouseActionPress, Button: tea.MouseButtonLeft}))
		if len(got) != 1 || got[0] != tea.Msg(page.Browse{URL: "https://example.com/b"}) {
			t.Errorf("a click in line %d asks for %v", y, got)
		}
	}
}

// Who sees the pages as somebody else would is offered neither to log in nor
// out.
func TestHomeAsSomebodyElseWouldSeeIt(t *testing.T) {
	for name, who := range map[string]session.Session{"a member": ana, "signed out": {}} {
		p := New(pagetest.Env(t), demo.Pages(), Options{Title: "The desk"})
		p.Update(page.Session{Session: who, As: name})
		p.Update(page.Tabs{Tabs: []page.Tab{{ID: "home"}, {ID: "plotting", Title: "Plotting"}}})
		pagetest.Open(t, p, 80, 24)
		frame := ansi.Strip(view(p))
		if strings.Contains(frame, "Log") || !strings.Contains(frame, "Shown as "+name+" would see it") {
			t.Errorf("it is\n%s", frame)
		}
		if _, got := pagetest.Press(t, p, "up", "up", "enter"); len(got) != 1 || got[0] != tea.Msg(page.Open{ID: "plotting"}) {
			t.Errorf("the first thing on it is %v", got)
		}
	}
}

func BenchmarkDraw(b *testing.B) {
	p := New(pagetest.Env(b, termenv.TrueColor), demo.Pages(), Options{})
	p.Update(page.Session{Session: ana})
	p.Update(page.Tabs{Tabs: []page.Tab{{ID: "home"}, {ID: "plotting"}, {ID: "mapping"}, {ID: "dataframe"}}})
	pagetest.Open(b, p, 160, 43)
	g := cell.NewGrid(160, 43)
	b.ReportAllocs()
	for b.Loop() {
		p.Update(page.Rethemed{})
		p.Draw(g)
	}
}

// view returns the page as it is shown.
func view(p page.Page) string {
	h := p.(*home)
	return pagetest.View(h.env, h, h.width, h.height)
}
