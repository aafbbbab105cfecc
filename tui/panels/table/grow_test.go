package table_test

import (
	"fmt"
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/authtabs/tabgate/data/query"
	"github.com/authtabs/tabgate/data/source"
	"github.com/authtabs/tabgate/tui/page/pagetest"
	"github.com/authtabs/tabgate/tui/panels"
)

// log is a file of n lines.
func log(n int) string {
	var b strings.Builder
	b.WriteString("n,level\n")
	for i := range n {
		fmt.Fprintf(&b, "%d,%s\n", i+1, []string{"info", "warn"}[i%2])
	}
	return b.String()
}

func TestRowsThatCome(t *testing.T) {
	t.Run("are followed on the last row", func(t *testing.T) {
		d := open(t, nil, options{})
		d.give(source.Snapshot{Frame: read(t, log(50)), Complete: true})
		d.press("G")
		d.give(source.Snapshot{Frame: read(t, log(62)), Complete: true, Grown: true})
		d.shows("62/62")
	})
	t.Run("are counted elsewhere, until G", func(t *testing.T) {
		d := open(t, nil, options{})
		d.give(source.Snapshot{Frame: read(t, log(50)), Complete: true})
		d.press("down", "right", ">")
		d.give(source.Snapshot{Frame: read(t, log(62)), Complete: true, Grown: true})
		d.shows("+12 ↓ G", "2/62")
		d.give(source.Snapshot{Frame: read(t, log(65)), Complete: true, Grown: true})
		d.shows("+15 ↓ G", "2/65")
		d.press("G")
		d.hides("↓ G")
	})
	t.Run("are sorted as the others", func(t *testing.T) {
		d := open(t, nil, options{})
		d.give(source.Snapshot{Frame: read(t, log(50)), Complete: true})
		d.press("s", "s")
		d.shows("▼n")
		d.give(source.Snapshot{Frame: read(t, log(53)), Complete: true, Grown: true})
		d.shows("▼n", "1/53")
		d.column("53", "52", "51", "50")
	})
	t.Run("are searched as the others", func(t *testing.T) {
		d := open(t, nil, options{})
		d.give(source.Snapshot{Frame: read(t, log(50)), Complete: true})
		d.press("/")
		d.write("warn")
		d.press("enter")
		d.shows("25 rows")
		d.give(source.Snapshot{Frame: read(t, log(60)), Complete: true, Grown: true})
		d.shows("30 rows", "2/60")
	})
	t.Run("of another file are told", func(t *testing.T) {
		d := open(t, nil, options{})
		d.give(source.Snapshot{Frame: read(t, log(50)), Complete: true})
		d.press("right", "s")
		d.give(source.Snapshot{Frame: read(t, "level,other\nb,1\na,2\n"), Complete: true, Replaced: true})
		if !strings.Contains(d.told(), "read anew") {
			t.Errorf("told %q", d.told())
		}
		d.shows("level▲", "1/2")
		d.column("a", "b")
	})
}

func TestAFileThatWasReplaced(t *testing.T) {
	start := func(t *testing.T) *driven {
		d := open(t, nil, options{w: 100, h: 14})
		d.give(source.Snapshot{Frame: read(t, log(50)), Complete: true})
		d.give(source.Snapshot{Frame: read(t, log(53)), Complete: true, Grown: true})
		d.shows("+3 ↓ G", "1/53")
		return d
	}
	t.Run("has no rows that came", func(t *testing.T) {
		d := start(t)
		d.give(source.Snapshot{Frame: read(t, log(40)), Complete: true, Replaced: true})
		d.shows("1/40")
		d.hides("↓ G")
	})
	t.Run("has none either where it has grown again before it was looked at", func(t *testing.T) {
		d := start(t)
		d.give(source.Snapshot{Frame: read(t, log(42)), Complete: true, Grown: true})
		d.shows("1/42")
		d.hides("↓ G")
	})
	t.Run("keeps the column of the cursor and the order by their names", func(t *testing.T) {
		d := start(t)
		d.press("right", "s", "s", "down")
		d.give(source.Snapshot{Frame: read(t, "when,level,n\nx,b,1\ny,a,2\nz,c,3\n"), Complete: true, Replaced: true})
		d.shows("▼", "2/3", "level")
		d.column("c", "b", "a")
		if d.press("y"); d.told() != "1 cell: b" {
			t.Errorf("the cursor is at %q", d.told())
		}
	})
	t.Run("sets a filter on a column that it lacks aside, which it says, until it has it again", func(t *testing.T) {
		d := start(t)
		d.press("w")
		d.write("level = warn")
		d.press("enter", "w")
		d.write("n > 10")
		d.press("enter")
		d.shows("21 of 53 rows")
		d.give(source.Snapshot{Frame: read(t, "n,kind\n5,a\n15,b\n16,c\n"), Complete: true, Replaced: true})
		d.shows("2 of 3 rows", "level = warn (set aside) ×", "n > 10 ×")
		if got := d.told(); !strings.Contains(got, "The filter level = warn is set aside: there is no column") {
			t.Errorf("told %q", got)
		}
		d.give(source.Snapshot{Frame: read(t, log(53)), Complete: true, Replaced: true})
		d.shows("21 of 53 rows")
		d.hides("set aside")
	})
	t.Run("sets a filter aside that its column's type does not have", func(t *testing.T) {
		d := start(t)
		d.press("w")
		d.write("n > 10")
		d.press("enter")
		d.give(source.Snapshot{Frame: read(t, "n,level\ntrue,a\nfalse,b\n"), Complete: true, Replaced: true})
		d.shows("n > 10 (set aside) ×", "2 rows")
	})
	t.Run("stays where it was scrolled to", func(t *testing.T) {
		d := start(t)
		for range 4 {
			d.send(tea.MouseMsg{X: 5, Y: 5, Action: tea.MouseActionPress, Button: tea.MouseButtonWheelDown})
		}
		before := d.lines()[3]
		d.give(source.Snapshot{Frame: read(t, log(60)), Complete: true, Grown: true})
		if after := d.lines()[3]; before != after || strings.Contains(after, ">") {
			t.Errorf("it showed %q, and now %q", before, after)
		}
	})
}

