package query_test

import (
	"errors"
	"fmt"
	"reflect"
	"strings"
	"testing"

	"github.com/authtabs/tabgate/data/frame"
	"github.com/authtabs/tabgate/data/query"
)

// weather are columns with odd names among them.
func weather() []frame.Column {
	return []frame.Column{
		{Name: "temp_max", Type: frame.Number},
		{Name: "temp_min", Type: frame.Number},
		{Name: "weather", Type: frame.Text},
		{Name: "date", Type: frame.Date},
		{Name: "Phase of flight", Type: frame.Text},
		{Name: "n", Type: frame.Integer},
		{Name: "a=b", Type: frame.Text},
		{Name: "rained", Type: frame.Boolean},
		{Name: "at", Type: frame.Datetime},
		{Name: "Date", Type: frame.Text},
	}
}

// inWords writes a where in a form that hides nothing.
func inWords(w query.Where) string {
	parts := make([]string, len(w))
	for i, c := range w {
		parts[i] = fmt.Sprintf("%s %s %q", c.Field, c.Op, c.Values)
	}
	return strings.Join(parts, "; ")
}

func TestParse(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"", ""},
		{"   ", ""},
		{"temp_max > 20", `temp_max gt ["20"]`},
		{"temp_max>20", `temp_max gt ["20"]`},
		{"temp_max >= -20.5 and temp_min<=3", `temp_max ge ["-20.5"]; temp_min le ["3"]`},
		{"weather = rain AND n != 5", `weather eq ["rain"]; n ne ["5"]`},
		{"weather == rain", `weather eq ["rain"]`},
		{"weather ~ ai", `weather contains ["ai"]`},
		{"weather !~ ai", `weather not_contains ["ai"]`},
		{"weather in rain, light snow ,sun", `weather in ["rain" "light snow" "sun"]`},
		{"weather not in rain,sun", `weather not_in ["rain" "sun"]`},
		{"weather empty", `weather null []`},
		{"weather filled and n empty", `weather filled []; n null []`},
		{"weather = empty", `weather eq ["empty"]`},
		{"temp_max 10..20", `temp_max between ["10" "20"]`},
		{"temp_max = 10 .. 20", `temp_max between ["10" "20"]`},
		{"temp_max 10..", `temp_max ge ["10"]`},
		{"temp_max ..20 and n empty", `temp_max le ["20"]; n null []`},
		{"date 2012-03..2012-05", `date between ["2012-03" "2012-05"]`},
		{"date = 2012-03", `date eq ["2012-03"]`},
		{"Date = today", `Date eq ["today"]`},
		{"DATE = x", ""}, // two columns
		{"at 2012-03-01 12:30..2012-03-02", `at between ["2012-03-01 12:30" "2012-03-02"]`},
		{"rained = true", `rained eq ["true"]`},
		// Bare values are looked for in the cursor's column, which is weather.
		{"rain", `weather contains ["rain"]`},
		{"light rain", `weather contains ["light rain"]`},
		{`"n = 5"`, `weather contains ["n = 5"]`},
		{"rain and n = 5", `weather contains ["rain"]; n eq ["5"]`},
		{"empty", `weather contains ["empty"]`},
		{"> rain", `weather gt ["rain"]`},
		{"!= rain and n > 2", `weather ne ["rain"]; n gt ["2"]`},
		{`"> rain"`, `weather contains ["> rain"]`},
		// "and" in a value.
		{"weather = Trinidad and Tobago", `weather eq ["Trinidad and Tobago"]`},
		{"weather = Trinidad and Tobago and n = 5", `weather eq ["Trinidad and Tobago"]; n eq ["5"]`},
		{`weather = "x and n = 5"`, `weather eq ["x and n = 5"]`},
		{"weather in a and b, c", `weather in ["a and b" "c"]`},
		// Names.
		{"Phase of flight = Climb", `Phase of flight eq ["Climb"]`},
		{"phase of flight = Climb", `Phase of flight eq ["Climb"]`},
		{"phase = Climb", `Phase of flight eq ["Climb"]`},
		{"phase of flight in Climb, Descent", `Phase of flight in ["Climb" "Descent"]`},
		{`"Phase of flight" empty`, `Phase of flight null []`},
		{`"a=b" = c`, `a=b eq ["c"]`},
		{`"a=b"=c`, `a=b eq ["c"]`},
		{"weath ~ x", `weather contains ["x"]`},
		{"w empty", `weather contains ["w empty"]`}, // not a sign: no abbreviation
		// Quotes.
		{`weather = "a \"b\" \\ \d \n \u00e9"`, `weather eq ["a \"b\" \\ \\d \n é"]`},
		{`weather = ""`, `weather eq [""]`},
		{`weather in "", "a,b"`, `weather in ["" "a,b"]`},
		{`weather = 12" pipe`, `weather eq ["12\" pipe"]`},
		{`weather "a".."b c"`, `weather between ["a" "b c"]`},
		{`weather = "a..b"`, `weather eq ["a..b"]`},
		{`weather = ../x`, `weather eq ["../x"]`},
	} {
		got, err := query.Parse(c.text, weather(), 2)
		if inWords(got) != c.want || (c.want == "") != (len(got) == 0) {
			t.Errorf("%s\nis   %s, %v\nwant %s", c.text, inWords(got), err, c.want)
			continue
		}
		again, err := query.Parse(got.String(), weather(), -1)
		if err != nil || !reflect.DeepEqual(got, again) {
			t.Errorf("%s is written %s, which is %s, %v", c.text, got, inWords(again), err)
		}
	}
}

