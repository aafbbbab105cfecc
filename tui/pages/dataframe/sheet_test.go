package dataframe

import (
	"bytes"
	"encoding/json"
	"errors"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/authtabs/tabgate/data"
	"github.com/authtabs/tabgate/tui/page"
	"github.com/authtabs/tabgate/tui/page/pagetest"
	"github.com/authtabs/tabgate/tui/sheet"
)

func openOwn(t testing.TB, text string) *Page {
	t.Helper()
	path := filepath.Join(t.TempDir(), "own.csv")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return openPath(t, path)
}

func TestAFileOfAnyShapeIsShown(t *testing.T) {
	f := openOwn(t, sheetText(20_000))
	wantText(t, f, "own.csv", "20,000 rows × 4", "1 note · i reads it", "a, b 3")
	press(t, f, "G")
	wantText(t, f, "19999", "20,000 of 20,000")
	press(t, f, "pgup", "g")
	wantText(t, f, "a, b 0")
}

func TestAFileIsSortedAndSearchedWhole(t *testing.T) {
	f := openOwn(t, sheetText(5000))
	press(t, f, "right", "right", "s", "s")
	wantText(t, f, "▼amount")
	if c := shownAt(f, 0, 2); c != "999" {
		t.Errorf("the largest is %q", c)
	}
	press(t, f, "s")
	if c := shownAt(f, 1, 0); c != "1" {
		t.Errorf("unsorted, the second is %q", c)
	}
	press(t, f, "/", "B", " ", "4", "2", "4", "2", "enter")
	wantText(t, f, "1 row")
	if got := f.table.Place(f.table.Row); got != 4242 {
		t.Errorf("the cursor is on row %d", got)
	}
	press(t, f, "/", "n", "o", "p", "e", "enter")
	wantText(t, f, "no match")
}

func TestNextAndPreviousMatchGoRound(t *testing.T) {
	f := openOwn(t, sheetText(50))
	press(t, f, "/", "n", "a", "m", "e", " ", "3", "enter", "n")
	if f.table.Row != 13 {
		t.Errorf("row %d, want 13", f.table.Row)
	}
	press(t, f, "N", "N")
	if f.table.Row != 43 {
		t.Errorf("row %d, want 43", f.table.Row)
	}
}

func TestAColumnIsSummedUpAndCharted(t *testing.T) {
	f := openOwn(t, sheetText(1000))
	press(t, f, "right", "right", "i")
	wantText(t, f, "amount: min 0 · max 999")
	press(t, f, "esc", " ")
	if !f.fig.charts() {
		t.Fatal("nothing is charted")
	}
	f.layOut()
	if f.plot.W == 0 {
		t.Errorf("no chart in\n%s", view(f))
	}
	clickAt(t, f, f.plot.Column(501), f.plot.Y+1)
	if f.table.Row < 490 || f.table.Row > 510 {
		t.Errorf("a click in the middle of the chart went to row %d", f.table.Row)
	}
	press(t, f, " ")
	if f.fig.charts() {
		t.Error("space does not take the column out")
	}
	press(t, f, "left")
	msgs := press(t, f, " ")
	if _, ok := msgs[0].(page.Notice); !ok {
		t.Errorf("text was charted: %v", msgs)
	}
}

// Unit and scale are what a source says: nothing is guessed from headings that
// are years.
func TestAFileWithYearsIsShownAsItIs(t *testing.T) {
	long := "Region,1961,1962\n" + strings.Repeat("B,2000000,3000000\nA,12,\n", 3000)
	short := "Region,1961,1962\nA,2000000,3000000\nB,12,34\n"
	for name, text := range map[string]string{"many rows": long, "few rows": short} {
		t.Run(name, func(t *testing.T) {
			f := openOwn(t, text)
			wantNoText(t, f, "Gross", "$B", "2.0000")
			var out bytes.Buffer
			if err := f.Export("csv", &out); err != nil || out.String() != text {
				t.Errorf("%.100s, %v", out.String(), err)
			}
		})
	}
}

