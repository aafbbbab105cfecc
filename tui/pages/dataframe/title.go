package dataframe

import (
	"fmt"
	"strconv"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/authtabs/tabgate/tui/cell"
)

// tool is a word of the toolbar.
type tool struct {
	text string
	do   func() tea.Cmd
}

// drawTitle draws the table's heading, and the tools or the search at its
// right.
func (f *frame) drawTitle(x, y, w int) {
	t := f.env.Theme
	if f.mode == searching || f.find.done {
		f.drawSearch(x, y, w)
		return
	}
	title := clean(f.show.title)
	if f.sheet != nil && !f.show.years {
		title = f.shownRange()
	}
	used := f.canvas.Text(x, y, cell.Cut(title, w), t.Text, cell.Bold)
	tools := []tool{
		{" / search ", func() tea.Cmd { f.openSearch(); return nil }},
		{" e csv ", f.export},
		{" y copy ", f.copySelection},
		f.paneTool(),
	}
	at := x + w
	for i := len(tools) - 1; i >= 0; i-- {
		n := cell.Width(tools[i].text)
		if at-n-1 < x+used+1 {
			return
		}
		at -= n
		f.button(at, y, tools[i].text, tools[i].do)
		at--
	}
	if size := f.size(); at-cell.Width(size)-2 > x+used {
		f.canvas.Text(x+used+2, y, size, t.Muted, 0)
	}
}

// paneTool names what f does next.
func (f *frame) paneTool() tool {
	next := [...]string{" f table ", " f chart ", " f both "}[f.pane]
	return tool{next, func() tea.Cmd { f.pane = (f.pane + 1) % 3; return nil }}
}

// size says how much there is.
func (f *frame) size() string {
	if f.sheet != nil {
		return ""
	}
	what := "columns"
	if f.show.years {
		what = "years"
	}
	return fmt.Sprintf("%d × %d %s", f.mem.len(), len(f.mem.cols)-1, what)
}

// shownRange says which rows of a file are in view.
func (f *frame) shownRange() string {
	from, n := f.grid.top+1, f.sheet.len()
	to := min(f.grid.top+max(f.grid.page, 1), n)
	return fmt.Sprintf("Rows %s–%s of %s", thousands(min(from, to)), thousands(to), thousands(n))
}

// drawSearch draws the search in the place of the title.
func (f *frame) drawSearch(x, y, w int) {
	t := f.env.Theme
	at := x + f.canvas.Text(x, y, "/ ", t.Accent, cell.Bold)
	room := max(x+w-at-16, 4)
	if f.mode == searching {
		before, after := f.find.field.Around(room - 1)
		at += f.canvas.Text(at, y, before, t.Text, cell.Bold)
		at += f.canvas.Text(at, y, "│", t.Text, cell.Bold)
		at += f.canvas.Text(at, y, after, t.Text, cell.Bold) + 1
	} else {
		at += f.canvas.Text(at, y, cell.Cut(f.find.query(), room), t.Text, cell.Bold) + 1
	}
	status := f.find.status(f.sheet != nil)
	if status == "" && f.sheet != nil && f.mode == searching {
		status = "enter searches all rows"
	}
	at += f.canvas.Text(at, y, cell.Cut(status, max(x+w-at-6, 0)), t.Muted, 0) + 1
	if f.mode == browsing && x+w-at >= 8 {
		at += f.button(at, y, " ◂ ", func() tea.Cmd { return f.step(-1) })
		at += f.button(at, y, " ▸ ", func() tea.Cmd { return f.step(1) })
	}
	if x+w-at >= 3 {
		f.button(x+w-3, y, " × ", func() tea.Cmd { f.mode = browsing; f.dropSearch(); return nil })
	}
}

// drawSheetBar is the first row of a file that is read row by row: its name,
// its size and how far it is read.
func (f *frame) drawSheetBar() (next int) {
	t, s, m := f.env.Theme, f.sheet, f.margin()
	x := m + f.canvas.Text(m, 0, cell.Cut(clean(s.file.Origin.Name)+" ", f.width-m), t.Text, cell.Bold)
	p := s.progress
	text := thousands(p.Rows) + " rows × " + strconv.Itoa(len(s.cols))
	if !p.Done {
		share := 0.0
		if p.Total > 0 {
			share = float64(p.Bytes) / float64(p.Total)
		}
		const cells = 10
		full := int(share * cells)
		bar := []rune("░░░░░░░░░░")
		for i := range min(full, cells) {
			bar[i] = '█'
		}
		text += fmt.Sprintf(" so far, reading %s %d%%", string(bar), int(share*100))
	}
	if s.busy != "" {
		text += " · " + s.busy + "… esc stops"
	}
	if len(s.marked) > 0 {
		text += fmt.Sprintf(" · %d in the chart", len(s.marked))
	}
	f.canvas.Text(x, 0, cell.Cut(text, f.width-m-x), t.Muted, 0)
	return 1
}

// drawSummary says what can be said of the cursor's column.
func (f *frame) drawSummary(x, y, w int) {
	t := f.env.Theme
	text := f.summaryText(w)
	if r0, r1, c0, c1 := f.grid.selection(); f.grid.selecting && (r1 > r0 || c1 > c0) {
		text = fmt.Sprintf("%d × %d selected, y copies · ", r1-r0+1, c1-c0+1) + text
	}
	f.canvas.Text(x, y, cell.Cut(text, w), t.Muted, 0)
	if f.sheet != nil {
		f.hit(x, y, w, 1, func() tea.Cmd { return f.sheet.summary(f.load.seq, f.grid.col) })
	}
}

func (f *frame) summaryText(w int) string {
	col := min(f.litCol(), len(f.body().columns())-1)
	name := f.body().columns()[col]
	var s summary
	switch {
	case f.sheet != nil && (f.sheet.sum == nil || f.sheet.sumCol != col):
		return "space chart this " + f.unit() + " · s sort · i sum this column up"
	case f.sheet != nil:
		s = *f.sheet.sum
	case col == 0:
		return "←/→ " + f.unit() + " in table and chart · s sort · shift+arrows select"
	default:
		s = f.mem.sum(col)
	}
	text := name + ":"
	for i, part := range s.words(f.show) {
		sep := " · "
		if i == 0 {
			sep = " "
		}
		if cell.Width(text+sep+part) > w {
			break
		}
		text += sep + part
	}
	return text
}

func (f *frame) unit() string {
	switch {
	case f.show.years && f.sheet == nil:
		return "year"
	case f.show.years:
		return "row"
	}
	return "column"
}
