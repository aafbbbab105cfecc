package theme

// sixteen is the palette where there are sixteen colours. The nearest ones to
// the palette's own would be greys for most of it, and four or five for ten
// series or six classes. These stay apart, and readable in the default colours
// of common terminals: on a light page green, cyan and yellow come last.
func (p Palette) sixteen(onDark bool) Palette {
	const v = 128
	if onDark {
		p.Accent, p.OnAccent, p.Selection = RGB{0, 255, 255}, RGB{}, RGB{0, 0, v}
		p.Good, p.Warn, p.Bad = RGB{0, 255, 0}, RGB{255, 255, 0}, RGB{255, 0, 0}
		p.Series = []RGB{
			{0, 255, 255},
			{255, 255, 0},
			{255, 0, 255},
			{0, 255, 0},
			{255, 0, 0},
			{0, 0, 255},
			{255, 255, 255},
			{0, v, v},
			{v, v, 0},
			{0, v, 0},
		}
		p.Map.Classes = []RGB{{255, 255, 255}, {255, 255, 0}, {v, v, 0}, {255, 0, 0}, {v, 0, 0}, {255, 0, 255}}
	} else {
		p.Accent, p.OnAccent = RGB{0, 0, v}, RGB{255, 255, 255}
		p.Good, p.Warn, p.Bad = RGB{0, v, 0}, RGB{v, 0, v}, RGB{v, 0, 0}
		p.Series = []RGB{
			{0, 0, v},
			{v, 0, 0},
			{v, 0, v},
			{0, 0, 0},
			{0, v, 0},
			{0, v, v},
			{0, 0, 255},
			{255, 0, 255},
			{255, 0, 0},
			{v, v, 0},
		}
		p.Map.Classes = []RGB{{255, 255, 0}, {v, v, 0}, {255, 0, 0}, {v, 0, 0}, {v, 0, v}, {}}
	}
	p.SeriesSafe = p.Series
	p.Map.ClassesAlt, p.Map.ClassesSafe, p.Map.Picked = p.Map.Classes, p.Map.Classes, p.Accent
	return p
}
