package vegaframe_test

import (
	"context"
	"reflect"
	"slices"
	"testing"
	"time"

	"github.com/authtabs/tabgate/data/frame"
	"github.com/authtabs/tabgate/data/vega"
	"github.com/authtabs/tabgate/data/vegaframe"
)

// watched is a frame that remembers which columns were read.
type watched struct {
	frame.Frame
	read []int
}

func (w *watched) Scan(ctx context.Context, columns []int, from, to int, visit func(*frame.Batch) error) error {
	w.read = append(w.read, columns...)
	return w.Frame.Scan(ctx, columns, from, to, visit)
}

func vector(kind frame.Type, fill func(v *frame.Vector)) frame.Vector {
	var v frame.Vector
	v.Reset(kind)
	fill(&v)
	return v
}

// mixed has a column of each type, with a null in the second row.
func mixed() *watched {
	at := func(y, m, d int) int64 { return frame.Days(y, m, d) }
	kinds := []struct {
		name string
		v    frame.Vector
	}{
		{"whole", vector(frame.Integer, func(v *frame.Vector) { v.AppendInt(7); v.AppendNull() })},
		{"broken", vector(frame.Number, func(v *frame.Vector) { v.AppendFloat(0.5); v.AppendNull() })},
		{"flag", vector(frame.Boolean, func(v *frame.Vector) { v.AppendBool(true); v.AppendNull() })},
		{"day", vector(frame.Date, func(v *frame.Vector) { v.AppendInt(at(2024, 7, 1)); v.AppendNull() })},
		{"local", vector(frame.Datetime, func(v *frame.Vector) {
			v.AppendMoment(at(2024, 7, 1)*86400+3600, 500_000_000, frame.NoZone)
			v.AppendNull()
		})},
		{"zoned", vector(frame.Datetime, func(v *frame.Vector) { v.AppendMoment(at(2024, 7, 1)*86400, 0, frame.UTC); v.AppendNull() })},
		{"clock", vector(frame.Time, func(v *frame.Vector) { v.AppendMoment(9*3600+30*60, 0, frame.NoZone); v.AppendNull() })},
		{"word", vector(frame.Text, func(v *frame.Vector) { v.AppendString("x"); v.AppendNull() })},
	}
	var columns []frame.Column
	var vectors []frame.Vector
	for _, k := range kinds {
		columns, vectors = append(columns, frame.Column{Name: k.name}), append(vectors, k.v)
	}
	return &watched{Frame: frame.New(frame.Origin{}, columns, vectors)}
}

// columnsFor reads what a specification uses of a frame.
func columnsFor(t *testing.T, spec string, f frame.Frame, zone *time.Location) (columns []vega.Column, rows int) {
	t.Helper()
	_, err := vega.Compile([]byte(spec), vega.Options{Columns: func(_ string, use *vega.Use) ([]vega.Column, int, error) {
		var err error
		columns, rows, err = vegaframe.Columns(t.Context(), f, use, zone)
		return nil, 0, err
	}})
	if err != nil {
		t.Fatal(err)
	}
	return columns, rows
}

func newYork(t *testing.T) *time.Location {
	t.Helper()
	zone, err := time.LoadLocation("America/New_York")
	if err != nil {
		t.Skip("no time zones here: ", err)
	}
	return zone
}

