package table

import (
	"context"
	"slices"
	"strings"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"github.com/authtabs/tabgate/data/frame"
	"github.com/authtabs/tabgate/data/query"
	"github.com/authtabs/tabgate/tui/cell"
	"github.com/authtabs/tabgate/tui/page"
	"github.com/authtabs/tabgate/tui/panels"
	"github.com/authtabs/tabgate/tui/sheet"
)

// values is how often each value of a column comes, in the place of the rows:
// with a figure of another column, and across a second one. From here a reader
// keeps the rows of some of them.
type values struct {
	asked  query.Request
	counts *query.Counts
	source *tallied
	s      *sheet.Sheet
	sort   sortKey // of a column of counts; its name "" = as they were counted
	marks  map[int]bool
}

// openValues counts the values of the cursor's column.
func openValues(p *Panel) tea.Cmd {
	c := p.column()
	switch {
	case c == nil || c.at < 0:
		return nil
	case !p.data.Complete:
		return page.Send(page.Notice{Text: "Values can be counted when all rows are read."})
	}
	v := &values{asked: query.Request{Column: c.name}}
	return v.renew(p)
}

// ask counts again, with another figure or column across.
func (v *values) ask(p *Panel, r query.Request) tea.Cmd {
	next := *v
	next.asked, next.sort, next.marks = r, sortKey{}, nil
	return next.renew(p)
}

// renew counts the values of the rows that are shown.
func (v *values) renew(p *Panel) tea.Cmd {
	if p.shown.rows == nil {
		p.sub = nil
		return nil
	}
	f, r := p.shown.rows.f, v.asked
	next := *v
	do := func(ctx context.Context, tell func(float64)) (func() tea.Cmd, error) {
		counts, err := query.Values(ctx, f, r, tell)
		return func() tea.Cmd {
			if p.shown.rows == nil || p.shown.rows.f != f { // The rows are others by now.
				return next.renew(p)
			}
			return next.take(p, counts)
		}, err
	}
	if small(f) {
		apply, err := do(p.env.Ctx, func(float64) {})
		if err != nil {
			return p.fail(err)
		}
		return apply()
	}
	return p.work.asks.start("counting values", nil, do)
}

// take shows what was counted.
func (v *values) take(p *Panel, counts *query.Counts) tea.Cmd {
	marked := map[string]bool{}
	for place := range v.marks {
		marked[v.counts.Labels[place]] = true
	}
	v.counts, v.marks = counts, map[int]bool{}
	for place, label := range counts.Labels {
		if marked[label] {
			v.marks[place] = true
		}
	}
	v.source = newTallied(p, counts)
	if v.s == nil {
		v.s = sheet.New(p.env.Ctx, v.source)
		v.s.FindNames()
	} else {
		v.s.Show(v.source, nil)
	}
	p.sub = v
	v.arrange(p)
	v.s.Need()
	return nil
}

// arrange sorts the values.
func (v *values) arrange(p *Panel) {
	at := frame.Find(v.counts, v.sort.name)
	if v.sort.name == "" || at < 0 {
		v.s.Show(v.source, nil)
		return
	}
	order, err := frame.Sort(p.env.Ctx, v.counts, []frame.Key{{Column: at, Descending: v.sort.descending}}, nil)
	if err == nil {
		v.s.Show(v.source, order)
		v.s.MoveTo(0, v.s.Col)
	}
}

func (v *values) table() *sheet.Sheet { return v.s }

// name says what is counted.
func (v *values) name() string {
	text := "values of " + v.asked.Column
	if v.asked.Fn != "" {
		text += ", " + figureName(v.asked)
	}
	if v.asked.Across != "" {
		text += ", by " + v.asked.Across
	}
	return text
}

func figureName(r query.Request) string {
	for _, f := range figures {
		if f.fn == r.Fn {
			return f.word + " " + r.Of
		}
	}
	return string(r.Fn) + " of " + r.Of
}

