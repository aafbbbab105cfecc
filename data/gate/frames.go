package gate

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
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
	if !q.limits.begin(q.r.Context(), q.who) {
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
	o, snap, err := q.asked(ctx, p, f, got)
	if err != nil {
		return asSource(err)
	}
	return q.stream(ctx, p, f, o, snap, answerForm{media, coding(q.r)})
}

// asked is the source of a frame for what was chosen, and its newest figures.
func (q *request) asked(ctx context.Context, p *servedPage, f *plan, got map[string][]string) (*opened, source.Snapshot, error) {
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
	return q.figures(ctx, f, params, q.caller)
}

// answerForm is how figures are written.
type answerForm struct{ media, coding string }

// etag names figures in one form. It changes with what is sent and is nobody's
// to guess from other figures.
func etag(key bodyKey, snap source.Snapshot, query string) string {
	text := append(make([]byte, 0, 256), key.page[:]...)
	for _, n := range []int64{int64(snap.Seq), snap.Read.UnixNano()} {
		text = binary.BigEndian.AppendUint64(text, uint64(n))
	}
	for _, part := range []string{key.frame, query, key.form.media, key.form.coding} {
		text = append(append(text, part...), 0)
	}
	sum := sha256.Sum256(text)
	return `"` + hex.EncodeToString(sum[:16]) + `"`
}

// stream writes figures. The trailers say that all of them came; where something
// goes wrong the connection is cut, and they are missing.
func (q *request) stream(ctx context.Context, p *servedPage, f *plan, o *opened, snap source.Snapshot, a answerForm) error {
	key := bodyKey{p.sum, f.name, o, snap.Seq, a}
	h := q.w.Header()
	tag := etag(key, snap, q.r.URL.RawQuery)
	h.Set("ETag", tag)
	if p.gated() || o.owned {
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
	done, kept := q.bodies.get(key)
	var rows *cut
	if !kept {
		var err error
		if rows, err = q.rowsOf(ctx, o, snap, f); err != nil {
			return asSource(err)
		}
	}
	q.begin(a)
	if q.r.Method == http.MethodHead {
		return nil
	}
	out := &timed{q: q, ctx: ctx, each: q.o.WriteTime, rc: http.NewResponseController(q.w)}
	var err error
	if kept {
		_, err = out.Write(done.text)
	} else {
		done, err = q.writeRows(ctx, out, rows, a, key)
	}
	if err != nil {
		q.abort(ctx, err)
		return nil
	}
	q.rows = done.rows
	h.Set(wire.RowsTrailer, strconv.Itoa(done.rows))
	h.Set(wire.TruncatedTrailer, truncated(done.why, snap))
	return nil
}

// begin writes the head of an answer with figures.
func (q *request) begin(a answerForm) {
	h := q.w.Header()
	h.Set("Content-Type", a.media+"; charset=utf-8")
	if a.coding != "" {
		h.Set("Content-Encoding", a.coding)
	}
	h.Set("Trailer", wire.RowsTrailer+", "+wire.TruncatedTrailer)
	q.status = http.StatusOK
	q.w.WriteHeader(http.StatusOK)
	if q.r.ProtoMajor > 1 {
		// A length of short answers makes some proxies look for no trailers.
		_ = http.NewResponseController(q.w).Flush() // what cannot be flushed cannot be written either
	}
}

// abort cuts an answer that was begun.
func (q *request) abort(ctx context.Context, err error) {
	q.cut, q.verdict = true, "cut"
	if why := context.Cause(ctx); why != nil {
		err = why
	}
	q.o.Log("page " + q.page + ", frame " + strconv.QuoteToASCII(q.frame) + " was cut: " + clean(err.Error()))
}

// writeRows writes rows, and keeps the answer if it is small.
func (q *request) writeRows(ctx context.Context, out io.Writer, rows *cut, a answerForm, key bodyKey) (body, error) {
	done := body{rows: rows.Len(), why: rows.why}
	if key.opened.owned {
		return done, write(ctx, out, rows, a)
	}
	var again copied
	if err := write(ctx, io.MultiWriter(out, &again), rows, a); err != nil {
		return done, err
	}
	if !again.over {
		done.text = again.Bytes()
		q.bodies.put(key, done)
	}
	return done, nil
}

// truncated is what the trailer says: "false", or why rows are missing.
func truncated(why string, snap source.Snapshot) string {
	switch {
	case why != "":
		return why
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
