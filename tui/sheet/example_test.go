package sheet_test

import (
	"context"
	"fmt"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/authtabs/tabgate/tui/cell"
	"github.com/authtabs/tabgate/tui/chart"
	"github.com/authtabs/tabgate/tui/sheet"
)

// A table that is in memory answers at once; the commands of one in a file are
// run, and what they return is given to Take.
func Example() {
	s := sheet.New(context.Background(), &made{rows: 3, cols: 3, whole: true})
	view := sheet.View{
		Theme:  look(),
		Mark:   func(int) (rune, cell.RGB, bool) { return 0, cell.RGB{}, false },
		Sorted: func(int) string { return "" },
	}
	s.Key(tea.KeyMsg{Type: tea.KeyDown})
	s.Need()
	g := cell.NewGrid(40, 4)
	s.Draw(g, chart.Rect{W: 40, H: 4}, view)
	for _, line := range strings.Split(g.String(), "\n") {
		fmt.Println(strings.TrimRight(line, " "))
	}
	// Output:
	// head0   ┊  head1┊ head2 ┊
	//   r0c0    │      0  r0c2
	//  >r1c0    │      1  r1c2
	//   r2c0    │      2  r2c2
}