// foot is what is not as it was asked for, and how many values there are.
func (v *values) foot() string {
	text := counted(v.counts.Distinct, "value", "values")
	if len(v.marks) > 0 {
		text += " · " + sheet.Thousands(len(v.marks)) + " marked"
	}
	if len(v.counts.Notes) > 0 {
		text += " · " + strings.Join(v.counts.Notes, " · ")
	}
	return text
}

func (v *values) keys(p *Panel) []key.Binding {
	k, s := p.keys, v.s.Keys
	s.Escape.SetHelp("esc", "back")
	s.Card.SetKeys("K")
	s.Card.SetHelp("K", "card")
	return append([]key.Binding{k.keep, k.figure, k.across, k.chart, k.mark, k.sort, k.save, s.Escape, s.Card}, subKeys(p, s)...)
}

func (v *values) key(p *Panel, msg tea.KeyMsg) (tea.Cmd, bool) {
	k := p.keys
	switch {
	case key.Matches(msg, k.keep):
		return v.keep(p), true
	case key.Matches(msg, k.figure):
		openFigure(p, v)
	case key.Matches(msg, k.across):
		v.openAcross(p)
	case key.Matches(msg, k.mark):
		v.mark()
	case key.Matches(msg, k.save):
		v.openExport(p)
	case key.Matches(msg, k.copyTable):
		openSubCopy(p, v.shownCounts(), counted(v.counts.Len(), "value", "values"))
	default:
		return nil, false
	}
	return nil, true
}

// mark marks the cursor's value, or takes its mark away.
func (v *values) mark() {
	marks := map[int]bool{v.s.Place(v.s.Row): true}
	for place := range v.marks {
		if marks[place] {
			delete(marks, place)
		} else {
			marks[place] = true
		}
	}
	v.marks = marks
}

// sortBy goes on to the next order of the cursor's column.
func (v *values) sortBy(p *Panel, _ bool) tea.Cmd {
	name := v.source.frameColumn(v.s.Col)
	switch {
	case v.sort.name != name:
		v.sort = sortKey{name, v.s.Col > 0} // counts with the greatest first
	case v.sort.descending == (v.s.Col > 0):
		v.sort.descending = !v.sort.descending
	default:
		v.sort = sortKey{}
	}
	v.arrange(p)
	return nil
}

// keep keeps the rows of the marked values, or of the cursor's, and goes back
// to them.
func (v *values) keep(p *Panel) tea.Cmd {
	if len(v.counts.Where) == 0 {
		return nil
	}
	var all []query.Where
	for i, w := range v.counts.Where {
		if v.marks[i] {
			all = append(all, w)
		}
	}
	if len(all) == 0 {
		all = append(all, v.counts.Where[v.s.Place(v.s.Row)])
	}
	where, ok := query.AnyOf(all)
	if !ok {
		return page.Send(page.Notice{Text: "The rows without a value, and the others, are not kept together with values: mark one of them alone."})
	}
	if at := v.source.across(v.s.Col); at >= 0 && len(v.marks) == 0 {
		where = append(slices.Clone(where), v.counts.Across[at].Where...)
	}
	p.sub = nil
	s := p.history.now()
	s.where = append(slices.Clone(s.where), where...)
	return p.step(s, "filtering")
}

func (v *values) view(p *Panel) sheet.View {
	return sheet.View{
		Theme: p.env.Theme, Lit: sheet.Cell{Row: v.s.Row, Col: v.s.Col},
		Mark: func(row int) (rune, cell.RGB, bool) {
			return []rune(p.pen.sign("●", "*"))[0], p.env.Theme.Accent, v.marks[v.s.Place(row)]
		},
		Sorted: func(col int) string {
			if v.sort.name == "" || v.source.frameColumn(col) != v.sort.name || v.source.bar(col) {
				return ""
			}
			return signOf(0, []sortKey{v.sort}, p.ascii())
		},
	}
}

// steps are those of the rows, with what is counted of them.
func (v *values) steps(p *Panel) panels.Steps {
	s := told(&p.body)
	s.Values, s.By = v.asked.Column, v.asked.Across
	if v.asked.Fn != "" {
		s.Figure = string(v.asked.Fn) + ":" + v.asked.Of
	}
	return s
}
