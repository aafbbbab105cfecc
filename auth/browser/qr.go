package browser

import (
	"errors"
	"strings"

	"rsc.io/qr"
)

// quiet is the light margin that ISO/IEC 18004 asks for, in modules.
const quiet = 4

// QR draws an address as a QR code, two modules in a cell, one above the
// other: "█" is two light modules, " " two dark ones, "▀" light above dark,
// "▄" dark above light. Every line has the same number of cells, and the
// light margin is included. Paint it white on black, explicitly, whatever the
// theme: a phone cannot read it with the colours swapped. The lowest error
// correction is used, because a screen has no scratches and every line counts.
func QR(url string) (lines []string, err error) {
	code, err := qr.Encode(url, qr.L)
	if err != nil {
		return nil, errors.New("the address is too long for a QR code; copy it instead")
	}
	light := func(x, y int) bool { return !code.Black(x-quiet, y-quiet) }
	size := code.Size + 2*quiet
	for y := 0; y < size; y += 2 {
		var line strings.Builder
		for x := range size {
			line.WriteRune(cell(light(x, y), light(x, y+1)))
		}
		lines = append(lines, line.String())
	}
	return lines, nil
}

func cell(top, bottom bool) rune {
	switch {
	case top && bottom:
		return '█'
	case top:
		return '▀'
	case bottom:
		return '▄'
	}
	return ' '
}
