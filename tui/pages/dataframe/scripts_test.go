package dataframe

import (
	"strings"
	"testing"

	"github.com/authtabs/tabgate/data"
	"github.com/authtabs/tabgate/tui/cell"
)

// names are regions whose letters take more than a rune.
var names = []string{"हिन्दी", "ไทย ที่", "👩‍👩‍👧 family", "🇩🇪", "cafe\u0301", "می\u200cخواهم", "Привет", "日本語"}

func TestNamesOfEveryScriptKeepTheirLettersAndColumns(t *testing.T) {
	text := "Region,1961,1962,1963,1964\n"
	for _, name := range names {
		text += name + ",1000000,2000000,3000000,4000000\n"
	}
	f := openWith(t, fake{now: table(t, data.Live, text)}, names...)
	g := cell.NewGrid(100, 30)
	f.Draw(g)
	x, y := headingAt(t, f, "┊")
	border := x + 1 + 12 // the trend
	for i := range min(f.table.Size().Rows, f.table.PageRows) {
		if r := g.At(border, y+1+i).Rune(); r != '│' {
			t.Errorf("row %d: after the name comes %q", i, r)
		}
	}
	for _, name := range names {
		if n := strings.Count(g.String(), name); n < 2 { // its chip, and its row or its place in the legend
			t.Errorf("%s is there %d times in\n%s", name, n, g)
		}
	}
	press(t, f, "x")
	press(t, f, "c")
	f.Draw(g)
	for _, name := range names {
		if !strings.Contains(g.String(), name) {
			t.Errorf("%s is not an option in\n%s", name, g)
		}
	}
	press(t, f, "m", "i", "l", "y")
	f.Draw(g)
	if !strings.Contains(g.String(), names[2]) {
		t.Errorf("letters that fit the query tear the name:\n%s", g)
	}
}
