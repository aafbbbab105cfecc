package tui

import (
	"fmt"
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/authtabs/tabgate/tui/page/pagetest"
)

// A person may be in more groups than any window has room for.
func TestJ22AThousandGroupsFitTheWindow(t *testing.T) {
	crowd := person("crowd")
	for i := range 1000 {
		crowd.Groups = append(crowd.Groups, fmt.Sprintf("Group-%03d", i))
	}
	signIn(t, nil, func(d *driver, a *fakeAttempt) {
		a.done <- outcome{s: crowd}
		d.do(nil)
		for _, size := range []tea.WindowSizeMsg{{Width: 40, Height: 12}, {Width: 80, Height: 24}, {Width: 200, Height: 60}} {
			d.root.resize(size)
			pagetest.Fits(d.t, d.root.View(), size.Width, size.Height)
			if !strings.Contains(d.words(), "Please contact the administrator.") {
				d.t.Errorf("the groups push the refusal out at %dx%d:\n%s", size.Width, size.Height, d.frame())
			}
		}
	})
}
