package postgres_test

import (
	"context"
	"errors"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/authtabs/tabgate/data/frame"
	"github.com/authtabs/tabgate/data/source/postgres"
	"github.com/authtabs/tabgate/data/source/postgres/pgtest"
	"github.com/authtabs/tabgate/data/source/rows"
)

func TestMain(m *testing.M) {
	code := m.Run()
	pgtest.Stop()
	os.Exit(code)
}

// asked asks the test server as the role gate.
func asked(t *testing.T, q postgres.Query) (*rows.Answer, error) {
	t.Helper()
	if q.DSN == "" {
		q.DSN = pgtest.DSN(t, "gate")
	}
	if q.Timeout == 0 {
		q.Timeout = 30 * time.Second
	}
	var p postgres.Pool
	t.Cleanup(p.Close)
	return p.Ask(t.Context(), q)
}

// text is a frame as csv.
func text(t *testing.T, a *rows.Answer) string {
	t.Helper()
	var b strings.Builder
	if err := frame.WriteCSV(context.Background(), a, &b); err != nil {
		t.Fatal(err)
	}
	return strings.TrimSpace(b.String())
}

const (
	underwriter = `{"sub":"u","cognito:groups":["Underwriters"]}`
	analyst     = `{"sub":"a","cognito:groups":["CreditAnalysts"]}`
	guest       = `{"sub":"g"}`
)

