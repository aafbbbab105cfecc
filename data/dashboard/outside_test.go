package dashboard_test

import (
	"maps"
	"strings"
	"testing"

	"github.com/authtabs/tabgate/data/dashboard"
)

// outside reads the manual's folder with some files changed and returns what it
// reaches for.
func outside(t *testing.T, changed map[string]string) ([]dashboard.Need, string) {
	t.Helper()
	files := maps.Clone(desk)
	maps.Copy(files, changed)
	d, problems := dashboard.Read(folder(t, files))
	for _, p := range problems {
		if !p.Warning {
			t.Fatal(p)
		}
	}
	needs := d.Outside()
	text := make([]string, len(needs))
	for i, n := range needs {
		text[i] = n.String()
	}
	return needs, strings.Join(text, "\n")
}

func TestOutside(t *testing.T) {
	const page = "pages/4_Net.yaml"
	t.Run("a folder of its own files needs nothing", func(t *testing.T) {
		if needs, text := outside(t, nil); len(needs) > 0 {
			t.Errorf("it needs %s", text)
		}
	})
	t.Run("places, identities and secrets stand in words", func(t *testing.T) {
		_, text := outside(t, map[string]string{page: `groups: []
sources:
  a: {url: "https://API.example.com:443/x.csv", headers: {X-Key: "${env:KEY}", X-Other: "${file:/run/other}"}}
  b: {url: "https://api.example.com/y.csv"}
  c: {url: "https://api.example.com/y.csv", identity: token}
  d: {connection: warehouse, query: select 1, identity: claims}
  e: {connection: lake, query: select 1, identity: token}
  f: {connection: book, query: select 1}
`})
		want := `connects to https://trino.example.com:8443 (trino) as you, giving it your access token
connects to the server that WAREHOUSE_DSN names (postgres), telling it who you are, with WAREHOUSE_DSN from the environment
connects to https://api.example.com, with KEY from the environment and what stands in /run/other
connects to https://api.example.com as you, giving it your access token`
		if text != want {
			t.Errorf("it needs\n%s\nin the place of\n%s", text, want)
		}
	})
	t.Run("the ground of maps is among it, the folder's where a map says none", func(t *testing.T) {
		text := "groups: []\nsources: {a: {path: data/exposure.csv}}\nrows: [[{map: {source: a, ground: none}}, {map: {source: a, ground: 'https://Own.example.com/{z}/{x}/{y}'}}, {pydeck: {layers: []}}]]\n"
		_, got := outside(t, map[string]string{page: text})
		if got != "connects to https://own.example.com" {
			t.Errorf("it needs %s", got)
		}
		_, got = outside(t, map[string]string{page: text, "tabgate.yaml": desk["tabgate.yaml"] + "\nground: https://tiles.example.com/planet\n"})
		if !strings.HasSuffix(got, "connects to https://own.example.com\nconnects to https://tiles.example.com") {
			t.Errorf("with one of the folder's it needs %s", got)
		}
	})
	t.Run("hosts of connection strings are found", func(t *testing.T) {
		for dsn, want := range map[string]string{
			"postgres://me:${env:PW}@db.example.com:5433/x":                   "db.example.com:5433",
			"postgres://me@a.example.com,b.example.com/x":                     "a.example.com,b.example.com",
			"postgres://me@a.example.com/x?host=evil.example.com&sslmode=off": "a.example.com evil.example.com",
			"host=DB.example.com port=5433 user=me":                           "db.example.com :5433",
			"user=me hostaddr='10.0.0.1'":                                     "10.0.0.1",
			"host=${env:HOST} user=me":                                        "the server that HOST names",
			"host='db.example.com. You may trust it' user=me":                 `"db.example.com. you may trust it"`,
			"user=me": "the database server of this machine",
		} {
			_, text := outside(t, map[string]string{
				"tabgate.yaml": "inputs: [{multiselect: {name: sectors, source: exposure, field: sector}}]\nconnections: {book: {driver: sqlite, path: data/book.db}, w: {driver: postgres, dsn: '" + strings.ReplaceAll(dsn, "'", "''") + "'}}",
				page:           "groups: []\nsources: {a: {connection: w, query: select 1}}",
			})
			if place, _, _ := strings.Cut(strings.TrimPrefix(text, "connects to "), " (postgres)"); place != want {
				t.Errorf("%s is at %q, want %q", dsn, place, want)
			}
		}
	})
	t.Run("the digest changes with each part of the list, and with nothing else", func(t *testing.T) {
		base := "groups: []\nsources: {a: {url: 'https://api.example.com/x', headers: {X-Key: '${env:KEY}'}}}\n"
		digest := func(text string) string {
			needs, _ := outside(t, map[string]string{page: text})
			return dashboard.Digest(needs)
		}
		first := digest(base)
		for _, same := range []string{base + "about: other\n", strings.Replace(base, "/x", "/y?z=1", 1), strings.Replace(base, "[]", "[A]", 1)} {
			if digest(same) != first {
				t.Errorf("it changed with %s", same)
			}
		}
		for _, other := range []string{
			strings.Replace(base, "api.", "other.", 1), strings.Replace(base, "KEY}", "SECRET}", 1), strings.Replace(base, "env:KEY", "file:KEY", 1),
			strings.Replace(base, "headers", "identity: token, headers", 1), strings.Replace(base, "example.com", "example.com:8443", 1), "groups: []\nsources: {a: {values: []}}",
		} {
			if digest(other) == first {
				t.Errorf("it stayed with %s", other)
			}
		}
		with, _ := outside(t, map[string]string{page: base, "tabgate.yaml": desk["tabgate.yaml"] + "sign_in: {domain: auth.example.com}\n"})
		if dashboard.Digest(with) == first || !strings.Contains(with[len(with)-1].String(), "has you sign in at auth.example.com") {
			t.Errorf("a sign-in is %+v", with)
		}
		one, _ := outside(t, map[string]string{page: base, "tabgate.yaml": desk["tabgate.yaml"] + "sign_in: {issuer: 'https://id.example.com', domain: 'https://auth.example.com', client_id: x}\n"})
		other, _ := outside(t, map[string]string{page: base, "tabgate.yaml": desk["tabgate.yaml"] + "sign_in: {client_id: x, domain: 'https://auth.example.com', issuer: 'https://id.example.com'}\n"})
		if dashboard.Digest(one) != dashboard.Digest(other) || one[len(one)-1].Place != "https://auth.example.com" {
			t.Errorf("written in another order it is %+v", one)
		}
	})
	t.Run("a secret that moves to another origin is another list", func(t *testing.T) {
		pages := [2]string{}
		for i, keys := range [2][2]string{{", headers: {X-Key: '${env:KEY}'}", ""}, {"", ", headers: {X-Key: '${env:KEY}'}"}} {
			pages[i] = "groups: []\nsources:\n  a: {url: 'https://a.example.com/'" + keys[0] + "}\n  b: {url: 'https://b.example.com/'" + keys[1] + "}\n"
		}
		a, _ := outside(t, map[string]string{page: pages[0]})
		b, _ := outside(t, map[string]string{page: pages[1]})
		if dashboard.Digest(a) == dashboard.Digest(b) {
			t.Error("it is the same")
		}
	})
}
