package source

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/authtabs/tabgate/data/frame"
	"github.com/authtabs/tabgate/data/textfile"
)

// errSame says that a source holds what it held when it was last read.
var errSame = errors.New("nothing has changed")

// Sizes of what is shown of a file before it is read to its end.
const (
	headRows  = 1000
	leastRows = 40      // of many columns
	headCells = 250_000 // of as many rows as these make
	// tellEvery is how often progress is told.
	tellEvery = 100 * time.Millisecond
)

// publisher publishes what is known of a source before all of it is read. What
// is shown already is not replaced by a head.
type publisher struct {
	r      *reading
	told   time.Time         // when progress was
	quiet  bool              // heads are those of parts
	before textfile.Progress // of the parts that were read already
	// derive makes of what was read what the source gives; nil = that is the same.
	derive func(context.Context, Snapshot) (Snapshot, error)
}

// early publishes figures that are at hand while newer ones are asked for. What
// is shown already is not replaced by them.
func (p *publisher) early(ctx context.Context, s Snapshot) {
	if p.r.last.Seq > 0 {
		return
	}
	if p.derive != nil {
		made, err := p.derive(ctx, s)
		if err != nil {
			return
		}
		s = made
	}
	s.Asking, s.Complete = true, true
	p.r.publish(s)
}

// head publishes the first rows of a file. They are copied, so that they stay
// valid while the file is read on.
func (p *publisher) head(ctx context.Context, f *textfile.File) error {
	if p.quiet || p.r.last.Complete {
		return nil
	}
	head, err := f.Head(ctx)
	if err != nil {
		return err
	}
	rows := min(headRows, max(headCells/max(len(head.Columns()), 1), leastRows))
	b, err := frame.Rows(ctx, head, frame.All(head), 0, rows)
	if err != nil {
		return err
	}
	held := frame.New(head.Origin(), slices.Clone(head.Columns()), b.Columns)
	p.r.publish(Snapshot{Frame: held, Report: head.Report})
	return nil
}

// progress publishes now and then how far a file is read. Once all was read,
// what is shown stays as it is while it is read again.
func (p *publisher) progress(how textfile.Progress) {
	now := p.r.store.o.Now()
	if p.told.IsZero() {
		p.told = now // the head was published just now
	}
	if p.r.last.Complete || now.Sub(p.told) < tellEvery {
		return
	}
	p.told = now
	if how.Rows += p.before.Rows; p.quiet {
		how.Bytes, how.Total = how.Bytes+p.before.Bytes, 0
	}
	s := p.r.last
	s.Progress, s.Read = how, now
	p.r.publish(s)
}
