package main

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"github.com/authtabs/tabgate/auth/session"
	"github.com/authtabs/tabgate/cmd/tabgate/config"
	"github.com/authtabs/tabgate/data/dashboard"
	"github.com/authtabs/tabgate/data/demo"
	"github.com/authtabs/tabgate/tui/cell"
	"github.com/authtabs/tabgate/tui/page"
)

// tides is a page that the program does not have.
type tides struct{ w, h int }

func (p *tides) Init() tea.Cmd          { return nil }
func (p *tides) Update(tea.Msg) tea.Cmd { return nil }
func (p *tides) SetSize(w, h int)       { p.w, p.h = w, h }
func (p *tides) Capturing() bool        { return false }
func (p *tides) Keys() []key.Binding {
	return []key.Binding{key.NewBinding(key.WithKeys("t"), key.WithHelp("t", "turn the tide"))}
}

func (p *tides) Draw(g *cell.Grid) bool {
	g.Text(0, 0, "High water at noon", cell.RGB{}, 0)
	return true
}

func (p *tides) Export(_ string, w io.Writer) error {
	_, err := io.WriteString(w, "hour,metres\n12,6.1\n")
	return err
}

// withTides is a place whose program has a fifth page.
func withTides(t *testing.T) *place {
	p := newPlace(t)
	p.listed = append(demo.Pages(), dashboard.Page{
		ID: "tides", Title: "Tides Demo", About: "When the water is high.", Groups: []string{"Sailors"},
		Formats: []string{"csv"}, File: true, Shows: "High water at noon",
	})
	p.draw = map[string]func(page.Env) page.Page{"tides": func(page.Env) page.Page { return &tides{} }}
	return p
}

// TestAFifthPage adds a page to the list and looks for it everywhere.
func TestAFifthPage(t *testing.T) {
	open := "pages:\n  tides: {groups: [], data: tides.csv}\n"
	tests := map[string]struct {
		args   []string
		config string
		code   int
		says   []string
	}{
		"pages":                      {[]string{"pages"}, "", exitDone, []string{"tides      Tides Demo      Sailors         sign in first"}},
		"pages, as JSON":             {[]string{"pages", "--json"}, "", exitDone, []string{`"id":"tides"`, `"Sailors"`}},
		"its lock":                   {[]string{"show", "tides"}, "", exitNotSignedIn, []string{"needs the group Sailors"}},
		"show":                       {[]string{"show", "tides"}, open, exitDone, []string{"High water at noon"}},
		"show, its data":             {[]string{"show", "tides", "--format", "csv"}, open, exitDone, []string{"12,6.1"}},
		"a format that it lacks":     {[]string{"show", "tides", "--format", "json"}, open, exitUsage, []string{"tides has no json"}},
		"show, nearly":               {[]string{"show", "tide"}, "", exitUsage, []string{"dataframe, tides; did you mean tides?"}},
		"completion":                 {[]string{"__complete", "show", "ti"}, "", exitDone, []string{"tides\n"}},
		"help":                       {[]string{"--help"}, "", exitDone, []string{"five pages shown as tabs"}},
		"config show":                {[]string{"config", "show"}, open, exitDone, []string{"pages.tides.groups", "pages.tides.data", "tides.csv"}},
		"config, nearly":             {[]string{"pages"}, "pages: {tydes: {groups: []}}\n", exitConfig, []string{"plotting, tides; did you mean tides?"}},
		"config, keys that it takes": {[]string{"pages"}, "pages: {tides: {size: 1}}\n", exitConfig, []string{"known here: data, groups"}},
		"Home":                       {[]string{"show", "home"}, "", exitDone, []string{"5 Tides Demo", "When the water is high.", "for Sailors"}},
		"Home, small":                {[]string{"show", "home", "--size", "80x22"}, "", exitDone, []string{"5 Tides", "When the water", "for Sailors"}},
		"the tour": {[]string{"demo", "--tour", "--size", "80x24"}, "", exitDone, []string{
			"nobody, tab 5: log in first", "both@example.com, tab 5: no access", "newcomer@example.com, tab 5: no access", "5 Tides Demo",
			"nobody                   open    log in first          log in first    open              log in first",
		}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			p := withTides(t)
			if tt.config != "" {
				p.env["TABGATE_CONFIG"] = p.write("config.yaml", tt.config)
			}
			got := p.run(tt.args...)
			if got.code != tt.code {
				t.Errorf("exit %d, want %d", got.code, tt.code)
			}
			for _, want := range tt.says {
				if !strings.Contains(got.out+got.err, want) {
					t.Errorf("it does not say %q:\n%s%s", want, got.out, got.err)
				}
			}
		})
	}
}

// The template that a person starts from names the page too.
func TestAFifthPageIsInTheTemplate(t *testing.T) {
	p := withTides(t)
	path := filepath.Join(p.home, "config.yaml")
	p.env["TABGATE_CONFIG"] = path
	if got := p.run("config", "init"); got.code != exitDone {
		t.Fatalf("exit %d: %s", got.code, got.err)
	}
	text, err := os.ReadFile(path)
	if want := "\n#   tides: {groups: [Sailors], data: figures.csv}\n"; err != nil || !strings.Contains(string(text), want) {
		t.Errorf("%v: no %q in\n%s", err, want, text)
	}
}

// In the app it has a tab, a number key and a heading in the help.
func TestAFifthPageIsATab(t *testing.T) {
	p := withTides(t)
	w := world{
		env: func(key string) (string, bool) { v, ok := p.env[key]; return v, ok }, dir: p.home, out: io.Discard, err: io.Discard,
		now: time.Now, listed: p.listed, draw: p.draw,
	}
	c := appIn(&w)
	cfg, err := config.Load(config.Options{Env: w.env, Demo: true, Pages: c.pages()})
	if err != nil {
		t.Fatal(err)
	}
	cfg.Pages["tides"] = session.Rule{}
	root := c.model(t.Context(), cfg, nil)
	for _, step := range []struct {
		msg  tea.Msg
		want []string
	}{
		{tea.WindowSizeMsg{Width: 120, Height: 30}, []string{"5 Tides Demo"}},
		{page.Key("5"), []string{"High water at noon", "turn the tide"}},
		{page.Key("?"), []string{"Tides Demo", "turn the tide", "1-5"}},
	} {
		root.Update(step.msg)
		for _, want := range step.want {
			if frame := root.View(); !strings.Contains(frame, want) {
				t.Errorf("after %v, there is no %q in\n%s", fmt.Sprint(step.msg), want, frame)
			}
		}
	}
}
