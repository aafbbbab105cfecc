package table_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/authtabs/tabgate/data/dashboard"
	"github.com/authtabs/tabgate/data/source"
	"github.com/authtabs/tabgate/tui/page"
)

func TestExport(t *testing.T) {
	d := open(t, held(t, sales), options{spec: dashboard.Table{Scale: 0.001, Unit: "k"}})
	write := func(format string) (string, error) {
		var b strings.Builder
		err := d.Panel.(page.Exporter).Export(format, &b)
		return b.String(), err
	}
	text, err := write("text")
	if err != nil || !strings.HasPrefix(text, "day         branch   amount") || !strings.Contains(text, "\n2024-03-01  Lyon     0.1205") || !strings.Contains(text, "first line↵second line\n") {
		t.Errorf("got %v, %q", err, text)
	}
	if csv, err := write("csv"); err != nil || !strings.HasPrefix(csv, "day,branch,amount,units,paid,note\n2024-03-01,Lyon,0.1205,0.003,true,") {
		t.Errorf("got %v, %q", err, csv)
	}
	if _, err := write("pdf"); !errors.Is(err, page.ErrFormat) {
		t.Errorf("pdf: %v", err)
	}
	d.give(source.Snapshot{Err: errors.New("gone")})
	if _, err := write("csv"); err == nil || err.Error() != "gone" {
		t.Errorf("a source that failed: %v", err)
	}
}

func TestTheLastFiguresStayWithWhatIsWrong(t *testing.T) {
	d := open(t, held(t, sales), options{own: true})
	d.give(source.Snapshot{Frame: held(t, sales), Complete: true, Err: errors.New("the file\x1b[2J is gone")})
	d.shows("▼ the file�[2J is gone", "Lyon")
	d.give(source.Snapshot{Frame: held(t, sales), Complete: true, Note: "cut at 1,000,000 rows"})
	d.shows("cut at 1,000,000 rows")
	d.give(source.Snapshot{Frame: held(t, sales), Complete: true})
	d.hides("cut at", "gone")
}
