package query_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/authtabs/tabgate/data/frame"
	"github.com/authtabs/tabgate/data/query"
)

// numbered is a frame of n rows with their places, and texts of them.
func numbered(n int) *frame.Memory {
	v, s := frame.Vector{Type: frame.Integer}, frame.Vector{Type: frame.Text}
	for i := range n {
		if v.AppendInt(int64(i)); i%7 == 3 {
			s.AppendNull()
		} else {
			s.AppendString(fmt.Sprintf("row %d", i))
		}
	}
	return frame.New(frame.Origin{}, []frame.Column{{Name: "n"}, {Name: "s"}}, []frame.Vector{v, s})
}

// parts is a frame that gives its rows in small batches, and searches itself.
type parts struct {
	frame.Frame
	size  int
	scans int
}

func (p *parts) Scan(ctx context.Context, columns []int, from, to int, visit func(*frame.Batch) error) error {
	p.scans++
	for ; from < min(to, p.Len()); from += p.size {
		stop := errors.New("stopped")
		err := p.Frame.Scan(ctx, columns, from, min(from+p.size, to), func(b *frame.Batch) error {
			err := visit(b)
			if errors.Is(err, frame.ErrStop) {
				return stop
			}
			return err
		})
		if err == stop {
			return nil
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func (p *parts) Search(ctx context.Context, text string, progress func(int)) (frame.Hits, error) {
	progress(p.Len())
	return frame.Search(ctx, struct{ frame.Frame }{p}, strings.TrimPrefix(text, "own:"), nil)
}

func TestView_Scan(t *testing.T) {
	const n = 30_000
	r := rand.New(rand.NewPCG(3, 4))
	for _, c := range []struct {
		about string
		rows  func() []uint32
	}{
		{"no row", func() []uint32 { return nil }},
		{"all rows", func() (out []uint32) {
			for i := range uint32(n) {
				out = append(out, i)
			}
			return out
		}},
		{"rows far apart", func() (out []uint32) {
			for i := uint32(0); i < n; i += 1 + r.Uint32N(3000) {
				out = append(out, i)
			}
			return out
		}},
		{"rows near each other", func() (out []uint32) {
			for i := uint32(0); i < n; i += 1 + r.Uint32N(3) {
				out = append(out, i)
			}
			return out
		}},
		{"rows in no order, some of them twice", func() (out []uint32) {
			for range 20_000 {
				out = append(out, r.Uint32N(n))
			}
			return out
		}},
	} {
		t.Run(c.about, func(t *testing.T) {
			rows := c.rows()
			for _, size := range []int{1000, 4096, n} {
				v := query.View(&parts{Frame: numbered(n), size: size}, rows)
				from := r.IntN(len(rows)/2 + 1)
				to := from + r.IntN(len(rows)-from+1)
				var got []uint32
				err := v.Scan(context.Background(), []int{1, 0}, from, to, func(b *frame.Batch) error {
					if b.First != from+len(got) {
						t.Fatalf("a batch begins at %d, want %d", b.First, from+len(got))
					}
					for i := range b.Len {
						n := b.Columns[1].Ints[i]
						got = append(got, uint32(n))
						if want := fmt.Sprintf("row %d", n); n%7 == 3 != b.Columns[0].IsNull(i) || n%7 != 3 && b.Columns[0].String(i) != want {
							t.Fatalf("row %d has the text %q", n, b.Columns[0].String(i))
						}
					}
					return nil
				})
				if err != nil || !slices.Equal(got, rows[from:to]) {
					t.Fatalf("%d rows from %d to %d were given: %v", len(got), from, to, err)
				}
			}
		})
	}
}

func TestView_ScanStops(t *testing.T) {
	broken := errors.New("broken")
	all := make([]uint32, 20_000)
	for i := range all {
		all[i] = uint32(i)
	}
	turned := slices.Clone(all)
	slices.Reverse(turned)
	for _, rows := range [][]uint32{all, all[:1], turned, {1, 9000, 19_000}} {
		for _, err := range []error{broken, frame.ErrStop} {
			visits := 0
			got := query.View(&parts{Frame: numbered(20_000), size: 3000}, rows).Scan(context.Background(), []int{0}, 0, len(rows), func(*frame.Batch) error {
				visits++
				return err
			})
			if visits != 1 || err == broken && got != broken || err == frame.ErrStop && got != nil {
				t.Errorf("of %d rows: %d visits, then %v", len(rows), visits, got)
			}
		}
	}
}

func TestView(t *testing.T) {
	f := &parts{Frame: numbered(100), size: 10}
	t.Run("a view of a view reads the frame below", func(t *testing.T) {
		v := query.View(query.View(f, []uint32{5, 6, 90}), []uint32{2, 0})
		if got := column(t, v, "n"); got != "90 5" {
			t.Error(got)
		}
		if below, rows, ok := query.Places(v); below != frame.Frame(f) || !slices.Equal(rows, []uint32{90, 5}) || !ok {
			t.Errorf("it is %v of %v", rows, below)
		}
		if _, _, ok := query.Places(f); ok {
			t.Error("a frame of its own is a view")
		}
	})
	t.Run("rows that stand together are read at once", func(t *testing.T) {
		f.scans = 0
		column(t, query.View(f, []uint32{1, 2, 3, 50, 51, 52}), "n")
		if f.scans != 1 {
			t.Errorf("%d scans", f.scans)
		}
	})
	t.Run("the frame below searches in its own way", func(t *testing.T) {
		told := 0
		hits, err := frame.Search(context.Background(), query.View(f, []uint32{9, 19, 20, 12}), "own:row 1", func(rows int) { told = rows })
		if err != nil || hits.Count != 2 || !hits.Has(1) || !hits.Has(3) || told != 4 {
			t.Errorf("%d hits, told %d: %v", hits.Count, told, err)
		}
	})
	t.Run("one that cannot is searched by its cells", func(t *testing.T) {
		hits, err := frame.Search(context.Background(), query.View(numbered(30), []uint32{9, 19, 20}), "ROW 2", nil)
		if err != nil || hits.Count != 1 || !hits.Has(2) {
			t.Errorf("%d hits: %v", hits.Count, err)
		}
	})
}

func TestPickAndRename(t *testing.T) {
	f := &parts{Frame: numbered(3), size: 10}
	p := query.Rename(query.Pick(f, []int{1, 0}), []string{"text", ""})
	if got := column(t, p, "text") + ", " + column(t, p, "n"); got != "row 0 row 1 row 2, 0 1 2" {
		t.Error(got)
	}
	if got := column(t, query.Pick(p, []int{0}), "text"); got != "row 0 row 1 row 2" {
		t.Error(got)
	}
	hits := func(f frame.Frame, text string) int {
		h, err := frame.Search(context.Background(), f, text, func(int) {})
		if err != nil {
			t.Fatal(err)
		}
		return h.Count
	}
	if hits(p, "own:1") != 1 || hits(query.Pick(f, []int{0}), "row") != 0 || hits(query.Pick(f, []int{0}), "1") != 1 {
		t.Error("a column that was not picked was searched, or the frame below did not search")
	}
}
