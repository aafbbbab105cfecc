package screen

import "time"

const (
	// statusRequest asks the terminal how it is (DSR). It answers when it has
	// taken in all that was sent before.
	statusRequest = "\x1b[5n"
	statusAnswer  = "[0n"

	// trials is how many requests a terminal gets that has answered none yet.
	trials = 3
	// answerMost is how long an answer is waited for. A frame of 20 KB takes
	// so long over a line of 2 KB a second.
	answerMost = 10 * time.Second

	// A terminal is quick that takes in fastRate bytes a second of a frame that
	// has probe bytes at least. It is asked again after askTime, or askBytes:
	// each answer wakes the program up.
	fastRate = 200 << 10
	probe    = 1 << 10
	askTime  = time.Second
	askBytes = 16 << 10
)

// A pace keeps no more than one frame on its way to the terminal: each ends
// with a request, and the next waits for the answer. Frames that nobody waits
// for would stand in buffers between, seconds of them on a slow line, before
// what a key has changed. A terminal that answers nothing is not waited for, and
// one that is quick is asked now and then. The zero value asks nothing.
type pace struct {
	can             bool // the terminal may be asked
	asked, answered int
	last            time.Time // of the last request
	lost            int       // answers in a row that did not come

	quick  bool
	began  time.Time // when the frame of the last request was begun
	size   int       // of that frame
	unseen int       // bytes since, without a request
}

// begin forgets what was asked: there may be another terminal now.
func (p *pace) begin() { *p = pace{can: p.can} }

// ask reports whether a frame of so many bytes is to end with a request, and
// counts that.
func (p *pace) ask(now time.Time, size int) bool {
	if !p.can || p.lost > 1 || p.answered == 0 && p.asked >= trials {
		return false
	}
	if p.unseen += size; p.quick && p.unseen < askBytes && now.Sub(p.last) < askTime {
		return false
	}
	p.asked++
	p.last, p.began, p.size, p.unseen = now, now, size, 0
	return true
}

// sent notes that a request has left at now.
func (p *pace) sent(now time.Time) { p.last = now }

// answer counts an answer that came at now.
func (p *pace) answer(now time.Time) {
	p.answered, p.lost = min(p.answered+1, p.asked), 0
	if took := now.Sub(p.began); p.answered == p.asked && p.size >= probe {
		p.quick = took.Seconds()*fastRate < float64(p.size)
	}
}

// wait returns how long the next frame may have to wait at now, 0 if it need
// not. One that has waited so long waits no longer.
func (p *pace) wait(now time.Time) time.Duration {
	if p.answered == 0 || p.answered == p.asked {
		return 0
	}
	if wait := p.last.Add(answerMost).Sub(now); wait > 0 {
		return wait
	}
	p.answered = p.asked
	p.lost++
	return 0
}

// open reports whether an answer may still come: from one that has answered
// none yet, too, as the first frame takes long over a slow line.
func (p *pace) open(now time.Time) bool {
	return p.asked > p.answered && now.Sub(p.last) < answerMost
}
