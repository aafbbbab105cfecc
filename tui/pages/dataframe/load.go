package dataframe

import (
	"context"
	"errors"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/authtabs/tabgate/data"
	"github.com/authtabs/tabgate/tui/page"
)

type (
	// loaded answers a question for a table. quick is true for what was at
	// hand, which the network may better.
	loaded struct {
		seq   int
		quick bool
		table data.Table
		err   error
		ctx   context.Context
	}
	opened struct {
		seq  int
		rows *data.Sheet
		err  error
		ctx  context.Context
	}
	indexed struct {
		of       *file
		progress data.Progress
		err      error
	}
)

// reload asks for the figures anew; answers that are still on their way
// count no more.
func (f *frame) reload() tea.Cmd {
	if f.load.cancel != nil {
		f.load.cancel()
	}
	if f.file != nil { // It ends with the context.
		f.show(f.env.Ctx, &f.regions)
		f.load.have = false
	}
	ctx, cancel := context.WithCancel(f.env.Ctx)
	f.load = loading{seq: f.load.seq + 1, cancel: cancel, busy: true, have: f.load.have}
	return ask(ctx, f.src, f.load.seq, !f.env.Still)
}

func ask(ctx context.Context, src Source, seq int, quick bool) tea.Cmd {
	return func() tea.Msg {
		get := src.Agriculture
		if quick {
			get = src.AgricultureNow
		}
		t, err := get(ctx)
		return loaded{seq, quick, t, err, ctx}
	}
}

// loaded takes an answer. What it does next:
//
//	of an older question   nothing
//	a file of other shape  open it row by row
//	quick, may be bettered show it and ask the network
//	good                   show it
//	the address has none   show it, and no longer the figures
//	another error          show it, unless something is shown already
func (f *frame) loaded(m loaded) tea.Cmd {
	if m.seq != f.load.seq {
		return nil
	}
	if errors.Is(m.err, data.ErrShape) {
		src, seq := f.src, m.seq
		return func() tea.Msg {
			s, err := src.Rows(m.ctx)
			return opened{seq, s, err, m.ctx}
		}
	}
	more := m.quick && (m.err != nil || !f.src.Final(m.table.Origin))
	f.load.busy = more
	if m.err == nil {
		f.load.err = nil
		warn := f.setTable(m.table)
		if more {
			return tea.Batch(warn, ask(m.ctx, f.src, m.seq, false))
		}
		return warn
	}
	if more && !fileError(m.err) {
		return ask(m.ctx, f.src, m.seq, false)
	}
	f.load.busy = false
	return f.failed(m.err)
}

// opened shows the first rows of a file and reads on.
func (f *frame) opened(m opened) tea.Cmd {
	if m.seq != f.load.seq {
		return nil
	}
	f.load.busy = false
	if m.err != nil {
		return f.failed(m.err)
	}
	f.load.have, f.load.err = true, nil
	f.show(m.ctx, newFile(m.ctx, m.rows))
	return readOn(f.file)
}

// readOn indexes more of a file, if there is more.
func readOn(of *file) tea.Cmd {
	if of.progress.Done {
		return nil
	}
	return func() tea.Msg {
		p, err := of.index()
		return indexed{of, p, err}
	}
}

func (f *frame) indexed(m indexed) tea.Cmd {
	if m.of != f.file {
		return nil
	}
	f.file.progress = m.progress
	if m.err != nil && !errors.Is(m.err, context.Canceled) {
		return complain(m.err)
	}
	return readOn(f.file)
}

// failed shows an error: beside the figures that are there, or in their place
// where the address says that they are not for us.
func (f *frame) failed(err error) tea.Cmd {
	if errors.As(err, new(*data.AnswerError)) {
		f.regions.drop()
		f.load.have, f.choosing = false, false
		f.letGo()
		f.table.Drop()
		f.table.Changed()
	}
	if f.load.have {
		return complain(err)
	}
	f.load.err = err
	if f.env.Still { // Nobody reads the frame for it.
		return complain(err)
	}
	return nil
}

// setTable shows a table. Regions that were chosen stay chosen where it has
// them, under its name for them.
func (f *frame) setTable(t data.Table) tea.Cmd {
	asked, first := f.o.Countries, !f.load.have
	if len(t.Columns) != len(f.regions.table.Columns) { // Widths made by hand were others'.
		f.table.Widths.Fit()
	}
	f.regions.set(t)
	f.load.have = true
	var missing []string
	switch {
	case !first:
		f.regions.picked, _ = resolve(t, f.regions.picked)
	case asked == nil:
		f.regions.picked = t.Defaults()
	default:
		f.regions.picked, missing = resolve(t, asked)
	}
	f.regions.filter()
	f.refill()
	if len(missing) > 0 {
		return page.Send(page.Failed{Err: noSuchRegion(t, missing[0])})
	}
	return nil
}
