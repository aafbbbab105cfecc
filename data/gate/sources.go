package gate

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"sync"
	"time"

	"github.com/authtabs/tabgate/auth/fault"
	"github.com/authtabs/tabgate/data/dashboard"
	"github.com/authtabs/tabgate/data/frame"
	"github.com/authtabs/tabgate/data/query"
	"github.com/authtabs/tabgate/data/source"
)

// Feed gives what is known of a source.
type Feed interface {
	// Next returns the first snapshot that is newer than one, waiting for it.
	Next(ctx context.Context, after int) (source.Snapshot, error)
	// Close says that nobody looks any more.
	Close()
}

// Open opens a source with what the inputs of its page hold. The caller, nil for
// nobody, is whom sources that ask as their reader are asked as.
type Open func(src dashboard.Source, params map[string][]string, as *Caller) Feed

// How long a source is kept open that nobody asks for, and how long it is read
// again by time.
const (
	keptOpen   = 15 * time.Minute
	keptFresh  = time.Minute
	mostOpened = 2000
)

// sources are the sources that are open, shared by those who see the same.
type sources struct {
	open Open
	now  func() time.Time
	ctx  context.Context // ends with the gate
	stop context.CancelFunc
	wg   sync.WaitGroup

	mu sync.Mutex
	m  map[[sha256.Size]byte]*opened
}

// opened is a source that is open.
type opened struct {
	feed  Feed
	until time.Time // when the reader's right to it ends; zero = never
	owned bool      // it is one reader's

	mu      sync.Mutex
	used    time.Time
	waiting bool // somebody waits for its newer snapshots
	last    source.Snapshot
	err     error
	changed chan struct{} // closed when last is another
	kept    map[string]*keptRows
	counted map[string]*counted
}

// keptRows are the rows of a snapshot that fulfil conditions.
type keptRows struct {
	once sync.Once
	seq  int
	rows frame.Frame
	err  error
}

// counted is how often each value of a column comes in rows of a snapshot.
type counted struct {
	once   sync.Once
	seq    int
	counts map[string]int
	kind   frame.Type
	err    error
}

func newSources(open Open, now func() time.Time) *sources {
	s := &sources{open: open, now: now, m: map[[sha256.Size]byte]*opened{}}
	s.ctx, s.stop = context.WithCancel(context.Background())
	return s
}

// close closes all sources.
func (s *sources) close() {
	s.stop()
	s.wg.Wait()
	s.forget(func(*opened) bool { return true })
}

// forget closes those of which fits says so.
func (s *sources) forget(fits func(*opened) bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for key, o := range s.m {
		if fits(o) {
			delete(s.m, key)
			o.feed.Close()
		}
	}
}

// sweep closes what nobody has asked for in a while, and what was opened for a
// reader whose token has ended.
func (s *sources) sweep() {
	now := s.now()
	s.forget(func(o *opened) bool {
		o.mu.Lock()
		defer o.mu.Unlock()
		return now.Sub(o.used) > keptOpen || !o.until.IsZero() && now.After(o.until)
	})
}

var (
	errFull = errors.New("too many sources are open: try again in a while")
	errEnds = errors.New("the access token ends before the figures would come")
)

// get is the source for a caller, opened if it is not open yet. Those who share
// it are of one identity.
func (s *sources) get(src dashboard.Source, params map[string][]string, c *Caller) (*opened, error) {
	key := sourceKey(src, params, identity(src.Identity, c))
	s.mu.Lock()
	defer s.mu.Unlock()
	now := s.now()
	o := s.m[key]
	if o != nil && !o.until.IsZero() && !now.Before(o.until) {
		delete(s.m, key)
		o.feed.Close()
		o = nil
	}
	if o == nil {
		if len(s.m) >= mostOpened {
			return nil, errFull
		}
		o = &opened{feed: s.open(src, params, c), changed: make(chan struct{}), kept: map[string]*keptRows{}, counted: map[string]*counted{}}
		o.owned = identity(src.Identity, c) != ""
		if o.owned && c != nil {
			if o.until = c.ends(now); !now.Before(o.until) {
				o.feed.Close()
				return nil, errEnds
			}
		}
		s.m[key] = o
	}
	o.mu.Lock()
	defer o.mu.Unlock()
	o.used = now
	if !o.waiting {
		o.waiting = true
		s.wg.Add(1)
		fault.Go(func() { defer s.wg.Done(); s.follow(o) })
	}
	return o, nil
}

func sourceKey(src dashboard.Source, params map[string][]string, identity string) [sha256.Size]byte {
	src.At = dashboard.Place{}
	text, err := json.Marshal([]any{src, params, []byte(identity)})
	if err != nil {
		panic("a source is always JSON: " + err.Error())
	}
	return sha256.Sum256(text)
}

// follow takes the newest snapshots of a source, as long as somebody asked for it
// lately: what nobody follows is not read again by time.
func (s *sources) follow(o *opened) {
	for {
		o.mu.Lock()
		after, used := o.last.Seq, o.used
		if s.ctx.Err() != nil || o.err != nil || s.now().Sub(used) > keptFresh {
			o.waiting = false
			o.mu.Unlock()
			return
		}
		o.mu.Unlock()
		ctx, cancel := context.WithTimeout(s.ctx, keptFresh)
		snap, err := o.feed.Next(ctx, after)
		ended := ctx.Err() != nil
		cancel()
		if err != nil && ended {
			continue
		}
		o.take(snap, err)
	}
}

func (o *opened) take(snap source.Snapshot, err error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.err = err; err == nil {
		o.last = snap
	}
	close(o.changed)
	o.changed = make(chan struct{})
}

// snapshot waits for all of a source.
func (o *opened) snapshot(ctx context.Context) (source.Snapshot, error) {
	for {
		o.mu.Lock()
		last, err, changed := o.last, o.err, o.changed
		o.mu.Unlock()
		switch {
		case err != nil:
			return last, err
		case last.Complete || last.Err != nil || last.Waiting != "":
			return last, nil
		}
		select {
		case <-changed:
		case <-ctx.Done():
			return last, ctx.Err()
		}
	}
}

// rows are the rows of a snapshot that fulfil conditions. They are found once
// for all who ask.
func (o *opened) rows(ctx context.Context, snap source.Snapshot, where query.Where) (frame.Frame, error) {
	if len(where) == 0 {
		return snap.Frame, nil
	}
	key := conditionsText(where)
	o.mu.Lock()
	k := o.kept[key]
	if k == nil || k.seq != snap.Seq {
		k = &keptRows{seq: snap.Seq}
		o.kept[key] = k
	}
	o.mu.Unlock()
	k.once.Do(func() { k.rows, k.err = query.Keep(context.WithoutCancel(ctx), snap.Frame, where, nil) })
	return k.rows, k.err
}

// counts are the values of a column of the rows that fulfil conditions. They are
// counted once for all who ask.
func (o *opened) counts(ctx context.Context, snap source.Snapshot, where query.Where, field string) *counted {
	key := conditionsText(where) + "\x00" + field
	o.mu.Lock()
	k := o.counted[key]
	if k == nil || k.seq != snap.Seq {
		k = &counted{seq: snap.Seq, counts: map[string]int{}}
		o.counted[key] = k
	}
	o.mu.Unlock()
	k.once.Do(func() {
		ctx := context.WithoutCancel(ctx)
		rows, err := o.rows(ctx, snap, where)
		if err == nil {
			k.kind, err = count(ctx, rows, field, k.counts)
		}
		k.err = err
	})
	return k
}
