package client

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"sync"
	"time"

	"github.com/authtabs/tabgate/auth/fault"
	"github.com/authtabs/tabgate/auth/neterr"
	"github.com/authtabs/tabgate/data/dashboard"
	"github.com/authtabs/tabgate/data/frame"
	"github.com/authtabs/tabgate/data/gate/wire"
	"github.com/authtabs/tabgate/data/source"
)

// Feed is a frame of a page that somebody looks at. Its rows are in memory, and
// gone when it is closed.
type Feed struct {
	page   *Page
	frame  wire.Frame
	inputs map[string][]string
	every  time.Duration
	ctx    context.Context // ends with the feed
	stop   context.CancelFunc
	asked  chan struct{} // has one when somebody wants it read again
	wanted chan struct{} // has one when somebody begins to wait

	mu      sync.Mutex
	last    source.Snapshot
	changed chan struct{} // closed when last is another
	waiting int
	etag    string
}

// Open opens a frame of the page with what its inputs hold. Close ends it.
func (p *Page) Open(ctx context.Context, src dashboard.Source, inputs map[string][]string) *Feed {
	f := &Feed{
		page: p, frame: p.frames[src.Name], inputs: p.choices(inputs), every: src.Refresh,
		asked: make(chan struct{}, 1), wanted: make(chan struct{}, 1), changed: make(chan struct{}),
	}
	f.ctx, f.stop = context.WithCancel(ctx)
	fault.Go(f.run)
	return f
}

// choices are the values of inputs as they are sent: a range is one value.
func (p *Page) choices(inputs map[string][]string) map[string][]string {
	out := map[string][]string{}
	for name, values := range inputs {
		out[name] = values
		for _, in := range p.Content.Inputs {
			if in.Name == name && in.Kind == "range" && len(values) == 2 {
				out[name] = []string{wire.Range(values[0], values[1])}
			}
		}
	}
	return out
}

// Next waits for a snapshot that is newer than the one of a number, and returns
// the newest. Its only errors are ctx's and source.ErrClosed.
func (f *Feed) Next(ctx context.Context, after int) (source.Snapshot, error) {
	f.count(1)
	defer f.count(-1)
	for {
		f.mu.Lock()
		last, changed := f.last, f.changed
		f.mu.Unlock()
		switch {
		case f.ctx.Err() != nil:
			return source.Snapshot{}, source.ErrClosed
		case last.Seq > after:
			return last, nil
		}
		select {
		case <-changed:
		case <-ctx.Done():
			return source.Snapshot{}, ctx.Err()
		case <-f.ctx.Done():
		}
	}
}

// count counts those who wait.
func (f *Feed) count(more int) {
	f.mu.Lock()
	f.waiting += more
	f.mu.Unlock()
	if more > 0 {
		signal(f.wanted)
	}
}

func signal(c chan struct{}) {
	select {
	case c <- struct{}{}:
	default:
	}
}

// Refresh asks for the rows again.
func (f *Feed) Refresh() { signal(f.asked) }

// Close says that nobody looks any more: its rows go.
func (f *Feed) Close() {
	f.stop()
	f.mu.Lock()
	defer f.mu.Unlock()
	f.last = source.Snapshot{}
}

// run reads the frame, and again when it is time to and somebody waits.
func (f *Feed) run() {
	for {
		s, err := f.read()
		f.publish(s, err)
		f.page.client.refusedPage(f.page.ID, err)
		if !f.rest() {
			return
		}
	}
}

// rest waits until the frame is to be read again. It reports false when that
// will not be.
func (f *Feed) rest() bool {
	var due <-chan time.Time
	if f.every > 0 {
		timer := time.NewTimer(f.every)
		defer timer.Stop()
		due = timer.C
	}
	for {
		select {
		case <-f.ctx.Done():
			return false
		case <-f.asked:
			return true
		case <-due:
			due = nil
		case <-f.wanted:
			if due != nil || f.every == 0 {
				continue
			}
		}
		f.mu.Lock()
		waits := f.waiting > 0
		f.mu.Unlock()
		if waits {
			return true
		}
	}
}

// publish makes what was read the newest snapshot. What is on screen stays
// where the server only has trouble, and goes where it refuses.
func (f *Feed) publish(s source.Snapshot, err error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.ctx.Err() != nil {
		return
	}
	if err != nil {
		s = source.Snapshot{Err: err}
		if neterr.KindOf(err).Passing() && f.last.Frame != nil && !errors.As(err, new(*BadAnswerError)) {
			s.Frame, s.Report, s.Read, s.Complete = f.last.Frame, f.last.Report, f.last.Read, true
			s.Err = fmt.Errorf("%w. These are the figures of %s", err, f.last.Read.Format(time.TimeOnly))
		} else {
			f.etag = ""
		}
	}
	if s.Read.IsZero() {
		s.Read = f.page.client.o.Now()
	}
	s.Seq = f.last.Seq + 1
	f.last = s
	close(f.changed)
	f.changed = make(chan struct{})
}

