package tui

import (
	"strconv"
	"strings"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/muesli/termenv"

	"github.com/authtabs/tabgate/auth/session"
	"github.com/authtabs/tabgate/tui/cell"
	"github.com/authtabs/tabgate/tui/theme"
)

// barStyle is how much the tab bar says. Each entry of barStyles says less
// than the one before; the first that fits is drawn.
type barStyle struct {
	brand, wholeTitles, wholeName bool
	badge                         bool // the pool is the local one
	store                         bool // the tokens are in a file
	shortTitles                   bool // first words
	name                          bool
	activeOnly                    bool // only the shown tab has a title
}

var barStyles = []barStyle{
	{brand: true, wholeTitles: true, wholeName: true, name: true, badge: true, store: true},
	{wholeTitles: true, wholeName: true, name: true, badge: true, store: true},
	{wholeTitles: true, name: true, badge: true, store: true},
	{shortTitles: true, wholeName: true, name: true, badge: true, store: true},
	{shortTitles: true, name: true, badge: true, store: true},
	{shortTitles: true, wholeName: true, name: true, badge: true},
	{shortTitles: true, name: true, badge: true},
	{shortTitles: true, name: true},
	{shortTitles: true},
	{activeOnly: true, name: true},
	{activeOnly: true},
	{},
}

// piece is a run of words in the bar; act makes it clickable.
type piece struct {
	text   string
	fg, bg theme.RGB
	attr   cell.Attr
	act    action
}

// tabBar draws the top line: tabs at the left, who is signed in at the right.
func (r *Root) tabBar(g *cell.Grid) []hit {
	var left, right []piece
	for _, style := range barStyles {
		left, right = r.tabPieces(style), r.personPieces(style)
		if length(left)+length(right)+1 <= r.width {
			break
		}
	}
	g.Fill(r.env.Theme.Surface)
	hits := draw(g, 0, left)
	return append(hits, draw(g, max(r.width-length(right), length(left)), right)...)
}

func length(pieces []piece) (n int) {
	for _, p := range pieces {
		n += cell.Width(p.text)
	}
	return n
}

func draw(g *cell.Grid, x int, pieces []piece) (hits []hit) {
	for _, p := range pieces {
		w := cell.Width(p.text)
		g.Rect(x, 0, w, 1, p.bg)
		g.Text(x, 0, p.text, p.fg, p.attr)
		if p.act != nil {
			hits = append(hits, hit{x: x, w: w, h: 1, act: p.act})
		}
		x += w
	}
	return hits
}

func (r *Root) tabPieces(style barStyle) []piece {
	t := r.env.Theme
	var out []piece
	if style.brand {
		out = append(out, piece{text: " tabgate ", fg: t.Accent, bg: t.Surface, attr: cell.Bold})
	}
	for i := range r.tabs {
		p := piece{text: r.tabText(i, style), fg: t.Text, bg: t.Surface, act: func() tea.Cmd { return r.show(i) }}
		if r.verdict(i) != session.Open {
			p.fg = t.Muted
		}
		if i == r.shown {
			p.fg, p.bg, p.attr = t.OnAccent, t.Accent, r.bold()
		}
		out = append(out, p)
	}
	return out
}

// tabText is " 2 Plotting Demo ⊘ ". Without colours, brackets mark the tab in
// view.
func (r *Root) tabText(i int, style barStyle) string {
	title := session.Clean(r.tabs[i].spec.Title, 40)
	switch {
	case style.wholeTitles, style.activeOnly && i == r.shown:
	case style.shortTitles:
		title, _, _ = strings.Cut(title, " ")
	default:
		title = ""
	}
	words := []string{strconv.Itoa(i + 1)}
	if title != "" {
		words = append(words, title)
	}
	if r.verdict(i) != session.Open {
		words = append(words, r.lockMark())
	}
	text := strings.Join(words, " ")
	if i == r.shown && r.env.Theme.Renderer.ColorProfile() == termenv.Ascii {
		return "[" + text + "]"
	}
	return " " + text + " "
}

// bold is for dark words on a bright ground: with 16 colours, terminals make
// bold black grey, which nobody can read there.
func (r *Root) bold() cell.Attr {
	if r.env.Theme.Renderer.ColorProfile() == termenv.ANSI {
		return 0
	}
	return cell.Bold
}

func (r *Root) lockMark() string { return r.sign("⊘", "x") }

func (r *Root) personPieces(style barStyle) []piece {
	t := r.env.Theme
	var out []piece
	if r.o.LocalPool && style.badge {
		out = append(out, piece{text: " local pool ", fg: t.OnAccent, bg: t.Warn})
	}
	s := r.account.session
	if !s.Live(r.env.Now()) {
		if style.name && r.o.Auth != nil {
			text := " signed out "
			if s.SignedIn() {
				text = " session ended "
			}
			out = append(out, piece{text: text, fg: t.Muted, bg: t.Surface, act: r.press(r.keys.login)})
		}
		return out
	}
	if s.TokenStore == "file" && style.store {
		if len(out) > 0 {
			out = append(out, piece{text: " ", bg: t.Surface})
		}
		out = append(out, piece{text: " tokens in a file ", fg: t.OnAccent, bg: t.Warn})
	}
	name := session.Clean(s.Name(), 40)
	if !style.wholeName {
		name, _, _ = strings.Cut(name, "@")
		name = cell.Cut(name, 14)
	}
	if style.name {
		out = append(out, piece{text: " " + name + " ", fg: t.Text, bg: t.Surface, attr: cell.Bold})
	}
	return out
}
