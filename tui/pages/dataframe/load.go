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
)

// reload asks for the figures again; answers that are still on their way
// count no more.
func (f *Page) reload() tea.Cmd {
	if f.load.cancel != nil {
		f.load.cancel()
	}
	if f.file != nil { // It ends with the context.
		f.show(f.env.Ctx, &f.regions)
		f.load.have = false
	}
	ctx, cancel := context.WithCancel(f.env.Ctx)
	f.load = loading{seq: f.load.seq + 1, cancel: cancel, busy: true, have: f.load.have}
	if f.o.File != "" {
		return openFile(ctx, f.o, f.load.seq)
	}
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
//	quick, may be bettered show it and ask the network
//	good                   show it
//	the address has none   show it, and no longer the figures
//	another error          show it, unless something is shown already
func (f *Page) loaded(m loaded) tea.Cmd {
	if m.seq != f.load.seq {
		return nil
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
	if more {
		return ask(m.ctx, f.src, m.seq, false)
	}
	f.load.busy = false
	return f.failed(m.err)
}

// failed shows an error: beside the figures that are there, or in their place
// where the address says that they are not for us.
func (f *Page) failed(err error) tea.Cmd {
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
func (f *Page) setTable(t data.Table) tea.Cmd {
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
		return page.Send(page.Failed{Err: noSuchRegion(t.Regions, missing[0])})
	}
	return nil
}
