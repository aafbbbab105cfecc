package table

import (
	"cmp"
	"context"
	"reflect"
	"slices"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/authtabs/tabgate/data/frame"
	"github.com/authtabs/tabgate/data/query"
	"github.com/authtabs/tabgate/data/source"
	"github.com/authtabs/tabgate/tui/panels"
	"github.com/authtabs/tabgate/tui/theme"
)

// smallCells is how many cells of a frame in memory are read, sorted and
// filtered at once, without a command.
const smallCells = 20_000

// small reports whether a frame is dealt with at once.
func small(f frame.Frame) bool {
	_, memory := f.(*frame.Memory)
	return memory && few(f)
}

// few reports whether a frame has so few cells that looking at all of them takes
// no time that is felt.
func few(f frame.Frame) bool { return f.Len()*max(len(f.Columns()), 1) <= smallCells }

// arranged is what the table shows: rows in an order, as steps say.
type arranged struct {
	given    frame.Frame // what the page gave
	joined   frame.Frame // the same with the columns of other sources
	base     frame.Frame // the same with the types that the steps say
	others   int         // the answer of the page that columns were taken from
	added    []added
	told     []string // what became of rows and cells, to be told once
	aside    []string // the steps that cannot hold for these columns, and why
	steps    steps
	rows     *rows
	order    []uint32
	decimals map[string]int // of columns of numbers
}

// asData is what arranging is called that rows bring about, and no step.
const asData = "arranging"

// arrange shows what the page gave as the steps say, at once where that is
// quick.
func (p *body) arrange(what string) tea.Cmd {
	base, want, had := p.base(), p.history.now(), p.shown
	if base == nil {
		return nil
	}
	whole := p.data.Complete
	if had.rows != nil && had.given == base && had.rows.all == whole && sameRows(had.steps, want) && (len(want.lookups) == 0 || had.others == p.joins.seq) {
		had.steps = want
		return p.show(had)
	}
	others, seq := p.joins.others, p.joins.seq
	job := func(ctx context.Context, tell func(float64)) (func() tea.Cmd, error) {
		made, err := p.make(ctx, arranged{given: base, steps: want, decimals: had.decimals, others: seq}, had.steps, others, whole, tell)
		return func() tea.Cmd { return tea.Batch(p.show(made), p.need()) }, err
	}
	if small(base) {
		apply, err := job(p.env.Ctx, func(float64) {})
		if err != nil {
			return p.fail(err)
		}
		return apply()
	}
	back := p.shownAt
	p.work.rows.quiet = what == asData && had.rows != nil
	return p.work.rows.start(what, func() { p.history.at = back }, job)
}

// sameRows reports whether steps show the same rows in the same order.
func sameRows(a, b steps) bool {
	return slices.Equal(a.sort, b.sort) && slices.Equal(a.types, b.types) && sameLookups(a.lookups, b.lookups) && reflect.DeepEqual(a.where, b.where)
}

// make adds columns, reads types, filters and sorts.
func (p *body) make(ctx context.Context, a arranged, had steps, others []source.Named, whole bool, tell func(float64)) (arranged, error) {
	f, err := a.joinAll(ctx, others)
	if err != nil {
		return a, err
	}
	if a.joined = f; sameLookups(a.steps.lookups, had.lookups) {
		a.told = nil
	}
	f, told, err := castOf(ctx, f, a.steps.types, tell)
	if err != nil {
		return a, err
	}
	a.base = f
	if !slices.Equal(a.steps.types, had.types) || !sameLookups(a.steps.lookups, had.lookups) {
		a.decimals = nil
		if told != "" {
			a.told = append(a.told, told)
		}
	}
	if a.decimals == nil {
		if a.decimals, err = p.decimals(ctx, f); err != nil {
			return a, err
		}
	}
	if where := a.holding(); len(where) > 0 {
		if f, err = query.KeepTold(ctx, f, where, tell); err != nil {
			return a, err
		}
	}
	a.rows = &rows{f: f, all: whole}
	if keys := keysOf(f, a.steps.sort); len(keys) > 0 && whole {
		a.order, err = frame.Sort(ctx, f, keys, tell)
	}
	return a, err
}

