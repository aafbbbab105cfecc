package source

import (
	"context"
	"crypto/sha256"
	"fmt"

	"github.com/authtabs/tabgate/data/dashboard"
	"github.com/authtabs/tabgate/data/frame"
)

// kind is the way to read a source. It is called with s.mu held.
func (s *Store) kind(src dashboard.Source, a asking) kind {
	k := owned(s.reader(src, a), src, a)
	if r, ok := k.(*refused); ok {
		return r
	}
	return s.derived(src, k, a)
}

// reader is the way to read what a source names, as it is there.
func (s *Store) reader(src dashboard.Source, a asking) kind {
	switch {
	case src.Connection != "":
		return s.queried(src, a)
	case src.Values != nil:
		return &valuesKind{src}
	case src.URL != "":
		return orRefused(newURLKind(s, src, a.reader))
	case src.Stack != "" || src.Paths != nil:
		return orRefused(newStackKind(s, src))
	case src.Path == "-" && s.o.Files && s.o.Stdin != nil:
		return orRefused(newStreamKind(s, src))
	case src.Path != "":
		return orRefused(newPathKind(s, src))
	}
	return &refused{fmt.Errorf("source %s says no place: give it a path, a url, a connection or values", src.Name)}
}

func (s *Store) connections() []dashboard.Connection {
	if s.board == nil {
		return nil
	}
	return s.board.Connections
}

func orRefused(k kind, err error) kind {
	if err != nil {
		return &refused{err}
	}
	return k
}

func (s *Store) place() place { return place{s.o.Root, s.o.Files, s.o.FS, s.o.Trust} }

// keyOf is the same for sources that give the same.
func (s *Store) keyOf(src dashboard.Source, a asking) string {
	conn, params, reader := dashboard.Connection{}, a.params, a.key(src)
	if src.Connection == "" {
		params = nil // they are for queries alone
	} else if used, err := parseQuery(src.Query).used(params); err == nil {
		params = used
	}
	for _, c := range s.connections() {
		if c.Name == src.Connection {
			conn = c
			conn.At = dashboard.Place{}
		}
	}
	fallback := dashboard.Fallback{}
	if src.Fallback != nil {
		fallback = *src.Fallback
	}
	has := src.Fallback != nil
	others := ""
	for _, name := range usedBy(src) {
		if from, err := s.sibling(src, name); err == nil && s.circle(from, []string{src.Name}) == nil {
			others += s.keyOf(from, a)
		}
	}
	src.Fallback, src.At = nil, dashboard.Place{}
	sum := sha256.Sum256(fmt.Appendf(nil, "%#v %t %#v %#v %#v %x %q", src, has, fallback, params, conn, others, reader)) // maps are printed in the order of their keys
	return string(sum[:])
}

// refused is a source that is not read.
type refused struct{ err error }

// read implements kind.
func (r *refused) read(context.Context, *publisher, reason) (Snapshot, error) {
	return Snapshot{}, r.err
}

// watch implements kind.
func (r *refused) watch() *subscription { return nil }

// close implements kind.
func (r *refused) close() {}

// renamed is a frame whose figures came from somewhere else than it says.
func renamed(f frame.Frame, o frame.Origin) frame.Frame { return &renamedFrame{f, o} }

type renamedFrame struct {
	frame.Frame
	origin frame.Origin
}

// Origin implements frame.Frame.
func (r *renamedFrame) Origin() frame.Origin { return r.origin }

// Search implements frame.Searcher.
func (r *renamedFrame) Search(ctx context.Context, text string, progress func(rows int)) (frame.Hits, error) {
	return frame.Search(ctx, r.Frame, text, progress)
}
