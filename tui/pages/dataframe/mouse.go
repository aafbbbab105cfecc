package dataframe

import (
	tea "github.com/charmbracelet/bubbletea"

	"github.com/authtabs/tabgate/tui/page"
)

// drag says what a held button drags.
type drag int

const (
	noDrag drag = iota
	dragTable
	dragChart
	dragBorder
)

// wheelRows is how far one notch of the wheel goes.
const wheelRows = 3

// mouseMatters spares drawing for motion that changes nothing.
func (f *frame) mouseMatters(m tea.MouseMsg) bool {
	if m.Action == tea.MouseActionMotion && m.Button == tea.MouseButtonNone {
		return f.hovered(m)
	}
	return m.Action == tea.MouseActionPress || f.held != noDrag
}

// mouse does what a key does, by where it points.
func (f *frame) mouse(m tea.MouseMsg) tea.Cmd {
	f.layOut()
	switch {
	case m.Action == tea.MouseActionRelease:
		f.held = noDrag
		return nil
	case m.Action == tea.MouseActionMotion && m.Button == tea.MouseButtonNone:
		return nil // It was looked at when it was asked whether it matters.
	case m.Action == tea.MouseActionMotion:
		f.leave()
		f.drag(m)
		return nil
	case tea.MouseEvent(m).IsWheel():
		f.leave()
		f.wheel(m)
		return nil
	case m.Button != tea.MouseButtonLeft:
		return nil
	}
	f.leave()
	return f.click(m)
}

func (f *frame) click(m tea.MouseMsg) tea.Cmd {
	if do, ok := f.seen.zones.At(m.X, m.Y); ok && do != nil {
		return do()
	}
	if f.mode == choosing {
		if !f.seen.menu.Has(m.X, m.Y) {
			f.mode = browsing
		}
		return nil
	}
	if row, col, ok := f.seen.table.at(m.X, m.Y, f.grid.top); ok {
		if col < 0 {
			col = f.grid.col
		}
		f.grid.moveTo(row, col, f.body(), m.Shift)
		f.held = dragTable
		if f.sheet != nil && m.X < f.seen.table.X+f.markWidth() {
			return f.sheet.toggle(f.load.seq, row, f.grid.col)
		}
		return nil
	}
	if f.seen.plot.Contains(m.X, m.Y) {
		f.held = dragChart
		f.pointChart(m.X)
	}
	return nil
}

// drag selects a range in the table, or moves the cursor along the chart.
func (f *frame) drag(m tea.MouseMsg) {
	switch f.held {
	case dragTable:
		if row, col, ok := f.seen.table.at(m.X, m.Y, f.grid.top); ok && col >= 0 && (row != f.grid.row || col != f.grid.col) {
			f.grid.moveTo(row, col, f.body(), true)
		}
	case dragChart:
		f.pointChart(m.X)
	case dragBorder:
		f.dragTo(m.X)
	}
}

func (f *frame) wheel(m tea.MouseMsg) {
	by, sideways := wheelRows, m.Shift
	switch m.Button {
	case tea.MouseButtonWheelUp:
		by = -by
	case tea.MouseButtonWheelLeft:
		by, sideways = -by, true
	case tea.MouseButtonWheelRight:
		sideways = true
	}
	switch {
	case f.mode == choosing && f.seen.menu.Has(m.X, m.Y):
		f.picks.move(by)
	case f.seen.plot.Contains(m.X, m.Y):
		f.grid.move(0, sign(by), f.body(), false)
	case sideways || f.body().len() <= f.grid.page:
		f.grid.scroll(0, sign(by), f.body())
	default:
		f.grid.scroll(by, 0, f.body())
	}
}

func sign(n int) int {
	if n < 0 {
		return -1
	}
	return 1
}

// export saves, unless the file is still being read.
func (f *frame) export() tea.Cmd {
	if f.sheet != nil && !f.sheet.progress.Done {
		return page.Send(page.Notice{Text: "The export can start when all rows are read."})
	}
	return f.save()
}
