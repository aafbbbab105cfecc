package vegaview

import (
	"github.com/authtabs/tabgate/data/vega"
	"github.com/authtabs/tabgate/tui/cell"
)

// inks tell the colours of a scene apart where there are none: each colour of
// a legend has a letter, and surfaces have a shade as long as there are enough.
type inks struct {
	look    Look
	letters map[cell.RGB]rune
	order   map[cell.RGB]int
	few     bool // there are as many shades as colours
}

func newInks(s *vega.Scene, look Look) inks {
	k := inks{look: look, letters: map[cell.RGB]rune{}, order: map[cell.RGB]int{}}
	for _, l := range s.Legends { // in the order of the legend
		for _, text := range l.Colors {
			if c, ok := vega.ParseColor(text); ok && l.Type == "symbol" {
				k.index(look.visible(c))
			}
		}
	}
	k.few = len(k.order) <= len(look.shades())
	return k
}

// index is the place of a colour among those of the picture.
func (k *inks) index(c cell.RGB) int {
	i, ok := k.order[c]
	if !ok {
		i = len(k.order)
		k.order[c] = i
	}
	return i
}

// shades are characters that surfaces are told apart by.
func (l Look) shades() []rune {
	if l.ASCII {
		return []rune("#%+:=o*")
	}
	return []rune("█▒░▓")
}

// letter is the letter of a colour: A to Z, then a to z, then round again.
func (k *inks) letter(c cell.RGB) rune {
	i := k.index(c) % 52
	if i < 26 {
		return rune('A' + i)
	}
	return rune('a' + i - 26)
}

// named reports whether colours are told by letters: there are several, and
// none is seen.
func (k *inks) named() bool { return k.look.Mono && len(k.order) > 1 }

// surface is the character of a surface.
func (k *inks) surface(c cell.RGB) rune {
	shades := k.look.shades()
	switch i := k.index(c); {
	case !k.look.Mono:
		return shades[0]
	case k.few:
		return shades[i%len(shades)]
	}
	return k.letter(c)
}
