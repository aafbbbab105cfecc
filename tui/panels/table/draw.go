package table

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/authtabs/tabgate/data/query"
	"github.com/authtabs/tabgate/tui/cell"
	"github.com/authtabs/tabgate/tui/page"
	"github.com/authtabs/tabgate/tui/sheet"
)

// draw draws into g, and finds out where a click means what.
func (p *Panel) draw(g *cell.Grid) {
	t := p.env.Theme
	g.Fill(t.Background)
	p.pen = pen{Grid: g, t: t, zones: p.pen.zones[:0], bare: p.env.Bare}
	p.laid = true
	p.sheet.Undrawn()
	if p.sub != nil {
		p.sub.table().Undrawn()
	}
	if p.width == 0 || p.height == 0 {
		return
	}
	top := 0
	if p.height >= 3 {
		p.title()
		top = 1
	}
	area := cell.Rect{Y: top, W: p.width, H: p.height - top}
	if lines := instead(&p.body); lines != nil {
		p.message(area, lines)
	} else {
		p.drawTable(area)
	}
	if p.over != nil {
		p.over.draw(p, &p.pen)
	}
}

// drawTable draws the table, the list of its columns, and the line below.
func (p *Panel) drawTable(area cell.Rect) {
	if p.sub != nil {
		if text := p.sub.foot(); text != "" && area.H >= 5 {
			area.H--
			p.pen.Text(1, area.Y+area.H, cell.Cut(text, p.width-2), p.env.Theme.Muted, 0)
		}
		p.sub.table().Draw(p.pen.Grid, area, p.sub.view(p))
		return
	}
	if footed(p) {
		area.H--
		p.foot(area.Y + area.H)
	}
	if p.listed() {
		w := listWidth(p)
		area.W -= w
		for y := range area.H {
			p.pen.Text(area.W, area.Y+y, p.pen.sign("│", "|"), p.env.Theme.Faint, 0)
		}
		drawList(p, cell.Rect{X: area.W + 1, Y: area.Y, W: w - 1, H: area.H})
	}
	p.sheet.Draw(p.pen.Grid, area, p.view())
	if n := p.sheet.Size().Rows; n <= fewRows && area.H > 2*n+p.heads()+4 && !p.env.Bare && !p.sheet.Carded() {
		y := area.Y + 2 + p.heads() + n
		p.pen.hit(area.X, y, p.pen.Text(area.X+2, y, cell.Cut("T turns the table", area.W-2), p.env.Theme.Muted, 0)+2, func() tea.Cmd { return turn(p) })
	}
}

// Most is how many lines the rows fill, with the title, the headings and the
// line below. A menu, a card and what stands in the place of the rows fill any
// number.
func (p *Panel) Most(int) int {
	if t, ok := p.sub.(*turned); ok && p.over == nil && !t.s.Carded() {
		return 3 + len(t.cells)
	}
	if p.shown.rows == nil || !p.data.Complete || p.sub != nil || p.over != nil || p.sheet.Carded() || instead(&p.body) != nil {
		return 0
	}
	lines := 2 + p.sheet.Size().Rows
	if p.profiled {
		lines += headLines
	}
	if !p.env.Bare {
		lines++
	}
	return lines
}

// fewRows are so few that the table is offered to be turned.
const fewRows = 5

// footed reports whether a line below the table sums the cursor's column up.
func footed(p *Panel) bool {
	rows := fewRows
	if p.shown.rows != nil {
		rows = p.sheet.Size().Rows
	}
	return p.height >= min(6, 3+rows) && (!p.profiled || p.sheet.Selecting || wrong(&p.body) != "") && !p.env.Bare
}

// wrong is why the figures are not those that were asked for, "" if they are.
func wrong(p *body) string {
	switch {
	case p.data.Err != nil:
		return p.data.Err.Error()
	case p.data.Waiting != "":
		return p.data.Waiting
	}
	return p.data.Note
}