func TestParse_Refuses(t *testing.T) {
	for _, c := range []struct {
		text, want string
		at         int
	}{
		{"temp_mx > 3", `there is no column "temp_mx": did you mean "temp_max"?`, 0},
		{"temp > 3", `there is no column "temp": there is "temp_max", "temp_min", "weather", "date", "Phase of flight", "n", "a=b", "rained" and 2 more`, 0},
		{"weather = é and foo > 3", `there is no column "foo": there is "temp_max", "temp_min", "weather", "date", "Phase of flight", "n", "a=b", "rained" and 2 more`, 16},
		{"n = five", `"n" is an integer, and "five" is none`, 4},
		{"n = 5 and rain", `"n" is an integer, and "5 and rain" is none`, 4},
		{"n =", "a value is missing", 3},
		{"n = and weather = x", "a value is missing", 4},
		{"weather in", "a value is missing", 10},
		{"weather in a,,b", "a value is missing", 13},
		{"weather in a,", "a value is missing", 13},
		{`weather = "x`, `the quote is not closed: write \" for a quote inside`, 10},
		{`weather = "x" y`, "and is missing, or the quotes are too many", 14},
		{"rained < true", `"rained" is a boolean: there is no less or more of it`, 9},
		{"rained 1..2", `"rained" is a boolean: there is no less or more of it`, 7},
		{"date = 2012-13", `"date" is a date, and "2012-13" is none: write 2012, 2012-03 or 2012-03-05`, 7},
		{strings.Repeat("x", 1<<15+1), "the line is too long: at most 32,768 characters", 0},
	} {
		_, err := query.Parse(c.text, weather(), 2)
		var e *query.SyntaxError
		if !errors.As(err, &e) || e.Text != c.want || e.At != c.at {
			t.Errorf("%.60s: %v at %+v, want %s at %d", c.text, err, e, c.want, c.at)
		}
	}
	if _, err := query.Parse("rain", weather(), -1); err == nil || err.Error() != "say the column: column = value" {
		t.Errorf("a bare value without a column: %v", err)
	}
}

func TestWhere_String(t *testing.T) {
	for _, c := range []struct {
		c    query.Condition
		want string
	}{
		{query.Condition{Field: "n", Op: query.Between, Values: []string{"", "5"}}, "n <= 5"},
		{query.Condition{Field: "n", Op: query.Between, Values: []string{"5", ""}}, "n >= 5"},
		{query.Condition{Field: "n", Op: query.Between, Values: []string{"", ""}}, "n filled"},
		{query.Condition{Field: "n", Op: query.Between, Values: []string{"1", "5"}}, "n = 1..5"},
		{query.Condition{Field: "n", Op: query.Between, Input: "span"}, "n = $span"},
		{query.Condition{Field: "in", Op: query.In, Input: "kinds"}, `"in" in $kinds`},
		{query.Condition{Field: "größe (m)", Op: query.Eq, Values: []string{"a\tb"}}, `"größe (m)" = "a\tb"`},
		{query.Condition{Field: "größe", Op: query.NotIn, Values: []string{"a", "b, c", " d"}}, `größe not in a, "b, c", " d"`},
	} {
		if got := (query.Where{c.c}).String(); got != c.want {
			t.Errorf("%+v is %s, want %s", c.c, got, c.want)
		}
	}
}

func FuzzParse(f *testing.F) {
	for _, text := range []string{
		"temp_max > 20 and weather in a, b", `"a=b" = "x..y"`, "date 2012..2013", "rain and n = 5", "a and a and a..b and a",
		`weather = "\xff\u00e9"`, "n = 1..2..3", `weather "a".."b"`, "weather not in x and y", "phase = 1 and in and in in in",
	} {
		f.Add(text, 2)
	}
	f.Fuzz(func(t *testing.T, text string, current int) {
		w, err := query.Parse(text, weather(), current)
		if err != nil {
			var e *query.SyntaxError
			if !errors.As(err, &e) || e.At < 0 || e.At > len([]rune(text)) || w != nil {
				t.Fatalf("%q: %v at %+v", text, err, e)
			}
			return
		}
		if errs := query.Check(w, weather()); errs != nil {
			t.Fatalf("%q is %s: %v", text, inWords(w), errs)
		}
		again, err := query.Parse(w.String(), weather(), -1)
		if err != nil && len(w.String()) > 1<<15 {
			return // quotes have made it too long
		}
		if err != nil || !reflect.DeepEqual(w, again) {
			t.Fatalf("%q is %s, written %s, which is %s: %v", text, inWords(w), w, inWords(again), err)
		}
		query.Complete(text, len(text), weather(), nil)
	})
}