// read asks for the rows.
func (f *Feed) read() (source.Snapshot, error) {
	if f.frame.Error != "" {
		return source.Snapshot{}, errors.New(clean(f.frame.Error, 300))
	}
	if f.frame.Name == "" {
		return source.Snapshot{}, errors.New("the server sends no such figures")
	}
	ctx, stop := context.WithTimeout(f.ctx, frameTime)
	defer stop()
	ctx, stalled := context.WithCancelCause(ctx)
	defer stalled(nil)
	c := f.page.client
	path := wire.FramePath(f.page.ID, f.frame.Name, f.inputs)
	if len(path) > wire.MaxQuery {
		return source.Snapshot{}, errors.New("too much is chosen to be asked for at once: choose less, or all")
	}
	f.mu.Lock()
	etag, last := f.etag, f.last
	f.mu.Unlock()
	resp, _, err := c.ask(ctx, path, wire.CSV, func(string) string { return etag })
	if err != nil {
		return source.Snapshot{}, err
	}
	defer resp.Body.Close()
	switch {
	case resp.StatusCode == http.StatusNotModified && etag != "" && last.Frame != nil:
		last.Read, last.Err = c.o.Now(), nil
		return last, nil
	case resp.StatusCode != http.StatusOK:
		return source.Snapshot{}, c.refusal(resp)
	}
	return f.take(ctx, resp, stalled)
}

// take reads the rows of an answer. One that does not end as a gate ends it was
// cut, and is refused.
func (f *Feed) take(ctx context.Context, resp *http.Response, stalled context.CancelCauseFunc) (source.Snapshot, error) {
	c := f.page.client
	bad := func(text string) error {
		return &BadAnswerError{c.host(), "the figures " + f.frame.Name + ": " + text}
	}
	if mediaType(resp) != wire.CSV {
		return source.Snapshot{}, bad("they are no csv")
	}
	body := keepAwake(resp.Body, stallTime, stalled)
	defer body.timer.Stop()
	resp.Body = readCloser{body, resp.Body}
	in, err := unpack(resp)
	if err != nil {
		return source.Snapshot{}, bad(err.Error())
	}
	defer in.Close()
	rows, err := wire.ReadCSV(ctx, in, f.frame.Columns, c.originOf(f.frame))
	if err == nil {
		err = drained(resp.Body)
	}
	switch {
	case ctx.Err() != nil:
		return source.Snapshot{}, c.away(ctx, ctx.Err())
	case isNetwork(err):
		return source.Snapshot{}, c.away(ctx, err)
	case err != nil:
		return source.Snapshot{}, bad(err.Error())
	}
	n, err := strconv.Atoi(resp.Trailer.Get(wire.RowsTrailer))
	why, ended := resp.Trailer[http.CanonicalHeaderKey(wire.TruncatedTrailer)]
	if err != nil || n != rows.Len() || !ended || len(why) != 1 {
		return source.Snapshot{}, bad("they were cut on their way")
	}
	return f.snapshot(rows, resp.Header.Get("ETag"), why[0]), nil
}

// snapshot is what rows are shown as.
func (f *Feed) snapshot(rows *frame.Memory, etag, truncated string) source.Snapshot {
	s := source.Snapshot{Frame: rows, Complete: true, Read: f.page.client.o.Now(), Note: clean(f.frame.Note, 300)}
	if truncated != wire.Complete {
		s.Note = clean("Rows are missing: "+truncated, 300)
	}
	if f.frame.Unit != "" || f.frame.Scale != 0 {
		s.Fallback = &dashboard.Fallback{Unit: cut(f.frame.Unit), Scale: f.frame.Scale, Note: cut(f.frame.Note)}
	}
	if len(etag) > maxText || !printable(etag) {
		etag = ""
	}
	f.mu.Lock()
	f.etag = etag
	f.mu.Unlock()
	return s
}

type readCloser struct {
	io.Reader
	io.Closer
}

// drained reads the end of a body, where the trailers are. There is nothing
// before it.
func drained(body io.Reader) error {
	n, err := io.Copy(io.Discard, io.LimitReader(body, 1<<10))
	if err == nil && n > 0 {
		return errors.New("something follows the rows")
	}
	return err
}

// isNetwork reports whether reading an answer failed on its way, and not for
// what stands in it.
func isNetwork(err error) bool {
	var large neterr.TooLarge
	return err != nil && !errors.As(err, &large) && (neterr.TimedOut(err) || errors.As(err, new(interface{ Timeout() bool })) || errors.Is(err, io.ErrUnexpectedEOF))
}

// refusedPage tells that the figures of a page are refused, or gone.
func (c *Client) refusedPage(id string, err error) {
	if kind := neterr.KindOf(err); c.onRefused != nil && err != nil && (kind.Refused() || kind == neterr.NotFound || kind == neterr.Gone) {
		c.onRefused(id)
	}
}
