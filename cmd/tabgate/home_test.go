package main

import (
	"testing"

	"github.com/charmbracelet/x/exp/golden"
)

// The first tab of a folder, as somebody signed out sees it.
func TestTheFirstTabOfAFolder(t *testing.T) {
	const text = "# The desk\n\nFigures of the **desk**, new [every hour](https://example.com/hours).\n\n- orders of all regions\n- targets, for managers\n"
	for _, size := range []string{"80x24", "40x12"} {
		t.Run(size, func(t *testing.T) {
			p := newPlace(t)
			got := p.run("show", "home", "--dir", p.desk(map[string]string{"home.md": text}), "--size", size)
			if got.code != exitDone || got.err != "" {
				t.Fatalf("exit %d: %s", got.code, got.err)
			}
			golden.RequireEqual(t, got.out)
		})
	}
}
