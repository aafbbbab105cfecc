package textfile

import (
	"context"
	"fmt"
	"reflect"
	"strings"
	"testing"
)

// TestTheHeadOfAWideFileIsReadAsTheWhole compares what two goroutines find in
// the head of a file with what is found in all of it.
func TestTheHeadOfAWideFileIsReadAsTheWhole(t *testing.T) {
	var b strings.Builder
	for row := range 60 {
		for c := range 1500 {
			switch {
			case row == 0:
				fmt.Fprintf(&b, "c%d", c)
			case c == 7 && row == 50:
				b.WriteString("no number")
			case c%11 == 3 && row%5 == 0:
				b.WriteString("NA")
			case c%5 == 0:
				fmt.Fprintf(&b, "2024-01-%02d", row%28+1)
			default:
				fmt.Fprintf(&b, "%d", row*c)
			}
			if c == 1400 && row%9 == 4 { // a short row
				break
			}
			if c < 1499 {
				b.WriteByte(',')
			}
		}
		b.WriteByte('\n')
		if row%20 == 11 {
			b.WriteByte('\n') // a blank line
		}
	}
	f, err := Open(context.Background(), save(t, "wide.csv", b.String()), Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	head, err := f.Head(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	all, err := f.Finish(context.Background(), nil)
	if err != nil {
		t.Fatal(err)
	}
	if head.Len() != 59 || !reflect.DeepEqual(head.Columns(), all.Columns()) || !reflect.DeepEqual(head.Report, all.Report) {
		t.Errorf("the head has %d rows and the notes %q;\nall has %d and %q", head.Len(), head.Notes[:min(3, len(head.Notes))], all.Len(), all.Notes[:min(3, len(all.Notes))])
	}
	if len(all.Notes) < 100 || !strings.Contains(strings.Join(all.Notes, "\n"), "column c7: text: 58 of 59 cells are numbers, first not on line 53") {
		t.Errorf("%d notes, first %q", len(all.Notes), all.Notes[:3])
	}
}