// foot draws what is selected, and the cursor's column in a line.
func (p *Panel) foot(y int) {
	if why := wrong(&p.body); why != "" {
		t := p.env.Theme
		sign := p.pen.sign("▼ ", "! ")
		p.pen.Text(1, y, cell.Cut(sign+clean(why), p.width-2), cell.Readable(t.Warn, t.Background, 4.5), 0)
		return
	}
	var parts []string
	if rows, cols := p.sheet.Selected(); rows*cols > 1 {
		parts = append(parts, fmt.Sprintf("%s × %d selected", sheet.Thousands(rows), cols))
	}
	if c := p.column(); c != nil && c.at >= 0 {
		if known := p.study.column(c.at); known != nil {
			s := c.summary(known)
			s[0] = c.title + ": " + s[0]
			parts = append(parts, s...)
		}
	}
	text := ""
	for i, part := range parts {
		if i > 0 {
			part = " · " + part
		}
		if cell.Width(text+part) > p.width-2 {
			break
		}
		text += part
	}
	p.pen.Text(1, y, cell.Cut(text, p.width-2), p.env.Theme.Muted, 0)
	p.pen.hit(0, y, p.width, func() tea.Cmd { return openColumn(p) })
}

// view is what the panel adds to the drawing of the sheet.
func (p *Panel) view() sheet.View {
	return sheet.View{
		Theme: p.env.Theme, Lit: sheet.Cell{Row: p.sheet.Row, Col: p.sheet.Col},
		Mark: func(row int) (rune, cell.RGB, bool) {
			if len(p.marks) == 0 || !p.marks[p.place(row)] {
				return 0, cell.RGB{}, false
			}
			return []rune(p.pen.sign("●", "*"))[0], p.env.Theme.Accent, true
		},
		Heads: p.heads(), Head: p.head,
		Sorted: p.sortSign,
	}
}

// sortSign says how a column is sorted, and which of several keys it is.
func (p *Panel) sortSign(col int) string {
	keys := p.shown.steps.sort
	for i, k := range keys {
		if k.name != p.shown.rows.cols[col].name {
			continue
		}
		return signOf(i, keys, p.ascii())
	}
	return ""
}

// signOf says how the i-th of some keys sorts, and which of several it is.
func signOf(i int, keys []sortKey, ascii bool) string {
	sign := "▲"
	switch {
	case ascii && keys[i].descending:
		sign = "v"
	case ascii:
		sign = "^"
	case keys[i].descending:
		sign = "▼"
	}
	if len(keys) > 1 {
		sign += strconv.Itoa(i + 1)
	}
	return sign
}

// instead is what is said where there are no rows to show; nil = there are.
func instead(p *body) []string {
	d := p.data
	switch {
	case !p.have:
		return []string{"Loading…"}
	case d.Required != "":
		return []string{d.Required}
	case d.Waiting != "":
		return []string{d.Waiting}
	case d.Err != nil && d.Rows == nil:
		return []string{d.Err.Error()}
	case d.Rows == nil, p.shown.rows == nil:
		return []string{"Loading…"}
	case len(p.shown.rows.cols) == 0:
		return []string{"There are no columns."}
	case p.shown.rows.Size().Rows == 0 && len(p.shown.steps.where) > 0:
		return []string{"No rows are left. x clears the filters, u takes the last step back."}
	case p.shown.rows.Size().Rows == 0 && d.Complete:
		return []string{"There are no rows."}
	}
	return nil
}

func (p *Panel) message(area cell.Rect, lines []string) {
	fg := p.env.Theme.Muted
	if p.data.Err != nil && p.data.Rows == nil || p.data.Required != "" {
		fg = p.env.Theme.Bad
	}
	y := area.Y
	for _, line := range lines {
		for _, part := range page.Wrap(line, max(area.W-2, 1)) {
			if y < area.Y+area.H {
				p.pen.Text(area.X+1, y, part, fg, 0)
			}
			y++
		}
	}
}

