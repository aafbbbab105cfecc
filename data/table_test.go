package data

import "testing"

func TestTheBundledTableIsTheUSDAsAlone(t *testing.T) {
	table, err := BundledAgriculture()
	if err != nil || len(table.Regions) != 22 || len(table.Columns) != 59 {
		t.Fatalf("%d regions, %d years, %v", len(table.Regions), len(table.Columns), err)
	}
	if d := table.Defaults(); len(d) != 2 || d[1] != "United States" {
		t.Errorf("defaults %q", d)
	}
}

func TestTheBundledCityIsWhole(t *testing.T) {
	c, err := BundledCity()
	if err != nil || len(c.Racks) != 2520 || len(c.Segments) != 45 || len(c.Land) < 5 {
		t.Fatalf("%d racks, %d segments, %d rings, %v", len(c.Racks), len(c.Segments), len(c.Land), err)
	}
}
