package doctor

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptrace"
	"net/url"
	"strings"
	"sync/atomic"
	"time"
)

// maxRead bounds what is read of an answer's body, in bytes. Nothing in it is
// looked at; it is read so that the connection can be used again.
const maxRead = 64 << 10

// answer is how the user pool domain answered one GET, without following it.
type answer struct {
	err    error
	open   bool // a connection was made for it, whatever came of that
	status int
	to     *url.URL  // where it redirects to, nil when it does not
	date   time.Time // the domain's clock, zero when it does not say
	at     time.Time // the clock here when the answer came
}

// get asks the domain itself, without any cookie that somebody could lose.
func (d Deps) get(ctx context.Context, address string) (a answer) {
	ctx, cancel := context.WithTimeout(ctx, d.Patience)
	defer cancel()
	var open atomic.Bool
	defer func() { a.open = open.Load() }()
	ctx = httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{ConnectDone: func(_, _ string, err error) {
		if err == nil {
			open.Store(true)
		}
	}})
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return answer{err: err}
	}
	r, err := d.HTTP.Do(req)
	if err != nil {
		return answer{err: err}
	}
	a.at = d.Now()
	defer r.Body.Close()
	if _, err := io.CopyN(io.Discard, r.Body, maxRead); err != nil && !errors.Is(err, io.EOF) {
		return answer{err: err}
	}
	a.status = r.StatusCode
	a.date, _ = http.ParseTime(r.Header.Get("Date"))
	if to, err := r.Location(); err == nil && r.StatusCode >= 300 && r.StatusCode < 400 {
		a.to = to
	}
	return a
}

// refusal is the error that the answer carries, "" for none: in the query of
// the domain's error page or of the redirect address (cognito.md 1.3).
func (a answer) refusal(domain *url.URL, redirectURI string) (code, description string) {
	if a.to == nil {
		return "", ""
	}
	q := a.to.Query()
	onPage := a.to.Host == domain.Host && strings.TrimSuffix(a.to.Path, "/") == "/error"
	if onPage && q.Get("error") == "" {
		return "error", ""
	}
	if onPage || a.back(redirectURI) {
		return q.Get("error"), q.Get("error_description")
	}
	return "", ""
}

// back reports whether the answer goes to a redirect address.
func (a answer) back(uri string) bool {
	want, err := url.Parse(uri)
	if err != nil || a.to == nil || a.to.Scheme != want.Scheme || a.to.Host != want.Host {
		return false
	}
	return strings.TrimSuffix(a.to.Path, "/") == strings.TrimSuffix(want.Path, "/")
}
