package input

import (
	"strconv"
	"strings"

	tea "github.com/charmbracelet/bubbletea"
)

// Bits of a mouse report's first number, besides that of the button.
const (
	mouseShift = 1 << (iota + 2)
	mouseAlt
	mouseCtrl
	mouseMotion
	mouseWheel
	mouseMore // buttons 8 to 11
)

// mouse decodes an SGR report: a number, the column and the row, and m where a
// button was let go.
func mouse(params string, final byte) tea.Msg {
	numbers := strings.Split(params, ";")
	if len(numbers) != 3 || final != 'M' && final != 'm' {
		return nil
	}
	var n [3]int
	for i := range n {
		var err error
		if n[i], err = strconv.Atoi(numbers[i]); err != nil || n[i] < 0 {
			return nil
		}
	}
	e := event(n[0])
	if final == 'm' && e.Action != tea.MouseActionMotion && !e.IsWheel() {
		e.Action = tea.MouseActionRelease
	}
	e.X, e.Y = n[1]-1, n[2]-1
	return tea.MouseMsg(e)
}

// oldMouse decodes the three bytes of a report in the coding of X10.
func oldMouse(b string) tea.Msg {
	e := event(int(b[0]) - ' ')
	e.X, e.Y = int(b[1])-'!', int(b[2])-'!'
	return tea.MouseMsg(e)
}

// event decodes the first number of a report.
func event(n int) tea.MouseEvent {
	low := tea.MouseButton(n & 3)
	e := tea.MouseEvent{Shift: n&mouseShift != 0, Alt: n&mouseAlt != 0, Ctrl: n&mouseCtrl != 0}
	switch {
	case n&mouseMore != 0:
		e.Button = tea.MouseButtonBackward + low
	case n&mouseWheel != 0:
		e.Button = tea.MouseButtonWheelUp + low
		return e
	case low == 3: // none: the coding of X10 does not tell which was let go
		e.Action = tea.MouseActionRelease
	default:
		e.Button = tea.MouseButtonLeft + low
	}
	if n&mouseMotion != 0 {
		e.Action = tea.MouseActionMotion
	}
	return e
}
