package widget_test

import (
	"fmt"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/authtabs/tabgate/tui/cell"
	"github.com/authtabs/tabgate/tui/widget"
)

func ExampleField() {
	var f widget.Field
	f.Key(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune("San Josef")})
	f.Key(tea.KeyMsg{Type: tea.KeyBackspace})
	f.Key(tea.KeyMsg{Type: tea.KeyHome})
	before, after := f.Around(20)
	fmt.Printf("%q, the cursor between %q and %q\n", f.String(), before, after)
	// Output: "San Jose", the cursor between "" and "San Jose"
}

func ExampleZones() {
	var zones widget.Zones[string]
	zones.Add(cell.Rect{W: 10, H: 4}, "the card")
	zones.Add(cell.Rect{X: 2, Y: 1, W: 5, H: 1}, "its button")
	fmt.Println(zones.At(3, 1))
	fmt.Println(zones.At(9, 3))
	_, ok := zones.At(20, 3)
	fmt.Println(ok)
	// Output:
	// its button true
	// the card true
	// false
}
