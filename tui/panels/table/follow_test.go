package table_test

import (
	"testing"

	"github.com/authtabs/tabgate/data/dashboard"
	"github.com/authtabs/tabgate/data/source"
	"github.com/authtabs/tabgate/tui/page"
	"github.com/authtabs/tabgate/tui/panels"
)

func TestALinkIsFollowedWithTheValuesOfItsRow(t *testing.T) {
	d := open(t, held(t, sales), options{link: &dashboard.Link{Page: "branches"}})
	d.press("right", "s", "enter")
	var got panels.Follow
	for _, m := range d.msgs {
		if f, ok := m.(panels.Follow); ok {
			got = f
		}
	}
	if got.Values["branch"] != "Bern" || got.Values["amount"] != "0.5" || len(got.Values) != 6 {
		t.Errorf("got %v", got.Values)
	}
	d.send(got.Then)
	d.shows("Row 1 of 5")
	d.press("esc", "K")
	d.shows("Row 1 of 5")
}

func TestATableThatIsWrittenAnewKeepsWhatWasDone(t *testing.T) {
	d := open(t, held(t, sales), options{})
	d.press("w")
	d.write("amount > 1")
	d.press("enter", "right", "right", "s", "down")
	next := open(t, nil, options{})
	next.Panel.(panels.Keeper).Restore(d.Panel.(panels.Keeper).Keep())
	next.give(source.Snapshot{Frame: held(t, sales), Complete: true})
	next.shows("amount > 1 ×", "▲amount", "2/3")
	next.press("u", "u")
	next.shows("5 rows")
}

func TestColumnsAreGoneToByTheirNames(t *testing.T) {
	d := open(t, held(t, sales), options{})
	d.press("right", "d")
	d.hides("branch")
	for _, n := range d.Panel.(page.Lister).Named() {
		if n.Name == "branch" && n.Kind == "column" {
			d.send(n.Msg)
		}
	}
	d.shows("branch")
	if d.press("y"); d.told() != "1 cell: Lyon" {
		t.Errorf("the cursor is at %q", d.told())
	}
}
