package sheet_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/lipgloss"
	"github.com/muesli/termenv"

	"github.com/authtabs/tabgate/tui/cell"
	"github.com/authtabs/tabgate/tui/chart"
	"github.com/authtabs/tabgate/tui/sheet"
	"github.com/authtabs/tabgate/tui/theme"
)

// made is a source of cells that say where they stand: "r12c3", and of one
// column of numbers.
type made struct {
	rows, cols int
	whole      bool
	unfinished bool
	err        error
	long       string // the text of each cell of column 2, if it is not empty
	asked      []sheet.Part
}

func (m *made) Columns() []sheet.Column {
	out := make([]sheet.Column, m.cols)
	for c := range out {
		out[c] = sheet.Column{Title: fmt.Sprintf("head%d", c), Right: c == 1}
	}
	return out
}

func (m *made) Size() sheet.Size {
	return sheet.Size{Rows: m.rows, Complete: !m.unfinished, Whole: m.whole}
}

func (m *made) text(row, col int) string {
	switch {
	case col == 1:
		return fmt.Sprint((row*7 + 3) % m.rows)
	case col == 2 && m.long != "":
		return m.long
	}
	return fmt.Sprintf("r%dc%d", row, col)
}

func (m *made) Cells(ctx context.Context, p sheet.Part) ([][]sheet.Text, error) {
	rows, err := m.Raw(ctx, p)
	return sheet.Texts(rows), err
}

func (m *made) Raw(_ context.Context, p sheet.Part) ([][]string, error) {
	m.asked = append(m.asked, p)
	if m.err != nil {
		return nil, m.err
	}
	places := p.Places()
	for i := p.From; p.Order == nil && i < min(p.From+p.N, m.rows); i++ {
		places = append(places, uint32(i))
	}
	out := make([][]string, len(places))
	for i, place := range places {
		for _, c := range p.Columns {
			out[i] = append(out[i], m.text(int(place), c))
		}
	}
	return out, nil
}

func (m *made) Card(_ context.Context, place int) ([]sheet.Field, error) {
	var out []sheet.Field
	for c := range m.cols {
		out = append(out, sheet.Field{Name: fmt.Sprintf("head%d", c), Lines: strings.Split(m.text(place, c), "\n")})
	}
	return out, m.err
}

func (m *made) Search(_ context.Context, text string) (sheet.Hits, error) {
	h := sheet.Hits{}
	in := map[int]bool{}
	for r := range m.rows {
		for c := range m.cols {
			if strings.Contains(m.text(r, c), text) {
				h.Cells, in[r] = append(h.Cells, sheet.Cell{Row: r, Col: c}), true
			}
		}
	}
	h.Count = len(in)
	if !m.whole {
		h.Cells, h.Rows = nil, func(place int) bool { return in[place] }
	}
	return h, m.err
}

// table is a sheet with where it is drawn.
type table struct {
	*sheet.Sheet
	t    testing.TB
	src  *made
	g    *cell.Grid
	w, h int
	errs []error
}

func open(t testing.TB, src *made) *table {
	return openAt(t, src, 80, 14)
}

func openAt(t testing.TB, src *made, w, h int) *table {
	tt := &table{sheet.New(context.Background(), src), t, src, nil, w, h, nil}
	tt.draw()
	return tt
}

func look() *theme.Theme {
	r := lipgloss.NewRenderer(io.Discard)
	r.SetColorProfile(termenv.Ascii)
	return theme.New(r, theme.Options{Dark: true, Glyphs: theme.Quadrant})
}

// draw draws until all that is in view has been read, and returns the lines.
func (tt *table) draw() string {
	for range 20 {
		tt.g = cell.NewGrid(tt.w, tt.h)
		// As a panel draws it: below a line with what is searched for, and above
		// one of the panel's own.
		area := chart.Rect{W: tt.w, H: tt.h}
		if tt.h >= 5 {
			area.Y, area.H = 1, tt.h-2
			if tt.Typing() || tt.Found() {
				tt.DrawFind(tt.g, cell.Rect{W: tt.w, H: 1}, look())
			}
		}
		tt.Draw(tt.g, area, sheet.View{
			Theme: look(), Lit: sheet.Cell{Row: tt.Row, Col: tt.Col},
			Mark:   func(int) (rune, cell.RGB, bool) { return 0, cell.RGB{}, false },
			Sorted: func(int) string { return "" },
		})
		in := tt.Need()
		if in.Cmd == nil {
			break
		}
		tt.do(in)
	}
	return tt.g.String()
}

