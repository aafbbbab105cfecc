package screen

import (
	"errors"
	"io"
	"sync"
	"time"

	"github.com/authtabs/tabgate/tui/cell"
)

// frameTime is the least time between two frames: 120 a second.
const frameTime = time.Second / 120

// Synchronized output: a terminal that knows these marks shows all between
// them at once; the others ignore them.
const (
	syncOn  = "\x1b[?2026h"
	syncOff = "\x1b[?2026l"
)

// piece is how much is written at once, so that a slow terminal is seen to
// move, and a frame can be given up.
const piece = 4096

// errDropped says that a frame was given up.
var errDropped = errors.New("the frame was given up")

// A painter writes frames to the terminal in a goroutine of its own, one at
// a time. The loop asks claim before it makes a frame; while a frame is on
// its way (see pace), or was shown less than frameTime ago, claim says no, and
// ask is called once when the time has come. So at most one frame is under
// way, bursts of messages end in one frame, a slow terminal holds up nobody,
// and a painter with nothing to do has no timer running.
type painter struct {
	out  io.Writer
	ask  func()      // called from any goroutine: a frame can be made now
	gone func(error) // called once: the terminal takes no more
	jobs chan job
	done chan struct{} // closed when the goroutine has ended
	seen chan struct{} // closed when the first frame is out, or none will be

	mu    sync.Mutex
	busy  bool // a frame is claimed or being written
	dirty bool // claim said no since the last frame
	pace  pace
	next  time.Time
	alarm *time.Timer // will ask; nil where nobody waits
	due   time.Time   // when
	drop  bool        // frames are given up
	moved time.Time   // when a piece was written last
	quiet *sync.Cond

	// These belong to the loop alone.
	fresh   bool // what was submitted last is what the terminal shows
	w, h    int
	pending []byte // to be written with the next frame, outside the picture

	// diff belongs to the loop from claim to submit, and to the goroutine
	// from submit until it releases the claim.
	diff diff
}

type job struct {
	all    bool   // write every cell
	extra  []byte // written after the picture
	prefix string // written before it
}

func newPainter(out io.Writer, guard *Guard, ask func(), gone func(error)) *painter {
	p := &painter{out: out, ask: ask, gone: gone, jobs: make(chan job, 1), done: make(chan struct{}), seen: make(chan struct{})}
	p.quiet = sync.NewCond(&p.mu)
	guard.Go(p.run)
	return p
}

// claim reports whether a frame can be made and shown now. If so, it must be
// drawn into grid, and submit must follow.
func (p *painter) claim() bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	if !p.free() {
		return false
	}
	p.busy, p.dirty = true, false
	return true
}

// grid returns the cells to draw a claimed frame into. They hold what was
// drawn for the frame before, unless the size has changed.
func (p *painter) grid() *cell.Grid {
	p.diff.resize(p.w, p.h)
	return &p.diff.next
}

// ready reports what claim would, and claims nothing.
func (p *painter) ready() bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.free()
}

// free reports whether a frame can be made. If not, ask will be called. The
// mutex is held.
func (p *painter) free() bool {
	if p.busy {
		p.dirty = true
		return false
	}
	if wait := p.wait(); wait > 0 {
		p.dirty = true
		p.arm(wait)
		return false
	}
	return true
}

// wait returns how long the next frame has to wait. The mutex is held.
func (p *painter) wait() time.Duration {
	now := time.Now()
	return max(0, p.next.Sub(now), p.pace.wait(now))
}

// arm asks once after wait, or before where that is so already. The mutex is
// held.
func (p *painter) arm(wait time.Duration) {
	due := time.Now().Add(wait)
	if p.alarm != nil {
		if !due.Before(p.due) {
			return
		}
		p.alarm.Stop()
	}
	p.due = due
	var own *time.Timer
	own = time.AfterFunc(wait, func() {
		p.mu.Lock()
		if p.alarm == own {
			p.alarm = nil
		}
		p.mu.Unlock()
		p.ask()
	})
	p.alarm = own
}

// answered is called when the terminal has taken in a frame.
func (p *painter) answered() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.pace.answer(time.Now())
	p.quiet.Broadcast()
	if p.dirty && !p.busy {
		p.arm(p.wait())
	}
}

