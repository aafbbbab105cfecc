package table

import (
	"context"
	"time"

	tea "github.com/charmbracelet/bubbletea"
)

// When progress is told: once something takes long, and then now and again.
const (
	tellAfter = 200 * time.Millisecond
	tellEvery = 100 * time.Millisecond
)

// tasks is the long work of a panel: one thing at a time, off the loop.
type tasks struct {
	ctx   context.Context
	seq   int
	stop  context.CancelFunc
	what  string  // what is done, "" = nothing
	mute  bool    // what runs is not told before it takes long
	done  float64 // the share of it; 0 until it takes long
	quiet bool    // nobody asked for it: it is told, and can be stopped, once it takes long
	// stopped is called when the work is stopped before its end.
	stopped func()
}

// work does something and returns what changes on the loop when it is done.
type work func(ctx context.Context, tell func(float64)) (apply func() tea.Cmd, err error)

type (
	// finished is the end of some work.
	finished struct {
		of    *tasks
		seq   int
		apply func() tea.Cmd
		err   error
	}
	// progressed tells how much of some work is done.
	progressed struct {
		of   *tasks
		seq  int
		done float64
		next tea.Cmd
	}
)

// start begins some work in the place of what runs.
func (t *tasks) start(what string, stopped func(), do work) tea.Cmd {
	t.end()
	t.seq++
	ctx, stop := context.WithCancel(t.ctx)
	t.stop, t.what, t.done, t.stopped = stop, what, 0, stopped
	told := make(chan float64, 1)
	seq := t.seq
	run := func() tea.Msg {
		defer close(told)
		apply, err := do(ctx, teller(told))
		return finished{t, seq, apply, err}
	}
	var listen tea.Cmd
	listen = func() tea.Msg {
		if done, ok := <-told; ok {
			return progressed{t, seq, done, listen}
		}
		return nil
	}
	return tea.Batch(run, listen)
}

// teller returns a function that tells progress, not too often.
func teller(told chan<- float64) func(float64) {
	next := time.Now().Add(tellAfter)
	return func(done float64) {
		if now := time.Now(); now.After(next) {
			next = now.Add(tellEvery)
			select {
			case told <- done:
			default:
			}
		}
	}
}

// told reports whether it is said what runs.
func (t *tasks) shown() bool { return t.what != "" && (!t.mute || t.done > 0) }

// busy reports whether something runs.
func (t *tasks) busy() bool { return t.what != "" }

// end forgets what runs.
func (t *tasks) end() {
	if t.stop != nil {
		t.stop()
	}
	t.seq++
	t.what, t.done, t.stopped = "", 0, nil
}

// halt stops what runs, as somebody wants it.
func (t *tasks) halt() {
	stopped := t.stopped
	t.end()
	if stopped != nil {
		stopped()
	}
}

// take takes the end of some work, and reports whether it is that which runs.
func (t *tasks) take(m finished) bool {
	if m.of != t || m.seq != t.seq {
		return false
	}
	t.stop()
	t.what, t.done, t.stopped = "", 0, nil
	return true
}

// told takes progress.
func (t *tasks) told(m progressed) tea.Cmd {
	if m.of == t && m.seq == t.seq {
		t.done = m.done
		return m.next
	}
	return nil
}

// works are what a table does off the loop, one of each at a time: arranging
// its rows, answering what was asked of them, and writing them for others.
type works struct{ rows, asks, outs tasks }

func (w *works) all() [3]*tasks { return [3]*tasks{&w.rows, &w.asks, &w.outs} }

func (w *works) begin(ctx context.Context) {
	for _, t := range w.all() {
		t.ctx, t.mute = ctx, true
	}
	w.outs.mute = false // nobody knows how far it is
}

// running is what runs and somebody waits for, nil for nothing: what is told
// comes first.
func (w *works) running() *tasks {
	var found *tasks
	for _, t := range w.all() {
		if t.busy() && (!t.quiet || t.shown()) && (found == nil || t.shown() && !found.shown()) {
			found = t
		}
	}
	return found
}

// halt stops what runs, as somebody wants it.
func (w *works) halt() {
	for _, t := range w.all() {
		if t.busy() {
			t.halt()
		}
	}
}

func (w *works) take(m finished) bool {
	for _, t := range w.all() {
		if t.take(m) {
			return true
		}
	}
	return false
}

func (w *works) told(m progressed) tea.Cmd {
	for _, t := range w.all() {
		if cmd := t.told(m); cmd != nil {
			return cmd
		}
	}
	return nil
}