func TestExportedFileRoundTrips(t *testing.T) {
	text := sheetText(100)
	f := openOwn(t, text)
	var out bytes.Buffer
	filled := strings.Replace(text, "7,short\n", "7,short,,\n", 1)
	if err := f.Export("csv", &out); err != nil || out.String() != filled {
		t.Errorf("%v\n%.300s", err, out.String())
	}
	msgs := press(t, f, "e")
	if n, ok := msgs[len(msgs)-1].(page.Notice); !ok || !strings.Contains(n.Text, "own-export.csv") {
		t.Errorf("%v", msgs)
	}
	if err := f.Export("png", &out); !errors.Is(err, page.ErrFormat) {
		t.Errorf("%v", err)
	}
}

func TestAFileAsJSON(t *testing.T) {
	tests := map[string]struct{ text, begins, ends string }{
		"objects of the columns, in their order": {
			"id,name,mass\n1,\"a \"\"b\"\" <c>\",2.50\n007,,-3e5\n4,x,NaN\n",
			`[{"id":"1","name":"a \"b\" <c>","mass":2.5},` + "\n" + `{"id":"007","name":null,"mass":-300000},`,
			`{"id":"4","name":"x","mass":null}]` + "\n",
		},
		"two columns of one name":               {"a,a,b\n1,2,x\n", `[{"a":1,"a_2":2,"b":"x"}]`, "\n"},
		"a text that a terminal would act upon": {"a,b\nx,\x1b[2J\n", `[{"a":"x","b":"\u001b[2J"}]`, "\n"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			var out bytes.Buffer
			if err := openOwn(t, tt.text).Export("json", &out); err != nil {
				t.Fatal(err)
			}
			if got := out.String(); !strings.HasPrefix(got, tt.begins) || !strings.HasSuffix(got, tt.ends) || !json.Valid(out.Bytes()) {
				t.Errorf("%.300s … %s", got, got[max(len(got)-100, 0):])
			}
		})
	}
}

func TestAnswersOfOlderWorkAreDropped(t *testing.T) {
	f := openOwn(t, sheetText(5000))
	slow := f.table.Sort(1).Cmd
	newer := f.table.Sort(2).Cmd
	late := slow()
	pagetest.Settle(t, f.Update, newer)
	if f.Update(late); f.table.SortBy != sheet.Ascending || f.table.SortCol != 2 {
		t.Errorf("an older answer won: column %d, %d", f.table.SortCol, f.table.SortBy)
	}
	need := func(row int) tea.Cmd {
		f.table.MoveTo(row, 0)
		f.laid = false
		f.layOut()
		return f.table.Need().Cmd
	}
	far, near := need(4000), need(2000)
	pagetest.Settle(t, f.Update, near)
	if f.table.Take(far().(sheet.Answer)); shownAt(f, 2000, 0) == "" || shownAt(f, 4000, 0) != "" {
		t.Error("rows of an older question were taken")
	}
}

func TestLoadingAgainClosesTheOldFile(t *testing.T) {
	f := openOwn(t, sheetText(6000))
	old := f.file
	press(t, f, "r")
	wantText(t, f, "6,000 rows")
	if f.file == old || old.ctx.Err() == nil {
		t.Error("the old file is still used")
	}
}

func TestEveryFrameOfAFileFits(t *testing.T) {
	f := openOwn(t, sheetText(6000))
	press(t, f, "right", "right", " ")
	for w := 1; w <= 250; w += 1 + w/7 {
		for h := 1; h <= 80; h += 1 + h/5 {
			f.SetSize(w, h)
			pagetest.Fits(t, view(f), w, h)
			f.Update(tea.MouseMsg{X: w / 2, Y: h / 2, Action: tea.MouseActionPress, Button: tea.MouseButtonWheelDown})
			pagetest.Fits(t, view(f), w, h)
			if t.Failed() {
				t.Fatalf("at %dx%d", w, h)
			}
		}
	}
}