// submit hands over the frame that was claimed and drawn. One that has not
// changed, with nothing to add, is dropped.
func (p *painter) submit(changed bool, prefix string) {
	if p.fresh && len(p.pending) == 0 && (!changed || p.diff.same()) {
		p.release(time.Time{})
		return
	}
	p.jobs <- job{!p.fresh, p.pending, prefix} // room is certain: busy was ours
	p.fresh, p.pending = true, nil
}

// release ends a claim. The next frame waits until next.
func (p *painter) release(next time.Time) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.busy, p.next = false, next
	p.quiet.Broadcast()
	if p.dirty {
		p.arm(p.wait())
	}
}

// run is the painter's goroutine. After a failed write it never releases its
// claim, so that no further frame is made.
func (p *painter) run() {
	defer close(p.done)
	shown := sync.OnceFunc(func() { close(p.seen) })
	defer shown()
	for j := range p.jobs {
		start := time.Now()
		if err := p.write(j); err != nil && !errors.Is(err, errDropped) {
			p.gone(err)
			return
		}
		p.release(start.Add(frameTime))
		shown()
	}
}

func (p *painter) write(j job) error {
	d := &p.diff
	d.valid = d.valid && !j.all
	d.out = append(append(d.out[:0], j.prefix...), syncOn...)
	empty := len(d.out)
	if out := d.frame(); len(out) == empty {
		d.out = d.out[:len(j.prefix)]
	} else {
		d.out = append(d.out, syncOff...)
	}
	d.out = append(d.out, j.extra...)
	if len(d.out) == 0 {
		return nil
	}
	p.mu.Lock()
	asks := p.pace.ask(time.Now(), len(d.out))
	p.mu.Unlock()
	if asks {
		d.out = append(d.out, statusRequest...)
	}
	err := p.put(d.out)
	p.mu.Lock()
	if asks {
		p.pace.sent(time.Now())
	}
	p.mu.Unlock()
	return err
}

// put writes b piece by piece, until it is to be given up.
func (p *painter) put(b []byte) error {
	for len(b) > 0 {
		p.mu.Lock()
		p.moved = time.Now()
		drop := p.drop
		p.quiet.Broadcast()
		p.mu.Unlock()
		if drop {
			return errDropped
		}
		n := min(len(b), piece)
		if _, err := p.out.Write(b[:n]); err != nil {
			return err
		}
		b = b[n:]
	}
	return nil
}

// settle waits until the terminal has taken in the last frame, and reports
// whether it has. It waits until nothing has moved for the time still, and for
// the time most at most. The loop calls it, so no new frame can begin
// meanwhile.
func (p *painter) settle(still, most time.Duration) bool {
	begin := time.Now()
	p.mu.Lock()
	defer p.mu.Unlock()
	for {
		now := time.Now()
		moved := begin
		if p.moved.After(begin) {
			moved = p.moved
		}
		left := min(moved.Add(still).Sub(now), begin.Add(most).Sub(now))
		switch {
		case !p.busy && !p.pace.open(now):
			return true
		case left <= 0:
			return false
		}
		late := time.AfterFunc(left, p.quiet.Broadcast)
		p.quiet.Wait()
		late.Stop()
	}
}

// giveUp gives up the frame under way, and all that follow until resume.
func (p *painter) giveUp() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.drop = true
}

// idle waits until nothing is written any more, and no answer is missing if
// answered, at most limit, and reports whether that is so.
func (p *painter) idle(limit time.Duration, answered bool) bool {
	begin := time.Now()
	late := time.AfterFunc(limit, p.quiet.Broadcast)
	defer late.Stop()
	p.mu.Lock()
	defer p.mu.Unlock()
	waits := func() bool { return p.busy || answered && p.pace.asked > p.pace.answered }
	for waits() && time.Since(begin) < limit {
		p.quiet.Wait()
	}
	return !waits()
}

// resume paints again, from the first cell on.
func (p *painter) resume() {
	p.fresh = false
	p.mu.Lock()
	defer p.mu.Unlock()
	p.drop = false
	p.pace.begin()
}

// close ends the goroutine once the loop has ended.
func (p *painter) close() { close(p.jobs) }
