package auth

import (
	"context"
	"errors"
	"net/url"

	"github.com/authtabs/tabgate/auth/loopback"
	"github.com/authtabs/tabgate/auth/neterr"
	"github.com/authtabs/tabgate/auth/session"
)

// farewellTime is how long the browser may take from the start of a sign-out
// to its last page.
const farewellTime = closing

// lastPage is where the browser ends after a sign-out, as far as this machine
// has to do with it: "" for a page of somebody's own, and for one of the user
// pool's.
func (s *Service) lastPage() string {
	uri := s.o.Cognito.LogoutURI
	u, err := url.Parse(uri)
	if err != nil || !neterr.Loopback(u.Hostname()) || u.Host == s.o.Cognito.Domain.Host {
		return ""
	}
	return uri
}

// showLastPage serves the page on which the browser ends, for a few seconds,
// and returns what a person should know about it, or "". It does not wait for
// the browser; Close does, and a sign-in that needs the port ends it.
func (s *Service) showLastPage() (note string) {
	uri := s.lastPage()
	if uri == "" {
		return ""
	}
	s.endLastPage()
	ctx, cancel := context.WithTimeout(s.life, farewellTime)
	page, err := loopback.ShowSignedOut(ctx, uri, loopback.Options{})
	var taken *loopback.PortsError
	switch at := session.Clean(uri, 200); {
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
	s.mu.Lock()
	s.farewell = page
	s.mu.Unlock()
	s.work.run(func() {
		<-page.Done()
		cancel()
	})
	return ""
}

// endLastPage frees the port of the sign-out page.
func (s *Service) endLastPage() {
	s.mu.Lock()
	page := s.farewell
	s.farewell = nil
	s.mu.Unlock()
	if page != nil {
		page.Close()
	}
}
