package screen

import (
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

// A painter writes frames to the terminal in a goroutine of its own, one at
// a time. The loop asks claim before it makes a frame; while a frame is on
// its way, or was shown less than frameTime ago, claim says no, and ask is
// called once when the time has come. So at most one frame is under way,
// bursts of messages end in one frame, a slow terminal holds up nobody, and
// a painter with nothing to do has no timer running.
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
	armed bool // a timer will ask
	next  time.Time
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
	if wait := time.Until(p.next); wait > 0 {
		p.dirty = true
		p.arm(wait)
		return false
	}
	return true
}

// arm asks once after wait. The mutex is held.
func (p *painter) arm(wait time.Duration) {
	if !p.armed {
		p.armed = true
		time.AfterFunc(wait, func() {
			p.mu.Lock()
			p.armed = false
			p.mu.Unlock()
			p.ask()
		})
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
		p.arm(max(0, time.Until(next)))
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
		if err := p.write(j); err != nil {
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
	_, err := p.out.Write(d.out)
	return err
}

// settle waits until no frame is under way, at most limit, and says whether
// that is so. The loop calls it, so no new frame can begin meanwhile.
func (p *painter) settle(limit time.Duration) bool {
	late := time.AfterFunc(limit, p.quiet.Broadcast)
	defer late.Stop()
	deadline := time.Now().Add(limit)
	p.mu.Lock()
	defer p.mu.Unlock()
	for p.busy && time.Now().Before(deadline) {
		p.quiet.Wait()
	}
	return !p.busy
}

// close ends the goroutine once the loop has ended.
func (p *painter) close() { close(p.jobs) }