// do does what the table wants done, and returns what is left for a page.
func (tt *table) do(in sheet.Intent) sheet.Intent {
	for in.Cmd != nil {
		in = tt.Take(in.Cmd().(sheet.Answer))
	}
	if in.Err != nil {
		tt.errs = append(tt.errs, in.Err)
	}
	return in
}

var keys = map[string]tea.KeyType{
	"up": tea.KeyUp, "down": tea.KeyDown, "left": tea.KeyLeft, "right": tea.KeyRight, "pgup": tea.KeyPgUp, "pgdown": tea.KeyPgDown, "home": tea.KeyHome, "end": tea.KeyEnd,
	"enter": tea.KeyEnter, "esc": tea.KeyEsc, "shift+down": tea.KeyShiftDown, "shift+right": tea.KeyShiftRight, "shift+up": tea.KeyShiftUp, "shift+left": tea.KeyShiftLeft,
}

func (tt *table) press(names ...string) (last sheet.Intent) {
	for _, name := range names {
		msg := tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune(name)}
		if k, ok := keys[name]; ok {
			msg = tea.KeyMsg{Type: k}
		}
		in, ok := tt.Key(msg)
		if !ok {
			tt.t.Errorf("%q is no key here", name)
		}
		last = tt.do(in)
		tt.draw()
	}
	return last
}

func (tt *table) at(row, col int) {
	tt.t.Helper()
	if tt.Row != row || tt.Col != col {
		tt.t.Errorf("the cursor is at %d,%d, want %d,%d", tt.Row, tt.Col, row, col)
	}
}

func (tt *table) shows(parts ...string) {
	tt.t.Helper()
	text := tt.draw()
	for _, p := range parts {
		if !strings.Contains(text, p) {
			tt.t.Errorf("there is no %q in\n%s", p, text)
		}
	}
}

// find is the place of a text on the screen.
func (tt *table) find(text string) (x, y int) {
	tt.t.Helper()
	for y, line := range strings.Split(tt.draw(), "\n") {
		if i := strings.Index(line, text); i >= 0 {
			return cell.Width(line[:i]), y
		}
	}
	tt.t.Fatalf("there is no %q in\n%s", text, tt.draw())
	return 0, 0
}

func TestKeysMoveTheCursor(t *testing.T) {
	for name, whole := range map[string]bool{"in memory": true, "in a file": false} {
		t.Run(name, func(t *testing.T) {
			tt := open(t, &made{rows: 5000, cols: 40, whole: whole})
			tt.press("down", "down", "right", "up")
			tt.at(1, 1)
			tt.press("G")
			tt.at(4999, 1)
			tt.shows("r4999c0", "r4989c0")
			tt.press("pgup", "end")
			tt.at(4989, 39)
			tt.shows("r4989c39", "head39")
			tt.press("g", "home", "left", "up")
			tt.at(0, 0)
			tt.shows("r0c0", "head1")
		})
	}
}

func TestOnlyCellsInViewAreRead(t *testing.T) {
	src := &made{rows: 100_000, cols: 10_000}
	tt := open(t, src)
	tt.press("G", "end")
	tt.shows("r99999c9999")
	for _, p := range src.asked {
		if n := len(p.Columns) * p.N; n > 20_000 {
			t.Errorf("%d rows of %d columns were read at once", p.N, len(p.Columns))
		}
	}
	n := len(src.asked)
	if tt.press("up", "left"); len(src.asked) != n {
		t.Error("what was in memory was read again")
	}
}

