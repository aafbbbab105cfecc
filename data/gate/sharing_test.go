package gate_test

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/authtabs/tabgate/data/dashboard"
	"github.com/authtabs/tabgate/data/frame"
	"github.com/authtabs/tabgate/data/gate"
	"github.com/authtabs/tabgate/data/gate/wire"
	"github.com/authtabs/tabgate/data/source"
)

// engine is a source that gives each reader figures of their own.
type engine struct {
	mu    sync.Mutex
	asked []string // as whom
}

func (e *engine) open(src dashboard.Source, _ map[string][]string, c *gate.Caller) gate.Feed {
	as := "nobody"
	if c != nil {
		as = c.Sub + " " + strings.Join(c.Groups, "+")
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	e.asked = append(e.asked, as)
	v := frame.Vector{}
	v.Reset(frame.Text)
	v.AppendString("for " + as)
	return &once{source.Snapshot{Seq: 1, Complete: true, Read: time.Now(), Frame: frame.New(frame.Origin{Kind: "live", URL: "https://db.example.com"}, []frame.Column{{Name: "who"}}, []frame.Vector{v})}}
}

// once is a feed that never changes.
type once struct{ snap source.Snapshot }

func (o *once) Next(ctx context.Context, after int) (source.Snapshot, error) {
	if after < o.snap.Seq {
		return o.snap, nil
	}
	<-ctx.Done()
	return source.Snapshot{}, ctx.Err()
}

func (o *once) Close() {}

func TestReadersAreKeptApart(t *testing.T) {
	for _, identity := range []string{"claims", "token"} {
		e := &engine{}
		d := serve(t, files{
			"tabgate.yaml": "connections:\n  lake: {driver: trino, url: \"https://db.example.com\", catalog: a, schema: b}\n  book: {driver: postgres, dsn: \"${env:DSN}\"}\n",
			"pages/1_Own.yaml": "groups: [\"*\"]\nsources:\n  own: {connection: " + map[string]string{"claims": "book", "token": "lake"}[identity] + ", query: select 1, identity: " + identity + "}\n" +
				"rows:\n  - - table: {source: own}\n",
		}, func(o *options) { o.Open = e.open })
		who := func(token string) string {
			_, name, _ := strings.Cut(d.get(wire.FramePath("own", "own", nil), token).complete(t, "1").body, "\n")
			return strings.TrimSpace(name)
		}
		other := func(token string, change func(*gate.Caller)) {
			c := caller("ana", "Underwriters")
			c.Token = text("another token of ana's: " + token)
			c.Claims = []byte(`{"iss":"https://issuer.example.com","sub":"ana","cognito:groups":["Underwriters"]}`)
			change(&c)
			d.people.put(token, c)
		}
		t.Run("G-23 what was read for one reader never reaches another: "+identity, func(t *testing.T) {
			for range 2 {
				if a, b, c := who("ana"), who("bob"), who("guest"); a != "for ana Underwriters" || b != "for bob CreditAnalysts" || c != "for guest " && c != "for guest" {
					t.Errorf("they got %q, %q and %q", a, b, c)
				}
			}
			d.get(wire.FramePath("own", "own", nil), "").refused(t, http.StatusUnauthorized, "for ")
		})
		t.Run("G-48 the same sub with other groups or of another issuer is another reader: "+identity, func(t *testing.T) {
			other("demoted", func(c *gate.Caller) {
				c.Groups, c.Claims = []string{"Interns"}, []byte(`{"iss":"https://issuer.example.com","sub":"ana","cognito:groups":["Interns"]}`)
			})
			other("stranger", func(c *gate.Caller) {
				c.Issuer, c.Groups, c.Claims = "https://evil.example.com", []string{"Strangers"}, []byte(`{"iss":"https://evil.example.com","sub":"ana"}`)
			})
			if a, b := who("demoted"), who("stranger"); a != "for ana Interns" || b != "for ana Strangers" {
				t.Errorf("they got %q and %q", a, b)
			}
		})
		t.Run("readers of the same claims share, but holders of two tokens do not: "+identity, func(t *testing.T) {
			other("first", func(*gate.Caller) {})
			other("second", func(*gate.Caller) {})
			who("first")
			e.mu.Lock()
			before := len(e.asked)
			e.mu.Unlock()
			who("second")
			e.mu.Lock()
			defer e.mu.Unlock()
			if more := len(e.asked) - before; more != map[string]int{"claims": 0, "token": 1}[identity] {
				t.Errorf("the engine was asked %d times more", more)
			}
		})
		t.Run("nothing is kept beyond the token: "+identity, func(t *testing.T) {
			d := serve(t, files{
				"tabgate.yaml":     "connections:\n  book: {driver: postgres, dsn: \"${env:DSN}\"}\n",
				"pages/1_Own.yaml": "groups: [\"*\"]\nsources:\n  own: {connection: book, query: select 1, identity: claims}\nrows:\n  - - table: {source: own}\n",
			}, func(o *options) { o.Open = e.open })
			c := caller("late", "A")
			c.Expiry = time.Now().Add(-2 * time.Minute)
			d.people.put("late", c)
			if a := d.get(wire.FramePath("own", "own", nil), "late"); a.err == nil && a.StatusCode == http.StatusOK && strings.Contains(a.body, "for") {
				t.Errorf("it was answered: %q", a.body)
			}
		})
	}
	t.Run("figures that are the same for all are read once", func(t *testing.T) {
		e := &engine{}
		d := serve(t, house(), func(o *options) { o.Open = e.open })
		for i := range 5 {
			d.people.put(fmt.Sprint(i), caller(fmt.Sprint(i), "Underwriters"))
			d.get(wire.FramePath("open", "open", nil), fmt.Sprint(i)).ok(t)
		}
		if len(e.asked) != 1 {
			t.Errorf("it was read for %q", e.asked)
		}
	})
}
