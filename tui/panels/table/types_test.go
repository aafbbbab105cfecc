package table_test

import (
	"strings"
	"testing"

	"github.com/authtabs/tabgate/data/source"
	"github.com/authtabs/tabgate/data/textfile"
)

func TestADoubtfulColumnIsSettled(t *testing.T) {
	r, err := textfile.ReadBytes(t.Context(), "x.csv", []byte("when,n\n03/04/2024,b\n05/06/2024,a\n01/02/2024,c\n"), textfile.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = r.Close() })
	d := open(t, nil, options{})
	d.give(source.Snapshot{Frame: r, Report: r.Report, Complete: true})
	d.shows("when ?", "03/04/2024")
	d.press("t")
	d.shows("when is", "date, day/month/year")
	d.press("d")
	d.shows("2024-04-03", "when is date:dmy ×")
	d.hides("when ?")
	d.press("s")
	d.column("2024-02-01", "2024-04-03", "2024-06-05")
	d.press("w")
	d.write("when = 2024-04")
	d.press("enter")
	d.shows("1 of 3 rows")
	d.press("u", "u", "u")
	d.shows("when ?", "03/04/2024")
	d.press("right", "t", "i")
	if want := `3 cells of n are no integer and shown as missing, first row 1: "b"`; d.told() != want {
		t.Errorf("told %q", d.told())
	}
	if lines := strings.Join(d.lines(), "\n"); strings.Count(lines, "–") != 3 {
		t.Errorf("what is missing is not shown:\n%s", lines)
	}
	d.press("t", "x")
	d.shows("[b]")
}
