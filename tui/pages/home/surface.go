package home

import (
	"slices"
	"strconv"
	"strings"

	"github.com/authtabs/tabgate/auth/session"
	"github.com/authtabs/tabgate/data/dashboard"
	"github.com/authtabs/tabgate/tui/cell"
	"github.com/authtabs/tabgate/tui/page"
	"github.com/authtabs/tabgate/tui/theme"
	"github.com/authtabs/tabgate/tui/widget"
)

const (
	title = "Welcome to tabgate"
	intro = "A dashboard for colleagues, without a web server. They sign in with Amazon Cognito in their own browser; " +
		"each tab opens to the groups that it belongs to, and closes again when the session ends."
)

// surface is what a frame is drawn on, with what it shows. It collects what can
// be clicked, and the keys on buttons.
type surface struct {
	grid  *cell.Grid
	theme *theme.Theme
	zones widget.Zones[int] // where a click means which item
	keys  []string

	who      person
	items    []item
	at       int  // the item with the cursor
	bare     bool // without button
	pages    dashboard.Pages
	sketches *sketches
}

// paragraph writes at most most lines of w cells and gives how many it wrote.
func (s *surface) paragraph(x, y, w, most int, text string, color theme.RGB) int {
	lines := page.Wrap(text, w)
	for i, line := range lines {
		if i == most {
			return most
		}
		if i == most-1 && len(lines) > most {
			line = cell.Cut(strings.TrimRight(line, ".,:; ")+"…", w)
		}
		s.grid.Text(x, y+i, line, color, 0)
	}
	return len(lines)
}

// row writes an item on one line, highlighted when it has the cursor.
func (s *surface) row(x, y, w, i int, text, note string, noteColor theme.RGB) {
	t := s.theme
	color := t.Text
	if i == s.at {
		s.grid.Rect(x, y, w, 1, t.Selection)
		s.grid.Text(x, y, sign(t, "›", ">"), t.Accent, cell.Bold)
		s.grid.SetCursor(x, y, false)
		color = t.Accent
	}
	used := 2 + s.grid.Text(x+2, y, cell.Cut(text, w-2), color, 0)
	if room := w - used - 2; note != "" && room > 3 {
		note = cell.Cut(note, room)
		s.grid.Text(x+w-cell.Width(note), y, note, noteColor, 0)
	}
	s.zones.Add(cell.Rect{X: x, Y: y, W: w, H: 1}, i)
}

// button draws the item that logs in or out, if there is one, and returns the
// cells that it took.
func (s *surface) button(x, y, w int) (used int) {
	i := slices.IndexFunc(s.items, func(it item) bool { return it.button })
	if i < 0 {
		return 0
	}
	it := s.items[i]
	t := s.theme
	s.keys = append(s.keys, "l")
	text := cell.Cut(" l  "+it.text+" ", w)
	fg, bg := t.Accent, t.Selection
	if i == s.at {
		fg, bg = t.OnAccent, t.Accent
		text = sign(t, "›", ">") + text[1:]
		s.grid.SetCursor(x, y, false)
	}
	n := cell.Width(text)
	s.grid.Rect(x, y, n, 1, bg)
	s.grid.Text(x, y, text, fg, 0)
	s.zones.Add(cell.Rect{X: x, Y: y, W: n, H: 1}, i)
	return n
}

// card draws the frame of a tab's card: its number and title, and at the
// right what the gate says.
func (s *surface) card(x, y, w, ht, i int, it item) {
	t := s.theme
	border, title := t.Faint, t.Text
	if i == s.at {
		border, title = t.Accent, t.Accent
	}
	s.grid.Box(x, y, w, ht, border)
	mark, color := s.verdict(it.tab)
	name := " " + strconv.Itoa(it.number) + " " + it.text
	for at := 0; cell.Width(name) >= w-6; name = name[:at] { // whole words, as the tab bar has them
		if at = strings.LastIndex(name, " "); at < 3 {
			break
		}
	}
	if i == s.at {
		name = sign(t, "›", ">") + name[1:]
		s.grid.SetCursor(x+2, y, false)
	}
	name = cell.Cut(name+" ", w-6)
	s.grid.Text(x+2, y, name, title, cell.Bold)
	s.grid.Text(x+w-5, y, " "+mark+" ", color, cell.Bold)
	s.zones.Add(cell.Rect{X: x, Y: y, W: w, H: ht}, i)
}

// verdict gives the mark and the colour of what the gate says of a tab.
func (s *surface) verdict(tab *page.Tab) (mark string, color theme.RGB) {
	t := s.theme
	if tab.Verdict == session.Open {
		return sign(t, "✓", "+"), t.Good
	}
	return sign(t, "⊘", "x"), t.Warn
}

// entries writes a legend, at most most lines of w cells, and gives how many
// it wrote. An entry that does not fit on one line is left out with all that
// follow.
func (s *surface) entries(x, y, w, most int, legend []entry) int {
	t := s.theme
	for i, e := range legend {
		if i >= most || len(page.Wrap(e.text, w-2)) != 1 {
			return i
		}
		s.grid.Text(x, y+i, sign(t, "■", "#"), e.color, 0)
		if e.color == t.Background {
			s.grid.Text(x, y+i, " ", e.color, 0)
		}
		s.grid.Text(x+2, y+i, e.text, t.Muted, 0)
	}
	return len(legend)
}
