package loopback

import (
	"io"
	"log"
	"net/http"
	"time"
)

const (
	// maxHeader bounds a request's head; net/http allows 4 kB more than it
	// is told.
	maxHeader = 16<<10 - 4<<10
	// maxHeld bounds the requests that wait for the result.
	maxHeld = 8
)

func newServer(o Options, c *conns, handle http.HandlerFunc) *http.Server {
	return &http.Server{
		Handler:           handle,
		ReadHeaderTimeout: o.HeaderTimeout,
		ReadTimeout:       o.HeaderTimeout,
		WriteTimeout:      o.Hold + 10*time.Second,
		IdleTimeout:       10 * time.Second,
		MaxHeaderBytes:    maxHeader,
		// Else net/http answers OPTIONS * by itself, with 200.
		DisableGeneralOptionsHandler: true,

		ConnState:   c.state,
		ConnContext: c.context,
		// A log line would tear the screen and could quote a request.
		ErrorLog: log.New(io.Discard, "", 0),
	}
}

// handle answers every request. The checks go from what says least about the
// sign-in to what says most, and only the last, judge, can end it:
//
//	Host is not this listener            | 421
//	method is not GET                    | 405
//	query over 8 kB                      | 414
//	result, once there is an answer      | 200, held until it is known
//	start, a browser that is this user's | 303 to the sign-in page, or 403
//	path is no other than the callback   | 404
//	a page's subresource or a prefetch   | 403
//	proved, by another user's socket     | 403
//	callback, judged                     | 400, 409, or 303 to the result
func (l *Listener) handle(w http.ResponseWriter, r *http.Request) {
	l.conns.busy(r)
	refuseBody(w, r)
	setHeaders(w.Header())
	switch path := r.URL.EscapedPath(); {
	case l.at.refuse(w, r):
	case path == l.done && l.isOwed():
		l.showResult(w, r)
	case path == l.start && l.leads():
		l.lead(w, r)
	case path != l.at.path:
		write(w, http.StatusNotFound, notFoundPage)
	case !navigation(r.Header):
		write(w, http.StatusForbidden, neutralPage)
	default:
		l.callback(w, r)
	}
}

// refuse answers a request that is for no page of this address, and reports
// whether it was one.
func (r redirect) refuse(w http.ResponseWriter, req *http.Request) bool {
	switch {
	case !r.ours(req.Host) || req.URL.IsAbs():
		write(w, http.StatusMisdirectedRequest, neutralPage)
	case req.Method != http.MethodGet:
		w.Header().Set("Allow", http.MethodGet)
		write(w, http.StatusMethodNotAllowed, neutralPage)
	case len(req.URL.RawQuery) > maxQuery:
		write(w, http.StatusRequestURITooLong, neutralPage)
	default:
		return false
	}
	return true
}

// refuseBody lets net/http not wait for a body that nobody here reads: it
// would wait after the answer, and the connection would count as busy.
func refuseBody(w http.ResponseWriter, r *http.Request) {
	if r.ContentLength != 0 {
		_ = http.NewResponseController(w).SetReadDeadline(time.Unix(1, 0)) // or the server's own ends it
	}
}

// callback judges an answer that the browser brings. Who reads the address of
// the sign-in page knows the state: an answer with it counts only when nobody
// else of this machine brought it.
func (l *Listener) callback(w http.ResponseWriter, r *http.Request) {
	if l.judge(r.URL.RawQuery).kind == final {
		if why := l.opts.sockets.of(r).refusal(); why != "" {
			l.hint(why)
			write(w, http.StatusForbidden, foreignPage)
			return
		}
	}
	v, first := l.decide(r.URL.RawQuery, true)
	switch {
	case v.kind != final:
		l.hint(v.hint)
		write(w, http.StatusBadRequest, neutralPage)
	case !first:
		write(w, http.StatusConflict, usedPage)
	default:
		w.Header().Set("Location", l.done)
		w.WriteHeader(http.StatusSeeOther)
	}
}

// lead sends this user's browser to the sign-in page. Whoever cannot be told
// to be this user gets nothing: they may have read the address in an argument
// list.
func (l *Listener) lead(w http.ResponseWriter, r *http.Request) {
	l.mu.Lock()
	target, answered := l.target, l.answered
	l.mu.Unlock()
	switch who := l.opts.sockets.of(r); {
	case !navigation(r.Header):
		write(w, http.StatusForbidden, neutralPage)
	case who != ownPeer:
		if who == foreignPeer {
			l.hint("Another user of this machine asked for your sign-in page, which was refused.")
		} else {
			l.hint("A browser came for the sign-in page, but nobody can tell whether it is yours. Open the address that is shown here.")
		}
		write(w, http.StatusForbidden, noStartPage)
	case answered:
		write(w, http.StatusConflict, usedPage)
	default:
		w.Header().Set("Location", target.Reveal())
		w.WriteHeader(http.StatusSeeOther)
	}
}

func (l *Listener) leads() bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return !l.target.Empty()
}

// showResult holds the browser until the tokens are verified. One that waits
// too long gets a page that asks again.
func (l *Listener) showResult(w http.ResponseWriter, r *http.Request) {
	if !l.hold(r) {
		write(w, http.StatusOK, waitingPage)
		return
	}
	l.mu.Lock()
	result := l.result
	l.mu.Unlock()
	write(w, http.StatusOK, resultPage(result))
	_ = http.NewResponseController(w).Flush() // fetched means that it is on its way
	l.fetch.Do(func() { close(l.fetched) })
}

// hold waits for the result and reports whether it is there.
func (l *Listener) hold(r *http.Request) bool {
	l.mu.Lock()
	full := l.held >= maxHeld
	l.held++
	l.mu.Unlock()
	defer func() {
		l.mu.Lock()
		l.held--
		l.mu.Unlock()
	}()
	wait := time.NewTimer(l.opts.Hold)
	defer wait.Stop()
	if full {
		wait.Reset(0)
	}
	select {
	case <-l.finished:
		return true
	default:
	}
	select {
	case <-l.finished:
		return true
	case <-wait.C:
	case <-r.Context().Done():
	}
	return false
}

func (l *Listener) isOwed() bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.owed
}

// navigation tells a person's browser that goes somewhere from a page that
// loads an image, a frame or a script from here, and from a prefetch, which
// would spend the code before anybody looks. Clients that send no fetch
// metadata pass, with the null origin too, which older browsers send after a
// redirect across origins; Referer is not asked, Cognito sends none.
func navigation(h http.Header) bool {
	mode, dest := h.Get("Sec-Fetch-Mode"), h.Get("Sec-Fetch-Dest")
	switch {
	case h.Get("Sec-Purpose") != "" || h.Get("Purpose") != "":
		return false
	case mode != "" && mode != "navigate", dest != "" && dest != "document":
		return false
	}
	origin := h.Get("Origin")
	return origin == "" || origin == "null" || mode == "navigate"
}
