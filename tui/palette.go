package tui

import (
	"fmt"
	"slices"
	"strings"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"
	"github.com/sahilm/fuzzy"

	"github.com/authtabs/tabgate/tui/box"
	"github.com/authtabs/tabgate/tui/cell"
	"github.com/authtabs/tabgate/tui/page"
	"github.com/authtabs/tabgate/tui/theme"
	"github.com/authtabs/tabgate/tui/widget"
)

// found is something with a name, and what choosing it says.
type found struct {
	name string
	kind string // what it is: "tab"
	key  string // that does the same
	msg  tea.Msg
	hits []int // bytes of name that were typed
}

// palette is the box that finds everything by its name.
type palette struct {
	theme *theme.Theme
	all   []found
	fits  []found
	field widget.Field
	at    int
	top   int
	box.Size
}

func newPalette(t *theme.Theme, all []found) *palette {
	b := &palette{theme: t, all: all}
	b.filter()
	return b
}

var paletteKeys = struct{ take, stop, up, down, pageUp, pageDown key.Binding }{
	take:     key.NewBinding(key.WithKeys("enter"), key.WithHelp("enter", "take")),
	stop:     key.NewBinding(key.WithKeys("esc"), key.WithHelp("esc", "back")),
	up:       key.NewBinding(key.WithKeys("up", "ctrl+p"), key.WithHelp("↑/↓", "move")),
	down:     key.NewBinding(key.WithKeys("down", "ctrl+n")),
	pageUp:   key.NewBinding(key.WithKeys("pgup")),
	pageDown: key.NewBinding(key.WithKeys("pgdown")),
}

// Capturing reports that text is typed.
func (b *palette) Capturing() bool { return true }

func (b *palette) Keys() []key.Binding {
	k := paletteKeys
	return []key.Binding{k.take, k.up, k.stop, widget.Erase, widget.Move}
}

func (b *palette) Wheel(lines int) { b.at = max(min(b.at+lines, len(b.fits)-1), 0) }

func (b *palette) Key(msg tea.KeyMsg) (cmd tea.Cmd, done bool) {
	k := paletteKeys
	switch {
	case key.Matches(msg, k.stop):
		return nil, true
	case key.Matches(msg, k.take):
		return b.take(b.at)
	case key.Matches(msg, k.up):
		b.Wheel(-1)
	case key.Matches(msg, k.down):
		b.Wheel(1)
	case key.Matches(msg, k.pageUp):
		b.Wheel(-8)
	case key.Matches(msg, k.pageDown):
		b.Wheel(8)
	default:
		if name, ok := strings.CutPrefix(msg.String(), picked); ok { // a click
			at := slices.IndexFunc(b.fits, func(f found) bool { return f.name == name })
			return b.take(at)
		}
		if was := b.field.String(); b.field.Key(msg) && b.field.String() != was {
			b.at, b.top = 0, 0
			b.filter()
		}
	}
	return nil, false
}

// picked begins the key that a click on a line means, which no keyboard has.
const picked = "\x00"

func (b *palette) take(i int) (cmd tea.Cmd, done bool) {
	if i < 0 || i >= len(b.fits) {
		return nil, false
	}
	return page.Send(b.fits[i].msg), true
}

type foundNames []found

func (l foundNames) String(i int) string { return l[i].name }
func (l foundNames) Len() int            { return len(l) }

func (b *palette) filter() {
	query := strings.TrimSpace(b.field.String())
	if query == "" {
		b.fits = b.all
		return
	}
	b.fits = nil
	for _, hit := range fuzzy.FindFrom(query, foundNames(b.all)) {
		f := b.all[hit.Index]
		f.hits = hit.MatchedIndexes
		b.fits = append(b.fits, f)
	}
}

// paletteWidth is how wide the box is at most.
const paletteWidth = 64

func (b *palette) Panel() box.Panel {
	w := min(b.W, paletteWidth)
	rows := max(min(len(b.all), b.H-4, 16), 1)
	out := box.Panel{Rect: cell.Rect{X: max(b.W-w, 0) / 2, Y: max(b.H-rows-4, 0) / 4, W: w, H: rows + 3}}
	out.Title, out.Right = "Everything with a name", fmt.Sprintf("%d of %d", len(b.fits), len(b.all))
	b.top = max(min(b.top, b.at), b.at-rows+1, 0)
	shown := b.fits[b.top:min(b.top+rows, len(b.fits))]
	for i, f := range shown {
		out.Zones.Add(cell.Rect{X: 1, Y: 2 + i, W: w - 2, H: 1}, picked+f.name)
	}
	out.Also = func(g *cell.Grid) {
		at := 2 + g.Text(2, 1, box.Sign(b.theme, "▸ ", "> "), b.theme.Text, 0)
		b.field.Draw(g, at, 1, g.W-at-2, b.theme.Text, 0)
		if b.field.Empty() {
			g.Text(at+1, 1, cell.Cut("type a tab, a column, or what a key does", g.W-at-3), b.theme.Muted, 0)
		}
		for i, f := range shown {
			b.draw(g, 2+i, f, b.top+i == b.at)
		}
		if len(shown) == 0 {
			g.Text(3, 2, "No results", b.theme.Muted, 0)
		}
	}
	return out
}

func (b *palette) draw(g *cell.Grid, y int, f found, here bool) {
	t, bg := b.theme, b.theme.Overlay
	if here {
		bg = t.Selection
		g.Rect(1, y, g.W-2, 1, bg)
		g.Text(1, y, box.Sign(t, "▸", ">"), cell.Readable(t.Accent, bg, 4.5), cell.Bold)
	}
	aside := f.kind
	if f.key != "" {
		aside = strings.TrimSpace(aside + "  " + f.key)
	}
	end := g.W - 2 - cell.Width(aside)
	g.Text(end, y, aside, cell.Readable(t.Muted, bg, 4.5), 0)
	x := 3
	for at := 0; at < len(f.name); {
		c, width := cell.First(f.name[at:])
		if x+width > end-1 {
			break
		}
		fg, attr := cell.Readable(t.Text, bg, 4.5), cell.Attr(0)
		if slices.ContainsFunc(f.hits, func(h int) bool { return h >= at && h < at+len(c) }) {
			fg, attr = cell.Readable(t.Accent, bg, 4.5), cell.Bold|cell.Underline
		}
		x += g.Text(x, y, c, fg, attr)
		at += len(c)
	}
}