func TestG39RowsAreThoseOfTheReader(t *testing.T) {
	for name, c := range map[string]struct{ claims, want string }{
		"a member sees the team's":        {underwriter, "id\n1\n3"},
		"a member of another team theirs": {analyst, "id\n2"},
		"a guest none":                    {guest, "id"},
		"nobody none":                     {"", "id"},
		"a group in other case none":      {`{"sub":"u","cognito:groups":["underwriters"]}`, "id"},
	} {
		t.Run("G-39 "+name, func(t *testing.T) {
			got, err := asked(t, postgres.Query{SQL: "select id from loans order by id", Claims: c.claims, Reader: true, Role: "reader"})
			if err != nil {
				t.Fatal(err)
			}
			if got := text(t, got); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

func TestG39NothingOfAReaderIsLeftForTheNext(t *testing.T) {
	var p postgres.Pool
	t.Cleanup(p.Close)
	q := postgres.Query{DSN: pgtest.DSN(t, "gate"), Timeout: 30 * time.Second, Reader: true, Role: "reader"}
	ask := func(query, claims string) (string, error) {
		q.SQL, q.Claims = query, claims
		a, err := p.Ask(t.Context(), q)
		if err != nil {
			return "", err
		}
		return text(t, a), nil
	}
	const who = "select current_user as who, coalesce(current_setting('request.jwt.claims', true), '') as claims"
	first, err := ask("select pg_backend_pid() as pid", underwriter)
	if err != nil {
		t.Fatal(err)
	}
	t.Run("G-39 the claims are gone after the commit", func(t *testing.T) {
		if got, err := ask("select id from loans", ""); err != nil || got != "id" {
			t.Errorf("got %q, %v", got, err)
		}
		if got, err := ask(who, ""); err != nil || got != "who,claims\nreader,{}" {
			t.Errorf("got %q, %v", got, err)
		}
		if again, _ := ask("select pg_backend_pid() as pid", analyst); again != first {
			t.Errorf("the connection is another one: %q, not %q", again, first)
		}
	})
	t.Run("G-39 an error poisons no later reader", func(t *testing.T) {
		if _, err := ask("select 1 / (id - id) from loans", underwriter); err == nil || !strings.Contains(err.Error(), "division by zero") {
			t.Errorf("got %v", err)
		}
		if got, err := ask("select id from loans order by id", analyst); err != nil || got != "id\n2" {
			t.Errorf("got %q, %v", got, err)
		}
	})
	t.Run("G-39 a query that is given up poisons no later reader", func(t *testing.T) {
		ctx, stop := context.WithTimeout(t.Context(), 50*time.Millisecond)
		defer stop()
		q.SQL, q.Claims = "select pg_sleep(10)", underwriter
		if _, err := p.Ask(ctx, q); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("got %v", err)
		}
		if got, err := ask(who, ""); err != nil || got != "who,claims\nreader,{}" {
			t.Errorf("got %q, %v", got, err)
		}
	})
}

func TestG39G53RolesThatPoliciesDoNotBindAreRefused(t *testing.T) {
	for name, c := range map[string]struct{ login, role, want string }{
		"G-39 a superuser":                             {"root", "reader", "root is a superuser"},
		"G-53 a member of a role that owns a table":    {"careless", "", "owner owns a table with policies"},
		"G-53 and one that takes a harmless role then": {"careless", "owner", "owner owns a table with policies"},
	} {
		t.Run(name, func(t *testing.T) {
			q := postgres.Query{DSN: pgtest.DSN(t, c.login), Role: c.role, SQL: "select 1 as one", Claims: underwriter, Reader: true}
			if _, err := asked(t, q); !errors.Is(err, postgres.ErrUnbound) || !strings.Contains(err.Error(), c.want) {
				t.Errorf("got %v, want %s", err, c.want)
			}
			if q.Reader = false; c.role != "reader" {
				if _, err := asked(t, q); err != nil {
					t.Errorf("as the dashboard's own role: %v", err)
				}
			}
		})
	}
	t.Run("G-53 a query that takes its role off", func(t *testing.T) {
		for _, query := range []string{"reset role", "set role none; select 1", "select set_config('role', 'none', true), id from loans"} {
			got, err := asked(t, postgres.Query{SQL: query, Claims: guest, Reader: true, Role: "reader"})
			if err == nil && strings.Contains(text(t, got), "1") {
				t.Errorf("%s gives %s", query, text(t, got))
			}
		}
	})
}

func TestAsk(t *testing.T) {
	t.Run("has the types of the database", func(t *testing.T) {
		got, err := asked(t, postgres.Query{SQL: `select 9223372036854775807 as a, 7::int2 as b, 0.1::float4 as c, 1.5::float8 as d, 12.50::numeric(10,2) as e, 5::numeric(5,0) as f,
	true as g, date '2024-02-29' as h, timestamp '2024-02-29 12:30:00.5' as i, timestamptz '2024-02-29 12:30:00+02' as j, time '12:30' as k, '{"a": 1}'::jsonb as l, array[1,2] as m, null::int as n,
	'1999-12-31 23:59:59.5'::timestamp as o`})
		if err != nil {
			t.Fatal(err)
		}
		const want = "a,b,c,d,e,f,g,h,i,j,k,l,m,n,o\n9223372036854775807,7,0.1,1.5,12.5,5,true,2024-02-29,2024-02-29T12:30:00.5,2024-02-29T10:30:00Z,12:30:00,\"{\"\"a\"\": 1}\",\"{1,2}\",,1999-12-31T23:59:59.5"
		if got := text(t, got); got != want {
			t.Errorf("got\n%s, want\n%s", got, want)
		}
		for i, want := range []frame.Type{frame.Integer, frame.Integer, frame.Number, frame.Number, frame.Number, frame.Integer, frame.Boolean, frame.Date, frame.Datetime, frame.Datetime, frame.Time, frame.JSON, frame.Text, frame.Integer, frame.Datetime} {
			if c := got.Columns()[i]; c.Type != want {
				t.Errorf("%s is %s, want %s", c.Name, c.Type, want)
			}
		}
	})
	t.Run("tells what a cell cannot hold", func(t *testing.T) {
		got, err := asked(t, postgres.Query{SQL: "select 'infinity'::date as d, 'NaN'::float8 as f, 12345678901234567890.5::numeric as n"})
		if err != nil {
			t.Fatal(err)
		}
		if want := []string{
			"column d: 1 values are outside of what can be shown, such as infinity, and stand empty",
			"column f: 1 values are outside of what can be shown, such as infinity, and stand empty",
			"column n: 1 numbers have more digits than a number holds and are rounded",
		}; !slices.Equal(got.Notes, want) {
			t.Errorf("got %q", got.Notes)
		}
	})
	t.Run("binds values and never takes them for text of its own", func(t *testing.T) {
		for value, want := range map[string]string{"Energy": "id\n1", "x' or 1 = 1 --": "id"} {
			got, err := asked(t, postgres.Query{SQL: "select id from loans where sector in ($1)", Args: []any{value}, Claims: underwriter, Reader: true})
			if err != nil || text(t, got) != want {
				t.Errorf("%s: got %v", value, err)
			}
		}
		got, err := asked(t, postgres.Query{SQL: "select id from loans where amount > $1 and day >= $2", Args: []any{"5", "2024-01-01"}, Claims: underwriter})
		if err != nil || text(t, got) != "id\n1" {
			t.Errorf("got %v", err)
		}
	})
	t.Run("is refused by name", func(t *testing.T) {
		for query, want := range map[string]string{
			"create table x (id int)":           "the query may only select: it can change nothing",
			"select 1; select 2":                "the query is several: write one select",
			"select nme from loans":             `the query fails: column "nme" does not exist`,
			"select * from hidden":              "the role of the query may not read that: permission denied for table hidden",
			"select $1::int":                    "the query has a placeholder that is no :name of an input: write it so",
			"copy loans to program 'id'":        "",
			"select pg_read_file('/etc/hosts')": "the role of the query may not read that: permission denied for function pg_read_file",
		} {
			_, err := asked(t, postgres.Query{SQL: query})
			if err == nil || want != "" && err.Error() != want {
				t.Errorf("%s: got %v, want %s", query, err, want)
			}
		}
	})
	t.Run("says what was cut", func(t *testing.T) {
		for name, c := range map[string]struct {
			q    postgres.Query
			want rows.Cut
			n    int
		}{
			"by rows":  {postgres.Query{SQL: "select generate_series(1, 1000000) as n", Limits: rows.Limits{Rows: 5}}, rows.ByRows, 5},
			"by bytes": {postgres.Query{SQL: "select generate_series(1, 1000000) as n", Limits: rows.Limits{Bytes: 100}}, rows.ByBytes, 11},
			"by time":  {postgres.Query{SQL: "select repeat('x', 20000), pg_sleep(case when n = 3 then 30 else 0 end)::text from generate_series(1, 3) n", Timeout: 500 * time.Millisecond}, rows.ByTime, 2},
		} {
			got, err := asked(t, c.q)
			if err != nil || got.Cut != c.want || c.want != rows.ByTime && got.Len() != c.n {
				t.Errorf("%s: %v", name, err)
			}
		}
	})
}