// holding are the conditions that hold for the columns. The others are set
// aside, and it is said why: a file that was replaced may have other columns.
func (a *arranged) holding() (out query.Where) {
	for i, c := range a.steps.where {
		if errs := query.Check(a.steps.where[i:i+1], a.base.Columns()); errs != nil {
			a.aside = append(a.aside, "The filter "+clean(a.steps.where[i:i+1].String())+" is set aside: "+clean(errs[0].Error()))
			continue
		}
		out = append(out, c)
	}
	return out
}

func keysOf(f frame.Frame, list []sortKey) (out []frame.Key) {
	for _, k := range list {
		if at := frame.Find(f, k.name); at >= 0 {
			out = append(out, frame.Key{Column: at, Descending: k.descending})
		}
	}
	return out
}

// show puts rows into the sheet, with the columns that the steps say.
func (p *body) show(a arranged) tea.Cmd {
	if a.steps.only != nil {
		a.steps = a.steps.settle(columnsOf(a.base, p.spec.with(a.added)))
		p.history.list[p.history.at] = a.steps
	}
	cols := p.columns(a)
	old, last := p.shown, p.onLast()
	a.rows = newRows(a.rows.f, a.rows.all, cols, p.profiled, p.ascii())
	p.shown, p.shownAt = a, p.history.at
	cmd := p.studyAnew(a)
	top := old.rows != nil && !sameRows(old.steps, a.steps)
	p.sheet.Freeze(min(max(a.steps.frozen, 1), max(len(cols), 1)))
	p.sheet.Show(a.rows, a.order)
	switch {
	case top:
		p.more = 0
		p.sheet.MoveTo(0, p.sheet.Col)
	case old.rows == nil:
		restore(p)
	case old.given != a.given && !p.data.Grown: // Another file, or one that was cut.
		p.more = 0
	case p.data.Grown:
		p.grew(last, a.rows.f.Len()-old.rows.f.Len())
	}
	goToAdded(p)
	if !slices.Equal(old.aside, a.aside) {
		a.told = append(a.told, a.aside...)
	}
	p.shown.told = nil
	return tea.Batch(cmd, notice(a.told), tellShape(p), p.findAgain())
}

// tellShape tells the page what was made of the rows, if that is something or
// was something.
func tellShape(p *body) tea.Cmd {
	a := &p.shown
	now := panels.Shaped{Given: a.given, Base: a.base, Rows: a.rows.f}
	if a.rows.f == a.given {
		now = panels.Shaped{}
	}
	if now == p.shape {
		return nil
	}
	p.shape = now
	return panels.Send(now)
}

// columns are those that are shown, in the order of the steps.
func (p *body) columns(a arranged) []column {
	all := columnsOf(a.base, p.spec.with(a.added))
	notes := doubts(p.data.Report.Notes)
	for i := range all {
		all[i].doubt = doubtful(all[i].name, notes, a.steps.types)
		all[i].decimals = a.decimals[all[i].name]
		if all[i].scale != 0 {
			all[i].decimals = a.decimals[scaledKey]
		}
	}
	s := a.steps
	for i, k := range s.sort {
		if at := indexOf(all, k.name); at >= 0 {
			all[at].sign = len(signOf(i, s.sort, true))
		}
	}
	if s.order != nil {
		place := map[string]int{}
		for i, name := range s.order {
			place[name] = i + 1
		}
		slices.SortStableFunc(all, func(a, b column) int {
			last := len(place) + 1 // columns that came later
			return cmp.Or(place[a.name], last) - cmp.Or(place[b.name], last)
		})
	}
	return slices.DeleteFunc(all, func(c column) bool { return slices.Contains(s.hidden, c.name) })
}

func (p *body) ascii() bool { return p.env.Theme.Glyphs == theme.ASCII }

// base is the rows that the page gave, nil where there are none.
func (p *body) base() frame.Frame {
	if p.data.Required != "" {
		return nil
	}
	return p.data.Rows
}

// need asks for the cells in view that are not in memory.
func (p *body) need() tea.Cmd {
	if p.shown.rows == nil {
		return nil
	}
	return p.act(p.sheet.Need())
}
