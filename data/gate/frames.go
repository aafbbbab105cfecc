package gate

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/authtabs/tabgate/data/dashboard"
	"github.com/authtabs/tabgate/data/frame"
	"github.com/authtabs/tabgate/data/gate/wire"
	"github.com/authtabs/tabgate/data/source"
)

// serveFrame answers with the rows of a frame.
func (q *request) serveFrame() error {
	p, err := q.opened()
	if err != nil {
		return err
	}
	f := p.plan(q.frame)
	if f == nil {
		return notFound()
	}
	media, refused := form(q.r)
	if refused != nil {
		return refused
	}
	query, err := url.ParseQuery(q.r.URL.RawQuery)
	if err != nil {
		return badRequest("The query cannot be read.")
	}
	got, refused := chosen(query, p.inputs)
	if refused != nil {
		return refused
	}
	q.logInputs(p, got)
	if !q.limits.begin(q.who) {
		return tooMany("Too many answers with figures are under way.", time.Second)
	}
	defer q.limits.end(q.who)
	ctx, end := q.streams.begin(q.r.Context(), p, q.caller, q.o.Now())
	defer end()
	if q.folder.Load().find(q.page) != p { // it was replaced meanwhile, and is judged anew
		if p, err = q.opened(); err != nil {
			return err
		}
		if f = p.plan(q.frame); f == nil {
			return notFound()
		}
	}
	rows, snap, err := q.asked(ctx, p, f, got)
	if err != nil {
		return asSource(err)
	}
	return q.stream(ctx, p, f, rows, snap, answerForm{media, coding(q.r)})
}

// asked are the rows of a frame for what was chosen.
func (q *request) asked(ctx context.Context, p *servedPage, f *plan, got map[string][]string) (*cut, source.Snapshot, error) {
	ctx, cancel := context.WithTimeout(ctx, q.o.QueryTime)
	defer cancel()
	if refused, err := q.offered(ctx, p, got, q.caller); err != nil {
		return nil, source.Snapshot{}, err
	} else if refused != nil {
		return nil, source.Snapshot{}, refused
	}
	params, required, err := q.params(ctx, p, f.inputs, got, q.caller)
	if err != nil {
		return nil, source.Snapshot{}, err
	}
	if required != "" {
		return nil, source.Snapshot{}, badRequest(required)
	}
	o, snap, err := q.figures(ctx, f, params, q.caller)
	if err != nil {
		return nil, snap, err
	}
	c, err := q.rowsOf(ctx, o, snap, f)
	return c, snap, err
}

// answerForm is how figures are written.
type answerForm struct{ media, coding string }

// etag names figures in one form. It changes with what is sent and is nobody's
// to guess from other figures.
func etag(p *servedPage, f *plan, snap source.Snapshot, params string, a answerForm) string {
	h := sha256.New()
	fmt.Fprintf(h, "%x\x00%q\x00%d\x00%d\x00%q\x00%s\x00%s", p.sum, f.name, snap.Seq, snap.Read.UnixNano(), params, a.media, a.coding)
	return `"` + hex.EncodeToString(h.Sum(nil)[:16]) + `"`
}

