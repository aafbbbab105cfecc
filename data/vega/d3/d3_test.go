package d3_test

import (
	"fmt"
	"math"
	"testing"
	"time"

	"github.com/authtabs/tabgate/data/vega/d3"
)

// The texts are what d3-format 3.1 writes.
func TestFormat(t *testing.T) {
	for _, c := range []struct {
		spec  string
		value float64
		want  string
	}{
		{"", 1234.5678, "1234.5678"}, {",", 1e9, "1,000,000,000"}, {",.2f", -1234.567, "−1,234.57"}, {"~s", 1234.5678, "1.23457k"},
		{".2s", 0, "0.0"}, {"s", 1500, "1.50000k"}, {"$,.0f", 1234.5, "$1,235"}, {"+d", 42, "+42"}, {"(.1f", -3.25, "(3.3)"},
		{"08.2f", 3.14159, "00003.14"}, {"*^9d", 42, "***42****"}, {"x", 255, "ff"}, {"#b", 5, "0b101"}, {".0%", 0.123, "12%"},
		{".3p", 0.12345, "12.3%"}, {".2e", 12345, "1.23e+4"}, {"d", math.Inf(1), "∞"}, {"r", 0.000123456789, "0.000123457"},
		{"f", math.NaN(), "NaN"}, {".0f", 0.5, "1"}, {".0f", -0.2, "0"}, {",.1~f", 1000, "1,000"}, {"015,d", 1234567, "000,001,234,567"},
		{"c", 65, "65"}, {".1f", 0.25, "0.3"},
	} {
		f, err := d3.NewFormat(c.spec)
		if err != nil {
			t.Fatal(err)
		}
		if got := f(c.value); got != c.want {
			t.Errorf("%q of %v: %q, not %q", c.spec, c.value, got, c.want)
		}
	}
	for _, bad := range []string{"nope", "2000f", ".2000f", "!!"} {
		if _, err := d3.NewFormat(bad); err == nil {
			t.Errorf("%q is read as a format", bad)
		}
	}
}

func TestTicks(t *testing.T) {
	for _, c := range []struct {
		start, stop, count float64
		want               string
	}{
		{0, 1, 10, "[0 0.1 0.2 0.3 0.4 0.5 0.6 0.7 0.8 0.9 1]"}, {0, 10, 3, "[0 5 10]"}, {-3, 17, 5, "[0 5 10 15]"},
		{10, 0, 5, "[10 8 6 4 2 0]"}, {1e-3, 5e-3, 4, "[0.001 0.002 0.003 0.004 0.005]"}, {2, 2, 10, "[2]"}, {0, 1, 0, "[]"},
		{0, math.Inf(1), 5, "[]"},
	} {
		if got := fmt.Sprint(d3.Ticks(c.start, c.stop, c.count)); got != c.want {
			t.Errorf("%v to %v by %v: %v", c.start, c.stop, c.count, got)
		}
	}
	if a, b := d3.Nice(1565, 1825, 10); a != 1560 || b != 1840 {
		t.Errorf("nice: %v to %v", a, b)
	}
}

func TestTimeTicks(t *testing.T) {
	ms := func(text string) float64 {
		at, err := time.Parse("2006-01-02 15:04", text)
		if err != nil {
			t.Fatal(err)
		}
		return float64(at.UnixMilli())
	}
	for _, c := range []struct {
		from, to string
		count    float64
		want     string
	}{
		{"2024-01-01 00:00", "2024-12-31 00:00", 5, "2024 April July October"},
		{"2024-01-30 00:00", "2024-02-04 00:00", 6, "Tue 30 Wed 31 February Fri 02 Sat 03 Feb 04"},
		{"2024-01-01 00:00", "2024-01-01 12:00", 4, "2024 03 AM 06 AM 09 AM 12 PM"},
		{"1990-01-01 00:00", "2020-01-01 00:00", 3, "1990 2000 2010 2020"},
		{"2024-01-01 10:00", "2024-01-01 10:02", 4, "10 AM :30 10:01 :30 10:02"},
	} {
		got := ""
		for _, v := range d3.TimeTicks(ms(c.from), ms(c.to), c.count, time.UTC) {
			got += " " + d3.TickLabel(v, time.UTC)
		}
		if got != " "+c.want {
			t.Errorf("%s to %s: %q", c.from, c.to, got)
		}
	}
}

func TestTimeTicksStayInTheirZone(t *testing.T) {
	zone, err := time.LoadLocation("America/New_York")
	if err != nil {
		t.Skip("no zones are known here: ", err)
	}
	from := time.Date(2024, 3, 9, 0, 0, 0, 0, zone) // the clock is set on the 10th
	to := from.AddDate(0, 0, 3)
	for _, v := range d3.TimeTicks(float64(from.UnixMilli()), float64(to.UnixMilli()), 3, zone) {
		if at := time.UnixMilli(int64(v)).In(zone); at.Hour() != 0 {
			t.Errorf("a tick of days at %v", at)
		}
	}
}

func TestFormatAndParseTime(t *testing.T) {
	at := time.Date(2024, 2, 5, 15, 4, 9, 7e6, time.UTC)
	for pattern, want := range map[string]string{
		"%Y-%m-%d %H:%M:%S.%L": "2024-02-05 15:04:09.007", "%-d %b %y": "5 Feb 24", "%e|%j|%U|%V|%W": " 5|036|05|06|06",
		"%A %B %I %p": "Monday February 03 PM", "%x %X": "2/5/2024 3:04:09 PM", "Q%q %%": "Q1 %", "%Z": "+0000",
	} {
		if got := d3.FormatTime(pattern, at); got != want {
			t.Errorf("%s: %q, not %q", pattern, got, want)
		}
	}
	for pattern, text := range map[string]string{
		"%d.%m.%Y": "05.02.2024", "%Y%m%d": "20240205", "%b %d, %Y": "Feb 5, 2024", "%Y-%m-%dT%H:%M:%S%Z": "2024-02-05T02:00:00+02:00",
		"%Q": "1707091200000", "%m/%d/%y": "2/5/24", "%j %Y": "036 2024",
	} {
		if got := d3.ParseTime(pattern, text, time.UTC); got != 1707091200000 {
			t.Errorf("%s of %s: %v", pattern, text, got)
		}
	}
	if got := d3.ParseTime("%Y", "20x", time.UTC); got == got {
		t.Errorf("20x is the year %v", got)
	}
}
