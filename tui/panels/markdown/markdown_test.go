package markdown_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/muesli/termenv"

	"github.com/authtabs/tabgate/data/dashboard"
	"github.com/authtabs/tabgate/tui/cell"
	"github.com/authtabs/tabgate/tui/page"
	"github.com/authtabs/tabgate/tui/page/pagetest"
	"github.com/authtabs/tabgate/tui/panels"
	"github.com/authtabs/tabgate/tui/panels/markdown"
)

func text(t *testing.T, src string, w, h int) string {
	t.Helper()
	env := panels.Env{Env: pagetest.Env(t), Panel: dashboard.Panel{Spec: &dashboard.Markdown{Text: src}}}
	p := markdown.New(env)
	pagetest.Open(t, p, w, h)
	v := pagetest.View(env.Env, p, w, h)
	pagetest.Fits(t, v, w, h)
	var lines []string
	for _, line := range strings.Split(v, "\n") {
		lines = append(lines, strings.TrimRight(line, " "))
	}
	return strings.TrimRight(strings.Join(lines, "\n"), "\n")
}

func TestText(t *testing.T) {
	tests := map[string]struct{ src, want string }{
		"a paragraph is wrapped between words":        {"one two three four five", "one two three\nfour five"},
		"a heading stands apart":                      {"# Desk\ntext", "Desk\n\ntext"},
		"emphasis is a matter of style":               {"**all** of *it*, ~~not~~", "all of it, not"},
		"emphasis inside a word keeps it whole":       {"aaaaaaaaa bb**cc**dd", "aaaaaaaaa\nbbccdd"},
		"a tight list has no blank lines":             {"- one\n- two\n  - three", "• one\n• two\n  • three"},
		"an ordered list counts":                      {"3. one\n4. two", "3. one\n4. two"},
		"a long item is indented":                     {"- one two three four", "• one two\n  three four"},
		"code keeps its blanks":                       {"```\na  b\n```", " a  b"},
		"a quote has a line at the left":              {"> said", "│ said"},
		"a link that names its address is that":       {"<https://a.example>", "https://a.exam\nple"},
		"a link tells where it leads":                 {"[rules](https://a.example)", "rules\n(a.example)"},
		"a link to something else is text":            {"[rules](javascript:x)", "rules"},
		"HTML is text":                                {"a <b>c</b>", "a <b>c</b>"},
		"an image is named":                           {"![chart](x.png)", "[image: chart]"},
		"a hard break is one":                         {"one  \ntwo", "one\ntwo"},
		"a thematic break is a line":                  {"a\n\n---\n\nb", "a\n\n" + strings.Repeat("─", 14) + "\n\nb"},
		"a table has columns":                         {"|a|n|\n|---|--:|\n|xx|1|\n|y|22|", "a    n\n──────\nxx   1\ny   22"},
		"a table that is too wide is cut, with signs": {"|a|b|\n|---|---|\n|1234567890|1234567890|", "a       b\n──────────────\n12345…  12345…"},
		"control characters do not reach a terminal":  {"a\x1b[2Jb", "a�[2Jb"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			if got := text(t, tt.src, 14, 8); got != tt.want {
				t.Errorf("got\n%s\nwant\n%s", got, tt.want)
			}
		})
	}
}

func TestALinkLeadsToItsAddress(t *testing.T) {
	env := panels.Env{Env: pagetest.Env(t, termenv.TrueColor), Panel: dashboard.Panel{Spec: &dashboard.Markdown{Text: "[rules](https://a.example/x)"}}}
	p := markdown.New(env)
	pagetest.Open(t, p, 40, 2)
	g := cell.NewGrid(40, 2)
	p.Draw(g)
	if got := g.ANSI(); !strings.Contains(got, "\x1b]8;") || !strings.Contains(got, "https://a.example/x") {
		t.Errorf("%q", got)
	}
}