// stream writes figures. The trailers say that all of them came; where something
// goes wrong the connection is cut, and they are missing.
func (q *request) stream(ctx context.Context, p *servedPage, f *plan, rows *cut, snap source.Snapshot, a answerForm) error {
	h := q.w.Header()
	tag := etag(p, f, snap, q.r.URL.RawQuery, a)
	h.Set("ETag", tag)
	if p.gated() || identity(f.source.Identity, q.caller) != "" {
		h.Set("Cache-Control", "no-store")
	} else {
		h.Set("Cache-Control", "no-cache")
	}
	q.verdict = "open"
	if matches(q.r.Header.Values("If-None-Match"), tag) {
		q.status = http.StatusNotModified
		q.w.WriteHeader(http.StatusNotModified)
		return nil
	}
	h.Set("Content-Type", a.media+"; charset=utf-8")
	if a.coding != "" {
		h.Set("Content-Encoding", a.coding)
	}
	h.Set("Trailer", wire.RowsTrailer+", "+wire.TruncatedTrailer)
	q.status = http.StatusOK
	q.w.WriteHeader(http.StatusOK)
	if q.r.Method == http.MethodHead {
		return nil
	}
	out := &timed{q: q, ctx: ctx, each: q.o.WriteTime, rc: http.NewResponseController(q.w)}
	if err := write(ctx, out, rows, a); err != nil {
		q.cut, q.verdict = true, "cut"
		if why := context.Cause(ctx); why != nil {
			err = why
		}
		q.o.Log("page " + q.page + ", frame " + strconv.QuoteToASCII(q.frame) + " was cut: " + clean(err.Error()))
		return nil
	}
	q.rows = rows.Len()
	h.Set(wire.RowsTrailer, strconv.Itoa(rows.Len()))
	h.Set(wire.TruncatedTrailer, truncated(rows, snap))
	return nil
}

// truncated is what the trailer says: "false", or why rows are missing.
func truncated(rows *cut, snap source.Snapshot) string {
	switch {
	case rows.why != "":
		return rows.why
	case strings.HasPrefix(snap.Note, "cut at "):
		return "source"
	}
	return wire.Complete
}

// write writes rows in a form.
func write(ctx context.Context, w io.Writer, rows *cut, a answerForm) error {
	z, err := compressed(w, a.coding)
	if err != nil {
		return err
	}
	to := w
	if z != nil {
		to = z
	}
	if a.media == wire.JSON {
		err = frame.WriteJSON(ctx, rows, to)
	} else {
		err = wire.WriteCSV(ctx, rows, to, rows.Len())
	}
	if err == nil {
		err = ctx.Err()
	}
	if err == nil && z != nil {
		err = z.Close()
	}
	return err
}

// timed writes to a reader who may take so long for each piece.
type timed struct {
	q    *request
	ctx  context.Context
	each time.Duration
	rc   *http.ResponseController
}

// pieceSize is how much is written within one time.
const pieceSize = 256 << 10

// Write implements io.Writer.
func (t *timed) Write(p []byte) (n int, err error) {
	for len(p) > 0 {
		if err := t.ctx.Err(); err != nil {
			return n, err
		}
		piece := p[:min(len(p), pieceSize)]
		if err := t.rc.SetWriteDeadline(time.Now().Add(t.each)); err != nil {
			return n, err
		}
		stop := context.AfterFunc(t.ctx, func() { _ = t.rc.SetWriteDeadline(time.Unix(1, 0)) }) // ends a write that waits
		m, err := t.q.w.Write(piece)
		n, p = n+m, p[m:]
		t.q.bytes += int64(m)
		if !stop() && err == nil {
			err = t.ctx.Err()
		}
		if err != nil {
			return n, err
		}
	}
	return n, nil
}

// matches reports whether a tag is among those of If-None-Match.
func matches(headers []string, tag string) bool {
	for _, h := range headers {
		for one := range strings.SplitSeq(h, ",") {
			one = strings.TrimSpace(one)
			if one == "*" || strings.TrimPrefix(one, "W/") == tag {
				return true
			}
		}
	}
	return false
}

// logInputs keeps what was chosen for the audit.
func (q *request) logInputs(p *servedPage, got map[string][]string) {
	for _, in := range p.inputs {
		values, ok := got[in.Name]
		if !ok {
			continue
		}
		one := loggedInput{name: in.Name, values: values, free: free(in)}
		for _, v := range values {
			one.length += len(v)
		}
		q.inputs = append(q.inputs, one)
	}
}

// free reports whether people write into an input what they like.
func free(in dashboard.Input) bool {
	return !slices.Contains([]string{"multiselect", "selectbox", "range", "toggle"}, in.Kind)
}
