package query_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/authtabs/tabgate/data/frame"
	"github.com/authtabs/tabgate/data/query"
)

// TestSelect_Laws holds the operators against each other on random columns, for
// values that are and are not among the cells.
func TestSelect_Laws(t *testing.T) {
	r := rand.New(rand.NewPCG(13, 14))
	kinds := []frame.Type{frame.Text, frame.Integer, frame.Number, frame.Boolean, frame.Date, frame.Datetime, frame.Time}
	for range 400 {
		kind := kinds[r.IntN(len(kinds))]
		v := spread(r, kind, 1+r.IntN(60))
		f := frame.New(frame.Origin{}, []frame.Column{{Name: "a"}}, []frame.Vector{v})
		keep := func(op query.Op, values ...string) []uint32 {
			rows, err := query.Select(context.Background(), f, query.Where{{Field: "a", Op: op, Values: values}}, nil)
			if err != nil {
				t.Fatalf("%s %s %q: %v", kind, op, values, err)
			}
			return rows
		}
		all, nulls, filled := upTo(f.Len()), keep(query.IsNull), keep(query.IsFilled)
		x, y := someValue(r, &v), someValue(r, &v)
		if x == "" || y == "" {
			continue // all are missing
		}
		eq := keep(query.Eq, x)
		laws := []struct {
			about     string
			got, want []uint32
		}{
			{"missing and filled are all", both(nulls, filled), all},
			{"ne is all but eq", both(eq, keep(query.Ne, x)), all},
			{"in is one or the other", keep(query.In, x, y), either(eq, keep(query.Eq, y))},
			{"not_in is all but in", both(keep(query.In, x, y), keep(query.NotIn, x, y)), all},
			{"contains and not_contains are all", both(keep(query.Contains, x), keep(query.NotContains, x)), all},
		}
		if kind != frame.Boolean {
			lt, ge, le, gt := keep(query.Lt, x), keep(query.Ge, x), keep(query.Le, x), keep(query.Gt, x)
			laws = append(laws, []struct {
				about     string
				got, want []uint32
			}{
				{"less and not less are those filled", both(lt, ge), filled},
				{"more and not more are those filled", both(gt, le), filled},
				{"neither less nor more is equal", among(le, ge), eq},
				{"between is from one to the other", keep(query.Between, x, y), among(ge, keep(query.Le, y))},
				{"an open end", keep(query.Between, x, ""), ge},
				{"the other open end", keep(query.Between, "", x), le},
			}...)
		}
		for _, law := range laws {
			if !slices.Equal(law.got, law.want) {
				t.Fatalf("%s, %q and %q: %s: %v, want %v", kind, x, y, law.about, law.got, law.want)
			}
		}
	}
}

// someValue is a cell as people read it, of a date or datetime at times only its
// month; "" if it is missing.
func someValue(r *rand.Rand, v *frame.Vector) string {
	text := v.String(r.IntN(v.Len()))
	if (v.Type == frame.Date || v.Type == frame.Datetime) && r.IntN(2) == 0 && len(text) > 7 && text[4] == '-' {
		return text[:7]
	}
	if v.Type == frame.Datetime && r.IntN(2) == 0 && len(text) > 19 && text[4] == '-' {
		return text[:19]
	}
	return text
}

func upTo(n int) (out []uint32) {
	for i := range n {
		out = append(out, uint32(i))
	}
	return out
}

// both are the rows of a and b, which have none in common.
func both(a, b []uint32) []uint32 {
	out := append(slices.Clone(a), b...)
	slices.Sort(out)
	return out
}

func either(a, b []uint32) []uint32 { return slices.Compact(both(a, b)) }

func among(a, b []uint32) (out []uint32) {
	for _, x := range a {
		if slices.Contains(b, x) {
			out = append(out, x)
		}
	}
	return out
}

// endless is a frame whose scan ends its context after some batches, and that
// reports whether it was read on.
type endless struct {
	*parts
	stop   context.CancelFunc
	after  int
	beyond int
}

func (e *endless) Scan(ctx context.Context, columns []int, from, to int, visit func(*frame.Batch) error) error {
	return e.parts.Scan(ctx, columns, from, to, func(b *frame.Batch) error {
		if e.after--; e.after == 0 {
			e.stop()
		} else if e.after < 0 {
			e.beyond++
		}
		return visit(b)
	})
}

