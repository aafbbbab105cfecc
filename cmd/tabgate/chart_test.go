package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestChart(t *testing.T) {
	p := newPlace(t)
	dir := t.TempDir()
	write := func(name, text string) string {
		file := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		return file
	}
	write("data/rain.csv", "city,rain\nLyon,3\nPorto,9\n")
	write("secret.csv", "a\n1\n")
	good := write("charts/bar.vl.json", `{"data": {"url": "rain.csv"}, "mark": "bar", "encoding": {"x": {"field": "rain", "type": "quantitative"}, "y": {"field": "city"}}}`)
	bad := write("bad.vl.json", `{"data": {"values": []}, "mark": "geoshape", "encoding": {}}`)
	out := write("data/out.vl.json", `{"data": {"url": "../secret.csv"}, "mark": "point", "encoding": {}}`)
	web := write("web.vl.json", `{"data": {"url": "https://example.com/x.csv"}, "mark": "point", "encoding": {}}`)
	fancy := write("fancy.vl.json", `{"data": {"values": [{"a": 1}]}, "mark": {"type": "bar", "cornerRadius": 4}, "encoding": {"x": {"field": "a", "type": "quantitative", "axis": {"labelFont": "Courier"}}}}`)
	knobs := write("knobs.vl.json", `{"data": {"values": [{"a": 1}]}, "params": [{"name": "least", "value": 2, "bind": {"input": "range", "min": 1, "max": 9000000, "step": 1}},
		{"name": "kind", "bind": {"input": "radio", "options": [1, 2], "labels": ["one", "two"]}}], "mark": "bar", "encoding": {"x": {"field": "a", "type": "quantitative"}}}`)
	picker := write("picker.vl.json", `{"data": {"values": [{"a": 1}]}, "params": [{"name": "ink", "bind": {"input": "color"}}], "mark": "bar", "encoding": {"x": {"field": "a", "type": "quantitative"}}}`)
	base := filepath.Join(dir, "data")
	for name, c := range map[string]struct {
		args []string
		code int
		out  string
		err  string
	}{
		"text":                     {[]string{"chart", good, "--base", base, "--size", "40x10"}, 0, "Porto █", ""},
		"ansi":                     {[]string{"chart", good, "--base", base, "--size", "40x10", "--format", "ansi"}, 0, "\x1b[", ""},
		"svg":                      {[]string{"chart", good, "--base", base, "--format", "svg"}, 0, "<svg", ""},
		"facts":                    {[]string{"chart", good, "--base", base, "--format", "facts"}, 0, `"domain":["Lyon","Porto"]`, ""},
		"what is ignored":          {[]string{"chart", fancy, "--explain"}, 0, "encoding.x.axis.labelFont\nmark.cornerRadius\n", ""},
		"nothing that is ignored":  {[]string{"chart", good, "--base", base, "--explain"}, 0, "Nothing is ignored.\n", ""},
		"inputs":                   {[]string{"chart", knobs, "--explain"}, 0, "input least: range from 1 to 9000000 by 1, now 2\ninput kind: radio of one, two\nNothing is ignored.\n", ""},
		"an input that is not had": {[]string{"chart", picker, "--explain"}, 5, "", `params[0].bind.input "color" is not supported`},
		"what is not supported":    {[]string{"chart", bad}, 5, "", `mark "geoshape" is not supported`},
		"a file outside the base":  {[]string{"chart", out}, 5, "", "data.url cannot be read"},
		"an address elsewhere":     {[]string{"chart", web}, 5, "", "chart reads files alone"},
		"a file that is not there": {[]string{"chart", filepath.Join(dir, "none.json")}, 1, "", "no such file"},
		"a folder":                 {[]string{"chart", dir}, 1, "", "no regular file"},
		"no file":                  {[]string{"chart"}, 2, "", "chart takes one file"},
		"another format":           {[]string{"chart", good, "--format", "png"}, 2, "", "--format is text, ansi, svg or facts"},
	} {
		t.Run(name, func(t *testing.T) {
			got := p.typed("", c.args...)
			if got.code != c.code || !strings.Contains(got.out, c.out) || !strings.Contains(got.err, c.err) || c.code != 0 && strings.Count(got.err, "\n") != 1 {
				t.Errorf("code %d, out %.300q, err %q", got.code, got.out, got.err)
			}
		})
	}
}
