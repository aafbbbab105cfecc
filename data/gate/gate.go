package gate

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/netip"
	"net/url"
	"strconv"
	"strings"
	"sync/atomic"
	"time"

	"github.com/authtabs/tabgate/data/gate/wire"
)

// Options are what a gate is made with.
type Options struct {
	Verify Verify
	Open   Open
	// Resource is what the gate says of itself. Its Resource is the address that
	// readers type, whatever a request calls the gate.
	Resource wire.Resource
	Hosts    []string       // names that requests may call the gate by
	Proxies  []netip.Prefix // where requests come from that say for whom they were made
	Audit    io.Writer      // a line for each request; nil = none
	Log      func(line string)
	Now      func() time.Time // nil = time.Now

	// Rate is how many requests one reader may make in a second. 0 = 20.
	Rate int
	// AtOnce is how many answers with figures one reader may have at once. 0 = 4.
	AtOnce int
	// QueryTime bounds how long figures are waited for. 0 = half a minute.
	QueryTime time.Duration
	// WriteTime bounds how long a reader may take for some figures. 0 = half a
	// minute.
	WriteTime time.Duration
}

// Gate serves a folder. It may be used by several goroutines.
type Gate struct {
	o        Options
	folder   atomic.Pointer[served]
	sources  *sources
	limits   *limits
	streams  *streams
	bodies   *bodies
	hosts    hosts
	proxies  proxies
	audit    audit
	metadata string // the address of the protected-resource document
	resource []byte // that document
}

// New makes a gate of a folder that was read. A folder with errors is refused.
func New(o Options, r Reading) (*Gate, error) {
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Log == nil {
		o.Log = func(string) {}
	}
	o.Rate, o.AtOnce = cmp.Or(o.Rate, perSecond), cmp.Or(o.AtOnce, atOnce)
	o.QueryTime = cmp.Or(o.QueryTime, 30*time.Second)
	o.WriteTime = cmp.Or(o.WriteTime, 30*time.Second)
	doc, err := json.Marshal(o.Resource)
	if err != nil {
		return nil, err
	}
	first := r.serve(nil)
	if len(first.problems) > 0 {
		return nil, &FolderError{first.problems}
	}
	g := &Gate{
		o: o, sources: newSources(o.Open, o.Now), limits: newLimits(o.Rate, o.AtOnce, o.Now), streams: newStreams(), bodies: newBodies(), hosts: o.Hosts, proxies: o.Proxies,
		audit: audit{w: o.Audit}, metadata: o.Resource.Resource + wire.ResourcePath, resource: doc,
	}
	g.folder.Store(first)
	return g, nil
}

// Close ends all answers and closes all sources.
func (g *Gate) Close() { g.sources.close() }

// ServeHTTP implements http.Handler.
func (g *Gate) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	q := &request{Gate: g, w: w, r: r, entry: entry{at: g.o.Now(), peer: g.proxies.peer(r), method: r.Method}}
	defer q.done()
	h := w.Header()
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Vary", "Authorization, Accept, Accept-Encoding")
	if err := q.serve(); err != nil {
		q.fail(err)
	}
}

// request is a request on its way through the gate.
type request struct {
	*Gate
	entry

	w      http.ResponseWriter
	r      *http.Request
	caller *Caller
	who    string // whom limits count
	cut    bool   // the answer was begun and cannot be ended well
}

// done writes down what became of the request. An answer that was begun and cut
// is cut for the reader too.
func (q *request) done() {
	q.took = q.o.Now().Sub(q.at)
	if err := q.audit.write(q.entry); err != nil {
		q.o.Log("the audit cannot be written: " + clean(err.Error()))
	}
	if q.cut {
		panic(http.ErrAbortHandler) // net/http's way to cut a connection
	}
}

// fail answers with what is wrong.
func (q *request) fail(err error) {
	var p *problem
	switch {
	case q.cut:
		return
	case errors.As(err, &p):
	case errors.Is(err, context.DeadlineExceeded):
		p = tryLater("figures", "The figures take too long.", 5*time.Second)
	case errors.Is(err, context.Canceled):
		p = tryLater("hung_up", "The request was given up.", time.Second)
	case errors.Is(err, errFull):
		p = tryLater("limit", "Too many figures are open.", 10*time.Second)
	default:
		q.o.Log("an answer failed: " + clean(err.Error()))
		p = tryLater("figures", "The figures cannot be had now.", 5*time.Second)
	}
	q.verdict, q.status = p.verdict, p.Status
	q.bytes = int64(p.write(q.w, q.metadata))
}

// serve answers the request.
func (q *request) serve() error {
	q.path = q.r.URL.EscapedPath()
	parts, ok := segments(q.r.URL)
	health := ok && len(parts) == 1 && "/"+parts[0] == wire.HealthPath
	if !health && !q.hosts.known(q.r) {
		return refuse(http.StatusMisdirectedRequest, "host", "This server does not go by that name.")
	}
	if !health && len(q.proxies) > 0 && !q.proxies.contains(addr(q.r.RemoteAddr)) {
		return refuse(http.StatusForbidden, "host", "This server is asked through its proxy.")
	}
	if !ok {
		return notFound()
	}
	answer := q.route(parts)
	if answer == nil {
		return notFound()
	}
	if err := q.wellFormed(); err != nil {
		return err
	}
	return answer()
}