// A file that is cut while it is shown is told in the footer; the page stays.
func TestAFileThatIsCutWhileShown(t *testing.T) {
	path := filepath.Join(t.TempDir(), "own.csv")
	if err := os.WriteFile(path, []byte(sheetText(9000)), 0o600); err != nil {
		t.Fatal(err)
	}
	f := openPath(t, path)
	wantText(t, f, "9,000 rows")
	if err := os.Truncate(path, 3000); err != nil {
		t.Skip("an open file cannot be cut here: " + err.Error())
	}
	for _, key := range []string{"G", "s", "i", " "} {
		msgs := press(t, f, key)
		if len(msgs) == 0 {
			continue
		}
		last := msgs[len(msgs)-1]
		if m, ok := last.(page.Failed); !ok || !strings.Contains(m.Err.Error(), "changed while it was open") {
			t.Errorf("%q: %v", key, last)
		}
	}
	pagetest.Fits(t, view(f), 100, 30)
	press(t, f, "r")
	wantNoText(t, f, "9,000 rows")
}

// Esc stops whatever takes long in a file: the row order stays, and the late
// answer counts no more.
func TestEscStopsLongWork(t *testing.T) {
	f := openOwn(t, sheetText(9000))
	search := func(f *Page) tea.Cmd {
		press(t, f, "/", "n", "a", "m", "e")
		in, _ := f.table.Key(tea.KeyMsg{Type: tea.KeyEnter})
		return in.Cmd
	}
	for name, begin := range map[string]func() tea.Cmd{
		"sorting":    func() tea.Cmd { return f.table.Sort(2).Cmd },
		"searching":  func() tea.Cmd { return search(f) },
		"summing up": func() tea.Cmd { return f.table.Sum(2).Cmd },
	} {
		t.Run(name, func(t *testing.T) {
			work := begin()
			f.drawn = false
			wantText(t, f, name+"… esc stops")
			press(t, f, "esc")
			wantNoText(t, f, name)
			f.Update(work())
			if f.table.Busy() != "" || f.table.Sorted() || f.table.Found() || strings.Contains(view(f), ": min ") {
				t.Error("the answer was taken all the same")
			}
		})
	}
}

// What is copied is read anew: also rows that were never in view, as they stand.
func TestACopyHasAllThatIsSelected(t *testing.T) {
	f := openOwn(t, sheetText(5000))
	x, y := headingAt(t, f, "id")
	clickAt(t, f, x, y+1)
	f.table.Scroll(5000, 0)
	f.laid = false
	f.layOut()
	f.table.Press(x, y+f.table.PageRows, true)
	msgs := press(t, f, "y")
	c, ok := msgs[len(msgs)-1].(page.Copy)
	if !ok || c.What != "5,000 cells" || strings.Count(c.Text, "\n") != 4999 || !strings.HasSuffix(c.Text, "\n4999") {
		t.Errorf("%.100v", msgs[len(msgs)-1])
	}
}

func TestACellIsCopiedAsItStands(t *testing.T) {
	long := "first\tline\n" + strings.Repeat("é", 3000) + "\x1b[2J"
	f := openOwn(t, "a,b\n1,\""+long+"\"\n2,x\n")
	wantText(t, f, "first line↵éé")
	msgs := press(t, f, "right", "y")
	if c, ok := msgs[len(msgs)-1].(page.Copy); !ok || c.Text != long || c.What != "1 cell" {
		t.Errorf("%.100v", msgs[len(msgs)-1])
	}
	msgs = press(t, f, "shift+left", "y")
	if c, ok := msgs[len(msgs)-1].(page.Copy); !ok || c.Text != "1\t\""+long+"\"" {
		t.Errorf("%.100v", msgs[len(msgs)-1])
	}
}

