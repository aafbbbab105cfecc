package table

import (
	"context"
	"reflect"
	"slices"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/authtabs/tabgate/data/dashboard"
	"github.com/authtabs/tabgate/data/frame"
	"github.com/authtabs/tabgate/data/source"
	"github.com/authtabs/tabgate/tui/page"
	"github.com/authtabs/tabgate/tui/panels"
)

// joins are the columns of other sources that can be added to the table.
type joins struct {
	tasks  tasks
	asked  bool // the page was asked for the other sources
	others []source.Named
	seq    int         // counts what the page answered
	of     frame.Frame // that the offers are for
	ofSeq  int         // the answer that they are made of
	offers []source.Offer
}

// other is the frame of another source, nil where it was not read yet.
func other(all []source.Named, name string) frame.Frame {
	if i := slices.IndexFunc(all, func(n source.Named) bool { return n.Name == name }); i >= 0 {
		return all[i].Frame
	}
	return nil
}

// ask asks the page for the other sources, once.
func (j *joins) ask() tea.Cmd {
	if j.asked {
		return nil
	}
	j.asked = true
	return panels.Send(panels.AskBeside{})
}

// take takes the other sources: what was taken from one is taken anew.
func (j *joins) take(p *Panel, msg panels.Beside) tea.Cmd {
	j.others = msg.Sources
	j.seq++
	var cmd tea.Cmd
	if len(p.history.now().lookups) > 0 && p.shown.rows != nil {
		cmd = p.arrange(asData)
	}
	return tea.Batch(cmd, j.offer(p))
}

// offer looks for what can be added, while the list of columns is open.
func (j *joins) offer(p *Panel) tea.Cmd {
	l, open := p.over.(*columnList)
	switch f := p.shown.joined; {
	case !open || f == nil || len(j.others) == 0:
		return nil
	case j.of == f && j.ofSeq == j.seq:
		l.offer(p)
		return nil
	default:
		return j.search(p, f)
	}
}

// search looks in the other sources for columns, at once where that is quick.
func (j *joins) search(p *Panel, f frame.Frame) tea.Cmd {
	others, seq, quick := j.others, j.seq, small(f)
	for _, o := range others {
		quick = quick && small(o.Frame)
	}
	do := func(ctx context.Context, _ func(float64)) (func() tea.Cmd, error) {
		found, err := source.JoinOffers(ctx, f, others)
		return func() tea.Cmd {
			j.of, j.ofSeq, j.offers = f, seq, found
			if l, open := p.over.(*columnList); open {
				l.offer(p)
			}
			return nil
		}, err
	}
	if quick {
		apply, err := do(p.env.Ctx, nil)
		if err != nil {
			return p.fail(err)
		}
		return apply()
	}
	return j.tasks.start("looking in other sources", nil, do)
}

// takeOffer adds the columns of an offer, as a step.
func takeOffer(p *body, o source.Offer) tea.Cmd {
	if !p.data.Complete {
		return page.Send(page.Notice{Text: "Columns can be added when all rows are read."})
	}
	s := p.history.now()
	s.lookups = append(slices.Clone(s.lookups), o.Lookup)
	p.goTo = o.Lookup.From
	return p.step(s, "adding columns")
}

// goToAdded puts the cursor on the first column that was just added.
func goToAdded(p *body) {
	if p.goTo == "" {
		return
	}
	for _, a := range p.shown.added {
		if a.from == p.goTo {
			if at := indexOf(p.shown.rows.cols, a.name); at >= 0 {
				p.sheet.MoveTo(p.sheet.Row, at)
			}
			break
		}
	}
	p.goTo = ""
}

// added is a column that was taken from another source.
type added struct{ name, from string }

// joinAll adds the columns that steps take from other sources. Those that
// cannot be taken are left out, and it is said why.
func (a *arranged) joinAll(ctx context.Context, others []source.Named) (frame.Frame, error) {
	f := a.given
	for _, l := range a.steps.lookups {
		from := other(others, l.From)
		if from == nil {
			a.aside = append(a.aside, "Columns of "+clean(l.From)+" are left out: it is not read")
			continue
		}
		j, told, err := source.Join(ctx, f, from, l)
		if ctx.Err() != nil {
			return f, ctx.Err()
		}
		if err != nil {
			a.aside = append(a.aside, "Columns of "+clean(l.From)+" are left out: "+clean(err.Error()))
			continue
		}
		a.told = append(a.told, told...)
		for _, c := range j.Columns()[len(f.Columns()):] {
			a.added = append(a.added, added{c.Name, l.From})
		}
		f = j
	}
	return f, nil
}

func sameLookups(a, b []dashboard.Lookup) bool {
	return len(a) == len(b) && (len(a) == 0 || reflect.DeepEqual(a, b))
}

// lookupText says what was taken from another source.
func lookupText(l dashboard.Lookup) string {
	return "+ " + counted(len(l.Take), "column", "columns") + " of " + l.From + " by " + l.On
}
