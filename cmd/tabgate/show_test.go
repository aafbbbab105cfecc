package main

import (
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
