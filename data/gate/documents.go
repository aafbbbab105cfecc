package gate

import (
	"fmt"
	"net/http"
	"strings"

	"github.com/authtabs/tabgate/data/gate/wire"
)

func (q *request) serveResource() error {
	q.who = "peer " + neighbourhood(q.peer)
	if err := q.within(); err != nil {
		return err
	}
	if p := wantsJSON(q.r); p != nil {
		return p
	}
	if err := q.noQuery(); err != nil {
		return err
	}
	return q.json(q.resource, wire.MaxResource)
}

// serveDashboard lists the pages, and what opens to the caller.
func (q *request) serveDashboard() error {
	if p := wantsJSON(q.r); p != nil {
		return p
	}
	if err := q.noQuery(); err != nil {
		return err
	}
	now := q.folder.Load()
	out := wire.Dashboard{Title: now.title, Home: now.home, Pages: []wire.Entry{}}
	for _, p := range now.pages {
		e := p.entry
		if e.Access = p.access(q.caller); e.Access != wire.Open || p.broken {
			e.About = ""
		}
		out.Pages = append(out.Pages, e)
	}
	return q.json(out, wire.MaxListing)
}

func (q *request) serveWhoami() error {
	if p := wantsJSON(q.r); p != nil {
		return p
	}
	if err := q.noQuery(); err != nil {
		return err
	}
	if q.caller == nil {
		return needSignIn()
	}
	return q.json(wire.Whoami{Sub: q.caller.Sub, Groups: append([]string{}, q.caller.Groups...), Exp: q.caller.Expiry.Unix()}, wire.MaxListing)
}

// serveHealth says whether the folder is served as it is now.
func (q *request) serveHealth() error {
	now := q.folder.Load()
	var b strings.Builder
	status := http.StatusOK
	if len(now.problems) == 0 {
		b.WriteString("ok\n")
	} else {
		status = http.StatusServiceUnavailable
		for i, p := range now.problems {
			if i == mostTold {
				fmt.Fprintf(&b, "and %d more\n", len(now.problems)-i)
				break
			}
			b.WriteString(clean(p.String()) + "\n")
		}
	}
	h := q.w.Header()
	h.Set("Cache-Control", "no-store")
	h.Set("Content-Type", "text/plain; charset=utf-8")
	q.status, q.verdict = status, "open"
	q.w.WriteHeader(status)
	if q.r.Method == http.MethodGet {
		n, _ := q.w.Write([]byte(b.String())) // who hung up is not told
		q.bytes = int64(n)
	}
	return nil
}

// mostTold bounds the errors that are told at once.
const mostTold = 20

// opened is the page of the request, if it opens to the caller. A page with
// errors is told from one that is closed by those to whom it would open.
func (q *request) opened() (*servedPage, error) {
	p := q.folder.Load().find(q.page)
	if p == nil {
		return nil, notFound()
	}
	switch p.access(q.caller) {
	case wire.NeedSignIn:
		return nil, needSignIn()
	case wire.NoGroup:
		return nil, needGroup(p.needs(q.caller))
	}
	if p.broken {
		return nil, tryLater("broken", "The page has an error at the moment, and whoever serves it has been told.", broken)
	}
	return p, nil
}
