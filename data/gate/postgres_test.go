package gate_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/authtabs/tabgate/data/dashboard"
	"github.com/authtabs/tabgate/data/gate"
	"github.com/authtabs/tabgate/data/gate/wire"
	"github.com/authtabs/tabgate/data/source"
	"github.com/authtabs/tabgate/data/source/postgres/pgtest"
)

// asReaders opens sources as whoever asks.
func asReaders(o *options) {
	o.open = func(s *source.Store) gate.Open {
		return func(src dashboard.Source, params map[string][]string, c *gate.Caller) gate.Feed {
			if c == nil {
				return s.Open(src, params)
			}
			claims, err := json.Marshal(map[string]any{"sub": c.Sub, "cognito:groups": c.Groups})
			if err != nil {
				panic(err)
			}
			return s.OpenFor(source.Reader{Claims: string(claims), Until: c.Expiry}, src, params)
		}
	}
}

// TestG39ADatabaseDecidesByTheReader serves one page to everybody, whose rows
// are those that the database's policies give to each.
func TestG39ADatabaseDecidesByTheReader(t *testing.T) {
	d := serve(t, files{
		"tabgate.yaml": "connections:\n  desk: {driver: postgres, dsn: \"" + pgtest.DSN(t, "gate") + "\", role: reader}\n",
		"pages/1_Loans.yaml": `
groups: []
sources:
  loans: {connection: desk, query: "select id, sector, amount from loans where id >= :least order by id", identity: claims}
inputs:
  - selectbox: {name: least, options: ["1", "2"], default: ["1"]}
rows:
  - - table: {source: loans, columns: [id, sector]}
`,
	}, asReaders)
	t.Cleanup(func() {
		if t.Failed() {
			t.Log(d.log)
		}
	})
	frame := func(token, query string) string {
		p := d.page("loans", token)
		if len(p.Frames) != 1 {
			t.Fatalf("the page has %d frames", len(p.Frames))
		}
		return strings.TrimSpace(d.get(wire.FramePath("loans", p.Frames[0].Name, nil)+query, token, "Accept", "text/csv").ok(t).body)
	}
	for name, c := range map[string]struct{ token, query, want string }{
		"G-39 a member reads the team's rows":              {"ana", "", "id,sector\n1,Energy\n3,"},
		"G-39 a member of another team theirs":             {"bob", "", "id,sector\n2,Retail"},
		"G-39 a guest none":                                {"guest", "", "id,sector"},
		"G-39 somebody signed out none":                    {"", "", "id,sector"},
		"G-39 an input is bound":                           {"ana", "?input.least=2", "id,sector\n3,"},
		"G-23 and what one was given is not given another": {"bob", "?input.least=2", "id,sector\n2,Retail"},
	} {
		t.Run(name, func(t *testing.T) {
			for range 2 { // the second from what was read for the first
				if got := frame(c.token, c.query); got != c.want {
					t.Errorf("got %q, want %q", got, c.want)
				}
			}
		})
	}
}
