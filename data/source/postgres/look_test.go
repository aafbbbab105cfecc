package postgres_test

import (
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/authtabs/tabgate/data/source/postgres"
	"github.com/authtabs/tabgate/data/source/postgres/pgtest"
)

func TestG53WaysAroundPoliciesAreFound(t *testing.T) {
	look := func(t *testing.T, login, role string) ([]postgres.Leak, error) {
		var p postgres.Pool
		t.Cleanup(p.Close)
		return p.Look(t.Context(), postgres.Query{DSN: pgtest.DSN(t, login), Role: role, Timeout: 30 * time.Second})
	}
	t.Run("views, what they kept, and functions of an owner", func(t *testing.T) {
		found, err := look(t, "gate", "reader")
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, l := range found {
			got = append(got, l.Kind+" "+l.Name)
			if l.Why == "" {
				t.Errorf("%s has no reason", l.Name)
			}
		}
		want := []string{"function public.count_loans", "materialized view public.loans_kept", "view public.loans_as_owner", "view public.loans_in_two_steps"}
		if !slices.Equal(got, want) {
			t.Errorf("found %q, want %q", got, want)
		}
	})
	t.Run("they are ways indeed", func(t *testing.T) {
		for _, query := range []string{"select id from loans_as_owner", "select id from loans_in_two_steps", "select id from loans_kept", "select generate_series(1, count_loans()) as id"} {
			got, err := asked(t, postgres.Query{SQL: query, Claims: guest, Reader: true, Role: "reader"})
			if err != nil || got.Len() != 3 {
				t.Errorf("%s gives %v, %v", query, got, err)
			}
		}
		if got, err := asked(t, postgres.Query{SQL: "select id from loans_as_reader", Claims: guest, Reader: true, Role: "reader"}); err != nil || got.Len() != 0 {
			t.Errorf("a view with the reader's rights gives %v, %v", got, err)
		}
	})
	t.Run("a role that no policy binds", func(t *testing.T) {
		for _, login := range []string{"root", "careless"} {
			if found, err := look(t, login, ""); !errors.Is(err, postgres.ErrUnbound) {
				t.Errorf("%s: %v, %v", login, found, err)
			}
		}
	})
}
