package frame

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

// paths is a frame of texts many of which begin alike, or are the same.
func paths(n int) *Memory {
	r := rand.New(rand.NewPCG(1, 2))
	v, group := Vector{Type: Text}, Vector{Type: Integer}
	for range n {
		group.AppendInt(r.Int64N(3))
		switch r.IntN(10) {
		case 0:
			v.AppendNull()
		case 1:
			v.AppendString("")
		default:
			v.AppendString(strings.Repeat("/some/long/folder", r.IntN(3)) + fmt.Sprintf("/%0*d", r.IntN(20), r.IntN(40)))
		}
	}
	return New(Origin{}, []Column{{Name: "path"}, {Name: "group"}}, []Vector{v, group})
}

func TestSort_TextsThatBeginAlike(t *testing.T) {
	f := paths(20_000)
	b, err := Rows(t.Context(), f, All(f), 0, f.Len())
	if err != nil {
		t.Fatal(err)
	}
	for _, keys := range [][]Key{{{Column: 0}}, {{Column: 0, Descending: true}}, {{Column: 1, Descending: true}, {Column: 0}}, {{Column: 0}, {Column: 1}}} {
		want := make([]uint32, f.Len())
		for i := range want {
			want[i] = uint32(i)
		}
		slices.SortStableFunc(want, func(a, c uint32) int {
			for _, k := range keys {
				if d := compareCells(&b.Columns[k.Column], int(a), int(c), k.Descending); d != 0 {
					return d
				}
			}
			return 0
		})
		got, err := Sort(t.Context(), f, keys, nil)
		if err != nil || !slices.Equal(got, want) {
			at := 0
			for at < len(got) && got[at] == want[at] {
				at++
			}
			t.Fatalf("%v: %v; place %d of %d is wrong", keys, err, at, len(got))
		}
	}
}

func TestSort_EndsWhileItSorts(t *testing.T) {
	for column := range 2 {
		ctx, stop := context.WithCancel(t.Context())
		_, err := Sort(ctx, paths(20_000), []Key{{Column: column}}, func(done float64) {
			if done >= 0.5 { // all was read
				stop()
			}
		})
		if stop(); !errors.Is(err, context.Canceled) {
			t.Errorf("column %d: %v", column, err)
		}
	}
}

func BenchmarkSortTexts(b *testing.B) {
	f := paths(1_000_000)
	for b.Loop() {
		if _, err := Sort(b.Context(), f, []Key{{Column: 0}}, nil); err != nil {
			b.Fatal(err)
		}
	}
}
