package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestExampleFolders checks the folders that people are told to look at, and
// draws their pages that are open to anyone.
func TestExampleFolders(t *testing.T) {
	for folder, pages := range map[string][]string{"sales": {"orders"}, "operations": {"requests"}, "transit": {"stations"}} {
		t.Run(folder, func(t *testing.T) {
			p := newPlace(t)
			dir := filepath.Join(p.home, folder)
			if err := os.CopyFS(dir, os.DirFS("../../data/demo/examples/"+folder)); err != nil {
				t.Fatal(err)
			}
			if got := p.run("check", dir); got.code != exitDone || got.out != "" {
				t.Errorf("check: exit %d, %s%s", got.code, got.out, got.err)
			}
			for _, page := range pages {
				for _, size := range []string{"100x30", "40x12"} {
					got := p.run("show", page, "--dir", dir, "--size", size)
					if got.code != exitDone || strings.TrimSpace(got.out) == "" {
						t.Errorf("show %s at %s: exit %d, %s", page, size, got.code, got.err)
					}
				}
			}
		})
	}
}
