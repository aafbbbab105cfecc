package query_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/authtabs/tabgate/data/frame"
	"github.com/authtabs/tabgate/data/query"
)

// sales is a frame of n rows and 8 columns of all kinds.
func sales(n int) *frame.Memory {
	r := rand.New(rand.NewPCG(7, 8))
	names := []string{"id", "day", "region", "product", "amount", "price", "quantity", "paid"}
	types := []frame.Type{frame.Integer, frame.Date, frame.Text, frame.Text, frame.Number, frame.Number, frame.Integer, frame.Boolean}
	v := make([]frame.Vector, len(names))
	cols := make([]frame.Column, len(names))
	for i := range names {
		cols[i].Name, v[i].Type = names[i], types[i]
	}
	for i := range n {
		v[0].AppendInt(int64(i))
		v[1].AppendInt(15000 + int64(i)*2000/int64(n))
		v[2].AppendString([]string{"North", "South", "East", "West", "Centre"}[r.IntN(5)])
		v[3].AppendString(fmt.Sprintf("product %d", r.IntN(500)))
		if r.IntN(20) == 0 {
			v[4].AppendNull()
		} else {
			v[4].AppendFloat(r.ExpFloat64() * 100)
		}
		v[5].AppendFloat(float64(r.IntN(10000)) / 100)
		v[6].AppendInt(r.Int64N(12))
		v[7].AppendBool(r.IntN(3) > 0)
	}
	return frame.New(frame.Origin{}, cols, v)
}

const million = 1_000_000

func BenchmarkProfile(b *testing.B) {
	f := sales(million)
	for b.Loop() {
		if _, err := query.Profile(context.Background(), f, frame.All(f), nil); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkSelect(b *testing.B) {
	f := sales(million)
	for name, w := range map[string]query.Where{
		"number":   {{Field: "amount", Op: query.Gt, Values: []string{"100"}}},
		"text":     {{Field: "region", Op: query.Eq, Values: []string{"East"}}},
		"contains": {{Field: "product", Op: query.Contains, Values: []string{"ct 12"}}},
		"three":    {{Field: "amount", Op: query.Gt, Values: []string{"100"}}, {Field: "region", Op: query.In, Values: []string{"East", "West"}}, {Field: "day", Op: query.Eq, Values: []string{"2012"}}},
	} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				if _, err := query.Select(context.Background(), f, w, nil); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func BenchmarkAggregate(b *testing.B) {
	f := sales(million)
	for _, fn := range query.Fns() {
		b.Run(string(fn), func(b *testing.B) {
			for b.Loop() {
				if _, err := query.Aggregate(context.Background(), f, fn, "amount", nil); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
	b.Run("sum over days", func(b *testing.B) {
		for b.Loop() {
			if _, err := query.AggregateOver(context.Background(), f, query.Sum, "amount", "day", nil); err != nil {
				b.Fatal(err)
			}
		}
	})
}

func BenchmarkValues(b *testing.B) {
	f := sales(million)
	for name, r := range map[string]query.Request{
		"texts":         {Column: "product"},
		"sums by day":   {Column: "day", Fn: query.Sum, Of: "amount"},
		"bins":          {Column: "price"},
		"texts, across": {Column: "product", Across: "region", Fn: query.Mean, Of: "amount"},
	} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				if _, err := query.Values(context.Background(), f, r, nil); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
