package table_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/charmbracelet/x/exp/golden"

	"github.com/authtabs/tabgate/data/source"
	"github.com/authtabs/tabgate/tui/page"
)

// wide is a file of rows with 12 columns, of which every third is a long text.
func wide(rows int) string {
	var b strings.Builder
	for i := range 12 {
		fmt.Fprintf(&b, "field %d,", i)
	}
	b.WriteString("last\n")
	for r := range rows {
		for i := range 12 {
			if i%3 == 0 {
				fmt.Fprintf(&b, "Some long text %d %d,", r, i)
			} else {
				fmt.Fprintf(&b, "%d,", r*i)
			}
		}
		fmt.Fprintf(&b, "end %d\n", r)
	}
	return b.String()
}

func (d *driven) resize(w, h int) {
	d.t.Helper()
	d.w, d.h = w, h
	d.SetSize(w, h)
	d.send(page.Resized{})
}

func TestAFewRowsOfManyColumns(t *testing.T) {
	for name, o := range map[string]options{
		"in a narrow window":    {own: true, w: 40, h: 12},
		"in a wider one":        {own: true, w: 80, h: 18},
		"of a page of a folder": {w: 60, h: 16},
	} {
		t.Run("are turned "+name, func(t *testing.T) {
			golden.RequireEqual(t, []byte(open(t, held(t, wide(2)), o).frame()))
		})
	}
	t.Run("are turned back where there is room, and again where there is none", func(t *testing.T) {
		d := open(t, held(t, wide(2)), options{own: true, w: 60, h: 18})
		d.shows("2 rows › turned")
		d.resize(300, 18)
		d.hides("turned")
		d.resize(60, 18)
		d.shows("2 rows › turned")
	})
	t.Run("are turned back where more rows come", func(t *testing.T) {
		d := open(t, held(t, wide(2)), options{own: true, w: 60, h: 18})
		d.give(source.Snapshot{Frame: held(t, wide(30)), Complete: true, Grown: true})
		d.hides("turned")
	})
	t.Run("stay as somebody turned them", func(t *testing.T) {
		d := open(t, held(t, wide(2)), options{own: true, w: 60, h: 18})
		d.press("T")
		d.hides("turned")
		d.resize(50, 18)
		d.hides("turned")
	})
	t.Run("stay turned as somebody works on them", func(t *testing.T) {
		d := open(t, held(t, wide(3)), options{own: true, w: 70, h: 18})
		d.press("down", "right", "right", "w")
		d.shows(`where "field 1" = 1`)
		d.press("enter")
		d.shows("1 row › turned", "Some long text 1 0")
		d.hides("Some long text 0 0")
		d.press("u", "s", "s")
		d.column("column", "Some long text 2 0")
		d.press("d")
		d.hides("field 1 ")
		d.press("v")
		d.shows("› values of field")
	})
	t.Run("are left as they are where most columns are seen, or there are more rows", func(t *testing.T) {
		open(t, held(t, sales), options{own: true, w: 130, h: 18}).hides("turned")
		open(t, held(t, wide(6)), options{own: true, w: 60, h: 18}).hides("turned")
	})
}
