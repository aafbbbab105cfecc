package table_test

import (
	"fmt"
	"strings"
	"testing"
)

func TestFindGoesToNamesOfColumnsBeforeCells(t *testing.T) {
	var b strings.Builder
	b.WriteString("id,amount,amount due,note\n")
	for i := range 2000 {
		note := "plain"
		if i%500 == 7 {
			note = "an amount is due"
		}
		fmt.Fprintf(&b, "%d,%d,%d,%s\n", i, i*3, i*5, note)
	}
	d := open(t, read(t, b.String()), options{w: 100, h: 20})
	d.press("/")
	d.write("AMOUNT")
	d.press("enter")
	d.shows("column 1 of 2, 4 rows", "1/2,000")
	d.press("n")
	d.shows("column 2 of 2")
	d.press("n")
	d.shows("4 rows", "8/2,000")
	d.press("n")
	d.shows("508/2,000")
	d.press("N")
	d.shows("8/2,000")
	d.press("esc", "/")
	d.write("nothing like it")
	d.press("enter")
	d.shows("no match")
}
