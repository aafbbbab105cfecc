package data

import (
	"errors"
	"math"
	"net/http"
	"os"
	"strings"
	"testing"
)

func TestAnAddressOfOnesOwnMayHoldOtherColumns(t *testing.T) {
	net := serve(200, "shop,spring,summer\nA,1,2\nB,3,\n")
	s := NewSource(Options{HTTP: &http.Client{Transport: net}, URLs: URLs{Agriculture: "https://data.example.com/own.csv"}})
	table := agriculture(t, s)
	if table.Origin.Kind != Live || table.Origin.Name != "data.example.com" || table.Label != "shop" || table.Value(1, 0) != 3 {
		t.Errorf("%+v", table)
	}
}

func TestTableOfTheUNFile(t *testing.T) {
	body, err := os.ReadFile("testdata/agri_un.csv")
	if err != nil {
		t.Fatal(err)
	}
	table, err := ReadTable(t.Context(), "agri_un.csv", body)
	if err != nil || len(table.Regions) != 49 {
		t.Fatalf("%d regions, %v", len(table.Regions), err)
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
	if err != nil || len(table.Regions) != 22 || len(table.Columns) != 59 {
		t.Fatalf("%d regions, %d years, %v", len(table.Regions), len(table.Columns), err)
	}
	if d := table.Defaults(); len(d) != 2 || d[1] != "United States" {
		t.Errorf("defaults %q", d)
	}
	if !strings.Contains(table.Origin.Name, "USDA") || strings.Contains(table.Origin.Line(noon), "UN Data") {
		t.Errorf("%+v", table.Origin)
	}
}

// No row of an address of one's own is lost: what is missing has no value, and
// what is named twice is there twice.
func TestReadTableKeepsEveryRow(t *testing.T) {
	table, err := ReadTable(t.Context(), "own.csv", []byte("Region,1961,1962\nA,1,2\nB,1\nA,3,NA\nD,,\"1,234.5\"\n,1,1\nA (2),5,6\n"))
	if err != nil {
		t.Fatal(err)
	}
	if got := strings.Join(table.Regions, "|"); got != "A|B|A (2)|D|row|A (2) (2)" {
		t.Errorf("the rows are %s", got)
	}
	if !math.IsNaN(table.Value(1, 1)) || !math.IsNaN(table.Value(2, 1)) || table.Value(3, 1) != 1234.5 {
		t.Errorf("the values are %v", table.values)
	}
}

func TestReadTableRefusesOtherShapes(t *testing.T) {
	for name, text := range map[string]string{
		"words": "a,b\nx,y\nz,w\n", "one column": "a\n1\n", "no rows": "a,b\n", "too wide": "a" + strings.Repeat(",1", 2001) + "\n",
	} {
		t.Run(name, func(t *testing.T) {
			if table, err := ReadTable(t.Context(), "x.csv", []byte(text)); !errors.Is(err, ErrShape) {
				t.Errorf("%v, %v", table.Regions, err)
			}
		})
	}
}
