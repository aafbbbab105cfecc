package walk

import (
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/authtabs/tabgate/data"
	"github.com/authtabs/tabgate/tui/chart"
	"github.com/authtabs/tabgate/tui/page"
)

const (
	stepTime = 50 * time.Millisecond
	// calmSteps is how many steps are made at once where motion is unwanted.
	calmSteps = 10
	// lagLimit is how many steps a walk may be late before it gives up
	// catching up, after the machine slept.
	lagLimit = 5
)

// speeds are the factors that < and > go through.
var speeds = []float64{0.25, 0.5, 1, 2, 4}

const normalSpeed = 2 // index into speeds

// A run is one walk being made.
type run struct {
	seed   uint64
	walk   *data.Walk
	series *chart.Series
	lo, hi float64 // of the y axis; it never shrinks while a walk is made, and fits when it is whole
	paused bool
	calm   bool
	speed  int
	clock  int  // the number of the tick that is awaited; others are stale
	awake  bool // a tick is awaited
	shown  bool
	due    time.Time
}

type tickMsg struct {
	clock int
	at    time.Time
}

// begin starts a walk. The speed stays.
func (r *run) begin(seed uint64, steps int, calm bool) {
	if r.walk == nil {
		r.speed = normalSpeed
	}
	r.seed, r.calm, r.paused = seed, calm, false
	r.walk = data.NewWalkOf(seed, steps)
	r.series = chart.NewSeries(r.walk.Start())
	r.lo, r.hi = 0, 0
	r.widen()
	r.sleep()
}

func (r *run) done() bool { return r.walk.Steps() >= r.walk.Whole() }

// step makes one step.
func (r *run) step() {
	r.series.Append(r.walk.Step()...)
	r.widen()
	if r.done() {
		lo, hi, _ := r.series.Range(0, r.series.Len())
		r.lo, r.hi = chart.Domain(lo, hi)
	}
}

// widen makes the y axis hold all values; it ends on round values and never
// shrinks, so that the line does not jump.
func (r *run) widen() {
	lo, hi, _ := r.series.Range(max(0, r.series.Len()-data.WalkRows-1), r.series.Len())
	if lo >= r.lo && hi <= r.hi && r.lo < r.hi {
		return
	}
	r.lo, r.hi = chart.Domain(min(lo, r.lo), max(hi, r.hi))
}

func (r *run) finish() {
	for !r.done() {
		r.step()
	}
}

// interval is the time between two ticks.
func (r *run) interval() time.Duration {
	d := time.Duration(float64(stepTime) / speeds[r.speed])
	if r.calm {
		d *= calmSteps
	}
	return d
}

// sleep makes the awaited tick stale.
func (r *run) sleep() {
	r.clock++
	r.awake = false
}

// rest stops the clock while nobody looks.
func (r *run) rest() {
	r.shown = false
	r.sleep()
}

// wake starts the clock, unless it runs, is stopped, or has nothing to do.
func (r *run) wake(env page.Env) tea.Cmd {
	r.shown = true
	return r.resume(env)
}

// resume starts the clock after a pause or with another speed.
func (r *run) resume(env page.Env) tea.Cmd {
	if r.awake || r.paused || !r.shown || r.done() || env.Still {
		return nil
	}
	now := env.Now()
	r.due = now
	return r.next(env, now)
}

// togglePause stops the clock, or lets it go on.
func (r *run) togglePause(env page.Env) tea.Cmd {
	if r.done() {
		return nil
	}
	r.paused = !r.paused
	r.sleep()
	return r.resume(env)
}

// single pauses and makes one step; it reports whether there was one to make.
func (r *run) single() bool {
	if r.done() {
		return false
	}
	r.paused = true
	r.sleep()
	r.step()
	return true
}

// faster changes the speed by some of its steps.
func (r *run) faster(env page.Env, by int) tea.Cmd {
	r.speed = min(max(r.speed+by, 0), len(speeds)-1)
	r.sleep()
	return r.resume(env)
}

// tick makes the steps of a tick and reports whether it was the awaited one.
func (r *run) tick(msg tickMsg) bool {
	if msg.clock != r.clock || !r.awake {
		return false
	}
	r.awake = false
	steps := 1
	if r.calm {
		steps = calmSteps
	}
	for ; steps > 0 && !r.done(); steps-- {
		r.step()
	}
	return true
}

// next asks for the next tick. What the last one was late is taken off, so
// that a whole walk lasts as long as its steps say.
func (r *run) next(env page.Env, now time.Time) tea.Cmd {
	if r.done() || r.paused {
		return nil
	}
	d := r.interval()
	r.due = r.due.Add(d)
	if late := now.Sub(r.due); late > lagLimit*d || late < -d {
		r.due = now.Add(d)
	}
	r.clock++
	r.awake = true
	clock := r.clock
	return env.Tick(max(time.Millisecond, r.due.Sub(now)), func(at time.Time) tea.Msg { return tickMsg{clock, at} })
}