func TestSortingIsAskedOfThePage(t *testing.T) {
	tt := open(t, &made{rows: 1000, cols: 3})
	if in := tt.press("right", "s"); !in.Sort {
		t.Errorf("%+v", in)
	}
	x, y := tt.find("head2")
	if in, ok := tt.Press(x, y, false); !ok || !in.Sort || tt.Col != 2 {
		t.Errorf("a click on a heading wants %+v of column %d", in, tt.Col)
	}
}

func TestSearchGoesRound(t *testing.T) {
	for name, whole := range map[string]bool{"in memory": true, "in a file": false} {
		t.Run(name, func(t *testing.T) {
			tt := open(t, &made{rows: 66, cols: 3, whole: whole})
			tt.press("/", "r", "6", "3")
			if !tt.Typing() {
				t.Error("no text is typed")
			}
			tt.press("enter")
			if tt.Row != 63 {
				t.Errorf("the search went to row %d", tt.Row)
			}
			tt.press("esc", "g", "/", "6", "c", "0", "enter")
			if first := tt.Row; first != 6 || !tt.Found() {
				t.Errorf("the first match is in row %d", first)
			}
			tt.press("n", "n")
			if tt.Row != 26 {
				t.Errorf("the third match is in row %d", tt.Row)
			}
			tt.press("N", "N", "N")
			if tt.Row != 56 {
				t.Errorf("the match before the first is in row %d", tt.Row)
			}
			tt.press("esc", "g", "/", "n", "o", "p", "e", "enter")
			tt.shows("no match")
			if tt.press("esc"); tt.Found() {
				t.Error("esc does not drop the search")
			}
		})
	}
}

func TestACopyHasTheSelectionAsItStands(t *testing.T) {
	for name, whole := range map[string]bool{"in memory": true, "in a file": false} {
		t.Run(name, func(t *testing.T) {
			tt := open(t, &made{rows: 5000, cols: 4, whole: whole, long: "two\nlines \"x\""})
			if in := tt.press("right", "right", "y"); in.Copy != "two\nlines \"x\"" || in.What != "1 cell" {
				t.Errorf("%+v", in)
			}
			in := tt.press("shift+right", "shift+down", "y")
			if want := "\"two\nlines \"\"x\"\"\"\tr0c3\n\"two\nlines \"\"x\"\"\"\tr1c3"; in.Copy != want || in.What != "4 cells" {
				t.Errorf("%+v", in)
			}
			tt.press("g", "home")
			x, y := tt.find("r0c0")
			tt.Press(x, y, false)
			tt.Release()
			tt.press("G", "left")
			x, y = tt.find("r4999c0")
			tt.MoveTo(0, 0)
			tt.Press(x, y, true)
			if in := tt.press("y"); in.What != "5,000 cells" || !strings.HasSuffix(in.Copy, "\nr4999c0") {
				t.Errorf("%.80s … %s", in.Copy, in.What)
			}
			if in := tt.press("g", "Y"); !strings.HasPrefix(in.Copy, "head0\thead1\thead2\thead3\nr0c0\t") {
				t.Errorf("%.80s", in.Copy)
			}
		})
	}
}

func TestColumnsHaveTheWidthsThatTheirCellsNeed(t *testing.T) {
	tt := open(t, &made{rows: 50, cols: 5, whole: true, long: strings.Repeat("é", 200)})
	width := func() int {
		x, _ := tt.find("head2")
		next, _ := tt.find("head3")
		return next - x
	}
	if w := width(); w != 30 {
		t.Errorf("a column of long texts takes %d cells", w)
	}
	tt.press("right", "right", ">", ">")
	if w := width(); w != 34 {
		t.Errorf("made wider it takes %d cells", w)
	}
	tt.press("=")
	if w := width(); w != 30 {
		t.Errorf("given back it takes %d cells", w)
	}
	x, y := tt.find("head2")
	tt.Press(x+28, y, false)
	if tt.Drag(x+20, y); !tt.Held() {
		t.Error("the edge is not held")
	}
	if tt.Release(); width() != 22 || tt.Held() {
		t.Errorf("dragged it takes %d cells", width())
	}
}

