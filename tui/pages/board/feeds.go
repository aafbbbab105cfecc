package board

import (
	"context"
	"slices"
	"strings"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/authtabs/tabgate/data/dashboard"
	"github.com/authtabs/tabgate/data/frame"
	"github.com/authtabs/tabgate/data/query"
	"github.com/authtabs/tabgate/data/source"
	"github.com/authtabs/tabgate/tui/page"
)

// Feed gives what is known of a source.
type Feed interface {
	// Next returns the first snapshot that is newer than one, waiting for it.
	Next(ctx context.Context, after int) (source.Snapshot, error)
	// Refresh asks the source to be read anew.
	Refresh()
	// Close says that nobody looks any more.
	Close()
}

// mine is a message of a board's own commands.
type mine interface {
	of() *figures
	take(*Board) tea.Cmd
}

// feed is a source of the page and what it gave last.
type feed struct {
	src    dashboard.Source
	params string // those it was opened with, as text
	feed   Feed
	cancel context.CancelFunc
	last   source.Snapshot
	err    error // it gives no more
	paused bool  // nobody waits for its next snapshot
	opened int   // which of all that were opened it is
}

// figures are the sources of a page, and their rows that are kept.
type figures struct {
	env   page.Env
	open  func(dashboard.Source, map[string][]string) Feed
	feeds map[string]*feed
	names []string // in the order of the page
	kept  map[string]*kept
	count int // of all that were opened
	// shapes counts what readers made of rows.
	shapes int
	beside []string // sources that are not the page's, in their order
}

func newFigures(env page.Env, sources []dashboard.Source, open func(dashboard.Source, map[string][]string) Feed) *figures {
	f := &figures{env: env, open: open, feeds: map[string]*feed{}, kept: map[string]*kept{}}
	for _, src := range sources {
		f.feeds[src.Name] = &feed{src: src}
		f.names = append(f.names, src.Name)
	}
	return f
}

// start opens a source that is not open with these inputs yet.
func (f *figures) start(name string, bar *bar) tea.Cmd {
	s := f.feeds[name]
	if s == nil || f.open == nil {
		return nil
	}
	params, known := bar.params(s.src.Query)
	if !known {
		return nil
	}
	text := wording(params)
	if s.feed != nil && s.params == text {
		return nil
	}
	f.close(name)
	f.count++
	*s = feed{src: s.src, params: text, feed: f.open(s.src, params), opened: f.count}
	opened := s.feed
	context.AfterFunc(f.env.Ctx, opened.Close)
	return f.wait(name, 0)
}

// close closes a source, and ends the work on its rows.
func (f *figures) close(name string) {
	if s := f.feeds[name]; s.feed != nil {
		s.cancel()
		s.feed.Close()
	}
	for key, k := range f.kept {
		if k.from.name == name {
			if k.stop != nil {
				k.stop()
			}
			delete(f.kept, key)
		}
	}
}

// wait waits for the next snapshot of a source, until it is opened in another
// way or the page is hidden.
func (f *figures) wait(name string, after int) tea.Cmd {
	s := f.feeds[name]
	var ctx context.Context
	ctx, s.cancel = context.WithCancel(f.env.Ctx)
	s.paused = false
	return f.next(ctx, name, after)
}

// pause stops waiting for newer snapshots: what nobody waits for is not read
// again.
func (f *figures) pause() {
	for _, s := range f.feeds {
		if !f.env.Still && s.feed != nil && s.last.Complete && !s.paused {
			s.cancel()
			s.paused = true
		}
	}
}

// resume waits again.
func (f *figures) resume() tea.Cmd {
	var cmds []tea.Cmd
	for name, s := range f.feeds {
		if s.paused {
			cmds = append(cmds, f.wait(name, s.last.Seq))
		}
	}
	return tea.Batch(cmds...)
}

// next waits for the next snapshot of a source.
func (f *figures) next(ctx context.Context, name string, after int) tea.Cmd {
	from := f.feeds[name].feed
	still := f.env.Still
	return func() tea.Msg {
		snap, err := from.Next(ctx, after)
		for still && err == nil && !rests(snap) {
			snap, err = from.Next(ctx, snap.Seq)
		}
		return arrived{f, ctx, from, name, snap, err}
	}
}

// rests reports whether a snapshot is one after which nothing more has to be
// waited for.
func rests(s source.Snapshot) bool { return s.Complete && !s.Asking || s.Err != nil || s.Waiting != "" }

