package table_test

import (
	"strings"
	"testing"

	"github.com/charmbracelet/bubbles/key"

	"github.com/authtabs/tabgate/tui/page/pagetest"
)

// TestKeysThatActAreListed holds the panel to what its page relies on: it gets
// the keys that it lists, and no others.
func TestKeysThatActAreListed(t *testing.T) {
	const letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ/#<>=,.{}^$ "
	all := append(strings.Split(letters, ""), "up", "down", "left", "right", "pgup", "pgdown", "home", "end", "enter", "esc",
		"shift+up", "shift+down", "shift+left", "shift+right", "tab")
	states := map[string][]string{
		"the table": {"down", "right"}, "searched": {"/", "L", "y", "o", "n", "enter"}, "sorted": {"s", "u"}, "filtered": {"right", "w", "enter"},
		"a card": {"enter"}, "a column": {"i"}, "values": {"right", "v"}, "turned": {"T", "down"}, "selected": {"shift+right"}, "wide": {">"},
	}
	f := held(t, sales)
	for name, keys := range states {
		t.Run(name, func(t *testing.T) {
			for _, k := range all {
				d := open(t, f, options{own: true})
				d.press(keys...)
				if d.Capturing() {
					t.Fatal("text is typed")
				}
				before, listed := d.frame(), key.Matches(pagetest.Key(k), d.Keys()...)
				if d.press(k); listed {
					continue
				}
				if said := d.told(); d.frame() != before || said != "" && !strings.HasPrefix(said, "There is nothing to") {
					t.Errorf("%q acts and is not listed", k)
				}
			}
		})
	}
}

// TestKeysAreShort keeps the words of the footer to a few.
func TestKeysAreShort(t *testing.T) {
	for _, keys := range [][]string{{}, {"e"}, {"v"}, {"w"}, {"T"}, {"i"}, {"o"}, {"#"}} {
		d := open(t, held(t, sales), options{own: true})
		d.press(keys...)
		for _, b := range d.Keys() {
			if n := len(strings.Fields(b.Help().Desc)); n > 3 {
				t.Errorf("after %q: %q has %d words", keys, b.Help().Desc, n)
			}
		}
	}
}

func TestTheCursorBeginsWhereThereIsSomethingToSee(t *testing.T) {
	var b strings.Builder
	b.WriteString("order_id,currency,amount,branch\n")
	for i := range 40 {
		b.WriteString(strings.Repeat("x", i+1) + ",EUR," + strings.Repeat("1", 1+i%5) + ",Lyon\n")
	}
	d := open(t, read(t, b.String()), options{own: true, w: 100, h: 12})
	if d.press("y"); d.told() != "1 cell: 1" {
		t.Errorf("the cursor is at %q", d.told())
	}
	d = open(t, read(t, b.String()), options{w: 100, h: 12})
	if d.press("y"); d.told() != "1 cell: x" {
		t.Errorf("the cursor of a page is at %q", d.told())
	}
}

func TestAMenuHasAllKeys(t *testing.T) {
	for _, keys := range [][]string{{"e"}, {"Y"}, {"t"}, {"o"}, {"w"}, {"#"}, {"I"}, {"right", "v", "a"}, {"right", "v", "b"}} {
		d := open(t, held(t, sales), options{own: true})
		if d.press(keys...); !d.Capturing() {
			t.Errorf("after %q keys go to others", keys)
		}
		if d.press("esc"); d.Capturing() {
			t.Errorf("after %q and esc keys go to nobody else", keys)
		}
	}
}
