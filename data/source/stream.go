package source

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"sync"

	"github.com/authtabs/tabgate/auth/fault"
	"github.com/authtabs/tabgate/data/dashboard"
	"github.com/authtabs/tabgate/data/frame"
	"github.com/authtabs/tabgate/data/textfile"
)

// Sizes of what is received.
const (
	streamMemory = 256 << 20 // of it stays in memory
	streamBlock  = 64 << 10
	// streamHead is how much of it decides how it is split. Until then it is
	// looked at again from its start.
	streamHead = 1 << 20
	streamName = "standard input"
)

// stream receives a text that comes bit by bit, and keeps it.
type stream struct {
	spool *textfile.Spool

	mu    sync.Mutex
	size  int64 // of what has come
	lines int64 // up to its last line end
	done  bool
	err   error                      // why it broke off
	more  chan struct{}              // closed when more has come
	subs  map[*subscription]struct{} // who wants to hear of that
}

func newStream() *stream {
	return &stream{spool: textfile.NewSpool(streamMemory), more: make(chan struct{}), subs: map[*subscription]struct{}{}}
}

// receive reads all that comes.
func (s *stream) receive(r io.Reader) {
	buf := make([]byte, streamBlock)
	for {
		n, err := r.Read(buf)
		if n > 0 {
			if _, werr := s.spool.Write(buf[:n]); werr != nil {
				n, err = 0, werr
			}
		}
		s.got(buf[:n], err)
		if err != nil {
			return
		}
	}
}

func (s *stream) got(part []byte, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if i := bytes.LastIndexByte(part, '\n'); i >= 0 {
		s.lines = s.size + int64(i) + 1
	}
	s.size += int64(len(part))
	if s.done = err != nil; s.done && !errors.Is(err, io.EOF) {
		s.err = err
	}
	close(s.more)
	s.more = make(chan struct{})
	for sub := range s.subs {
		sub.tell()
	}
}

// Size implements textfile.Growing: whole lines, until all has come.
func (s *stream) Size() int64 {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.done {
		return s.size
	}
	return s.lines
}

// ReadAt implements io.ReaderAt.
func (s *stream) ReadAt(p []byte, at int64) (int, error) { return s.spool.ReadAt(p, at) }

// ready waits until there is a line, and of what can only be read as a whole
// until all has come.
func (s *stream) ready(ctx context.Context, progress func(textfile.Progress)) error {
	grows := false
	for {
		s.mu.Lock()
		size, lines, done, more := s.size, s.lines, s.done, s.more
		s.mu.Unlock()
		if lines > 0 && !grows && !done {
			head := make([]byte, min(lines, streamHead))
			if _, err := s.spool.ReadAt(head, 0); err != nil && !errors.Is(err, io.EOF) {
				return err
			}
			grows = textfile.Grows(head)
		}
		if done || grows {
			return nil
		}
		progress(textfile.Progress{Bytes: size})
		select {
		case <-more:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// state is whether all has come, and why it broke off.
func (s *stream) state() (done bool, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.done, s.err
}

// subscribe tells when more comes.
func (s *stream) subscribe() *subscription {
	sub := &subscription{C: make(chan struct{}, 1)}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.subs[sub] = struct{}{}
	sub.end = func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		delete(s.subs, sub)
	}
	return sub
}

// stdin is what the person pipes in. It is received from the first time that
// it is asked for.
func (s *Store) stdin() *stream {
	s.mu.Lock()
	if s.received != nil {
		defer s.mu.Unlock()
		return s.received
	}
	st := newStream()
	s.received = st
	s.mu.Unlock()
	s.own(st.spool.Close)
	fault.Go(func() { st.receive(s.o.Stdin) }) // which may wait for ever for more
	return st
}

// streamKind reads a text while it is received.
type streamKind struct {
	store *Store
	o     textfile.Options

	from   *textfile.File
	open   *resource
	opened int64 // how much was there when it was opened
	seen   int64
	done   bool
	rest   bool
	later  int64 // nothing is read before so much has come
	frame  frame.Frame
}

func newStreamKind(s *Store, src dashboard.Source) (kind, error) {
	o, err := readingOf(src)
	return &streamKind{store: s, o: o}, err
}

// read implements kind.
func (k *streamKind) read(ctx context.Context, p *publisher, _ reason) (Snapshot, error) {
	st := k.store.stdin()
	if err := st.ready(ctx, p.progress); err != nil {
		return Snapshot{}, err
	}
	size := st.Size()
	done, broke := st.state()
	if k.from != nil && (size == k.seen && done == k.done || !done && size < k.later) {
		return Snapshot{}, errSame
	}
	before := k.frame
	all, err := k.readOn(ctx, st, done)
	if err != nil {
		return Snapshot{}, err
	}
	k.seen, k.done = size, done
	k.frame = k.open.frame(all.Frame)
	s := Snapshot{Frame: k.frame, Report: all.Report}
	if before != nil {
		s.Grown = k.frame.Len() >= before.Len() && slices.EqualFunc(before.Columns(), k.frame.Columns(), sameColumn)
		s.Replaced = !s.Grown
	}
	switch {
	case broke != nil:
		s.Note = fmt.Sprintf("%s broke off (%v): what came before is shown", streamName, broke)
	case !done:
		s.Note = streamName + " goes on: rows are shown as they come"
		s.Progress = textfile.Progress{Rows: k.frame.Len(), Bytes: size}
	}
	return s, nil
}

func sameColumn(a, b frame.Column) bool {
	return a.Name == b.Name && a.Type == b.Type && a.Unit == b.Unit
}

// readOn reads what has come, or what has come since.
func (k *streamKind) readOn(ctx context.Context, st *stream, done bool) (*textfile.Result, error) {
	if k.from != nil && k.opened >= streamHead && !(done && k.rest) {
		g, err := k.from.Grow(ctx)
		if err == nil && !(done && g.Rest) {
			k.rest = g.Rest
			return g.Result, nil
		}
		if err != nil && !errors.Is(err, textfile.ErrAnew) {
			return nil, err
		}
		if err != nil { // all of it is read each time, so that is done seldom
			k.later = 2 * st.Size()
		}
	}
	k.close()
	opened := st.Size()
	from, err := textfile.OpenGrowing(ctx, st, streamName, k.o)
	if err != nil {
		return nil, err
	}
	open := k.store.own(from.Close)
	all, err := from.Finish(ctx, nil)
	if err != nil {
		open.release()
		return nil, err
	}
	k.from, k.open, k.opened, k.rest = from, open, opened, false
	return all, nil
}

// watch implements kind.
func (k *streamKind) watch() *subscription { return k.store.stdin().subscribe() }

// close implements kind.
func (k *streamKind) close() {
	if k.open != nil {
		k.open.release()
		k.open, k.from = nil, nil
	}
}
