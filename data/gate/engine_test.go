package gate_test

import (
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/authtabs/tabgate/data/dashboard"
	"github.com/authtabs/tabgate/data/gate"
	"github.com/authtabs/tabgate/data/gate/wire"
	"github.com/authtabs/tabgate/data/source"
)

// TestG40WhatAnEngineSaysToAReader serves figures of a server that is asked with
// each reader's own token.
func TestG40WhatAnEngineSaysToAReader(t *testing.T) {
	var status atomic.Int64
	var asked atomic.Int64
	status.Store(http.StatusOK)
	engine := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked.Add(1)
		w.WriteHeader(int(status.Load()))
		_, _ = w.Write([]byte("who\n" + strings.TrimPrefix(r.Header.Get("Authorization"), "Bearer token-of-") + "\n"))
	}))
	defer engine.Close()
	d := serve(t, files{"pages/1_Who.yaml": `
groups: []
sources:
  who: {url: "` + engine.URL + `/who.csv", identity: token}
rows:
  - - table: {source: who, columns: [who]}
`}, func(o *options) {
		o.client = engine.Client()
		o.open = func(s *source.Store) gate.Open {
			return func(src dashboard.Source, params map[string][]string, c *gate.Caller) gate.Feed {
				var r source.Reader
				if c != nil {
					r = source.Reader{Token: source.NewToken(c.Token.Reveal), Until: c.Expiry}
				}
				return s.OpenFor(r, src, params)
			}
		}
	})
	path := wire.FramePath("who", d.page("who", "ana").Frames[0].Name, nil)
	for _, token := range []string{"ana", "bob"} {
		if got := d.get(path, token, "Accept", "text/csv").ok(t).body; got != "who\n"+token+"\n" {
			t.Errorf("G-23: %s is given %q", token, got)
		}
	}
	before := asked.Load()
	if got := d.get(path, "").refused(t, http.StatusUnauthorized); got.Detail != "Please login!" || asked.Load() != before {
		t.Errorf("G-40: somebody signed out is told %q", got.Detail)
	}
	for code, want := range map[int]struct {
		status int
		detail string
	}{
		http.StatusUnauthorized:        {http.StatusForbidden, "You do not have access. Please contact the administrator."}, // to sign in again would not help
		http.StatusForbidden:           {http.StatusForbidden, "You do not have access. Please contact the administrator."},
		http.StatusInternalServerError: {http.StatusServiceUnavailable, "The figures cannot be had now."},
	} {
		status.Store(int64(code))
		name := "reader" + strconv.Itoa(code)
		d.people.put(name, caller(name)) // whose figures nobody has read before
		if got := d.get(path, name).refused(t, want.status, engine.URL); got.Detail != want.detail {
			t.Errorf("G-40: of %d the reader is told %q", code, got.Detail)
		}
	}
}
