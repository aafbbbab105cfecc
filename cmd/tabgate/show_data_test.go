package main

import (
	"bytes"
	"compress/gzip"
	"math"
	"path/filepath"
	"strings"
	"testing"
)

// A file is shown as inspect reads it: all of its rows, nothing scaled, and
// what was guessed or left out on stderr.
func TestShowOfAFile(t *testing.T) {
	years := "Region,1961,1962\nB,2000000,3000000\nA,NA,12\nB,1,2\n"
	tests := map[string]struct {
		name, text string
		args       []string
		out, err   string
	}{
		"text is the table with its types, every row": {"own.csv", "name,n,day,price\nx,9007199254740993,05/31/2024,$5.50\n\"two\nlines\",1,06/01/2024,$10\n", nil,
			"name                      n  day         price ($)\n" + "text                integer  date           number\n" + "x          9007199254740993  2024-05-31        5.5\n" + "two↵lines                 1  2024-06-01         10\n",
			"own.csv: column day: dates read as month/day/year\nown.csv: column price: unit $, the values are as written\n"},
		"csv": {"own.csv", years, []string{"--format", "csv"}, "Region,1961,1962\nB,2000000,3000000\nA,,12\nB,1,2\n", "own.csv: column 1961: 1 cell read as missing (1 \"NA\"), first on line 3\n"},
		"json": {"own.csv", years, []string{"--format", "json"},
			"[{\"Region\":\"B\",\"1961\":2000000,\"1962\":3000000},\n{\"Region\":\"A\",\"1961\":null,\"1962\":12},\n{\"Region\":\"B\",\"1961\":1,\"1962\":2}]\n", "read as missing"},
		"json of great integers":     {"own.csv", "n\n9007199254740993\n", []string{"--format", "json"}, "[{\"n\":\"9007199254740993\"}]\n", ""},
		"rows by their first column": {"own.csv", years, []string{"--format", "csv", "--countries", "b"}, "Region,1961,1962\nB,2000000,3000000\nB,1,2\n", "NA"},
		"with a flag of inspect":     {"own.csv", "day;n\n05/06/2024;1,5\n", []string{"--format", "csv", "--dates", "dmy"}, "day,n\n2024-06-05,1.5\n", "decimal comma"},
		"lines that are left out":    {"own.csv", "# made by hand\na,b\n1,2\n", []string{"--format", "csv"}, "a,b\n1,2\n", "own.csv: lines: 1 left out, first line 1 (comment)\nown.csv: left out: line 1: comment\n"},
		"ndjson":                     {"own.ndjson", "{\"a\":1,\"b\":{\"c\":\"x\"}}\nno json\n{\"a\":2}\n", []string{"--format", "csv"}, "a,b.c\n1,x\n2,\n", "own.ndjson: left out: line 2: no JSON"},
		"GeoJSON":                    {"own.geojson", `{"type":"FeatureCollection","features":[{"type":"Feature","geometry":{"type":"Point","coordinates":[1.5,2]},"properties":{"n":"x"}}]}`, []string{"--format", "csv"}, "n,lon,lat\nx,1.5,2\n", "GeoJSON"},
		"a heading alone":            {"own.csv", "a,b\n", nil, "a     b\ntext  text\n", ""},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			p := newPlace(t)
			got := p.run(append([]string{"show", "dataframe", "--data", p.write(tt.name, tt.text)}, tt.args...)...)
			if got.code != exitDone || got.out != tt.out {
				t.Errorf("exit %d: %q, want %q", got.code, got.out, tt.out)
			}
			if tt.err == "" && got.err != "" || !strings.Contains(got.err, tt.err) {
				t.Errorf("stderr is %q, want %q", got.err, tt.err)
			}
		})
	}
}

func TestShowRefusesAFileInOneLine(t *testing.T) {
	var whole bytes.Buffer
	z := gzip.NewWriter(&whole)
	if _, err := z.Write([]byte("a,b\n" + strings.Repeat("1,some text\n", 100_000))); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	p := newPlace(t)
	fifo := filepath.Join(t.TempDir(), "own.csv")
	for name, tt := range map[string]struct{ path, says string }{
		"an empty file":              {p.write("empty.csv", ""), "it is empty"},
		"a directory":                {t.TempDir(), "it is a directory"},
		"a file that is not there":   {"nowhere.csv", "there is no such file"},
		"too many columns":           {p.write("wide.csv", strings.Repeat("a,", 16_384)+"a\n"), "more than 16384 columns: keep fewer"},
		"a record of 17 MiB":         {p.write("record.csv", "a,b\n1,\""+strings.Repeat("x", 17<<20)+"\"\n"), "line 2: the record is longer than 16 MiB: split it"},
		"an archive that ends early": {p.write("cut.csv.gz", whole.String()[:whole.Len()/2]), "the gzip file is cut short: fetch or make it again"},
		"half a list":                {p.write("half.json", `[{"lat":1,"lon":2}`), "the JSON list ends early"},
		"a named pipe":               {fifo, "it is no regular file"},
		"a file of several tables":   {filepath.Join("..", "..", "data", "textfile", "testdata", "made", "two-tables.sqlite"), "name one with --data-format sqlite:TABLE, out of \"a\", \"b\""},
	} {
		t.Run(name, func(t *testing.T) {
			if tt.path == fifo && mkfifo(fifo) != nil {
				t.Skip("there are no named pipes here")
			}
			for _, args := range [][]string{{"dataframe"}, {"dataframe", "--format", "csv"}, {"dataframe", "--format", "json"}} {
				got := p.run(append(append([]string{"show"}, args...), "--data", tt.path)...)
				if got.code != exitFailed || strings.Count(got.err, "\n") != 1 || !strings.Contains(got.err, tt.says) || !strings.Contains(got.err, filepath.Base(tt.path)) {
					t.Errorf("%v: exit %d, %q", args, got.code, got.err)
				}
				if len(args) > 1 && got.out != "" {
					t.Errorf("%v: printed %.100q", args, got.out)
				}
			}
		})
	}
}