// title draws the panel's name, how much there is, what was done, and where
// the cursor is.
func (p *Panel) title() {
	d, t, w := &p.pen, p.env.Theme, p.width
	right := whereabouts(&p.body)
	if p.sub != nil {
		right = placeIn(p.sub.table())
	}
	end := w - cell.Width(right) - 1
	x := -1
	if !p.env.Own { // A file alone has its name in its tab.
		x = 1 + d.Text(1, 0, cell.Cut(p.name(), max(end-2, 1)), t.Text, cell.Bold)
	}
	if busy := p.work.running(); busy != nil && busy.shown() {
		x += 2 + d.Text(x+2, 0, cell.Cut(p.busy(), max(end-x-3, 0)), t.Warn, 0)
		d.hit(0, 0, x, func() tea.Cmd { p.work.halt(); return nil })
	} else if s := p.grid(); s.Typing() || s.Found() {
		d.hit(x, 0, max(end-x, 0), func() tea.Cmd { return nil })
		s.DrawFind(d.Grid, cell.Rect{X: x + 2, W: max(end-x-3, 0), H: 1}, t)
	} else if p.sub != nil {
		p.breadcrumb(x+2, end-1)
	} else {
		x += 2 + d.Text(x+2, 0, cell.Cut(extent(&p.body), max(end-x-3, 0)), t.Muted, 0)
		x = chips(p, x+2, end-1)
		if said := p.course(); said != "" && cell.Width(said)+3 < end-x {
			d.Text(x-1, 0, "· "+said, t.Muted, 0)
		}
	}
	if end > 1 {
		d.Text(end, 0, right, t.Muted, 0)
	}
}

// breadcrumb says what stands in the place of which rows: a click on these goes
// back.
func (p *Panel) breadcrumb(x, to int) {
	rows := counted(p.shown.rows.Size().Rows, "row", "rows")
	back := func() tea.Cmd { p.sub = nil; return nil }
	w := p.pen.Text(x, 0, cell.Cut(rows, max(to-x, 0)), cell.Readable(p.env.Theme.Accent, p.env.Theme.Background, 4.5), 0)
	p.pen.hit(x, 0, w, back)
	x += w
	x += p.pen.Text(x, 0, cell.Cut(p.pen.sign(" › ", " > "), max(to-x, 0)), p.env.Theme.Muted, 0)
	p.pen.Text(x, 0, cell.Cut(clean(p.sub.name()), max(to-x, 0)), p.env.Theme.Text, cell.Bold)
}

// busy says what takes long, and how far it is.
func (p *body) busy() string {
	t := p.work.running()
	text := t.what
	if t.done > 0 {
		text += fmt.Sprintf(" %d%%", int(t.done*100))
	}
	return text + "… esc stops"
}

func (p *body) name() string {
	name := p.env.Panel.Title
	if name == "" {
		name = p.spec.Source
	}
	if p.spec.Unit != "" && !strings.Contains(name, p.spec.Unit) {
		name += " (" + p.spec.Unit + ")"
	}
	return clean(name)
}

// extent says how much there is.
func extent(p *body) string {
	if p.shown.rows == nil {
		return ""
	}
	n, hidden := p.shown.rows.Size().Rows, len(p.shown.steps.hidden)
	cols := len(p.shown.rows.cols) + hidden
	all := p.shown.base.Len()
	text := counted(all, "row", "rows") + " · " + counted(cols, "column", "columns")
	if all != n {
		text = sheet.Thousands(n) + " of " + text
	}
	if hidden > 0 {
		text += ", " + sheet.Thousands(hidden) + " hidden"
	}
	if !p.data.Complete {
		text += " so far"
		if total := p.data.Progress.Total; total > 0 {
			text += fmt.Sprintf(", read %d%%", 100*p.data.Progress.Bytes/total)
		}
	}
	if len(p.marks) > 0 {
		text += " · " + sheet.Thousands(len(p.marks)) + " marked"
	}
	return text
}