func TestARowThatIsMarkedStaysMarked(t *testing.T) {
	d := open(t, nil, options{})
	f := read(t, log(50))
	d.give(source.Snapshot{Frame: f, Complete: true})
	d.press("down", " ", "s", "s")
	d.shows("1 marked")
	kept, err := query.Keep(t.Context(), f, query.Where{{Field: "level", Op: query.Eq, Values: []string{"warn"}}}, nil)
	if err != nil {
		t.Fatal(err)
	}
	d.seq++
	d.send(panels.Data{Sources: map[string]panels.Table{"sales": {Snapshot: source.Snapshot{Seq: d.seq, Frame: f, Complete: true}, Rows: kept}}})
	d.press("e", "c")
	if want := "n,level\n2,warn\n"; d.saved["sales-export.csv"] != want {
		t.Errorf("saved %q", d.saved["sales-export.csv"])
	}
}

// later types keys, of which the last one's commands are run when what it
// returns is called.
func (d *driven) later(keys ...string) (run func()) {
	d.t.Helper()
	last := len(keys) - 1
	d.press(keys[:last]...)
	cmd := d.Update(pagetest.Key(keys[last]))
	return func() {
		d.t.Helper()
		_, d.msgs = pagetest.Settle(d.t, d.Update, cmd)
	}
}

func TestRowsThatComeStopNothing(t *testing.T) {
	const rows, more = 15_000, 15_002 // too many to be dealt with at once
	grow := func(d *driven) { d.give(source.Snapshot{Frame: read(t, log(more)), Complete: true, Grown: true}) }
	start := func(t *testing.T) *driven {
		d := open(t, nil, options{})
		d.give(source.Snapshot{Frame: read(t, log(rows)), Complete: true})
		return d
	}
	t.Run("an export has the rows that it began with", func(t *testing.T) {
		d := start(t)
		run := d.later("e", "c")
		d.shows("exporting")
		grow(d)
		run()
		if n := strings.Count(d.saved["sales-export.csv"], "\n"); n != rows+1 {
			t.Errorf("it has %d lines", n)
		}
	})
	t.Run("a search finds them too", func(t *testing.T) {
		d := start(t)
		d.press("/")
		d.write("warn")
		run := d.later("enter")
		grow(d)
		run()
		d.shows("7,501 rows")
	})
	t.Run("values count them too", func(t *testing.T) {
		d := start(t)
		run := d.later("right", "v")
		grow(d)
		run()
		d.shows("15,002 rows › values of level", "7,501")
	})
	t.Run("sorting goes on with them", func(t *testing.T) {
		d := start(t)
		run := d.later("s", "s")
		grow(d)
		run()
		d.shows("▼n", "1/15,002")
		d.column("15002", "15001")
	})
	t.Run("esc is for what somebody asked for", func(t *testing.T) {
		d := start(t)
		d.press("v")
		d.shows("values of n")
		d.seq++
		s := source.Snapshot{Seq: d.seq, Frame: read(t, log(more)), Complete: true, Grown: true}
		cmd := d.Update(panels.Data{Sources: map[string]panels.Table{"sales": {Snapshot: s, Rows: s.Frame}}})
		d.press("esc")
		d.hides("values of n")
		pagetest.Settle(t, d.Update, cmd)
		d.shows("/15,002")
	})
	t.Run("what is stopped by somebody shows the rows as they were", func(t *testing.T) {
		d := start(t)
		run := d.later("s")
		d.press("esc")
		run()
		d.hides("▲", "sort n")
		d.shows("1/15,000")
	})
}
