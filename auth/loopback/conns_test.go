package loopback

import (
	"context"
	"net"
	"net/http"
	"testing"
)

// closable is a connection that remembers that it was closed.
type closable struct {
	net.Conn
	closed bool
}

func (c *closable) Close() error { c.closed = true; return nil }

// A handler that has returned has not been answered yet: until the server
// says so, its connection must survive any number of strangers.
func TestL12AConnectionIsKeptUntilItsAnswerIsOut(t *testing.T) {
	tests := map[string]struct {
		then http.ConnState // after the request's handler
		kept bool           // by two strangers that come next
	}{
		"the answer is on its way": {http.StateActive, true},
		"the answer is out":        {http.StateIdle, false},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			c, browser := newConns(2), &closable{}
			c.state(browser, http.StateNew)
			r, err := http.NewRequestWithContext(c.context(context.Background(), browser), http.MethodGet, "/", nil)
			if err != nil {
				t.Fatal(err)
			}
			c.busy(r)
			c.state(browser, test.then)
			first, second := &closable{}, &closable{}
			c.state(first, http.StateNew)
			c.state(second, http.StateNew)
			if browser.closed == test.kept || first.closed != test.kept || second.closed {
				t.Errorf("closed: the browser %v, the strangers %v and %v", browser.closed, first.closed, second.closed)
			}
		})
	}
}
