//go:build unix

package main

import (
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// Opening a pipe would wait for whoever writes into it.
func TestChartDoesNotWaitForAPipe(t *testing.T) {
	p := newPlace(t)
	dir := t.TempDir()
	pipe := filepath.Join(dir, "pipe.csv")
	if err := syscall.Mkfifo(pipe, 0o600); err != nil {
		t.Fatal(err)
	}
	spec := filepath.Join(dir, "a.json")
	if err := os.WriteFile(spec, []byte(`{"data": {"url": "pipe.csv"}, "mark": "point", "encoding": {}}`), 0o600); err != nil {
		t.Fatal(err)
	}
	for file, code := range map[string]int{pipe: exitFailed, spec: exitConfig} {
		if got := p.typed("", "chart", file); got.code != code || !strings.Contains(got.err, "no regular file") {
			t.Errorf("%s: %+v", file, got)
		}
	}
}
