package auth

import (
	"context"
	"errors"
	"net/url"
	"sync"
	"time"

	"github.com/authtabs/tabgate/auth/cognito"
	"github.com/authtabs/tabgate/auth/fault"
	"github.com/authtabs/tabgate/auth/loopback"
	"github.com/authtabs/tabgate/auth/neterr"
	"github.com/authtabs/tabgate/auth/session"
)

// The browser may take farewellTime from the start of a sign-out to its last
// page. A program that ends waits for it no longer than parting.
const (
	farewellTime = 5 * time.Second
	parting      = time.Second
)

// lastPage is where the browser ends after a sign-out, as far as this machine
// has to do with it.
type lastPage struct {
	uri  string          // "" for a page of somebody's own, and for one of the user pool's
	life context.Context // ends the page
	work *tasks
	none bool // no page of ours is shown

	mu   sync.Mutex
	page *loopback.SignedOutPage // the last one; nil without one
}

func newLastPage(life context.Context, work *tasks, c cognito.Config, none bool) *lastPage {
	l := &lastPage{life: life, work: work, none: none}
	if u, err := url.Parse(c.LogoutURI); err == nil && neterr.Loopback(u.Hostname()) && u.Host != c.Domain.Host {
		l.uri = c.LogoutURI
	}
	return l
}

// show serves the page on which the browser ends, for a few seconds,
// and returns what a person should know about it, or "". It does not wait for
// the browser; a sign-in that needs the port ends it.
func (l *lastPage) show() (note string) {
	if l.uri == "" || l.none {
		return ""
	}
	l.end()
	ctx, cancel := context.WithTimeout(l.life, farewellTime)
	page, err := loopback.ShowSignedOut(ctx, l.uri, loopback.Options{})
	var taken *loopback.PortsError
	switch at := session.Clean(l.uri, 200); {
	case err == nil:
	case errors.As(err, &taken) && taken.InUse():
		note = " It ends at " + at + ", whose port another program has, so what it shows there is not tabgate's."
	default:
		note = " It ends at " + at + ", where tabgate can show no page: " + err.Error() + "."
	}
	if err != nil {
		cancel()
		return note
	}
	l.mu.Lock()
	l.page = page
	l.mu.Unlock()
	fault.Go(func() {
		<-page.Done()
		cancel()
	})
	return ""
}

// await waits until the page is gone, and reports whether it is. The end of
// ctx ends the wait alone.
func (l *lastPage) await(ctx context.Context) (gone bool) {
	l.mu.Lock()
	page := l.page
	l.mu.Unlock()
	if page == nil {
		return true
	}
	select {
	case <-page.Done():
		return true
	case <-ctx.Done():
		return false
	}
}

// end frees the port of the page.
func (l *lastPage) end() {
	l.mu.Lock()
	page := l.page
	l.page = nil
	l.mu.Unlock()
	if page != nil {
		page.Close()
	}
}

// unseen says that the page may not load where a person opens the sign-out page
// by hand, at any time and on any machine.
func (l *lastPage) unseen() string {
	if l.uri == "" {
		return ""
	}
	return " (you are signed out there even if the last page, " + session.Clean(l.uri, 200) + ", does not load)"
}
