package tui

import (
	"slices"
	"strings"
	"testing"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"github.com/authtabs/tabgate/auth/session"
	"github.com/authtabs/tabgate/tui/bars"
	"github.com/authtabs/tabgate/tui/page"
	"github.com/authtabs/tabgate/tui/page/pagetest"
	"github.com/authtabs/tabgate/tui/screen"
)

func TestWhoGetsAKey(t *testing.T) {
	tests := map[string]struct {
		before  func(d *driver)
		key     string
		toPage  bool // the page in view got it
		shown   string
		boxOpen bool
		quits   bool
	}{
		"a digit goes to a tab":                     {nil, "4", false, "dataframe", false, false},
		"tab goes to the next":                      {nil, "tab", false, "plotting", false, false},
		"shift+tab goes round":                      {nil, "shift+tab", false, "dataframe", false, false},
		"ctrl+right goes to the next":               {nil, "ctrl+right", false, "plotting", false, false},
		"ctrl+left goes round":                      {nil, "ctrl+left", false, "dataframe", false, false},
		"a digit without a tab is the page's":       {nil, "7", true, "home", false, false},
		"a page's own key":                          {nil, "r", true, "home", false, false},
		"help":                                      {nil, "?", false, "home", true, false},
		"q quits":                                   {nil, "q", false, "home", false, true},
		"ctrl+c quits":                              {nil, "ctrl+c", false, "home", false, true},
		"typing takes q":                            {typing, "q", true, "home", false, false},
		"typing takes digits":                       {typing, "2", true, "home", false, false},
		"typing takes tab":                          {typing, "tab", true, "home", false, false},
		"typing takes l":                            {typing, "l", true, "home", false, false},
		"typing takes ?":                            {typing, "?", true, "home", false, false},
		"typing takes ctrl+r":                       {typing, "ctrl+r", true, "home", false, false},
		"typing does not take ctrl+c":               {typing, "ctrl+c", false, "home", false, true},
		"a box keeps keys from the page":            {help, "r", false, "home", true, false},
		"a box keeps global keys":                   {help, "4", false, "home", true, false},
		"a box is closed by Esc":                    {help, "esc", false, "home", false, false},
		"q closes help and does not quit":           {help, "q", false, "home", false, false},
		"ctrl+c quits from a box":                   {help, "ctrl+c", false, "home", true, true},
		"a locked tab swallows what is not global":  {func(d *driver) { d.press("2") }, "r", false, "plotting", false, false},
		"a small window keeps keys from the page":   {small, "r", false, "home", false, false},
		"a small window keeps tabs as they are":     {small, "4", false, "home", false, false},
		"a small window can be quit":                {small, "q", false, "home", false, true},
		"a small window, typing, is quit by ctrl+c": {func(d *driver) { typing(d); small(d) }, "q", false, "home", false, false},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			drive(t, &fakeAuth{}, nil, func(d *driver) {
				if tt.before != nil {
					tt.before(d)
				}
				shown := d.pages["home"]
				got := shown.heard(saw[tea.KeyMsg])
				d.press(tt.key)
				if toPage := shown.heard(saw[tea.KeyMsg]) > got; toPage != tt.toPage {
					d.t.Errorf("the page got it: %v", toPage)
				}
				if id := d.root.tabs.all[d.root.tabs.shown].spec.ID; id != tt.shown {
					d.t.Errorf("shown is %s, want %s", id, tt.shown)
				}
				if open := d.root.box != nil; open != tt.boxOpen {
					d.t.Errorf("a box is open: %v", open)
				}
				if quits := slices.ContainsFunc(d.seen, saw[tea.QuitMsg]); quits != tt.quits {
					d.t.Errorf("it quits: %v", quits)
				}
			})
		})
	}
}

func typing(d *driver) { d.pages["home"].capturing = true }
func help(d *driver)   { d.press("?") }
func small(d *driver)  { d.send(tea.WindowSizeMsg{Width: 30, Height: 10}) }

func TestPastedTextIsNoCommand(t *testing.T) {
	drive(t, &fakeAuth{}, nil, func(d *driver) {
		d.paste("q")
		d.paste("2")
		if slices.ContainsFunc(d.seen, saw[tea.QuitMsg]) || d.root.tabs.shown != 0 {
			d.t.Error("a paste was taken for a command")
		}
	})
}

func TestAnyKeyClearsAnError(t *testing.T) {
	drive(t, &fakeAuth{}, nil, func(d *driver) {
		d.send(page.Failed{Err: errText("the figures could not be read; press r to try again")})
		d.shows("! The figures could not be read; press r to try again.")
		d.press("x")
		d.hides("The figures")
	})
}

