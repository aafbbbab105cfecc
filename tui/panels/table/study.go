package table

import (
	"context"
	"maps"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/authtabs/tabgate/data/frame"
	"github.com/authtabs/tabgate/data/query"
	"github.com/authtabs/tabgate/tui/sheet"
)

// study is what is known of the columns of the rows that are shown.
type study struct {
	tasks   tasks
	of      frame.Frame
	columns map[int]*query.Column // by place in the frame
	whole   map[int]*query.Column // of all rows, while some are shown
	within  map[int]query.Shape   // of those that are shown, in the bins of all
	asked   map[int]bool
	waits   bool // for a second to be over, as the rows grow
	drawn   map[drawing]sheet.Text
}

// drawing is what is drawn of a column: which line, in how many cells.
type drawing struct {
	at, line, width int
}

const (
	// studyAtOnce is how many columns are counted in one pass.
	studyAtOnce = 16
	// studyEvery is how often rows that grow are counted.
	studyEvery = time.Second
)

// studyAgain says that rows that grew may be counted.
type studyAgain struct{ of *study }

// about begins anew for another frame, of all rows or of some. What is known of
// all is kept.
func (s *study) about(f, all frame.Frame) {
	switch {
	case f == all:
		s.whole = nil
	case s.of == all && all != nil:
		s.whole = s.columns
	}
	s.tasks.end()
	s.within = map[int]query.Shape{}
	s.of, s.columns, s.asked, s.drawn = f, map[int]*query.Column{}, map[int]bool{}, map[drawing]sheet.Text{}
}

// grew keeps what is known while more rows come: they are counted once a
// second.
func (s *study) grew(f frame.Frame, tick func(time.Duration, func(time.Time) tea.Msg) tea.Cmd) tea.Cmd {
	s.of = f
	if s.waits {
		return nil
	}
	s.waits = true
	return tick(studyEvery, func(time.Time) tea.Msg { return studyAgain{s} })
}

// again takes the end of the second.
func (s *study) again() {
	s.tasks.end()
	s.waits, s.asked = false, map[int]bool{}
}

// want counts columns that are not known yet: at once where that is quick.
func (s *study) want(at []int) tea.Cmd {
	if s.of == nil || s.tasks.busy() {
		return nil
	}
	var ask []int
	for _, c := range at {
		if !s.asked[c] && len(ask) < studyAtOnce {
			ask, s.asked[c] = append(ask, c), true
		}
	}
	if len(ask) == 0 {
		return nil
	}
	f, whole := s.of, s.whole
	do := func(ctx context.Context, tell func(float64)) (func() tea.Cmd, error) {
		found, err := query.Profile(ctx, f, ask, tell)
		within := map[int]query.Shape{}
		for _, at := range ask {
			if all := whole[at]; err == nil && all != nil && all.Shape.Bins != nil {
				within[at], err = all.Shape.Within(ctx, f, at)
			}
		}
		return func() tea.Cmd {
			clear(s.drawn)
			maps.Copy(s.within, within)
			for i := range found {
				s.columns[ask[i]] = &found[i]
			}
			return nil
		}, err
	}
	if small(f) {
		if apply, err := do(s.tasks.ctx, func(float64) {}); err == nil {
			return apply()
		}
		return nil
	}
	return s.tasks.start("counting", nil, do)
}

// text is what is drawn of a column, made anew where it is not known yet.
func (s *study) text(d drawing, draw func() sheet.Text) sheet.Text {
	text, ok := s.drawn[d]
	if !ok && s.drawn != nil {
		text = draw()
		s.drawn[d] = text
	}
	return text
}

// column is what is known of a column, nil for nothing.
func (s *study) column(at int) *query.Column { return s.columns[at] }
