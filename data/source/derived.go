package source

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/authtabs/tabgate/auth/fault"
	"github.com/authtabs/tabgate/data/dashboard"
	"github.com/authtabs/tabgate/data/frame"
)

// derivedKind reads a source and makes what its page wants of it: columns of
// others are looked up, then it is transformed.
type derivedKind struct {
	base   kind
	store  *Store
	src    dashboard.Source
	asked  asking
	r      *reading // of all this
	others []other
	last   Snapshot // of the base
	failed bool     // nothing could be made of what was read last
}

// other is a source that columns are taken from.
type other struct {
	src  dashboard.Source
	feed *Feed // nil = it was not opened yet
	last Snapshot
	seen int // the last snapshot that was looked at
}

// derived is base with what is made of it, if anything is. It is called with
// s.mu held.
func (s *Store) derived(src dashboard.Source, base kind, a asking) kind {
	if len(src.Lookup) == 0 && src.Transform == nil {
		return base
	}
	k := &derivedKind{base: base, store: s, src: src, asked: a}
	for _, name := range usedBy(src) {
		from, err := s.sibling(src, name)
		if err == nil {
			err = s.circle(from, []string{src.Name})
		}
		if err != nil {
			base.close()
			return &refused{err}
		}
		k.others = append(k.others, other{src: from})
	}
	return k
}

// read implements kind.
func (k *derivedKind) read(ctx context.Context, p *publisher, why reason) (Snapshot, error) {
	p.quiet = true // a head would be without what is made of it
	p.derive = k.early
	s, err := k.base.read(ctx, p, why)
	news := err == nil
	if errors.Is(err, errSame) && k.last.Frame != nil {
		s, err = k.last, nil
		s.Grown, s.Replaced = false, false
	}
	if err != nil || s.Waiting != "" {
		return s, err
	}
	k.last = s
	for i := range k.others {
		n, err := k.others[i].read(ctx)
		if err != nil {
			k.failed = true
			return Snapshot{}, fmt.Errorf("source %s: lookup: %w", k.src.Name, err)
		}
		news = news || n
		if w := k.others[i].last.Waiting; w != "" {
			return Snapshot{Waiting: w}, nil
		}
	}
	if !news && !k.failed {
		return Snapshot{}, errSame
	}
	s, err = k.make(ctx, s)
	k.failed = err != nil
	return s, err
}

// early makes what can be made before other sources are read.
func (k *derivedKind) early(ctx context.Context, s Snapshot) (Snapshot, error) {
	if len(k.others) > 0 {
		return Snapshot{}, errSame
	}
	return k.make(ctx, s)
}

// make makes the whole of a snapshot of the base.
func (k *derivedKind) make(ctx context.Context, s Snapshot) (Snapshot, error) {
	s.Report.Notes = slices.Clone(s.Report.Notes)
	for _, l := range k.src.Lookup {
		f, told, err := lookup(ctx, s.Frame, k.other(l.From).last.Frame, l)
		if err != nil {
			return Snapshot{}, fmt.Errorf("source %s: lookup in %s: %w", k.src.Name, l.From, err)
		}
		s.Frame = f
		s.Report.Notes = append(s.Report.Notes, told...)
	}
	if k.src.Transform != nil {
		f, told, err := transform(ctx, s.Frame, k.src.Transform, func(name string) (frame.Frame, error) {
			if o := k.other(name); o != nil {
				return o.last.Frame, nil
			}
			return nil, fmt.Errorf("there is no source %q", name)
		})
		if err != nil {
			return Snapshot{}, fmt.Errorf("source %s: %s", k.src.Name, oneLine(err))
		}
		s.Frame = f
		s.Report.Notes = append(s.Report.Notes, told...)
		s.Grown = s.Grown && rowByRow(k.src.Transform)
	}
	s.Note = k.notes(s.Note)
	return s, nil
}

func (k *derivedKind) other(name string) *other {
	i := slices.IndexFunc(k.others, func(o other) bool { return o.src.Name == name })
	if i < 0 {
		return nil
	}
	return &k.others[i]
}

// notes are what is told of the source and of the others.
func (k *derivedKind) notes(own string) string {
	var notes []string
	if own != "" {
		notes = append(notes, own)
	}
	for _, o := range k.others {
		if o.last.Note != "" {
			notes = append(notes, o.src.Name+": "+o.last.Note)
		}
	}
	return strings.Join(notes, "; ")
}

// read waits until all of another source was read, and reports whether it is
// another than before.
func (o *other) read(ctx context.Context) (news bool, err error) {
	for after := 0; ; after = o.seen {
		got, err := o.feed.r.next(ctx, after, nil)
		if err != nil {
			return false, err
		}
		o.seen = got.Seq
		switch {
		case got.Err != nil && got.Frame == nil:
			return false, got.Err
		case got.Complete && !got.Asking || got.Waiting != "":
			news = got.Seq != o.last.Seq
			o.last = got
			return news, nil
		}
	}
}

// usedBy tells that another source is made of this one.
func (r *reading) usedBy(user *reading) {
	r.mu.Lock()
	r.users = append(r.users, user)
	r.mu.Unlock()
	user.mu.Lock()
	user.uses = append(user.uses, r)
	user.mu.Unlock()
}

// watch implements kind: it hears of changes to the source and to the others,
// which it opens.
func (k *derivedKind) watch() *subscription {
	ctx, stop := context.WithCancel(k.store.ctx)
	sub := &subscription{C: make(chan struct{}, 1)}
	base := k.base.watch()
	sub.end = func() {
		stop()
		if base != nil {
			base.close()
		}
	}
	if base != nil {
		sub.polled = base.polled
		fault.Go(func() {
			for {
				select {
				case <-base.C:
					sub.tell()
				case <-ctx.Done():
					return
				}
			}
		})
	}
	for i := range k.others {
		o := &k.others[i]
		if o.feed == nil {
			o.feed = k.store.open(o.src, k.asked)
			o.feed.r.usedBy(k.r)
		}
		feed, seq := o.feed, o.seen
		fault.Go(func() {
			for {
				s, err := feed.r.next(ctx, seq, nil)
				if err != nil {
					return
				}
				seq = s.Seq
				sub.tell()
			}
		})
	}
	return sub
}

// close implements kind.
func (k *derivedKind) close() {
	k.base.close()
	for _, o := range k.others {
		if o.feed != nil {
			o.feed.Close()
		}
	}
}
