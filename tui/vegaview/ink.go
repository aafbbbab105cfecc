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
	few     bool       // there are as many shades as colours
	ramp    []cell.RGB // colours of amounts, from the least to the greatest
}

func newInks(s *vega.Scene, look Look) inks {
	k := inks{look: look, letters: map[cell.RGB]rune{}, order: map[cell.RGB]int{}}
	for _, l := range s.Legends { // in the order of the legend
		if look.Mono && l.Type != "symbol" && len(l.Colors) > 0 {
			k.ramp = ramp(l, look)
		}
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

// ramp are the colours of a legend of amounts.
func ramp(l *vega.Legend, look Look) (all []cell.RGB) {
	add := func(text string) {
		if c, ok := vega.ParseColor(text); ok {
			all = append(all, look.visible(c))
		}
	}
	if l.Scale == nil || l.Type != "gradient" || len(l.Values) == 0 {
		for _, text := range l.Colors {
			add(text)
		}
		return all
	}
	const steps = 16
	first, last := amount(l.Scale.Domain[0]), amount(l.Scale.Domain[len(l.Scale.Domain)-1])
	for i := range steps + 1 {
		add(l.Scale.Text(first + (last-first)*float64(i)/steps))
	}
	return all
}

// graded is the character of a colour of a ramp: the more, the darker.
func (k *inks) graded(c cell.RGB) rune {
	signs := []rune("░▒▓█")
	if k.look.ASCII {
		signs = []rune(".:-=+*#%")
	}
	best, least := 0, 1<<30
	for i, r := range k.ramp {
		d := 0
		for n := range r {
			e := int(r[n]) - int(c[n])
			d += e * e
		}
		if d < least {
			best, least = i, d
		}
	}
	return signs[best*len(signs)/len(k.ramp)]
}

// surface is the character of a surface.
func (k *inks) surface(c cell.RGB) rune {
	if len(k.ramp) > 0 {
		return k.graded(c)
	}
	shades := k.look.shades()
	switch i := k.index(c); {
	case !k.look.Mono:
		return shades[0]
	case k.few:
		return shades[i%len(shades)]
	}
	return k.letter(c)
}