func counted(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return sheet.Thousands(n) + " " + many
}

// whereabouts is the cursor's row, and of how many.
func whereabouts(p *body) string {
	if p.shown.rows == nil || p.shown.rows.Size().Rows == 0 {
		return ""
	}
	text := placeIn(p.sheet)
	if p.onLast() {
		p.more = 0
	}
	if p.more > 0 {
		arrow := "↓"
		if p.ascii() {
			arrow = "v"
		}
		text = "+" + sheet.Thousands(p.more) + " " + arrow + " G   " + text
	}
	return text
}

// placeIn is the cursor's row in a table, and of how many.
func placeIn(s *sheet.Sheet) string {
	return sheet.Thousands(s.Row+1) + "/" + sheet.Thousands(s.Size().Rows)
}

// chips draws what was done to the table: a click takes it back.
func chips(p *Panel, x, end int) int {
	all := made(&p.body)
	for i, c := range all {
		text := " " + clean(c.text) + " " + p.pen.sign("×", "x") + " "
		rest := " +" + strconv.Itoa(len(all)-i) + " "
		room := end - x
		if i < len(all)-1 {
			room -= cell.Width(rest) + 1
		}
		if cell.Width(text) <= room {
			x += p.pen.button(x, 0, text, c.drop) + 1
			continue
		}
		if cell.Width(rest) <= end-x {
			x += p.pen.button(x, 0, rest, func() tea.Cmd { openSteps(p, all[i:]); return nil }) + 1
		}
		return x
	}
	return x
}

// openSteps lists steps that the title has no room for: choosing one takes it
// back.
func openSteps(p *Panel, all []chip) {
	m := &menu{title: "Take back", k: p.keys}
	for i, c := range all {
		m.items = append(m.items, item{key: strconv.Itoa((i + 1) % 10), label: clean(c.text), do: c.drop})
	}
	p.over = m
}

// chip is a step as it is shown.
type chip struct {
	text string
	drop func() tea.Cmd
}

// made are the steps that hold.
func made(p *body) (out []chip) {
	s := p.history.now()
	for i := range s.where {
		out = append(out, chip{whereText(p, s.where[i:i+1]), func() tea.Cmd {
			s := p.history.now()
			s.where = slices.Delete(slices.Clone(s.where), i, i+1)
			return p.step(s, "filtering")
		}})
	}
	if first := p.history.list[0]; len(s.sort) > 0 && !sameSort(s.sort, first.sort) {
		text := "sort"
		for _, k := range s.sort {
			text += " " + k.String()
		}
		out = append(out, chip{text, func() tea.Cmd {
			s := p.history.now()
			s.sort = first.sort
			return p.step(s, "sorting")
		}})
	}
	for i, l := range s.lookups {
		out = append(out, chip{lookupText(l), func() tea.Cmd {
			s := p.history.now()
			s.lookups = slices.Delete(slices.Clone(s.lookups), i, i+1)
			return p.step(s, "taking columns away")
		}})
	}
	for i, t := range s.types {
		out = append(out, chip{t.Column + " is " + t.Type, func() tea.Cmd {
			s := p.history.now()
			s.types = slices.Delete(slices.Clone(s.types), i, i+1)
			return p.step(s, "reading types")
		}})
	}
	if len(s.hidden) > 0 {
		out = append(out, chip{counted(len(s.hidden), "column", "columns") + " hidden", func() tea.Cmd {
			s := p.history.now()
			s.hidden = nil
			return p.step(s, "showing")
		}})
	}
	return out
}

// whereText is a condition as its chip shows it: one that cannot hold says
// so.
func whereText(p *body, w query.Where) string {
	if p.shown.base != nil && query.Check(w, p.shown.base.Columns()) != nil {
		return w.String() + " (set aside)"
	}
	return w.String()
}
