package source

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/authtabs/tabgate/auth/fault"
	"github.com/authtabs/tabgate/data/dashboard"
)

// derivedKind reads a source and adds what its page wants made of it: columns
// of others.
type derivedKind struct {
	base   kind
	store  *Store
	src    dashboard.Source
	params map[string][]string
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
func (s *Store) derived(src dashboard.Source, base kind, params map[string][]string) kind {
	if len(src.Lookup) == 0 {
		return base
	}
	k := &derivedKind{base: base, store: s, src: src, params: params}
	for _, l := range src.Lookup {
		from, err := s.sibling(src, l.From)
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

// page are the sources that stand beside one on its page.
func (s *Store) page(src dashboard.Source) []dashboard.Source {
	if s.board == nil {
		return nil
	}
	for _, p := range s.board.Pages {
		if p.Content == nil {
			continue
		}
		if slices.ContainsFunc(p.Content.Sources, func(o dashboard.Source) bool { return o.Name == src.Name && o.At == src.At }) {
			return p.Content.Sources
		}
	}
	return nil
}

// sibling is the source of a name on the page of another.
func (s *Store) sibling(src dashboard.Source, name string) (dashboard.Source, error) {
	page := s.page(src)
	i := slices.IndexFunc(page, func(o dashboard.Source) bool { return o.Name == name })
	if i >= 0 {
		return page[i], nil
	}
	var names []string
	for _, o := range page {
		if o.Name != src.Name {
			names = append(names, o.Name)
		}
	}
	known := "the page has no other"
	if len(names) > 0 {
		known = "the page has " + strings.Join(names, ", ")
	}
	return dashboard.Source{}, fmt.Errorf("source %s: there is no source %q to look up in: %s", src.Name, name, known)
}

// circle returns an error if a source is looked up in itself, by way of those
// of names.
func (s *Store) circle(src dashboard.Source, names []string) error {
	if slices.Contains(names, src.Name) {
		return fmt.Errorf("source %s: it is looked up in itself, by way of %s: leave one lookup out", names[0], strings.Join(append(names[1:], src.Name), ", "))
	}
	for _, l := range src.Lookup {
		from, err := s.sibling(src, l.From)
		if err == nil {
			err = s.circle(from, append(slices.Clone(names), src.Name))
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// read implements kind.
func (k *derivedKind) read(ctx context.Context, p *publisher, why reason) (Snapshot, error) {
	p.quiet = true // a head would be without what is made of it
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

// make adds what is made of a snapshot of the base.
func (k *derivedKind) make(ctx context.Context, s Snapshot) (Snapshot, error) {
	s.Report.Notes = slices.Clone(s.Report.Notes)
	var notes []string
	for i, l := range k.src.Lookup {
		o := &k.others[i]
		f, told, err := lookup(ctx, s.Frame, o.last.Frame, l)
		if err != nil {
			return Snapshot{}, fmt.Errorf("source %s: lookup in %s: %w", k.src.Name, l.From, err)
		}
		s.Frame = f
		s.Report.Notes = append(s.Report.Notes, told...)
		if o.last.Note != "" {
			notes = append(notes, l.From+": "+o.last.Note)
		}
	}
	if len(notes) > 0 {
		if s.Note != "" {
			notes = slices.Insert(notes, 0, s.Note)
		}
		s.Note = strings.Join(notes, "; ")
	}
	return s, nil
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
		case got.Complete || got.Waiting != "":
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
			o.feed = k.store.Open(o.src, k.params)
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