// arrived is a snapshot of a source.
type arrived struct {
	figures *figures
	ctx     context.Context
	from    Feed
	name    string
	snap    source.Snapshot
	err     error
}

func (m arrived) of() *figures { return m.figures }

func (m arrived) take(b *Board) tea.Cmd {
	f := m.figures
	s := f.feeds[m.name]
	if s.feed != m.from || m.ctx.Err() != nil {
		return nil
	}
	if m.err != nil {
		s.err = m.err
		return b.refeed()
	}
	lost := m.snap.Err != nil && s.last.Err == nil && s.last.Frame != nil
	s.last = m.snap
	cmds := []tea.Cmd{b.bar.learn(b.data, m.name), b.refeed()}
	if lost { // The old figures stay, and it is told where the page names them.
		cmds = append(cmds, page.Send(page.Failed{Err: placed{s.src.At, wordsOf(m.snap.Err)}}))
	}
	if !f.env.Still {
		cmds = append(cmds, f.next(m.ctx, m.name, m.snap.Seq))
	}
	return tea.Batch(cmds...)
}

// wording writes inputs so that those that differ are written differently.
func wording(inputs map[string][]string) string {
	var names []string
	for name := range inputs {
		names = append(names, name)
	}
	slices.Sort(names)
	var b strings.Builder
	for _, name := range names {
		b.WriteString(name + "\x00" + strings.Join(inputs[name], "\x01") + "\x02")
	}
	return b.String()
}

// kept is the rows of an origin that fulfil conditions.
type kept struct {
	from  origin
	where query.Where
	seq   int // of the rows whose these are; 0 = none yet
	rows  frame.Frame
	err   error
	used  bool // by a panel
	slow  bool // it takes long
	busy  int  // of which rows some are being kept; 0 = of none
	stop  context.CancelFunc
}

// key tells rows that are kept from others.
func (k *kept) key() string { return k.from.key() + "\x00" + text(k.where) }

// keep returns the rows of an origin that fulfil conditions, as far as they are
// known, and asks for those that are not.
func (f *figures) keep(from origin, where query.Where) (*kept, tea.Cmd) {
	k := &kept{from: from, where: where}
	if old := f.kept[k.key()]; old != nil {
		k = old
	}
	f.kept[k.key()] = k
	k.used = true
	switch {
	case from.frame == nil || k.seq == from.seq || k.busy != 0:
		return k, nil
	case len(where) == 0:
		k.seq, k.rows, k.err = from.seq, from.frame, nil
		return k, nil
	}
	ctx, stop := context.WithCancel(f.env.Ctx)
	k.busy, k.stop = from.seq, stop
	work := func() tea.Msg {
		rows, err := query.Keep(ctx, from.frame, where, nil)
		return filtered{f, k, from.seq, rows, err}
	}
	if f.env.Still || f.env.Tick == nil {
		return k, work
	}
	return k, tea.Batch(work, f.env.Tick(patience, func(time.Time) tea.Msg { return slow{f, k, from.seq} }))
}

// patience is how long work may take before the page says what it does.
const patience = 200 * time.Millisecond

// slow says that rows take long to be kept.
type slow struct {
	figures *figures
	kept    *kept
	seq     int
}

func (m slow) of() *figures { return m.figures }

func (m slow) take(*Board) tea.Cmd {
	m.kept.slow = m.kept.busy == m.seq
	return nil
}

// release ends the work for what no panel shows any more.
func (f *figures) release() {
	for key, k := range f.kept {
		if !k.used {
			if k.stop != nil {
				k.stop()
			}
			delete(f.kept, key)
		}
	}
}

// filtered is the rows of a snapshot that were kept.
type filtered struct {
	figures *figures
	kept    *kept
	seq     int
	rows    frame.Frame
	err     error
}

func (m filtered) of() *figures { return m.figures }

func (m filtered) take(b *Board) tea.Cmd {
	k := m.kept
	if k.stop != nil {
		k.stop()
	}
	k.busy, k.stop, k.slow = 0, nil, false
	if m.figures.kept[k.key()] != k {
		return nil
	}
	k.seq, k.rows, k.err = m.seq, m.rows, m.err
	return b.refeed()
}

// text writes conditions so that those that differ are written differently.
func text(where query.Where) string {
	var b strings.Builder
	for _, c := range where {
		b.WriteString(c.Field + "\x01" + string(c.Op) + "\x01" + strings.Join(c.Values, "\x02") + "\x03")
	}
	return b.String()
}
