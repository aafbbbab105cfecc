package gate

import (
	"context"
	"errors"
	"net/http"
	"time"

	"github.com/authtabs/tabgate/data/frame"
	"github.com/authtabs/tabgate/data/gate/wire"
	"github.com/authtabs/tabgate/data/source"
)

// broken is when a page with errors may be asked for again.
const broken = 30 * time.Second

// servePage answers with what drawing a page needs.
func (q *request) servePage() error {
	p, err := q.opened()
	if err != nil {
		return err
	}
	if p := wantsJSON(q.r); p != nil {
		return p
	}
	if err := q.noQuery(); err != nil {
		return err
	}
	if !q.limits.begin(q.r.Context(), q.who) {
		return tooMany("Too many answers with figures are under way.", time.Second)
	}
	defer q.limits.end(q.who)
	ctx, cancel := context.WithTimeout(q.r.Context(), q.o.QueryTime)
	defer cancel()
	out := wire.Page{ID: p.entry.ID, Title: p.entry.Title, Rows: p.rows, Frames: []wire.Frame{}}
	for _, in := range p.inputs {
		if in.Shared {
			out.Shared = append(out.Shared, in.Name)
		}
	}
	for _, f := range p.plans {
		told, err := q.describe(ctx, p, f)
		if err != nil {
			return err
		}
		out.Frames = append(out.Frames, told)
	}
	if out.Inputs, err = q.told(ctx, p, q.caller); err != nil {
		return err
	}
	if now, err := q.opened(); err != nil {
		return err // it closed meanwhile
	} else if now != p && !now.same(p) {
		return tryLater("reloaded", "The page was saved just now.", time.Second)
	}
	return q.json(out, wire.MaxPage)
}

// describe says what a frame is, by what its inputs are at first. That it cannot
// be had is said of the frame, so that the page's others can be shown.
func (q *request) describe(ctx context.Context, p *servedPage, f *plan) (wire.Frame, error) {
	out := wire.Frame{
		Name: f.name, Columns: []wire.Column{}, Refresh: f.source.Refresh.Seconds(), StaleAfter: f.source.StaleAfter.Seconds(), Inputs: f.inputs,
	}
	params, required, err := q.params(ctx, p, f.inputs, nil, q.caller)
	if err == nil && required != "" {
		out.Error = clean(required)
		return out, nil
	}
	var o *opened
	var snap source.Snapshot
	if err == nil {
		o, snap, err = q.figures(ctx, f, params, q.caller)
	}
	var c *cut
	if err == nil {
		c, err = q.rowsOf(ctx, o, snap, f)
	}
	var lock *problem
	switch {
	case errors.As(err, &lock):
		out.Error = lock.Detail // a database's own refusal is that of one frame
		return out, nil
	case errors.Is(err, errSource):
		q.o.Log("page " + p.entry.ID + ": " + clean(err.Error()))
		out.Error = "The figures cannot be had now."
		return out, nil
	case err != nil:
		return out, err
	}
	out.Columns, out.Origin, out.AsOf, out.Note = c.described(), originOf(snap.Frame.Origin()), snap.Read.UTC(), clean(snap.Note)
	if snap.Fallback != nil {
		out.Unit, out.Scale = snap.Fallback.Unit, snap.Fallback.Scale
	}
	return out, nil
}

// errSource is that a source cannot be read. What it says is for whoever serves
// the folder: it may name paths and addresses.
var errSource = errors.New("a source cannot be read")

// figures are the newest figures of a frame's source.
func (g *Gate) figures(ctx context.Context, f *plan, params map[string][]string, c *Caller) (*opened, source.Snapshot, error) {
	o, err := g.sources.get(f.source, params, c)
	if err != nil {
		return nil, source.Snapshot{}, err
	}
	snap, err := o.snapshot(ctx)
	switch {
	case err != nil:
		return nil, snap, err
	case errors.Is(snap.Err, source.ErrSignIn) && c == nil:
		return nil, snap, needSignIn()
	case errors.Is(snap.Err, source.ErrSignIn), errors.Is(snap.Err, source.ErrNoAccess):
		return nil, snap, needGroup(nil)
	case snap.Frame == nil && snap.Err != nil:
		return nil, snap, errors.Join(errSource, snap.Err)
	case snap.Frame == nil:
		return nil, snap, errors.Join(errSource, errors.New(f.source.Name+" waits: "+snap.Waiting))
	}
	return o, snap, nil
}

// rowsOf are the rows and columns of a frame that are sent.
func (g *Gate) rowsOf(ctx context.Context, o *opened, snap source.Snapshot, f *plan) (*cut, error) {
	rows, err := o.rows(ctx, snap, f.where)
	if err != nil {
		return nil, errors.Join(errSource, err)
	}
	return cutTo(rows, f.names), nil
}

// asSource is a refusal for figures that cannot be had.
func asSource(err error) error {
	if errors.Is(err, errSource) {
		return tryLater("figures", "The figures cannot be had now.", 5*time.Second)
	}
	return err
}

var _ frame.Frame = (*cut)(nil)

var _ http.Handler = (*Gate)(nil)