// A file of places is shown where they are; rows without one are told.
func TestShowOfAFileOfPlaces(t *testing.T) {
	p := newPlace(t)
	config := p.write("config.yaml", "pages:\n  mapping: {groups: []}\n")
	p.env["TABGATE_OFFLINE"] = "true"
	for name, text := range map[string]string{
		"own.csv":     "name,Latitude,LONG\na,52.5,13.4\nb,52.52,13.41\nc,,\n",
		"own.tsv":     "lat\tlng\n52.5\t13.4\n52.52\t13.41\nn/a\t\n",
		"own.ndjson":  "{\"lat\":52.5,\"lon\":13.4}\n{\"lat\":\"52.52\",\"lon\":13.41}\n{\"lat\":null}\n",
		"own.geojson": `{"type":"FeatureCollection","features":[{"type":"Feature","geometry":{"type":"Point","coordinates":[13.4,52.5]},"properties":{}},{"type":"Feature","geometry":{"type":"Point","coordinates":[13.41,52.52]},"properties":{}},{"type":"Feature","geometry":null,"properties":{}}]}`,
	} {
		t.Run(name, func(t *testing.T) {
			got := p.run("--config", config, "show", "mapping", "--data", p.write(name, text), "--format", "json")
			if got.code != exitDone || !strings.Contains(got.err, name+": places: 3 rows: 1 without a place skipped") {
				t.Fatalf("exit %d, %q", got.code, got.err)
			}
			shown := decode[struct {
				View   struct{ Lat, Lon float64 }
				Layers []struct{ Hexagons []struct{ Count int } }
			}](t, got.out)
			n := 0
			for _, h := range shown.Layers[0].Hexagons {
				n += h.Count
			}
			if n != 2 || shown.View.Lat < 52.5 || shown.View.Lat > 52.52 || shown.View.Lon < 13.4 || shown.View.Lon > 13.41 {
				t.Errorf("%d places, from %+v", n, shown.View)
			}
			frame := p.run("--config", config, "show", "mapping", "--data", p.write(name, text))
			if frame.code != exitDone || !strings.Contains(strings.Join(strings.Fields(frame.out), " "), "File "+name+": 3 rows: 1") {
				t.Errorf("exit %d, the frame does not say what was left out:\n%s", frame.code, frame.out)
			}
		})
	}
}

// Lines and areas of a file are drawn over the map, which goes where they are.
func TestShowOfAFileOfLinesAndAreas(t *testing.T) {
	p := newPlace(t)
	config := p.write("config.yaml", "pages:\n  mapping: {groups: []}\n")
	p.env["TABGATE_OFFLINE"] = "true"
	file := p.write("own.geojson", `{"type":"FeatureCollection","features":[
		{"type":"Feature","properties":{},"geometry":{"type":"LineString","coordinates":[[13.3,52.45],[13.5,52.55]]}},
		{"type":"Feature","properties":{},"geometry":{"type":"Polygon","coordinates":[[[13.35,52.5],[13.4,52.5],[13.4,52.53],[13.35,52.5]]]}},
		{"type":"Feature","properties":{},"geometry":{"type":"LineString","coordinates":[]}}]}`)
	got := p.run("--config", config, "show", "mapping", "--data", file, "--format", "json")
	if got.code != exitDone || !strings.Contains(got.err, "own.geojson: places: 3 rows: 1 line left out") {
		t.Fatalf("exit %d, %q", got.code, got.err)
	}
	shown := decode[struct {
		View   struct{ Lat, Lon float64 }
		Layers []struct{ Name, Kind string }
	}](t, got.out)
	if last := shown.Layers[len(shown.Layers)-1]; last.Kind != "GeoJsonLayer" || math.Abs(shown.View.Lat-52.5) > 1e-6 || math.Abs(shown.View.Lon-13.4) > 1e-6 {
		t.Errorf("the last layer is %+v, seen from %+v", last, shown.View)
	}
	if frame := p.run("--config", config, "show", "mapping", "--data", file); frame.code != exitDone || !strings.Contains(frame.out, "Lines and Areas") {
		t.Errorf("exit %d:\n%s", frame.code, frame.out)
	}
}

func TestShowTellsFlagsThatDoNotFit(t *testing.T) {
	p := newPlace(t)
	file := p.write("own.csv", "a,b\n1,2\n")
	for name, tt := range map[string]struct {
		args []string
		code int
		says string
	}{
		"a flag for reading without a file": {[]string{"--delimiter", ";"}, exitUsage, "--data"},
		"a value that is none":              {[]string{"--data", file, "--decimal", "x"}, exitUsage, `"." or ","`},
		"a name that is none":               {[]string{"--data", file, "--countries", "9"}, exitFailed, "9"},
		"the format of the file":            {[]string{"--data", file, "--data-format", "parquet"}, exitUsage, "own.csv"},
	} {
		t.Run(name, func(t *testing.T) {
			if got := p.run(append([]string{"show", "dataframe"}, tt.args...)...); got.code != tt.code || !strings.Contains(got.err, tt.says) {
				t.Errorf("exit %d, %q", got.code, got.err)
			}
		})
	}
}
