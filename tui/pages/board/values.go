package board

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/authtabs/tabgate/auth/session"
	"github.com/authtabs/tabgate/data/frame"
	"github.com/authtabs/tabgate/data/query"
	"github.com/authtabs/tabgate/tui/chart"
)

// maxOptions is how many values an input offers.
const maxOptions = 10_000

// values are those of a column.
type values struct {
	options     []option // in their order
	more        int      // values that are not among them
	least, most string
}

func itoa(n int) string { return strconv.Itoa(n) }

// counted is a count as people read it: 10,000.
func counted(n int) string { return chart.Number(float64(n), 0) }

// distinct finds the values of a column in the rows that fulfil conditions.
func distinct(ctx context.Context, f frame.Frame, where query.Where, field string, ends bool) (values, error) {
	if len(where) > 0 {
		rows, err := query.Keep(ctx, f, where, nil)
		if err != nil {
			return values{}, err
		}
		f = rows
	}
	col := frame.Find(f, field)
	if col < 0 {
		return values{}, fmt.Errorf("an input needs the column %s, which there is none of", session.Clean(field, 60))
	}
	t := f.Columns()[col].Type
	order := orderOf(t)
	var out values
	counts := map[string]int{}
	var cell []byte
	err := f.Scan(ctx, []int{col}, 0, f.Len(), func(b *frame.Batch) error {
		v := &b.Columns[0]
		for i := range b.Len {
			if v.IsNull(i) {
				continue
			}
			cell = v.AppendCell(cell[:0], i)
			if ends {
				if out.least == "" || order(string(cell), out.least) < 0 {
					out.least = string(cell)
				}
				if out.most == "" || order(string(cell), out.most) > 0 {
					out.most = string(cell)
				}
				continue
			}
			if _, ok := counts[string(cell)]; !ok && len(counts) >= 10*maxOptions {
				out.more++
				continue
			}
			counts[string(cell)]++
		}
		return nil
	})
	if err != nil {
		return values{}, err
	}
	for value, rows := range counts {
		out.options = append(out.options, option{value, rows})
	}
	if len(out.options) > maxOptions { // The most frequent ones.
		slices.SortFunc(out.options, func(a, b option) int {
			return cmp.Or(cmp.Compare(b.rows, a.rows), strings.Compare(a.value, b.value))
		})
		out.more += len(out.options) - maxOptions
		out.options = out.options[:maxOptions]
	}
	slices.SortFunc(out.options, func(a, b option) int { return order(a.value, b.value) })
	return out, nil
}

// orderOf compares cells of a type by their text.
func orderOf(t frame.Type) func(a, b string) int {
	if !t.Numeric() {
		return func(a, b string) int {
			if t.Temporal() {
				return strings.Compare(a, b)
			}
			return cmp.Or(strings.Compare(strings.ToLower(a), strings.ToLower(b)), strings.Compare(a, b))
		}
	}
	return func(a, b string) int {
		x, errX := strconv.ParseFloat(a, 64)
		y, errY := strconv.ParseFloat(b, 64)
		if errX != nil || errY != nil {
			return strings.Compare(a, b)
		}
		return cmp.Compare(x, y)
	}
}
