package source

import (
	"context"
	"errors"
	"time"
)

// Times of reading again.
const (
	leastEvery = time.Second            // between readings that are due or asked for
	fileQuiet  = 40 * time.Millisecond  // after a change: a file is saved in several steps
	fileMost   = 400 * time.Millisecond // a file that is written all the time is read so often
	badQuiet   = 300 * time.Millisecond // after a change that left nothing that can be read
)

// run reads, and reads again when there is reason to, until ctx ends.
func (r *reading) run(ctx context.Context) {
	defer r.kind.close()
	why := changed
	for first := true; ctx.Err() == nil; first = false {
		sub := r.kind.watch() // before it is read, so that no change is missed
		err := r.readOnce(ctx, why)
		if err != nil && !first && why == changed && sub != nil && r.last.Complete {
			// It may be half saved: what comes next is better than an error.
			if !settle(ctx, sub.C, badQuiet, 4*badQuiet) {
				sub.close()
				return
			}
			err = r.readOnce(ctx, changed)
		}
		if err != nil {
			r.fail(err)
		}
		at := time.Now()
		why = r.rest(ctx, sub, at)
		if sub != nil {
			sub.close()
		}
	}
}

// rest waits until there is reason to read again, and returns it.
func (r *reading) rest(ctx context.Context, sub *subscription, read time.Time) reason {
	var changes <-chan struct{}
	if sub != nil {
		changes = sub.C
	}
	for {
		t, why := r.timer(sub, read)
		select {
		case <-ctx.Done():
			return asked
		case <-changes:
			if settle(ctx, changes, fileQuiet, fileMost) {
				return changed
			}
		case <-r.asked:
			if r.last.Waiting != "" || pause(ctx, time.Until(read.Add(leastEvery))) {
				r.answered() // those from meanwhile are answered as well
				return asked
			}
		case <-t:
			if r.isAwaited() {
				return why
			}
		case <-r.wanted: // so there may be a time again
		}
	}
}

// answered forgets what was asked.
func (r *reading) answered() {
	select {
	case <-r.asked:
	default:
	}
}

// timer fires when it is time to read, or to look whether something has
// changed where the system does not tell. While nobody waits it is nil.
func (r *reading) timer(sub *subscription, read time.Time) (<-chan time.Time, reason) {
	if !r.isAwaited() {
		return nil, due
	}
	every, why := r.every, due
	if looks := sub != nil && (sub.polled || r.last.Err != nil); looks && (every == 0 || every > lookEvery) {
		every, why = lookEvery, changed
	}
	if every == 0 {
		return nil, due
	}
	return time.After(time.Until(read.Add(every))), why
}

// pause waits for a time. It reports false when ctx ends before.
func pause(ctx context.Context, d time.Duration) bool {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return true
	case <-ctx.Done():
		return false
	}
}

// readOnce reads, and publishes what it gives.
func (r *reading) readOnce(ctx context.Context, why reason) error {
	s, err := r.kind.read(ctx, &publisher{r: r}, why)
	switch {
	case ctx.Err() != nil:
		return nil
	case errors.Is(err, errSame) && r.last.Err == nil:
		return nil
	case errors.Is(err, errSame): // what was gone is there again
		s = r.last
		s.Err, s.Grown, s.Replaced = nil, false, false
	case err != nil:
		return err
	}
	s.Complete = s.Waiting == ""
	r.publish(s)
	return nil
}

// fail publishes what is wrong. The last frame that was whole stays.
func (r *reading) fail(err error) {
	var gone *withdrawn
	withdraws := errors.As(err, &gone)
	if r.last.Err != nil && r.last.Err.Error() == err.Error() && !(withdraws && r.last.Frame != nil) {
		return // that is known
	}
	s := Snapshot{Err: err}
	if last := r.last; last.Complete && !withdraws {
		s.Frame, s.Report, s.Complete, s.Read, s.Note = last.Frame, last.Report, true, last.Read, last.Note
		s.Fallback = last.Fallback
	}
	r.publish(s)
}