func TestEverythingEndsWithItsContext(t *testing.T) {
	for name, work := range map[string]func(ctx context.Context, f frame.Frame) error{
		"keep": func(ctx context.Context, f frame.Frame) error {
			_, err := query.Keep(ctx, f, query.Where{{Field: "n", Op: query.IsNull}}, nil)
			return err
		},
		"values": func(ctx context.Context, f frame.Frame) error {
			_, err := query.Values(ctx, f, query.Request{Column: "s", Fn: query.Sum, Of: "n"}, nil)
			return err
		},
		"aggregate": func(ctx context.Context, f frame.Frame) error {
			_, err := query.Aggregate(ctx, f, query.Median, "n", nil)
			return err
		},
		"aggregate over": func(ctx context.Context, f frame.Frame) error {
			_, err := query.AggregateOver(ctx, f, query.Sum, "n", "s", nil)
			return err
		},
		"profile": func(ctx context.Context, f frame.Frame) error {
			_, err := query.Profile(ctx, f, []int{0, 1}, nil)
			return err
		},
		"cast": func(ctx context.Context, f frame.Frame) error {
			_, _, err := query.Cast(ctx, f, 0, query.As{Type: frame.Text}, nil)
			return err
		},
	} {
		for _, after := range []int{1, 5} {
			ctx, stop := context.WithCancel(context.Background())
			f := &endless{parts: &parts{Frame: numbered(50_000), size: 1000}, stop: stop, after: after}
			if err := work(ctx, f); !errors.Is(err, context.Canceled) || f.beyond > 1 {
				t.Errorf("%s: %v, and %d batches were read then", name, err, f.beyond)
			}
			stop()
		}
	}
}

func TestEverythingTellsItsProgress(t *testing.T) {
	f := &parts{Frame: numbered(50_000), size: 1000}
	ctx := context.Background()
	for name, work := range map[string]func(progress func(float64)) error{
		"keep": func(p func(float64)) error {
			_, err := query.KeepTold(ctx, f, query.Where{{Field: "n", Op: query.IsNull}}, p)
			return err
		},
		"values": func(p func(float64)) error {
			_, err := query.Values(ctx, f, query.Request{Column: "n", Across: "s", Fn: query.Sum, Of: "n", Most: 3}, p)
			return err
		},
		"aggregate": func(p func(float64)) error {
			_, err := query.Aggregate(ctx, f, query.Median, "n", p)
			return err
		},
		"profile": func(p func(float64)) error {
			_, err := query.Profile(ctx, f, []int{0, 1}, p)
			return err
		},
	} {
		last, told := 0.0, 0
		err := work(func(done float64) {
			if done < last || done > 1 {
				t.Errorf("%s: progress goes from %v to %v", name, last, done)
			}
			last = done
			told++
		})
		if err != nil || told < 50 || last < 0.5 {
			t.Errorf("%s: told %d times, at last %v: %v", name, told, last, err)
		}
	}
}

func TestValues_ManyCategories(t *testing.T) {
	v, x := frame.Vector{Type: frame.Text}, frame.Vector{Type: frame.Integer}
	for i := range 10_000 {
		for range 1 + i%3 {
			v.AppendString(fmt.Sprintf("category %d", i))
			x.AppendInt(int64(i))
		}
	}
	f := frame.New(frame.Origin{}, []frame.Column{{Name: "category"}, {Name: "x"}}, []frame.Vector{v, x})
	c := values(t, f, query.Request{Column: "category", Most: 12, Fn: query.Max, Of: "x"})
	if c.Len() != 13 || c.Labels[0] != "category 9999" || c.Labels[12] != "(others)" || c.Distinct != 10_000 || c.Others != 9988 {
		t.Errorf("%d rows, the first %s, the last %s, %d others of %d", c.Len(), c.Labels[0], c.Labels[c.Len()-1], c.Others, c.Distinct)
	}
	if len(c.Notes) != 1 || c.Notes[0] != "the 12 greatest of 10,000 values of category; the others are together" {
		t.Errorf("notes %q", c.Notes)
	}
	kept, err := query.Keep(context.Background(), f, c.Where[12], nil)
	if err != nil {
		t.Fatal(err)
	}
	rows, err := frame.Rows(context.Background(), c, []int{1}, 12, 1)
	if err != nil || rows.Columns[0].Ints[0] != int64(kept.Len()) {
		t.Errorf("the others are %v, and %d are kept: %v", rows.Columns[0].Ints, kept.Len(), err)
	}
}
