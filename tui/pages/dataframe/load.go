package dataframe

import (
	"context"
	"errors"
	"slices"
	"strings"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/sahilm/fuzzy"

	"github.com/authtabs/tabgate/auth/session"
	"github.com/authtabs/tabgate/data"
	"github.com/authtabs/tabgate/tui/page"
)

// loading is the state of the last question for figures.
type loading struct {
	seq    int
	cancel context.CancelFunc
	busy   bool // an answer is awaited
	have   bool // something is shown
	err    error
}

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
		seq   int
		sheet *data.Sheet
		err   error
		ctx   context.Context
	}
)

// reload asks for the figures anew; answers that are still on their way
// count no more.
func (f *frame) reload() tea.Cmd {
	if f.load.cancel != nil {
		f.load.cancel()
	}
	if f.sheet != nil { // Its file ends with the context.
		f.sheet, f.load.have = nil, false
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
		f.sheet = nil
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

// fileError says that the error is about a file, where no network helps.
func fileError(err error) bool {
	var net *data.NetworkError
	return !errors.As(err, &net)
}

// failed shows an error: beside the figures that are there, or in their place
// where the address says that they are not for us.
func (f *frame) failed(err error) tea.Cmd {
	if errors.As(err, new(*data.AnswerError)) {
		f.table, f.mem, f.load.have = data.Table{}, memory{}, false
		f.mode, f.held = browsing, noDrag
		f.dropSearch()
		f.grid.clamp(&f.mem)
	}
	if f.load.have {
		return page.Send(page.Failed{Err: err})
	}
	f.load.err = err
	if f.env.Still { // Nobody reads the frame for it.
		return page.Send(page.Failed{Err: err})
	}
	return nil
}

// setTable shows a table. Regions that were chosen stay chosen where it has
// them, under its name for them.
func (f *frame) setTable(t data.Table) tea.Cmd {
	asked, first := f.o.Countries, !f.load.have
	if len(t.Columns) != len(f.table.Columns) { // Widths made by hand were others'.
		f.fitWidths()
	}
	f.table, f.load.have = t, true
	f.show = measureOf(t.Columns, t.Origin)
	chosen := f.picks.chosen
	f.picks.setOptions(t.Regions)
	switch {
	case !first:
		f.picks.chosen, _ = resolve(t, chosen)
	case asked == nil:
		f.picks.chosen = t.Defaults()
	default:
		var missing []string
		f.picks.chosen, missing = resolve(t, asked)
		if len(missing) > 0 {
			f.refill()
			return page.Send(page.Failed{Err: noSuchRegion(t, missing[0])})
		}
	}
	f.refill()
	return nil
}

// noSuchRegion names the region that is meant, if it can be guessed.
func noSuchRegion(t data.Table, name string) error {
	text := "there is no region " + session.Clean(name, 60)
	if near := fuzzy.Find(name, t.Regions); len(near) > 0 {
		return errors.New(text + ": did you mean " + session.Clean(near[0].Str, 60) + "?")
	}
	return errors.New(text + " in these figures")
}

// resolve finds names in a table whatever their case, by the other name of
// the same country, and where a name was split at its comma.
func resolve(t data.Table, names []string) (have, missing []string) {
	for i := 0; i < len(names); i++ {
		name, taken := match(t, names[i]), 0
		for n := 1; name == "" && n <= 2 && i+n < len(names); n++ {
			joined := strings.Join(names[i:i+n+1], ", ")
			if name = match(t, joined); name != "" {
				taken = n
			}
		}
		if name == "" {
			missing = append(missing, names[i])
			continue
		}
		i += taken
		if !slices.Contains(have, name) {
			have = append(have, name)
		}
	}
	return have, missing
}

func match(t data.Table, name string) string {
	name = strings.Join(strings.Fields(name), " ")
	for _, candidate := range data.SameCountry(name) {
		for _, r := range t.Regions {
			if strings.EqualFold(r, candidate) {
				return r
			}
		}
	}
	return ""
}
