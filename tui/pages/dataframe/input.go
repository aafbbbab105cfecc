package dataframe

import (
	"errors"
	"io"
	"slices"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"github.com/authtabs/tabgate/tui/page"
	"github.com/authtabs/tabgate/tui/sheet"
)

// act does what the table wants done.
func (f *Page) act(in sheet.Intent) tea.Cmd {
	switch {
	case in.Key != "":
		return f.key(page.Key(in.Key))
	case in.Mark && f.file != nil:
		return toggle(f.file, f.table)
	case in.What != "":
		return page.Send(page.Copy{Text: in.Copy, What: in.What})
	case in.Notice != "":
		return page.Send(page.Notice{Text: in.Notice})
	case in.Err != nil:
		return complain(in.Err)
	}
	return in.Cmd
}

// key does what a key does. What shows in the table alone does nothing while
// the chart has all the room.
func (f *Page) key(msg tea.KeyMsg) tea.Cmd {
	k, t := f.keys, f.table
	switch {
	case f.choosing:
		if key.Matches(msg, k.done) {
			f.choosing = false
		} else if f.regions.key(k, msg) {
			f.refill()
		}
	case t.Typing(), t.Carded() && f.tableShown() && !key.Matches(msg, k.reload):
		in, _ := t.Key(msg)
		return f.act(in)
	case key.Matches(msg, k.reload):
		return f.reload()
	case !f.load.have:
		return nil
	case key.Matches(msg, k.save) && t.Size().Rows > 0:
		return f.save()
	case key.Matches(msg, k.full):
		f.pane = (f.pane + 1) % 3
	case key.Matches(msg, k.palette):
		f.safe = !f.safe
	case key.Matches(msg, k.clear):
		if f.fig.clear(); f.file == nil {
			f.refill()
		}
	case f.file != nil && key.Matches(msg, k.mark):
		return toggle(f.file, f.table)
	case f.file != nil && key.Matches(msg, k.about):
		return f.about()
	case f.file == nil && f.choiceKey(msg), f.file == nil && key.Matches(msg, k.about):
	case f.tableShown() || key.Matches(msg, t.Keys.CopyAll, t.Keys.Escape):
		in, _ := t.Key(msg)
		return f.act(in)
	default:
		t.Move(msg)
	}
	return nil
}

// choiceKey opens the dropdown or takes the last choice back.
func (f *Page) choiceKey(msg tea.KeyMsg) bool {
	p := &f.regions.picks
	switch {
	case key.Matches(msg, f.keys.choose):
		f.choosing = true
		p.begin()
	case key.Matches(msg, f.keys.pop):
		if p.pop() {
			f.refill()
		}
	default:
		return false
	}
	return true
}

// profiled answers the question for the values of a column.
type profiled struct {
	of   *file
	mark mark
	err  error
}

// toggle puts the column of the cursor into the chart, or takes it out.
func toggle(of *file, t *sheet.Sheet) tea.Cmd {
	col := t.Col
	switch {
	case of.unmark(col):
		return nil
	case !of.whole:
		return page.Send(page.Notice{Text: "A column can be charted when all rows are read."})
	case len(of.marked) >= maxMarked:
		return page.Send(page.Notice{Text: "The chart holds ten series: take one out with space first."})
	case !of.cols[col].Right:
		return page.Send(page.Notice{Text: "Only a column of numbers can be charted."})
	}
	return func() tea.Msg {
		values, err := of.means(col)
		return profiled{of, mark{col, values}, err}
	}
}

// save writes the figures as a CSV file, unless they are still being read.
func (f *Page) save() tea.Cmd {
	if !f.table.Size().Complete {
		return page.Send(page.Notice{Text: "The export can start when all rows are read."})
	}
	save, name, export := f.env.Save, exportName(f.fig.labels(0).origin), f.fig.export("csv")
	return func() tea.Msg { return write(save, name, export) }
}

var _ page.Exporter = (*Page)(nil)

// errNoFigures says that nothing has been loaded yet.
var errNoFigures = errors.New("there are no figures yet")

// about shows how the file was read, and sums the cursor's column up.
func (f *Page) about() tea.Cmd {
	of, col := f.file, f.table.Col
	return f.act(f.table.Open("How "+clean(of.rows.Origin().Name)+" was read", func(sum sheet.Summary) []sheet.Field { return of.about(col, sum) }))
}

var _ page.Noter = (*Page)(nil)

// Notes are what was guessed, changed or left out of a file.
func (f *Page) Notes() []string {
	if f.file == nil {
		return nil
	}
	notes := slices.Clone(f.file.report.Notes)
	for _, line := range leftOut(f.file.report) {
		notes = append(notes, "left out: "+line)
	}
	return notes
}

// Export writes what the page shows: regions by name, in the unit of the page,
// or the rows of a file, those also as a table of text.
func (f *Page) Export(format string, w io.Writer) error {
	p := f.fig.chosen()
	switch {
	case f.load.err != nil:
		return f.load.err
	case !f.load.have:
		return errNoFigures
	case format != "csv" && format != "json" && (format != "text" || f.file == nil):
		return page.ErrFormat
	case p != nil && len(p.picked) == 0:
		return nothingChosen{}
	}
	return f.fig.export(format)(w)
}