func TestWhatIsNoNumberIsNotSummedUp(t *testing.T) {
	f := openOwn(t, "n,v\na,1\nb,Inf\nc,nan\nd,2\n"+strings.Repeat("e,3\n", 5))
	sum, err := f.fig.Sum(t.Context(), 1)
	if got := strings.Join(sum, " · "); err != nil || got != "min 1 · max 3 · mean 2.5714 · sum 18 · 1 infinite, left out · 7 values · 1 missing" {
		t.Errorf("%s, %v", got, err)
	}
}

func TestAnExportIsNamedAfterItsFile(t *testing.T) {
	f := openOwn(t, "name,a,b\nx,1,2\ny,3,4\n")
	msgs := press(t, f, "e")
	if n, ok := msgs[len(msgs)-1].(page.Notice); !ok || n.Text != "Saved /exports/own-export.csv" {
		t.Errorf("%+v", msgs[len(msgs)-1])
	}
}

func TestValuesAreWrittenForReading(t *testing.T) {
	for _, tt := range []struct {
		v        float64
		decimals int
		want     string
	}{
		{-0.001, 2, "0.00"},
		{math.Copysign(0, -1), -1, "0"},
		{-0.00001, -1, "0"},
		{-1234.5, -1, "-1,234.5"},
		{1200, -1, "1,200"},
		{1e20, 2, "1e+20"},
		{-1.5e300, -1, "-1.5e+300"},
		{math.NaN(), 2, "–"},
	} {
		if got := (measure{decimals: tt.decimals}).text(tt.v); got != tt.want {
			t.Errorf("%v with %d decimals is %q, want %q", tt.v, tt.decimals, got, tt.want)
		}
	}
}

func TestYearsAreChartedFromTheFirstToTheLast(t *testing.T) {
	f := openWith(t, fake{now: table(t, data.Live, "Region,2001,2000,1999\nA,30000000,20000000,10000000\nB,3,2,1\n")})
	a := f.areas()
	if !slices.Equal(a.X, []float64{1999, 2000, 2001}) || !slices.Equal(a.Series[0].Values, []float64{10, 20, 30}) {
		t.Fatalf("x %v, values %v", a.X, a.Series[0].Values)
	}
	press(t, f, "right")
	if got := f.nearest(a.X); got != 2 {
		t.Errorf("the column of 2001 is at %d", got)
	}
	f.layOut()
	f.point(f.plot.X)
	if name := f.regions.cols[f.table.Col].Title; name != "1999" {
		t.Errorf("the left end of the chart is %s", name)
	}
}

// An export keeps values exact, and says so where a spreadsheet would run
// some of them.
func TestD1AnExportWithFormulasSaysHowToMakeItSafe(t *testing.T) {
	tests := map[string]struct{ text, says string }{
		"D-1 none":    {"name,n,w\na,-12.5,x\nb,3,y\n", "Saved /exports/own-export.csv"},
		"D-1 one":     {"name,n,w\n=1+1,-12.5,x\nb,2,y\n", "Saved /exports/own-export.csv. 1 cell begins like a formula: for a spreadsheet use tabgate show dataframe --format csv --spreadsheet-safe"},
		"D-1 several": {"@name,n,w\n=1+1,-12.5,x\n-b,2,y\n", "Saved /exports/own-export.csv. 3 cells begin like a formula: for a spreadsheet use tabgate show dataframe --format csv --spreadsheet-safe"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			f := openOwn(t, test.text)
			var written string
			f.env.Save = func(name string, content []byte) (string, error) {
				written = string(content)
				return "/exports/" + name, nil
			}
			msgs := press(t, f, "e")
			if n, ok := msgs[len(msgs)-1].(page.Notice); !ok || n.Text != test.says {
				t.Errorf("says %+v", msgs[len(msgs)-1])
			}
			if written != test.text {
				t.Errorf("wrote %q, want %q", written, test.text)
			}
		})
	}
}