func TestColumns_TypesOfAFrame(t *testing.T) {
	f := mixed()
	got, rows := columnsFor(t, `{"data":{"name":"d"},"mark":"point","encoding":{"detail":[{"field":"whole"},{"field":"broken"},{"field":"flag"},{"field":"day"},{"field":"local"},{"field":"zoned"},{"field":"clock"},{"field":"word"}]}}`, f, newYork(t))
	july := time.Date(2024, 7, 1, 0, 0, 0, 0, time.UTC)
	ms := func(hours float64) float64 { return float64(july.UnixMilli()) + hours*3600_000 }
	null := []bool{false, true}
	want := []vega.Column{
		{Name: "whole", Numbers: []float64{7, 0}, Null: null},
		{Name: "broken", Numbers: []float64{0.5, 0}, Null: null},
		{Name: "flag", Values: []any{true, nil}},
		{Name: "day", Numbers: []float64{ms(4), 0}, Null: null, Dates: true},
		{Name: "local", Numbers: []float64{ms(5) + 500, 0}, Null: null, Dates: true},
		{Name: "zoned", Numbers: []float64{ms(0), 0}, Null: null, Dates: true},
		{Name: "clock", Texts: []string{"09:30:00"}, Codes: []int32{0, -1}},
		{Name: "word", Texts: []string{"x"}, Codes: []int32{0, -1}},
	}
	for i := range got {
		for k, null := range got[i].Null {
			if null {
				got[i].Numbers[k] = 0
			}
		}
	}
	if rows != 2 || !reflect.DeepEqual(got, want) {
		t.Errorf("%d rows:\n%+v, want\n%+v", rows, got, want)
	}
}

func TestColumns_OnlyThoseThatAreUsed(t *testing.T) {
	f := mixed()
	columnsFor(t, `{"data":{"name":"d"},"mark":"bar","encoding":{"x":{"field":"word"},"y":{"aggregate":"mean","field":"broken"}}}`, f, time.UTC)
	if want := []int{1, 7}; !slices.Equal(f.read, want) {
		t.Errorf("columns %v were read, want %v", f.read, want)
	}
	f = mixed()
	if _, rows := columnsFor(t, `{"data":{"name":"d"},"mark":"bar","encoding":{"y":{"aggregate":"count"}}}`, f, time.UTC); rows != 2 || f.read != nil {
		t.Errorf("to count rows, columns %v were read, and %d rows counted", f.read, rows)
	}
}

// A date without a zone shows its day on a scale of local time, and on one of
// UTC, wherever the reader is.
func TestColumns_NoDayShifts(t *testing.T) {
	zone := newYork(t)
	for name, scale := range map[string]string{"local": "", "UTC": `,"scale":{"type":"utc"}`} {
		got, _ := columnsFor(t, `{"data":{"name":"d"},"mark":"point","encoding":{"x":{"field":"day","type":"temporal"`+scale+`}}}`, mixed(), zone)
		in := zone
		if name == "UTC" {
			in = time.UTC
		}
		if day := time.UnixMilli(int64(got[0].Numbers[0])).In(in).Format("2006-01-02 15:04"); day != "2024-07-01 00:00" {
			t.Errorf("on a scale of %s time the day is %s", name, day)
		}
	}
}

// Each hour of a year with its changes of the clock is where time.Date puts it.
func TestColumns_HoursAroundChangesOfTheClock(t *testing.T) {
	zone := newYork(t)
	start := time.Date(2023, 12, 30, 0, 0, 0, 0, time.UTC)
	var v frame.Vector
	v.Reset(frame.Datetime)
	const hours = 400 * 24
	for i := range hours {
		v.AppendMoment(start.Add(time.Duration(i)*time.Hour).Unix(), 0, frame.NoZone)
	}
	f := frame.New(frame.Origin{}, []frame.Column{{Name: "t"}}, []frame.Vector{v})
	got, _ := columnsFor(t, `{"data":{"name":"d"},"mark":"point","encoding":{"x":{"field":"t","type":"temporal"}}}`, f, zone)
	for i := range hours {
		w := start.Add(time.Duration(i) * time.Hour)
		want := time.Date(w.Year(), w.Month(), w.Day(), w.Hour(), 0, 0, 0, zone)
		if got[0].Numbers[i] != float64(want.UnixMilli()) {
			t.Fatalf("%v is at %v, want %v", w, time.UnixMilli(int64(got[0].Numbers[i])).In(zone), want)
		}
	}
}

func TestColumns_IsCancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err := vega.Compile([]byte(`{"data":{"name":"d"},"mark":"point","encoding":{"x":{"field":"whole"}}}`), vega.Options{Columns: func(_ string, use *vega.Use) ([]vega.Column, int, error) {
		return vegaframe.Columns(ctx, mixed(), use, nil)
	}})
	if err == nil {
		t.Error("a scene was made of what was not read")
	}
}