// route is what answers at a path, nil if nothing does.
func (q *request) route(parts []string) func() error {
	at := "/" + strings.Join(parts, "/")
	switch {
	case at == wire.ResourcePath && len(parts) == 2:
		return q.serveResource
	case at == wire.HealthPath && len(parts) == 1:
		return q.serveHealth
	case at == wire.DashboardPath && len(parts) == 2:
		return q.identified(q.serveDashboard)
	case at == wire.WhoamiPath && len(parts) == 2:
		return q.identified(q.serveWhoami)
	case len(parts) < 3 || parts[0] != "v1" || parts[1] != "pages":
		return nil
	case len(parts) == 3:
		q.page = parts[2]
		return q.identified(q.servePage)
	case len(parts) == 5 && parts[3] == "frames":
		q.page, q.frame = parts[2], parts[4]
		return q.identified(q.serveFrame)
	}
	return nil
}

// segments are the parts of a path, each once unescaped. It reports false for a
// path that is written in another way than the gate writes it: with dots, empty
// parts, or a slash at its end.
func segments(u *url.URL) ([]string, bool) {
	raw, ok := strings.CutPrefix(u.EscapedPath(), "/")
	if !ok || len(raw) > 2000 || u.Opaque != "" {
		return nil, false
	}
	var out []string
	for part := range strings.SplitSeq(raw, "/") {
		text, err := url.PathUnescape(part)
		if err != nil || text == "" || text == "." || text == ".." || strings.ContainsFunc(text, func(c rune) bool { return c < ' ' || c == 0x7f }) {
			return nil, false
		}
		out = append(out, text)
	}
	return out, len(out) <= 5
}

// wellFormed refuses what no request to a gate has: another method, a body, a
// query that is too long.
func (q *request) wellFormed() error {
	if q.r.Method != http.MethodGet && q.r.Method != http.MethodHead {
		p := refuse(http.StatusMethodNotAllowed, "malformed", "Only GET and HEAD are answered.")
		p.allow = "GET, HEAD"
		return p
	}
	if q.hasBody() {
		q.w.Header().Set("Connection", "close") // what follows may be no request
		return refuse(http.StatusRequestEntityTooLarge, "malformed", "Requests have no body.")
	}
	if len(q.r.URL.RawQuery) > wire.MaxQuery {
		return refuse(http.StatusRequestEntityTooLarge, "malformed", "The query is too long.")
	}
	return nil
}

// hasBody reports whether the request has a body. Over HTTP/2 some proxies say of
// none only behind the headers that there is none.
func (q *request) hasBody() bool {
	if q.r.ProtoMajor < 2 || q.r.ContentLength >= 0 {
		return q.r.ContentLength != 0 || len(q.r.TransferEncoding) > 0
	}
	n, err := q.r.Body.Read(make([]byte, 1))
	return n > 0 || !errors.Is(err, io.EOF)
}

// identified answers once it is known who asks, and that they do not ask too
// often.
func (q *request) identified(answer func() error) func() error {
	return func() error {
		token, err := bearer(q.r)
		if err != nil {
			return badRequest(err.Error() + ".")
		}
		q.who = "peer " + neighbourhood(q.peer)
		if token == "" {
			if err := q.within(); err != nil {
				return err
			}
			return answer()
		}
		c, err := q.o.Verify(q.r.Context(), token)
		var refused *Refused
		switch {
		case errors.As(err, &refused):
			if err := q.within(); err != nil {
				return err
			}
			return badToken(refused.Text)
		case err != nil:
			return tryLater("keys", "Who you are cannot be verified now: the keys of the user pool cannot be had.", 10*time.Second)
		}
		q.caller, q.sub, q.jti = c, c.Sub, c.ID
		q.who = "sub " + c.Issuer + "\x00" + c.Sub
		if err := q.within(); err != nil {
			return err
		}
		return answer()
	}
}

// within counts the request.
func (q *request) within() error {
	if wait := q.limits.take(q.who); wait > 0 {
		return tooMany("Too many requests: "+strconv.Itoa(q.o.Rate)+" a second are answered.", wait)
	}
	return nil
}

// noQuery refuses parameters where none has a meaning: a token in an address is
// never taken.
func (q *request) noQuery() error {
	if q.r.URL.RawQuery != "" {
		return badRequest("This address has no parameters.")
	}
	return nil
}

// json answers with a document.
func (q *request) json(v any, most int) error {
	body, ok := v.([]byte)
	if !ok {
		var err error
		if body, err = json.Marshal(v); err != nil {
			return err
		}
	}
	if len(body) > most {
		return errors.New("a document is longer than readers take")
	}
	h := q.w.Header()
	if h.Get("Cache-Control") == "" {
		h.Set("Cache-Control", "no-store")
	}
	h.Set("Content-Type", wire.JSON)
	h.Set("Content-Length", strconv.Itoa(len(body)))
	q.status = http.StatusOK
	if q.verdict == "" {
		q.verdict = "open"
	}
	q.w.WriteHeader(http.StatusOK)
	if q.r.Method == http.MethodHead {
		return nil
	}
	n, err := q.w.Write(body)
	q.bytes = int64(n)
	q.cut = err != nil
	return nil
}