type errText string

func (e errText) Error() string { return string(e) }

func TestWhatPagesAskForIsDone(t *testing.T) {
	tests := map[string]struct {
		who  session.Session
		ask  tea.Msg
		want string
	}{
		"another page":                {nobody, page.Open{ID: "dataframe"}, "DataFrame Demo page"},
		"a page that is not there":    {nobody, page.Open{ID: "nowhere"}, "Home page"},
		"a locked page":               {nobody, page.Open{ID: "mapping"}, "Please login!"},
		"a notice":                    {nobody, page.Notice{Text: "Saved as a.csv."}, "i Saved as a.csv."},
		"a sign-out":                  {underwriter, page.SignOut{}, "Log out?"},
		"a refresh":                   {underwriter, page.Refresh{}, "Session refreshed. You are in no group."},
		"a browser where there isn't": {nobody, page.Browse{URL: "https://example.com/"}, "There is no browser here. Open it yourself: https://example.com/"},
		"a failure":                   {nobody, page.Failed{Err: errText("no luck")}, "! No luck."},
		"a copy for the terminal":     {nobody, screen.Copied{What: "1 cell"}, "1 cell sent to the terminal's clipboard."},
		"a copy in tmux":              {nobody, screen.Copied{What: "1 cell", To: screen.InTmux}, "1 cell copied in tmux, and sent on to the terminal's clipboard."},
		"a copy on the clipboard":     {nobody, screen.Copied{What: "1 cell", To: screen.OnClipboard}, "1 cell copied."},
		"a copy that is too long":     {nobody, screen.CopyRefused{Bytes: 100_000}, "! This is too long for the clipboard (100000 bytes): export it instead."},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			drive(t, &fakeAuth{refresh: always(guest, nil)}, as(tt.who), func(d *driver) {
				d.send(tt.ask)
				d.shows(tt.want)
			})
		})
	}
}

func TestEverythingAKeyDoesAClickDoes(t *testing.T) {
	tests := map[string]struct {
		who    session.Session
		do     func(d *driver)
		want   string
		absent string
	}{
		"a tab":                          {nobody, func(d *driver) { d.clickOn("4 DataFrame") }, "DataFrame Demo page", ""},
		"a tab while typing":             {nobody, func(d *driver) { typing(d); d.clickOn("4 DataFrame") }, "DataFrame Demo page", ""},
		"signed out, to log in":          {nobody, func(d *driver) { d.clickOn("signed out") }, "Your browser is open", ""},
		"log in in the footer":           {nobody, func(d *driver) { d.clickOn("l log in") }, "Your browser is open", ""},
		"log in on a locked page":        {nobody, func(d *driver) { d.press("2"); d.clickOn(" l log in") }, "Your browser is open", ""},
		"cancel in the box":              {nobody, func(d *driver) { d.press("l"); d.clickOn("esc cancel") }, "Login cancelled.", ""},
		"refresh on a refusal":           {guest, func(d *driver) { d.press("2"); d.clickOn("ctrl+r refresh groups") }, "Session refreshed.", ""},
		"help in the footer":             {nobody, func(d *driver) { d.clickOn("? all keys") }, "Everywhere", ""},
		"a line of help":                 {nobody, func(d *driver) { d.press("?"); d.clickOn("next tab") }, "Please login!", "Everywhere"},
		"an error goes":                  {nobody, func(d *driver) { d.send(page.Failed{Err: errText("no luck")}); d.clickOn("No luck") }, "Home page", "No luck"},
		"the result of logging out":      {underwriter, func(d *driver) { d.press("l"); d.clickOn("y, enter Log out"); d.clickOn("any key closes") }, "Home page", "Logged out"},
		"a page's own key in the footer": {nobody, func(d *driver) { d.clickOn("r re-run") }, "Home page", ""},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			drive(t, attemptsAuth(guest), as(tt.who), func(d *driver) {
				tt.do(d)
				d.shows(tt.want)
				if tt.absent != "" {
					d.hides(tt.absent)
				}
				if strings.Contains(name, "page's own") && d.pages["home"].heard(saw[tea.KeyMsg]) != 1 {
					d.t.Error("the page did not get its key")
				}
			})
		})
	}
}