func TestLinksAreOpened(t *testing.T) {
	text := "See [the rules](https://a.example/x), and below:\n\n" + strings.Repeat("- words\n", 20) + "\n[mail](mailto:a@a.example) and [a link that is broken over two lines](https://b.example/y)\n"
	open := func() panels.Panel {
		p := markdown.New(panels.Env{Env: pagetest.Env(t), Panel: dashboard.Panel{Spec: &dashboard.Markdown{Text: text}}})
		pagetest.Open(t, p, 30, 8)
		p.Focus(true)
		return p
	}
	browses := func(p panels.Panel, msg tea.Msg, want string) {
		t.Helper()
		_, got := pagetest.Settle(t, p.Update, p.Update(msg))
		if want == "" && len(got) > 0 || want != "" && (len(got) != 1 || got[0] != tea.Msg(page.Browse{URL: want})) {
			t.Errorf("it asks for %v, want %s", got, want)
		}
	}
	key := func(s string) tea.Msg { return pagetest.Key(s) }
	p := open()
	browses(p, key("enter"), "")
	p.Update(key("n"))
	browses(p, key("enter"), "https://a.example/x")
	p.Update(key("n"))
	if v := pagetest.View(pagetest.Env(t), p, 30, 8); !strings.Contains(v, "a link") || !strings.Contains(v, "broken over") {
		t.Errorf("the chosen link is not in view:\n%s", v)
	}
	browses(p, key("enter"), "https://b.example/y")
	p.Update(key("n"))
	browses(p, key("enter"), "https://a.example/x")
	p.Update(key("N"))
	browses(p, key("enter"), "https://b.example/y")

	p = open()
	click := func(x, y int) tea.Msg {
		return tea.MouseMsg{X: x, Y: y, Action: tea.MouseActionPress, Button: tea.MouseButtonLeft}
	}
	browses(p, click(6, 0), "https://a.example/x")
	browses(p, click(1, 0), "")
}

func TestAFile(t *testing.T) {
	open := func(load func(context.Context, string, int64) ([]byte, error)) string {
		env := panels.Env{Env: pagetest.Env(t), Load: load, Panel: dashboard.Panel{Spec: &dashboard.Markdown{Path: "home.md"}}}
		p := markdown.New(env)
		pagetest.Open(t, p, 40, 4)
		return pagetest.View(env.Env, p, 40, 4)
	}
	t.Run("is read", func(t *testing.T) {
		got := open(func(_ context.Context, path string, _ int64) ([]byte, error) { return []byte("from " + path), nil })
		if !strings.Contains(got, "from home.md") {
			t.Error(got)
		}
	})
	t.Run("that cannot be read says why", func(t *testing.T) {
		got := open(func(context.Context, string, int64) ([]byte, error) { return nil, errors.New("home.md is gone") })
		if !strings.Contains(got, "home.md is gone") {
			t.Error(got)
		}
	})
}

func TestALongTextScrolls(t *testing.T) {
	env := panels.Env{Env: pagetest.Env(t), Panel: dashboard.Panel{Spec: &dashboard.Markdown{Text: strings.Repeat("line\n\n", 20) + "end"}}}
	p := markdown.New(env)
	pagetest.Open(t, p, 20, 5)
	if strings.Contains(pagetest.View(env.Env, p, 20, 5), "end") {
		t.Error("the end is in view at first")
	}
	pagetest.Press(t, p, "G")
	if got := pagetest.View(env.Env, p, 20, 5); !strings.Contains(got, "end") {
		t.Errorf("G does not show the end:\n%s", got)
	}
	if n := p.(panels.Sizer).Lines(20); n != 41 {
		t.Errorf("it needs %d lines, want 41", n)
	}
}

func FuzzText(f *testing.F) {
	f.Add("# a\n- b\n\n> `c` [d](https://e)\n\n|a|b|\n|-|-|\n|1|2|", 12)
	f.Add("世界\u200d*a*\tb", 3)
	f.Fuzz(func(t *testing.T, src string, w int) {
		if w < 1 || w > 200 || len(src) > 4000 {
			return
		}
		env := panels.Env{Env: pagetest.Env(t), Panel: dashboard.Panel{Spec: &dashboard.Markdown{Text: src}}}
		p := markdown.New(env)
		pagetest.Open(t, p, w, 6)
		g := cell.NewGrid(w, 6)
		p.Draw(g)
		for y := range g.H { // What a terminal makes of a cluster may differ.
			for x := range g.W {
				for _, r := range g.Cluster(g.At(x, y)) {
					if r < ' ' || r == 0x7f || r >= 0x80 && r < 0xa0 {
						t.Fatalf("the control character %U is drawn", r)
					}
				}
			}
		}
		if n := p.(panels.Sizer).Lines(w); n < 0 || n > 20*len(src)+20 {
			t.Fatalf("%d lines of %d bytes", n, len(src))
		}
	})
}
