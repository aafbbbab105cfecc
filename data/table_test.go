package data

import (
	"errors"
	"math"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestFilesTakeThePlaceOfTheFigures(t *testing.T) {
	un := writeFile(t, "mine.csv.gz", zipped(t, unText))
	table := agriculture(t, NewSource(Options{File: un}))
	if table.Origin.Kind != File || table.Origin.Name != "mine.csv.gz" || table.Value(0, 1) != 60690860 {
		t.Errorf("%+v", table.Origin)
	}
	bikes := writeFile(t, "bikes.json", `[{"lon":1,"lat":2,"racks":3}]`)
	city, err := NewSource(Options{File: bikes, Offline: true}).City(t.Context())
	if err != nil || len(city.Racks) != 1 || len(city.Stations) != 44 || city.Origin.Kind != File {
		t.Errorf("%+v %v", city.Origin, err)
	}
	missing := filepath.Join(t.TempDir(), "none.csv")
	if _, err := NewSource(Options{File: missing}).Agriculture(t.Context()); err == nil || !strings.Contains(err.Error(), "none.csv") {
		t.Errorf("%v", err)
	}
	wide := writeFile(t, "words.csv", "a,b\nx,y\nz,w\n")
	s := NewSource(Options{File: wide})
	if _, err := s.Agriculture(t.Context()); !errors.Is(err, ErrShape) {
		t.Errorf("%v", err)
	}
	sheet, err := s.Rows(t.Context())
	if err != nil || sheet.Progress().Rows != 2 {
		t.Fatal(err)
	}
	sheet.Close()
}

func TestAnAddressOfOnesOwnMayHoldOtherColumns(t *testing.T) {
	net := serve(200, "shop,spring,summer\nA,1,2\nB,3,\n")
	s := NewSource(Options{HTTP: &http.Client{Transport: net}, URLs: URLs{Agriculture: "https://data.example.com/own.csv"}})
	table := agriculture(t, s)
	if table.Origin.Kind != Live || table.Origin.Name != "data.example.com" || table.Label != "shop" || table.Value(1, 0) != 3 {
		t.Errorf("%+v", table)
	}
}

func TestTableOfTheUNFile(t *testing.T) {
	f, err := os.Open("testdata/agri_un.csv")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	table, err := ReadTable(f)
	if err != nil || len(table.Regions) != 49 || table.Bad.Count != 0 {
		t.Fatalf("%d regions, %+v, %v", len(table.Regions), table.Bad, err)
	}
	if d := table.Defaults(); len(d) != 2 || d[0] != "China" || d[1] != "United States of America" {
		t.Errorf("defaults %q", d)
	}
	i, ok := table.Find("Iran, Islamic Republic of")
	if !ok || table.Value(i, 0) != 2997640 || !math.IsNaN(table.Value(i, 9)) {
		t.Errorf("Iran: %d %v %g", i, ok, table.Value(i, 0))
	}
	years, ok := table.Years()
	if !ok || years[0] != 1961 || len(years) != 3 {
		t.Errorf("%v", years)
	}
}

func TestTheBundledTableIsTheUSDAsAlone(t *testing.T) {
	table, err := BundledAgriculture()
	if err != nil || len(table.Regions) != 22 || len(table.Columns) != 59 || table.Bad.Count != 0 {
		t.Fatalf("%d regions, %d years, %v", len(table.Regions), len(table.Columns), err)
	}
	if d := table.Defaults(); len(d) != 2 || d[1] != "United States" {
		t.Errorf("defaults %q", d)
	}
	if !strings.Contains(table.Origin.Name, "USDA") || strings.Contains(table.Origin.Line(noon), "UN Data") {
		t.Errorf("%+v", table.Origin)
	}
}

func TestReadTableCountsBadRows(t *testing.T) {
	table, err := ReadTable(strings.NewReader("Region,1961,1962\nA,1,2\nB,1\nA,3,4\nC,x,1\nD,,5\nE,inf,1\nF,1,1\n,1,1\nG,1,1\nH,1,1\n"))
	if err != nil || table.Bad.Count != 5 || table.Bad.First != "line 3: 2 fields, want 3" {
		t.Errorf("%+v %v", table.Bad, err)
	}
	if got := strings.Join(table.Regions, ""); got != "ADFGH" || !math.IsNaN(table.Value(1, 0)) {
		t.Errorf("%s %v", got, table.Value(1, 0))
	}
}
