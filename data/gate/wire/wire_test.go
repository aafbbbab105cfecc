package wire_test

import (
	"bytes"
	"io"
	"strings"
	"testing"

	"github.com/authtabs/tabgate/data/frame"
	"github.com/authtabs/tabgate/data/gate/wire"
)

// sample has what is hard to write: nulls beside empty texts, quotation marks,
// line ends, the ends of integers, infinity, zones, years beyond four digits.
func sample() (*frame.Memory, []wire.Column) {
	types := []frame.Type{frame.Text, frame.Integer, frame.Number, frame.Boolean, frame.Date, frame.Datetime, frame.Time, frame.JSON}
	vectors := make([]frame.Vector, len(types))
	var cols []frame.Column
	var described []wire.Column
	for i, t := range types {
		vectors[i].Reset(t)
		cols = append(cols, frame.Column{Name: "a " + t.String() + `, "quoted"`, Type: t})
		described = append(described, wire.Column{Name: cols[i].Name, Type: t.String()})
	}
	texts := []string{"", "plain", " space", "#hash", "a,b", "say \"no\"", "two\nlines\r\n", "é\x1b[31m"}
	for i, text := range texts {
		vectors[0].AppendString(text)
		vectors[1].AppendInt([]int64{-1 << 63, 1<<63 - 1, 0}[i%3])
		vectors[2].AppendFloat([]float64{0.1, 1e300, -5e-324}[i%3])
		vectors[3].AppendBool(i%2 == 0)
		vectors[4].AppendInt([]int64{0, -800_000, 5_000_000}[i%3])
		vectors[5].AppendMoment([]int64{1, -80_000_000_000, 400_000_000_000}[i%3], int32(i%2)*120, []int16{frame.UTC, frame.NoZone, 330, frame.MinusUTC}[i%4])
		vectors[6].AppendMoment(int64(i*3599), int32(i), frame.NoZone)
		vectors[7].AppendString(`{"a":[1,"x"]}`)
	}
	for i := range vectors {
		vectors[i].AppendNull()
	}
	return frame.New(frame.Origin{}, cols, vectors), described
}

func TestReadCSV(t *testing.T) {
	f, columns := sample()
	var sent bytes.Buffer
	if err := wire.WriteCSV(t.Context(), f, &sent, f.Len()); err != nil {
		t.Fatal(err)
	}
	t.Run("gives every cell as it was written", func(t *testing.T) {
		got, err := wire.ReadCSV(t.Context(), bytes.NewReader(sent.Bytes()), columns, frame.Origin{})
		if err != nil {
			t.Fatal(err)
		}
		if got.Len() != f.Len() {
			t.Fatalf("%d rows of %d", got.Len(), f.Len())
		}
		a, errA := frame.Rows(t.Context(), f, frame.All(f), 0, f.Len())
		b, errB := frame.Rows(t.Context(), got, frame.All(got), 0, f.Len())
		if errA != nil || errB != nil {
			t.Fatal(errA, errB)
		}
		for k := range columns {
			for i := range f.Len() {
				x, y := &a.Columns[k], &b.Columns[k]
				if x.IsNull(i) != y.IsNull(i) || x.String(i) != y.String(i) {
					t.Errorf("%s, row %d: %q (null %t) came as %q (null %t)", columns[k].Type, i, x.String(i), x.IsNull(i), y.String(i), y.IsNull(i))
				}
			}
		}
	})
	t.Run("refuses what was cut anywhere in a row", func(t *testing.T) {
		text := sent.Bytes()
		for n := range text {
			if text[n] == '\n' {
				continue // between rows a cut is the trailer's to show
			}
			_, err := wire.ReadCSV(t.Context(), bytes.NewReader(text[:n+1]), columns, frame.Origin{})
			if err == nil {
				t.Fatalf("%q… was taken", text[max(0, n-20):n+1])
			}
		}
	})
	t.Run("refuses what is not of the columns' types", func(t *testing.T) {
		for kind, cells := range map[string][]string{
			"integer": {"1.0", "x", "0x10", "9223372036854775808", `""`}, "number": {"1_0", "0x1p4", "inf", "nan", "--1"}, "boolean": {"TRUE", "1", "yes"},
			"date": {"2024-02-30T00:00", "2024-13-01", "24-1-1"}, "datetime": {"2024-01-01", "2024-01-01T25:00"}, "time": {"25:00", "12"},
		} {
			for _, cell := range cells {
				if _, err := wire.ReadCSV(t.Context(), strings.NewReader("a\n"+cell+"\n"), []wire.Column{{Name: "a", Type: kind}}, frame.Origin{}); err == nil {
					t.Errorf("%q was taken for a value of %s", cell, kind)
				}
			}
		}
	})
	t.Run("refuses a heading of other columns", func(t *testing.T) {
		for _, text := range []string{"b\n1\n", "a,b\n1,2\n", "", "a", "\n"} {
			if _, err := wire.ReadCSV(t.Context(), strings.NewReader(text), []wire.Column{{Name: "a", Type: "integer"}}, frame.Origin{}); err == nil {
				t.Errorf("%q was taken", text)
			}
		}
	})
	t.Run("ends at the most rows", func(t *testing.T) {
		endless := io.MultiReader(strings.NewReader("a\n"), newlines{})
		if _, err := wire.ReadCSV(t.Context(), endless, []wire.Column{{Name: "a", Type: "boolean"}}, frame.Origin{}); err == nil || !strings.Contains(err.Error(), "more rows") {
			t.Errorf("an endless answer ended in %v", err)
		}
	})
}

// newlines are rows without end.
type newlines struct{}

func (newlines) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = '\n'
	}
	return len(p), nil
}

func FuzzReadCSV(f *testing.F) {
	for _, seed := range []string{"a,b\n1,x\n", "a,b\n,\"\"\n", "a,b\n\"1\",\"x\"\"y\"\n", "a,b\n1"} {
		f.Add([]byte(seed))
	}
	columns := []wire.Column{{Name: "a", Type: "number"}, {Name: "b", Type: "text"}}
	f.Fuzz(func(t *testing.T, text []byte) {
		got, err := wire.ReadCSV(t.Context(), bytes.NewReader(text), columns, frame.Origin{})
		if err != nil {
			return
		}
		var again bytes.Buffer
		if err := wire.WriteCSV(t.Context(), got, &again, got.Len()); err != nil {
			t.Fatal(err)
		}
		back, err := wire.ReadCSV(t.Context(), &again, columns, frame.Origin{})
		if err != nil || back.Len() != got.Len() {
			t.Fatalf("%q did not come back: %v", text, err)
		}
	})
}

func TestPaths(t *testing.T) {
	t.Run("names are escaped", func(t *testing.T) {
		got := wire.FramePath("a/../b", "x y?", map[string][]string{"s": {"1", "&"}, "none": nil})
		if want := "/v1/pages/a%2F..%2Fb/frames/x%20y%3F?input.none=&input.s=1&input.s=%26"; got != want {
			t.Errorf("%s, not %s", got, want)
		}
	})
	t.Run("a range has two ends, either of which may be open", func(t *testing.T) {
		for _, ends := range [][2]string{{"1", "2"}, {"", "2"}, {"1", ""}, {"-1.5", "2.5"}, {"2024-01", "2024-02"}} {
			a, b, ok := wire.SplitRange(wire.Range(ends[0], ends[1]))
			if !ok || a != ends[0] || b != ends[1] {
				t.Errorf("%q came as %q, %q, %t", ends, a, b, ok)
			}
		}
		if _, _, ok := wire.SplitRange("1-2"); ok {
			t.Error("1-2 was taken for a range")
		}
	})
}
