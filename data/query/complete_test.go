package query_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/authtabs/tabgate/data/query"
)

func TestComplete(t *testing.T) {
	values := func(column int) []query.ValueCount {
		return map[int][]query.ValueCount{
			2: {{"rain", 641}, {"sun", 640}, {"light rain, warm", 3}},
			3: {{"2012-01-01", 1}},
		}[column]
	}
	for _, c := range []struct{ text, want string }{ // | is the cursor
		{"|", "temp_max temp_min weather date Phase of flight n a=b rained at Date: temp_max |"},
		{"te|", "temp_max temp_min date Date: temp_max |"},
		{"fl|", "Phase of flight: \"Phase of flight\" |"},
		{"da|", "date Date: date |"},
		{"ra|", "rained: rained |"},
		{"rained |", "= != in not in ~ !~ empty filled: rained = |"},
		{"temp_max |", "= != < <= > >= in not in ~ !~ empty filled: temp_max = |"},
		{"weather = |", "rain sun light rain, warm: weather = rain|"},
		{"weather =|", "rain sun light rain, warm: weather = rain|"},
		{"weather = r|", "rain light rain, warm: weather = rain|"},
		{"weather = \"li|", `light rain, warm: weather = "light rain, warm"|`},
		{"weather in rain, s|", "sun: weather in rain, sun|"},
		{"weather in rain,|", "rain sun light rain, warm: weather in rain, rain|"},
		{"date = 2012-01..2|", "2012-01-01: date = 2012-01..2012-01-01|"},
		{"n = 5 and we|", "weather: n = 5 and weather |"},
		{"n = 5 and |", "temp_max temp_min weather date Phase of flight n a=b rained at Date: n = 5 and temp_max |"},
		{"n = 5 and weather = su|", "sun: n = 5 and weather = sun|"},
		{"weather = s| and n = 5", "sun: weather = sun| and n = 5"},
		{"te| = 5", "temp_max temp_min date Date: temp_max |= 5"},
		{"nothing = |", ""},
		{"zz|", ""},
	} {
		cursor := strings.IndexByte(c.text, '|')
		text := c.text[:cursor] + c.text[cursor+1:]
		var labels []string
		first := ""
		for i, d := range query.Complete(text, cursor, weather(), values) {
			if labels = append(labels, d.Label); i == 0 {
				first = fmt.Sprintf(": %s|%s", d.Text[:d.Cursor], d.Text[d.Cursor:])
			}
		}
		if got := strings.Join(labels, " ") + first; got != c.want {
			t.Errorf("%s\nis   %s\nwant %s", c.text, got, c.want)
		}
	}
	if d := query.Complete("weather = s", 11, weather(), values); len(d) == 0 || d[0].Rows != 640 {
		t.Errorf("sun has 640 rows: %+v", d)
	}
	if d := query.Complete("weather = s", 12, weather(), nil); d != nil {
		t.Errorf("a cursor outside the text: %+v", d)
	}
}
