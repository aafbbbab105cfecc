package tui

import (
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"
)

func TestTheLocalPoolIsNamedWhereThereIsRoom(t *testing.T) {
	inFile := person("both", "CreditAnalysts", "Underwriters")
	inFile.LocalPool, inFile.TokenStore = true, "file"
	drive(t, &fakeAuth{}, func(o *Options) { o.Initial, o.LocalPool = inFile, true }, func(d *driver) {
		for width, want := range map[int]string{
			160: "local pool   tokens in a file  both@example.com",
			90:  "local pool   tokens in a file  both ",
			80:  "local pool  both@example.com",
			64:  "local pool  both ",
		} {
			d.send(tea.WindowSizeMsg{Width: width, Height: 24})
			if bar, _, _ := strings.Cut(d.frame(), "\n"); !strings.Contains(bar, want) {
				d.t.Errorf("%d cells: the bar is %q, want %q", width, bar, want)
			}
		}
	})
}