// A window that is clicked to bring it to the front must not be gone.
func TestQuittingTakesTwoClicks(t *testing.T) {
	quits := func(d *driver) bool { return slices.ContainsFunc(d.seen, saw[tea.QuitMsg]) }
	tests := map[string]struct {
		between func(d *driver)
		want    bool
	}{
		"in a row":           {func(d *driver) {}, true},
		"with a key between": {func(d *driver) { d.press("j") }, false},
		"with another click": {func(d *driver) { d.click(40, 10) }, false},
		"with another tab":   {func(d *driver) { d.clickOn("4 DataFrame") }, false},
		"with a pasted word": {func(d *driver) { d.paste("hello") }, false},
		"with another size":  {func(d *driver) { d.send(tea.WindowSizeMsg{Width: 120, Height: 40}) }, false},
		"with help and quit": {func(d *driver) { d.press("?"); d.clickOn("all keys"); d.press("esc") }, false},
		"with a wheel turned": {func(d *driver) {
			d.send(tea.MouseMsg{X: 40, Y: 10, Action: tea.MouseActionPress, Button: tea.MouseButtonWheelDown})
		}, false},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			drive(t, &fakeAuth{}, nil, func(d *driver) {
				d.clickOn("q quit")
				d.shows("Click once more to quit.")
				if quits(d) {
					d.t.Fatal("the first click quits")
				}
				tt.between(d)
				if !tt.want {
					d.hides("Click once more")
				}
				d.clickOn("q quit")
				if quits(d) != tt.want {
					d.t.Errorf("the second click quits: %v", !tt.want)
				}
			})
		})
	}
}

// attemptsAuth signs in for ever and refreshes to s.
func attemptsAuth(s session.Session) *fakeAuth {
	a := &fakeAuth{refresh: always(s, nil)}
	a.begin = beginNew
	return a
}

func TestThePageGetsItsMouseInItsOwnRows(t *testing.T) {
	drive(t, &fakeAuth{}, nil, func(d *driver) {
		at := func(x, y int, action tea.MouseAction) {
			d.send(tea.MouseMsg{X: x, Y: y, Action: action, Button: tea.MouseButtonLeft})
		}
		at(5, 1, tea.MouseActionPress)
		at(5, 0, tea.MouseActionMotion)   // A drag that leaves the page
		at(99, 23, tea.MouseActionMotion) // is held at its edge.
		at(5, 23, tea.MouseActionRelease)
		at(5, 23, tea.MouseActionMotion) // After it, the footer is not the page.
		var got [][2]int
		for _, m := range d.pages["home"].got {
			if m, ok := m.(tea.MouseMsg); ok {
				got = append(got, [2]int{m.X, m.Y})
			}
		}
		want := [][2]int{{5, 0}, {5, 0}, {79, 21}, {5, 21}}
		if !slices.Equal(got, want) {
			d.t.Errorf("got %v, want %v", got, want)
		}
	})
}

func TestNoPageUsesAGlobalKey(t *testing.T) {
	global := newKeyMap(9)
	for _, p := range realPages(t, nobody) {
		for _, k := range p.page.Keys() {
			for _, name := range k.Keys() {
				if key.Matches(page.Key(name), global.tabs, global.next, global.prev, global.login, global.refresh, global.help, global.quit) {
					t.Errorf("%s uses %q, which is global", p.id, name)
				}
			}
		}
	}
}

func TestKeysHaveNamesThatBecomeThemselves(t *testing.T) {
	for _, name := range []string{"a", "?", "G", " ", "enter", "esc", "tab", "shift+tab", "ctrl+r", "left", "ctrl+right", "shift+up", "pgdown", "alt+b", "home", "ctrl+home", "+", "f5", "backspace", "delete"} {
		if got := page.Key(name).String(); got != name {
			t.Errorf("Key(%q) is %q", name, got)
		}
		if page.Key(name).String() != pagetest.Key(name).String() {
			t.Errorf("the two ways to name %q differ", name)
		}
	}
}

func TestEveryKeyInHelpHasWordsAndActs(t *testing.T) {
	drive(t, attemptsAuth(guest), nil, func(d *driver) {
		for _, k := range d.root.keys.now(d.root.account).all() {
			if !k.Enabled() { // There is nobody whose session could be refreshed.
				continue
			}
			if k.Help().Key == "" || k.Help().Desc == "" {
				d.t.Errorf("%v has no words", k.Keys())
			}
			for _, name := range k.Keys() {
				d.root.box, d.root.notice = nil, bars.Notice{}
				d.press("1")
				before, n := d.frame(), len(d.seen)
				if name == "1" {
					d.press("4")
					before = d.frame()
				}
				d.press(name)
				if d.frame() == before && len(d.seen) == n {
					d.t.Errorf("%q in help does nothing", name)
				}
				if d.root.box != nil {
					d.press("esc")
				}
			}
		}
	})
}
