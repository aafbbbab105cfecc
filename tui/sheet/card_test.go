package sheet_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/authtabs/tabgate/tui/sheet"
)

func TestARowIsReadAsAWhole(t *testing.T) {
	long := "first line\n\nthird line, " + strings.Repeat("word ", 60) + "end"
	tests := map[string]bool{"in memory": true, "in a file": false}
	for name, whole := range tests {
		t.Run(name, func(t *testing.T) {
			tt := openAt(t, &made{rows: 50, cols: 4, whole: whole, long: long}, 60, 30)
			tt.press("down", "enter")
			if !tt.Carded() {
				t.Fatal("no card is open")
			}
			tt.shows("Row 2 of 50", "head0  r1c0", "head2  first line", "       third line, word word", "word end", "head3  r1c3")
			if in := tt.press("right", "right"); tt.Col != 0 {
				t.Errorf("the cursor moves under the card: %+v", in)
			}
			tt.press("down")
			tt.shows("Row 3 of 50", "r2c0")
			tt.press("up", "up", "up")
			tt.shows("Row 1 of 50")
			if in := tt.press("y"); in.Copy != "r0c0" {
				t.Errorf("y copies %+v", in)
			}
			if tt.press("enter"); tt.Carded() {
				t.Error("enter does not close the card")
			}
		})
	}
}

func TestALongCardIsScrolled(t *testing.T) {
	src := &made{rows: 5, cols: 60}
	tt := openAt(t, src, 40, 12)
	tt.press("enter")
	tt.shows("head0")
	tt.press("pgdown")
	tt.shows("r0c9")
	tt.press("G")
	tt.shows("r0c59")
	tt.press("g")
	tt.shows("r0c0")
	tt.Scroll(20, 0)
	tt.shows("r0c20")
	tt.press("esc", "end", "enter")
	tt.shows("r0c59") // it begins at the cursor's column
	x, y := tt.find("×")
	if _, ok := tt.Press(x, y, false); !ok || tt.Carded() {
		t.Error("a click on its sign does not close the card")
	}
}

func TestACardThatComesTooLateIsDropped(t *testing.T) {
	tt := open(t, &made{rows: 50, cols: 4})
	in := tt.OpenRow()
	tt.press("esc")
	if tt.Take(in.Cmd().(sheet.Answer)); tt.Carded() {
		t.Error("the card opens after it was closed")
	}
}

func TestWhatAPageSaysIsReadLikeARow(t *testing.T) {
	tt := openAt(t, &made{rows: 50, cols: 4}, 60, 10)
	var fields []sheet.Field
	for i := range 30 {
		fields = append(fields, sheet.Field{Name: "note", Lines: []string{fmt.Sprintf("this is note %d", i)}})
	}
	tt.SetCard("How it was read", fields)
	tt.shows("How it was read", "note  this is note 0")
	tt.press("down", "down")
	tt.shows("note  this is note 2")
	if strings.Contains(tt.draw(), "note 1\n") {
		t.Error("down does not scroll")
	}
	tt.SetCard("How it was read", append(fields, sheet.Field{Name: "sum", Lines: []string{"min of 0"}}))
	tt.shows("note  this is note 2")
	tt.press("G")
	tt.shows("sum   min of 0")
	if in := tt.press("y"); !strings.HasPrefix(in.Copy, "note\tthis is note 0\n") || in.What == "" {
		t.Errorf("y copies %+v", in)
	}
}