func TestTheMouseSelectsAndScrolls(t *testing.T) {
	tt := open(t, &made{rows: 500, cols: 5})
	x, y := tt.find("r3c2")
	if in, ok := tt.Press(x, y, false); !ok || in.Mark {
		t.Errorf("a press on a cell is %+v, %v", in, ok)
	}
	tt.at(3, 2)
	tt.Drag(x+8, y+2)
	tt.Release()
	if rows, cols := tt.Selected(); rows != 3 || cols != 2 {
		t.Errorf("%d × %d cells are selected", rows, cols)
	}
	if c, ok := tt.Under(x, y); !ok || c != (sheet.Cell{Row: 3, Col: 2}) {
		t.Errorf("under the pointer is %v", c)
	}
	if in, _ := tt.Press(0, y, false); !in.Mark {
		t.Error("a press on the mark is none")
	}
	tt.Scroll(100, 0)
	tt.shows("r100c0", "r102c0")
	if _, ok := tt.Press(5, 100, false); ok {
		t.Error("a press outside is one on the table")
	}
}

func TestWhatCannotBeReadIsToldOnce(t *testing.T) {
	src := &made{rows: 5000, cols: 4, err: errors.New("the disk is gone")}
	tt := open(t, src)
	tt.draw()
	if len(tt.errs) != 1 || len(src.asked) != 1 {
		t.Errorf("%d errors, asked %d times", len(tt.errs), len(src.asked))
	}
	tt.press("right", "enter", "y")
	if len(tt.errs) != 3 || tt.Carded() {
		t.Errorf("%d errors: %v", len(tt.errs), tt.errs)
	}
	tt.shows("…")
}

func TestAnswersToOlderQuestionsAreDropped(t *testing.T) {
	tt := open(t, &made{rows: 5000, cols: 4})
	slow := tt.OpenRow().Cmd
	tt.MoveTo(7, 0)
	tt.do(tt.OpenRow())
	if tt.Take(slow().(sheet.Answer)); !strings.Contains(tt.draw(), "Row 8 of") {
		t.Errorf("an older row was taken:\n%s", tt.draw())
	}
	tt.press("esc")
	slow = tt.OpenRow().Cmd
	if tt.Busy() != "reading the row" {
		t.Errorf("busy with %q", tt.Busy())
	}
	tt.press("esc")
	if tt.Take(slow().(sheet.Answer)); tt.Busy() != "" || tt.Carded() {
		t.Error("work that was stopped was taken")
	}
	other := open(t, &made{rows: 9, cols: 4})
	if in := other.Take(tt.OpenRow().Cmd().(sheet.Answer)); in.Err != nil || other.Carded() {
		t.Error("an answer to another table was taken")
	}
}

func TestAnotherSourceKeepsTheCursor(t *testing.T) {
	tt := open(t, &made{rows: 100, cols: 5, unfinished: true})
	tt.press("pgdown", "right", "right", ">")
	row := tt.Row
	tt.Show(&made{rows: 100_000, cols: 5, long: "other"}, nil)
	tt.at(row, 2)
	tt.shows("other")
	tt.Show(&made{rows: 2, cols: 2}, nil)
	tt.at(1, 1)
	tt.shows("r1c0")
}

func TestEverySizeFits(t *testing.T) {
	for _, src := range []*made{{rows: 0, cols: 3}, {rows: 1, cols: 1}, {rows: 3000, cols: 60, long: "long long\ntext"}} {
		tt := openAt(t, src, 80, 24)
		for w := 1; w <= 200; w += 1 + w/2 {
			for h := 1; h <= 60; h += 1 + h/2 {
				tt.w, tt.h = w, h
				text := tt.draw()
				if src.rows > 0 {
					tt.press("enter")
					text += "\n" + tt.draw()
					tt.press("pgdown", "esc", "down")
				}
				for _, line := range strings.Split(text, "\n") {
					if cell.Width(line) > w {
						t.Fatalf("at %dx%d a line is wider: %q", w, h, line)
					}
				}
			}
		}
	}
}
