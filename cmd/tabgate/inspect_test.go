package main

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/authtabs/tabgate/data/textfile"
	"github.com/authtabs/tabgate/tui/cell"
)

func TestInspectFitsTheLine(t *testing.T) {
	p := newPlace(t)
	wide := func(cell func(i int) string) string {
		var cells []string
		for i := range 300 {
			cells = append(cells, cell(i))
		}
		return strings.Join(cells, ",")
	}
	files := map[string]string{
		"long names":   strings.Repeat("a long name ", 20) + ",n\nx,1\n",
		"long cells":   "id,text\n1," + strings.Repeat("x", 100_000) + "\n",
		"many columns": wide(func(i int) string { return fmt.Sprint("c", i) }) + "\n" + wide(func(i int) string { return fmt.Sprint(i) }) + "\n",
		"wide letters": strings.Repeat("都市名", 30) + ",人口\n" + strings.Repeat("東京", 40) + ",14000000\n",
		"a long note":  "zip," + strings.Repeat("名", 60) + "\n02134,1\n",
		"a lot of it":  "n,s\n" + strings.Repeat("1,\"say \"\"hi\"\"\"\n", 2000),
	}
	for name, content := range files {
		path := p.write("x.csv", content)
		if got := p.run("inspect", path); got.code != exitDone {
			t.Errorf("%s: exit %d: %s", name, got.code, got.err)
		} else {
			fits(t, name, got.out, 80)
		}
		for _, width := range []int{40, 60, 200} {
			r, err := textfile.Read(t.Context(), path, textfile.Options{})
			if err != nil {
				t.Fatal(err)
			}
			var out bytes.Buffer
			if err := (inspection{&out, width}).print(t.Context(), r); err != nil {
				t.Error(err)
			}
			r.Close()
			fits(t, name, out.String(), width)
		}
	}
}

func fits(t *testing.T, name, text string, width int) {
	t.Helper()
	for line := range strings.Lines(text) {
		if line = strings.TrimSuffix(line, "\n"); cell.Width(line) > width {
			t.Errorf("%s: wider than %d: %q", name, width, line)
		}
	}
}

func TestInspectShowsTheFirstRowsAndSaysWhatHasNoRoom(t *testing.T) {
	p := newPlace(t)
	path := p.write("ports.csv", "port,ships,"+strings.Repeat("a very long name", 6)+"\nGenoa,12,\nPiraeus,40,\x1b[2J\n")
	got := p.run("inspect", path)
	for _, want := range []string{
		"column     port ", "… ", " 1 nulls\n", "first rows port     ships  a very long name a very", "row        Genoa    12     null\n", "row        Piraeus  40     �[2J\n",
	} {
		if !strings.Contains(strings.ReplaceAll(got.out, "namea", "name a"), want) || strings.Contains(got.out, "\x1b") {
			t.Errorf("no %q in\n%s", want, got.out)
		}
	}
	names := "c" + strings.Join(strings.Split(strings.Repeat("x", 120), ""), ",c")
	got = p.run("inspect", p.write("many.csv", names+"\n"+strings.Repeat("1,", 119)+"1\n"))
	for _, want := range []string{"columns not listed here: 20; --json has them all\n", "columns without room here: "} {
		if !strings.Contains(got.out, want) {
			t.Errorf("no %q in\n%s", want, got.out)
		}
	}
}

func TestAFormatThatDoesNotSuitTheFileIsWrongUsage(t *testing.T) {
	p := newPlace(t)
	text := p.write("ports.csv", "port,ships\nGenoa,12\n")
	database := p.write("ports.sqlite", "SQLite format 3\x00"+strings.Repeat("\x00", 84))
	for _, tt := range []struct{ path, format, says string }{
		{text, "parquet", "it is text, which the format parquet does not suit"},
		{text, "arrow", "it is text, which the format arrow does not suit"},
		{text, "sqlite:ports", "it is text, which the format sqlite does not suit"},
		{database, "csv", "it is SQLite, which the format csv does not suit"},
		{database, "parquet", "it is SQLite, which the format parquet does not suit"},
	} {
		got := p.run("inspect", tt.path, "--format", tt.format)
		if got.code != exitUsage || got.out != "" || !strings.Contains(got.err, tt.says) || strings.Count(got.err, "\n") != 1 {
			t.Errorf("%s as %s: exit %d, %q, %q", tt.path, tt.format, got.code, got.out, got.err)
		}
	}
	for _, format := range []string{"csv", "tsv"} {
		if got := p.run("inspect", text, "--format", format); got.code != exitDone {
			t.Errorf("as %s: exit %d: %s", format, got.code, got.err)
		}
	}
}
