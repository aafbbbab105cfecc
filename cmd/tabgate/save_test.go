package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestG63NamesOfExports(t *testing.T) {
	dir := t.TempDir()
	for name, want := range map[string]string{
		"exposure.csv": "exposure.csv", "Größe 2024 (Q1).svg": "Größe 2024 (Q1).svg", "../../.bashrc": "bashrc", `..\\..\\x.csv`: "x.csv", "-rf.csv": "rf.csv",
		"a\x1b]0;x\x07b.csv": "a--0-x-b.csv", "a\nb.csv": "a-b.csv", "\u202evsc.exe": "vsc.exe", "$(id).csv": "(id).csv", "a;b|c&d.csv": "a-b-c-d.csv",
		"": "export-", "...": "export-", "nul.csv": "export-nul.csv", "COM1": "export-COM1", strings.Repeat("x", 500) + ".csv": strings.Repeat("x", 96) + ".csv",
	} {
		path, err := save(dir, name, []byte("figures"))
		if err != nil || filepath.Dir(path) != dir || filepath.Base(path) != want {
			t.Errorf("%q is saved as %q, %v; want %q", name, filepath.Base(path), err, want)
		}
		if err := os.Remove(path); err != nil {
			t.Fatal(err)
		}
	}
	t.Run("G-63 nothing is overwritten", func(t *testing.T) {
		for _, want := range []string{"a.csv", "a-2.csv", "a-3.csv"} {
			if path, err := save(dir, "a.csv", []byte(want)); err != nil || filepath.Base(path) != want {
				t.Errorf("%q, %v", path, err)
			}
		}
		if text, err := os.ReadFile(filepath.Join(dir, "a.csv")); err != nil || string(text) != "a.csv" {
			t.Errorf("%q, %v", text, err)
		}
	})
}
