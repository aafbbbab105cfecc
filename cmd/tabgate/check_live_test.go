package main

import (
	"strings"
	"testing"

	"github.com/authtabs/tabgate/data/source/postgres/pgtest"
)

func TestADatabaseIsLookedAtBeforeItIsServed(t *testing.T) {
	defer pgtest.Stop()
	t.Run("check --live asks it as nobody", checkLiveAsNobody)
	t.Run("doctor looks at the role", doctorLooksAtTheRole)
}

// What a database gives nobody, everybody can have.
func checkLiveAsNobody(t *testing.T) {
	const page = "groups: []\nsources:\n  loans: {connection: desk, query: \"select id, team from QUERY\", identity: claims}\nrows:\n  - - table: {source: loans, columns: [id]}\n"
	for name, test := range map[string]struct {
		login, from, more string
		code              int
		says, saysNot     string
	}{
		"policies that hold":             {"gate", "loans", "", exitDone, "warning: connection desk: view public.loans_as_owner reads with its owner's rights", "not signed in"},
		"a view around them":             {"gate", "loans_as_owner", "", exitConfig, "source loans: the query gives 3 rows to somebody who is not signed in", ""},
		"rows that are for everybody":    {"gate", "loans_as_owner", ", anonymous_rows: true", exitDone, "warning: ", "not signed in"},
		"a role that owns such a table":  {"careless", "loans", "", exitConfig, "connection desk: row-level security does not bind this role: owner owns a table", ""},
		"a role that is nobody's reader": {"root", "loans", "", exitConfig, "root is a superuser", ""},
	} {
		t.Run(name, func(t *testing.T) {
			p := newPlace(t)
			role := ", role: reader"
			if test.login == "careless" {
				role = ""
			}
			dir := p.desk(map[string]string{
				"tabgate.yaml":       "title: The desk\nconnections:\n  desk: {driver: postgres, dsn: \"" + pgtest.DSN(t, test.login) + "\"" + role + "}\n",
				"pages/3_Loans.yaml": strings.NewReplacer("QUERY", test.from, "identity: claims", "identity: claims"+test.more).Replace(page),
			})
			if got := p.run("check", dir, "--live"); got.code != exitConfig || !strings.Contains(got.err, "tabgate trust") || got.out != "" {
				t.Errorf("before the yes: %+v", got)
			}
			if got := p.run("check", dir); got.code != exitDone || got.out != "" {
				t.Errorf("without --live: %+v", got)
			}
			p.run("trust", dir, "--yes")
			got := p.run("check", dir, "--live")
			if got.code != test.code || !strings.Contains(got.out, test.says) || test.saysNot != "" && strings.Contains(got.out, test.saysNot) {
				t.Errorf("%+v", got)
			}
		})
	}
}

func doctorLooksAtTheRole(t *testing.T) {
	for login, want := range map[string]string{
		"gate":     `{"id":"database","status":"warn","detail":"connection desk: function public.count_loans runs with its owner's rights`,
		"careless": `{"id":"database","status":"fail","detail":"connection desk: row-level security does not bind this role`,
	} {
		p := newPlace(t)
		p.onPool()
		dir := p.desk(map[string]string{
			"tabgate.yaml":       "title: The desk\nserver: {max_age: 1h}\nconnections:\n  desk: {driver: postgres, dsn: \"" + pgtest.DSN(t, login) + "\"}\n",
			"pages/3_Loans.yaml": "groups: []\nsources:\n  loans: {connection: desk, query: select id from loans, identity: claims}\nrows:\n  - - table: {source: loans}\n",
		})
		if got := p.run("doctor", "--dir", dir, "--json"); !strings.Contains(got.out, `{"id":"database","status":"skip","detail":"it is not asked before your yes`) {
			t.Errorf("%s, before the yes: %s", login, got.out)
		}
		p.run("trust", dir, "--yes")
		if got := p.run("doctor", "--dir", dir, "--json"); !strings.Contains(got.out, want) {
			_, of, _ := strings.Cut(got.out, `{"id":"database"`)
			t.Errorf("%s: %s", login, of)
		}
	}
}
